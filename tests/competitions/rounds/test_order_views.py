import subprocess

import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions import drawing
from competitions.actions.rounds.running_order import site_half
from competitions.models import Conflict, Round
from tests.competitions.rounds.making import make_entries, make_round, make_vote
from tests.competitions.rounds.test_stage import make_slots
from tests.factories import AT, grant, make_closed_competition, make_judge, make_user

pytestmark = pytest.mark.django_db
DRAW = {
    "public_text": "3 14 15",
    "starts_at": "2026-12-01T10:00",
    "minutes": "10",
    "pause": "0",
    "between": "0",
}


def place(name, round_):
    return reverse(f"competitions:{name}", args=[round_.competition.slug, round_.code])


def organiser_of(round_):
    organiser = make_user()
    grant(organiser, Role.ORGANISER, round_.competition)
    return organiser


def test_the_fingerprint_is_public_before_the_draw_and_the_half_after_it(client, as_user):
    round_ = make_round("presentation")
    make_entries(round_.competition, "E1", "E2")
    fingerprint = drawing.fingerprint(site_half(round_))

    before = client.get(place("running_order", round_)).content.decode()
    as_user(organiser_of(round_)).post(place("organise_order", round_), DRAW)
    after = client.get(place("running_order", round_)).content.decode()

    assert fingerprint in before
    assert site_half(round_) not in before
    assert fingerprint in after
    assert f"{site_half(round_)}-3 14 15" in after


@pytest.mark.parametrize(
    "wrong",
    [{"public_text": ""}, {"starts_at": "morgen"}, {"minutes": "0"}, {"pause": "-1"}, {"between": ""}],
)
def test_a_faulty_draw_comes_back_as_typed(as_user, wrong):
    round_ = make_round("presentation")
    make_entries(round_.competition, "E1")

    response = as_user(organiser_of(round_)).post(place("organise_order", round_), DRAW | wrong)

    assert response.status_code == 422
    assert response.context["draw_form"].data["public_text"] == (DRAW | wrong)["public_text"]
    assert not round_.slots.exists()


def test_a_refused_draw_says_why(as_user):
    round_ = make_round("presentation")

    response = as_user(organiser_of(round_)).post(place("organise_order", round_), DRAW)

    assert response.status_code == 422
    assert response.context["draw_form"].non_field_errors()


def test_a_rule_that_cannot_be_computed_says_why(as_user):
    round_ = make_round("presentation")
    make_entries(round_.competition, "E1")
    Round.objects.filter(competition=round_.competition, code="written").update(floor={"points": "99999"})

    response = as_user(organiser_of(round_)).post(place("organise_order", round_), DRAW)

    assert response.status_code == 422
    assert response.context["draw_form"].non_field_errors()


def test_a_turn_is_moved_with_a_reason(as_user):
    one, _two = make_slots(2)
    client = as_user(organiser_of(one.round))

    refused = client.post(place("organise_move_turn", one.round), {"slot": one.pk, "to": "2", "reason": ""})
    client.post(place("organise_move_turn", one.round), {"slot": one.pk, "to": "2", "reason": "기차 지연"})

    assert refused.status_code == 422
    one.refresh_from_db()
    assert one.position == 2


def test_a_refused_move_says_why(as_user):
    one, _two = make_slots(2)

    response = as_user(organiser_of(one.round)).post(
        place("organise_move_turn", one.round), {"slot": one.pk, "to": "9", "reason": "기차 지연"}
    )

    assert response.status_code == 422
    assert response.context["move_form"].non_field_errors()


def codes(client, round_):
    return [slot.entry.code for slot in client.get(place("running_order", round_)).context["slots"]]


def test_everybody_reads_codes_and_times_and_titles_only_with_the_results(client):
    (slot,) = make_slots(1)
    competition = slot.round.competition
    slot.entry.title = "발표 작품"
    slot.entry.save()

    assert codes(client, slot.round) == ["E1"]
    assert "발표 작품" not in client.get(place("running_order", slot.round)).content.decode()
    type(competition).objects.filter(pk=competition.pk).update(state="published", published_at=AT)

    assert "발표 작품" in client.get(place("running_order", slot.round)).content.decode()


def test_an_apostrophe_in_the_public_text_stays_within_the_shell_command(client):
    (slot,) = make_slots(1)
    Round.objects.filter(pk=slot.round_id).update(seed="ab-it's; rm")
    line = client.get(place("running_order", slot.round)).context["shell_text"]

    found = subprocess.run(["sh", "-c", f"printf '%s' {line}"], capture_output=True, text=True, check=True)

    assert found.stdout == "ab-it's; rm:E1"


def test_in_a_blind_contest_the_order_is_public_with_the_results(client):
    (slot,) = make_slots(1)
    competition = slot.round.competition
    competition.rounds.update(blind=True)

    assert codes(client, slot.round) == []
    type(competition).objects.filter(pk=competition.pk).update(state="published", published_at=AT)

    assert codes(client, slot.round) == ["E1"]


def test_a_judge_does_not_read_an_entry_with_a_conflict(as_user):
    one, two = make_slots(2)
    judge = make_judge(one.round.competition, user=make_user())
    Conflict.objects.create(judge=judge, entry=one.entry, kind="exclusion", ground="own", at=AT)

    assert codes(as_user(judge.user), one.round) == [two.entry.code]


def test_a_draft_has_no_public_order(client):
    round_ = make_round("presentation", make_closed_competition(state="draft", announced_at=None))

    assert client.get(place("running_order", round_)).status_code == 404


@pytest.mark.parametrize("name", ["running_order", "organise_order"])
@pytest.mark.parametrize("count", [1, 3])
def test_query_count(as_user, name, count, django_assert_num_queries):
    round_ = make_slots(count)[0].round
    client = as_user(organiser_of(round_))
    client.get(place(name, round_))

    with django_assert_num_queries({"running_order": 11, "organise_order": 8}[name]):
        assert len(client.get(place(name, round_)).context["slots"]) == count


def test_the_list_of_rounds_leads_to_their_pages(as_user):
    vote = make_vote()
    measured = make_round("measured", vote.competition)
    presentation = make_round("presentation", vote.competition)

    response = as_user(organiser_of(vote)).get(
        reverse("competitions:organise_rounds", args=[vote.competition.slug])
    )

    assert {row["address"] for row in response.context["rows"]} == {
        "",
        place("organise_vote", vote),
        place("organise_measured", measured),
        place("organise_order", presentation),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_rounds_query_count(as_user, count, django_assert_num_queries):
    competition = make_vote(code="vote0").competition
    for number in range(1, count):
        make_vote(competition, code=f"vote{number}")
    organiser = make_user()
    grant(organiser, Role.ORGANISER, competition)
    client = as_user(organiser)
    address = reverse("competitions:organise_rounds", args=[competition.slug])
    client.get(address)

    with django_assert_num_queries(7):
        assert len(client.get(address).context["rows"]) == count + 1
