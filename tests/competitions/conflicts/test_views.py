"""The pages of conflicts: the organiser's, the committee's and the entrant's."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions.actions.conflicts.challenges import challenge_judge, put_to_vote
from competitions.models import Conflict, EntryNote
from tests.competitions.conflicting import add_member, make_case_of_conflict, make_conflict
from tests.competitions.jury import make_accepted_entry
from tests.factories import AT, grant, make_judge, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    made = make_case_of_conflict()
    made.organiser = make_user()
    grant(made.organiser, Role.ORGANISER, made.competition)
    made.other = make_judge(made.competition, user=make_user())
    return made


def organise(case, name, *args):
    return reverse(f"competitions:organise_{name}", args=[case.competition.slug, *args])


def challenge(case):
    return challenge_judge(
        case.entry, name="박심사", reason="친척", by=case.entrant, at=AT, idempotency_key=uuid4()
    )


# The organiser


def fill(case, count):
    for number in range(count):
        entry = make_accepted_entry(case.competition, code=f"F{number}")
        make_conflict(make_judge(case.competition, user=make_user()), entry)
        member = make_user()
        add_member(entry, member)
        challenge_judge(entry, name="가", reason="나", by=member, at=AT, idempotency_key=uuid4())


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(as_user, case, count, django_assert_num_queries):
    fill(case, count)
    client = as_user(case.organiser)
    client.get(organise(case, "conflicts"))

    with django_assert_num_queries(14):
        response = client.get(organise(case, "conflicts"))

    assert len(response.context["page_obj"]) == len(response.context["waiting"]) == count


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("?kind=recusal", 1),
        ("?ground=department", 1),
        ("?state=dismissed", 1),
        ("?state=standing&kind=exclusion", 1),
        ("?kind=challenge", 0),
        ("?kind=nonsense&judge=nobody", 2),
    ],
)
def test_filters(as_user, case, query, number):
    make_conflict(case.judge, case.entry)
    make_conflict(case.judge, case.entry, kind="recusal", ground="declared", state="dismissed")

    response = as_user(case.organiser).get(organise(case, "conflicts") + query)

    assert len(response.context["page_obj"]) == number


def test_filter_by_judge(as_user, case):
    make_conflict(case.judge, case.entry)
    row = make_conflict(case.other, case.entry)

    response = as_user(case.organiser).get(organise(case, "conflicts") + f"?judge={case.other.code}")

    assert list(response.context["page_obj"]) == [row]


def test_grid_shows_only_what_holds(as_user, case):
    row = make_conflict(case.judge, case.entry)
    make_conflict(case.other, case.entry, state="dismissed")

    grid = as_user(case.organiser).get(organise(case, "conflicts")).context["grid"]

    assert (grid["judges"], grid["rows"], grid["is_cut"]) == ([case.judge], [(case.entry, [row])], False)


def test_add_by_hand(as_user, case):
    given = {"judge": case.judge.pk, "entry": "E1", "ground": "relation", "reason": "사촌"}

    response = as_user(case.organiser).post(organise(case, "add_conflict"), given)

    assert response.status_code == 302
    assert Conflict.objects.get().reason == "사촌"


@pytest.mark.parametrize(
    "wrong", [{"judge": ""}, {"judge": "0"}, {"entry": "E404"}, {"ground": "own"}, {"reason": " "}]
)
def test_add_by_hand_refused_keeps_what_was_typed(as_user, case, wrong):
    given = {"judge": case.judge.pk, "entry": "E1", "ground": "relation", "reason": "사촌"} | wrong

    response = as_user(case.organiser).post(organise(case, "add_conflict"), given)

    assert response.status_code == 422
    assert response.context["form"]["ground"].value() == given["ground"]
    assert not Conflict.objects.exists()


def test_add_twice_is_refused_on_the_page(as_user, case):
    make_conflict(case.judge, case.entry, ground="relation")
    given = {"judge": case.judge.pk, "entry": "E1", "ground": "relation", "reason": "사촌"}

    assert as_user(case.organiser).post(organise(case, "add_conflict"), given).status_code == 422


def test_look_again(as_user, case):
    add_member(case.entry, case.judge.user, state="removed")

    as_user(case.organiser).post(organise(case, "find_conflicts"))

    assert Conflict.objects.get().ground == "team_mate"


def test_dismiss(as_user, case):
    row = make_conflict(case.judge, case.entry)

    as_user(case.organiser).post(organise(case, "conflict", row.pk), {"reason": "옮김"})

    row.refresh_from_db()
    assert (row.state, row.decision) == ("dismissed", "옮김")


@pytest.mark.parametrize("ground", ["own", "team_mate"])
def test_firm_ground_offers_no_form_and_refuses(as_user, case, ground):
    row = make_conflict(case.judge, case.entry, ground=ground)
    client = as_user(case.organiser)

    assert client.get(organise(case, "conflict", row.pk)).context["form"] is None
    assert client.post(organise(case, "conflict", row.pk), {"reason": "옮김"}).status_code == 422
    row.refresh_from_db()
    assert row.state == "standing"


def test_dismiss_without_a_reason(as_user, case):
    row = make_conflict(case.judge, case.entry)

    assert as_user(case.organiser).post(organise(case, "conflict", row.pk), {}).status_code == 422


def test_conflict_of_another_competition_is_not_found(as_user, case):
    other = make_case_of_conflict()
    row = make_conflict(other.judge, other.entry)

    assert as_user(case.organiser).get(organise(case, "conflict", row.pk)).status_code == 404


def test_put_to_the_vote(as_user, case):
    note = challenge(case)

    as_user(case.organiser).post(organise(case, "challenge", note.pk), {"judge": case.judge.pk})

    assert Conflict.objects.get().state == "open"


@pytest.mark.parametrize("judge", ["", "0", "x"])
def test_put_to_the_vote_without_a_member(as_user, case, judge):
    note = challenge(case)

    response = as_user(case.organiser).post(organise(case, "challenge", note.pk), {"judge": judge})

    assert response.status_code == 422


def test_answer(as_user, case):
    note = challenge(case)

    as_user(case.organiser).post(organise(case, "answer_challenge", note.pk), {"text": "없습니다."})

    assert EntryNote.objects.get(audience="entrant").text == "없습니다."


def test_answer_twice_keeps_what_was_typed(as_user, case):
    note = challenge(case)
    client = as_user(case.organiser)
    client.post(organise(case, "answer_challenge", note.pk), {"text": "없습니다."})

    response = client.post(organise(case, "answer_challenge", note.pk), {"text": "다시 씁니다."})

    assert response.status_code == 422
    assert response.context["answer_form"]["text"].value() == "다시 씁니다."


def test_organisers_own_note_is_no_challenge(as_user, case):
    note = case.entry.notes.create(
        audience="organisers", text="가", by=case.organiser, at=AT, idempotency_key=uuid4()
    )

    assert as_user(case.organiser).get(organise(case, "challenge", note.pk)).status_code == 404


def test_close_the_vote_too_early(as_user, case):
    row = put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)

    as_user(case.organiser).post(organise(case, "close_vote", row.pk))

    row.refresh_from_db()
    assert row.state == "open"


# The committee


def test_vote(as_user, case):
    row = put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)
    client = as_user(case.other.user)

    assert [each for each, _voted in client.get("/judging/challenges/").context["rows"]] == [row]
    client.post(f"/judging/challenges/{row.pk}/", {"upholds": "yes", "reason": "맞습니다."})

    row.refresh_from_db()
    assert row.state == "standing"


@pytest.mark.parametrize("given", [{}, {"upholds": "yes"}, {"upholds": "maybe", "reason": "가"}])
def test_vote_refused(as_user, case, given):
    row = put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)

    response = as_user(case.other.user).post(f"/judging/challenges/{row.pk}/", given)

    assert response.status_code == 422


def test_challenged_member_sees_nothing_of_it(as_user, case):
    row = put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)
    client = as_user(case.judge.user)

    assert client.get("/judging/challenges/").context["rows"] == []
    assert client.get(f"/judging/challenges/{row.pk}/").status_code == 404
    given = {"upholds": "no", "reason": "아닙니다."}
    assert client.post(f"/judging/challenges/{row.pk}/", given).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_challenges_query_count(as_user, case, count, django_assert_num_queries):
    for number in range(count):
        case.entry = make_accepted_entry(
            case.competition, code=f"G{number}", entrant=case.entrant, ordinal=number + 2
        )
        put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)
    client = as_user(case.other.user)
    client.get("/judging/challenges/")

    with django_assert_num_queries(8):
        response = client.get("/judging/challenges/")

    assert len(response.context["rows"]) == count


# The entrant


def test_challenge_page(as_user, case):
    client = as_user(case.entrant)
    address = f"/entries/{case.entry.pk}/challenge/"
    key = client.get(address).context["form"]["idempotency_key"].value()

    client.post(address, {"name": "박심사", "reason": "친척", "idempotency_key": key})

    (row,) = client.get(address).context["rows"]
    assert (row["note"].text, row["state"], row["answer"]) == ("박심사\n\n친척", "", "")


def test_challenge_refused_keeps_what_was_typed(as_user, case):
    given = {"name": "박심사", "reason": "", "idempotency_key": uuid4()}

    response = as_user(case.entrant).post(f"/entries/{case.entry.pk}/challenge/", given)

    assert response.status_code == 422
    assert response.context["form"]["name"].value() == "박심사"


def test_challenge_once_judging_is_over(as_user, case):
    case.competition.state = "decided"
    case.competition.save()
    address = f"/entries/{case.entry.pk}/challenge/"
    client = as_user(case.entrant)

    assert client.get(address).context["closed"]
    given = {"name": "박심사", "reason": "친척", "idempotency_key": uuid4()}
    assert client.post(address, given).status_code == 422


def test_entrant_reads_answer_and_decision(as_user, case):
    row = put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)
    as_user(case.other.user).post(
        f"/judging/challenges/{row.pk}/", {"upholds": "no", "reason": "아는 사이가 아닙니다."}
    )

    (sent,) = as_user(case.entrant).get(f"/entries/{case.entry.pk}/challenge/").context["rows"]

    assert (sent["state"], sent["answer"]) == ("dismissed", "아는 사이가 아닙니다.")


@pytest.mark.parametrize("count", [1, 3])
def test_challenge_page_query_count(as_user, case, count, django_assert_num_queries):
    for number in range(count):
        challenge_judge(
            case.entry, name=f"가{number}", reason="나", by=case.entrant, at=AT, idempotency_key=uuid4()
        )
    client = as_user(case.entrant)
    client.get(f"/entries/{case.entry.pk}/challenge/")

    with django_assert_num_queries(8):
        response = client.get(f"/entries/{case.entry.pk}/challenge/")

    assert len(response.context["rows"]) == count


def test_link_stands_on_the_page_of_the_entry(as_user, case):
    response = as_user(case.entrant).get(f"/entries/{case.entry.pk}/")

    assert f"/entries/{case.entry.pk}/challenge/" in response.content.decode()
