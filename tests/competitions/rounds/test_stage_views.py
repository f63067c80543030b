import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions.models import Conflict, PresentationSlot
from competitions.states import SheetState
from tests.competitions.rounds.making import make_round
from tests.competitions.rounds.test_stage import make_slots
from tests.factories import AT, grant, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


def place(name, round_):
    return reverse(f"competitions:{name}", args=[round_.competition.slug, round_.code])


def chair_of(round_):
    return make_judge(round_.competition, user=make_user(), is_chair=True)


def act(client, slot, name):
    return client.post(place("stage_act", slot.round), {"slot": slot.pk, "act": name})


def test_the_chair_calls_a_turn_and_sees_its_time_and_sheets(as_user):
    (slot,) = make_slots(1)
    chair = chair_of(slot.round)
    make_assignment(chair, slot.entry, round=slot.round)
    other = make_judge(slot.round.competition)
    make_assignment(
        other, slot.entry, round=slot.round, state=SheetState.SIGNED, signed_at=AT, signed_sha256="0" * 64
    )
    client = as_user(chair.user)

    assert act(client, slot, "begin").status_code == 302
    response = client.get(place("stage", slot.round))

    assert (response.context["signed"], response.context["sheets"]) == (1, 2)
    text = response.content.decode()
    assert 'data-minutes="10"' in text
    assert slot.entry.title in text


def test_sheets_stepped_aside_from_and_with_a_conflict_are_not_waited_for(as_user):
    (slot,) = make_slots(1, state="presenting")
    chair = chair_of(slot.round)
    for number, state in enumerate(("recused", "assigned")):
        judge = make_judge(slot.round.competition)
        make_assignment(judge, slot.entry, round=slot.round, state=state)
        if number:
            Conflict.objects.create(judge=judge, entry=slot.entry, kind="exclusion", ground="own", at=AT)

    assert as_user(chair.user).get(place("stage", slot.round)).context["sheets"] == 0


def test_the_organiser_runs_the_stage_too(as_user):
    (slot,) = make_slots(1)
    organiser = make_user()
    grant(organiser, Role.ORGANISER, slot.round.competition)

    act(as_user(organiser), slot, "absent")

    slot.refresh_from_db()
    assert slot.state == PresentationSlot.State.ABSENT


@pytest.mark.parametrize(
    "fields", [{}, {"is_chair": True, "state": "invited"}, {"is_chair": True, "state": "dropped"}]
)
def test_who_does_not_chair_does_not_run_the_stage(as_user, fields):
    (slot,) = make_slots(1)
    judge = make_judge(slot.round.competition, user=make_user(), **fields)
    client = as_user(judge.user)

    assert client.get(place("stage", slot.round)).status_code == 403
    assert client.get(place("stage_part", slot.round)).status_code == 403
    assert act(client, slot, "begin").status_code == 403
    slot.refresh_from_db()
    assert slot.state == PresentationSlot.State.WAITING


def test_a_chair_with_a_conflict_sees_neither_code_nor_title(as_user):
    (slot,) = make_slots(1, state="presenting")
    slot.entry.title = "보이면 안 되는 제목"
    slot.entry.code = "SECRET7"
    slot.entry.save()
    chair = chair_of(slot.round)
    Conflict.objects.create(judge=chair, entry=slot.entry, kind="exclusion", ground="own", at=AT)

    text = as_user(chair.user).get(place("stage", slot.round)).content.decode()

    assert slot.entry.title not in text
    assert "SECRET7" not in text


def test_in_a_blind_contest_the_screen_shows_codes_alone(as_user):
    (slot,) = make_slots(1, state="presenting")
    slot.round.competition.rounds.update(blind=True)

    text = as_user(chair_of(slot.round).user).get(place("stage", slot.round)).content.decode()

    assert slot.entry.code in text
    assert slot.entry.title not in text


def test_the_part_comes_only_when_something_changed(as_user):
    (slot,) = make_slots(1)
    client = as_user(chair_of(slot.round).user)
    seen = client.get(place("stage", slot.round)).context["stamp"]

    assert client.get(place("stage_part", slot.round), {"seen": seen}).status_code == 204
    act(client, slot, "begin")

    assert client.get(place("stage_part", slot.round), {"seen": seen}).status_code == 200


@pytest.mark.parametrize("sent", [{"slot": "x", "act": "begin"}, {"slot": "9" * 30}, {}])
def test_a_turn_that_is_none_is_not_found(as_user, sent):
    (slot,) = make_slots(1)

    response = as_user(chair_of(slot.round).user).post(place("stage_act", slot.round), sent)

    assert response.status_code == 404


def test_an_unknown_act_does_nothing_and_a_refused_one_says_so(as_user):
    (slot,) = make_slots(1)
    client = as_user(chair_of(slot.round).user)

    act(client, slot, "dance")
    response = client.post(place("stage_act", slot.round), {"slot": slot.pk, "act": "end"}, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    slot.refresh_from_db()
    assert slot.state == PresentationSlot.State.WAITING


def test_a_round_of_another_kind_has_no_stage(as_user):
    round_ = make_round("panel")

    assert as_user(chair_of(round_).user).get(place("stage", round_)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(as_user, count, django_assert_num_queries):
    slots = make_slots(count)
    slots[0].state = "presenting"
    slots[0].save()
    client = as_user(chair_of(slots[0].round).user)
    client.get(place("stage_part", slots[0].round))

    with django_assert_num_queries(10):
        assert len(client.get(place("stage_part", slots[0].round)).context["slots"]) == count


def test_a_judge_in_the_room_gets_the_sheet_of_who_presents(as_user):
    one, two = make_slots(2)
    judge = make_judge(one.round.competition, user=make_user())
    sheets = [make_assignment(judge, slot.entry, round=slot.round) for slot in (one, two)]
    client = as_user(judge.user)
    assert client.get(place("judging_now", one.round)).context["sheet"] is None
    PresentationSlot.objects.filter(pk=two.pk).update(state="presenting", began_at=AT)

    response = client.get(place("judging_now", one.round))

    assert response.context["sheet"] == sheets[1]
    assert reverse("competitions:judging_sheet", args=[sheets[1].pk]) in response.content.decode()


def test_a_judge_with_a_conflict_gets_nothing_of_the_entry(as_user):
    (slot,) = make_slots(1, state="presenting")
    slot.entry.code = "SECRET7"
    slot.entry.save()
    judge = make_judge(slot.round.competition, user=make_user())
    sheet = make_assignment(judge, slot.entry, round=slot.round)
    Conflict.objects.create(judge=judge, entry=slot.entry, kind="exclusion", ground="own", at=AT)

    text = as_user(judge.user).get(place("judging_now", slot.round)).content.decode()

    assert "SECRET7" not in text
    assert reverse("competitions:judging_sheet", args=[sheet.pk]) not in text


def test_the_judges_part_comes_only_when_something_changed(as_user):
    (slot,) = make_slots(1)
    judge = make_judge(slot.round.competition, user=make_user())
    make_assignment(judge, slot.entry, round=slot.round)
    client = as_user(judge.user)

    assert client.get(place("judging_now_part", slot.round), {"seen": "none"}).status_code == 204
    PresentationSlot.objects.update(state="presenting")

    assert client.get(place("judging_now_part", slot.round), {"seen": "none"}).status_code == 200


@pytest.mark.parametrize("state", ["invited", "declined", "dropped"])
def test_who_does_not_judge_gets_no_sheet(as_user, state):
    (slot,) = make_slots(1)
    judge = make_judge(slot.round.competition, user=make_user(), state=state)

    assert as_user(judge.user).get(place("judging_now", slot.round)).status_code == 403
