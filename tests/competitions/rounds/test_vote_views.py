from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from competitions.models import Ballot, Redaction
from tests.competitions.rounds.making import (
    HOUR,
    make_ballot,
    make_entries,
    make_round,
    make_vote,
    make_voter,
)
from tests.factories import AT, grant, make_closed_competition, make_judge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_candidates_known():
    cache.clear()


def address(round_):
    return reverse("competitions:vote", args=[round_.competition.slug])


def page(client, round_, **query):
    response = client.get(address(round_), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def codes(client, round_):
    response = client.get(address(round_))
    return [row["entry"].code for row in response.context["rows"]]


def cast(client, round_, *entries):
    return client.post(address(round_), {"round": round_.code, "entry": [each.pk for each in entries]})


def test_a_voter_votes_and_changes_the_vote(as_user):
    round_ = make_vote()
    one, two = make_entries(round_.competition, "E1", "E2")
    voter = make_voter()
    client = as_user(voter)

    assert cast(client, round_, one).status_code == 302
    assert cast(client, round_, two).status_code == 302

    ballot = Ballot.objects.get(voter=voter)
    assert [each.entry for each in ballot.choices.all()] == [two]
    assert len(ballot.network_hash) == len(ballot.device_hash) == 64
    assert f'value="{two.pk}" checked' in page(client, round_)


def test_a_refused_ballot_comes_back_with_its_choices(as_user):
    round_ = make_vote()
    one, two = make_entries(round_.competition, "E1", "E2")

    response = cast(as_user(make_voter()), round_, one, two)

    assert response.status_code == 422
    assert {row["entry"] for row in response.context["rows"] if row["is_chosen"]} == {one, two}
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("sent", [["x"], ["9" * 30], [""], ["²"]])
def test_what_is_no_choice_is_refused(as_user, sent):
    round_ = make_vote()
    make_entries(round_.competition, "E1")

    response = as_user(make_voter()).post(address(round_), {"round": round_.code, "entry": sent})

    assert response.status_code == 422


def test_a_visitor_reads_the_entries_and_signs_in_on_voting(client):
    round_ = make_vote()
    (one,) = make_entries(round_.competition, "E1", title="시험 제목")

    assert one.draft["case"]["title"] in page(client, round_)
    response = cast(client, round_, one)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert not Ballot.objects.exists()


def test_the_page_tells_neither_who_entered_nor_any_count(client):
    round_ = make_vote()
    voter = make_voter(name="홍길순")
    (one,) = make_entries(round_.competition, "E1", entrant=voter, team="가온팀")
    make_ballot(round_, one)

    text = page(client, round_)

    assert "홍길순" not in text
    assert "가온팀" not in text
    assert client.get(address(round_)).context["counts"] is None


def test_a_blind_contest_shows_the_checked_copy_and_else_the_code(client):
    round_ = make_vote()
    round_.competition.rounds.update(blind=True)
    one, two = make_entries(round_.competition, "E1", "E2")
    for entry, state in ((one, "checked"), (two, "proposed")):
        content = {"case": {"title": f"가린 제목 {entry.code}"}}
        Redaction.objects.create(snapshot=entry.snapshot, content=content, state=state, made_at=AT)

    text = page(client, round_)

    assert "가린 제목 E1" in text
    assert "가린 제목 E2" not in text
    assert one.draft["case"]["title"] not in text
    assert two.draft["case"]["title"] not in text


def test_the_own_entry_is_not_among_the_choices(as_user):
    round_ = make_vote()
    voter = make_voter()
    make_entries(round_.competition, "E1", entrant=voter)
    make_entries(round_.competition, "E2")

    assert codes(as_user(voter), round_) == ["E2"]


def test_a_reload_keeps_the_order(as_user):
    round_ = make_vote()
    make_entries(round_.competition, *(f"E{number}" for number in range(10)))
    client = as_user(make_voter())

    first = codes(client, round_)

    assert codes(client, round_) == first
    assert codes(as_user(make_voter()), round_) != first


@pytest.mark.parametrize("role", ["judge", "organiser"])
def test_judges_and_organisers_read_why_they_do_not_vote(as_user, role):
    round_ = make_vote()
    (one,) = make_entries(round_.competition, "E1")
    voter = make_voter()
    if role == "judge":
        make_judge(round_.competition, user=voter)
    else:
        grant(voter, Role.ORGANISER, round_.competition)
    client = as_user(voter)

    assert '<input type="radio"' not in page(client, round_)
    assert client.get(address(round_)).context["may_not"]
    assert cast(client, round_, one).status_code == 422


@pytest.mark.parametrize(
    ("begins", "ends", "phase"),
    [(HOUR, 2 * HOUR, "upcoming"), (-2 * HOUR, -HOUR, "closed"), (None, None, "unset")],
)
def test_entries_are_shown_only_while_the_vote_is_open(client, begins, ends, phase):
    now = timezone.now()
    times = {"votes_from": begins and now + begins, "votes_until": ends and now + ends}
    round_ = make_vote(**times)
    (one,) = make_entries(round_.competition, "E1")

    assert one.draft["case"]["title"] not in page(client, round_)
    assert client.get(address(round_)).context["round"].phase == phase


def test_a_late_ballot_is_refused(as_user):
    now = timezone.now()
    round_ = make_vote(votes_from=now - 2 * HOUR, votes_until=now - HOUR)

    assert cast(as_user(make_voter()), round_, *make_entries(round_.competition, "E1")).status_code == 422


def test_the_published_result_tells_how_many_ballots_were_left_out(client):
    now = timezone.now()
    round_ = make_vote(
        make_closed_competition(state="published"), votes_from=now - 2 * HOUR, votes_until=now - HOUR
    )
    make_ballot(round_)
    make_ballot(round_, excluded_at=AT, excluded_reason="한 사람")

    assert client.get(address(round_)).context["counts"] == {"all": 2, "excluded": 1}


def test_a_contest_without_a_vote_and_a_draft_have_no_page(client):
    without, draft = make_round("panel"), make_vote(make_closed_competition(state="draft", announced_at=None))

    assert [client.get(address(each)).status_code for each in (without, draft)] == [404, 404]


def test_of_several_votes_the_named_one_or_the_open_one_is_shown(client):
    now = timezone.now()
    later = make_vote(code="later", position=1, votes_from=now + HOUR, votes_until=now + 2 * HOUR)
    open_ = make_vote(later.competition, code="open", position=2)

    assert client.get(address(later)).context["round"] == open_
    assert client.get(address(later), {"round": "later"}).context["round"] == later


def test_the_call_leads_to_an_open_vote(client):
    round_ = make_vote()

    assert address(round_) in client.get(round_.competition.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(as_user, count, django_assert_num_queries):
    round_ = make_vote()
    make_entries(round_.competition, *(f"E{number}" for number in range(count)))
    client = as_user(make_voter())
    client.get(address(round_))

    with django_assert_num_queries(12):
        assert len(client.get(address(round_)).context["rows"]) == count
