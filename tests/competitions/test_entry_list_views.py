"""The organiser's list of entries, and deciding on many of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competitions.states import EntryState
from tests.competitions.screening_pages import SCRIPT, address, organiser_of
from tests.factories import (
    AT,
    make_closed_competition,
    make_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_entries_query_count(as_user, count, django_assert_num_queries):
    competition, decider = make_closed_competition(), make_user()
    for _number in range(count):
        fields = {"entrant": make_user(), "flags": ["similar"], "decided_by": decider}
        make_entry(competition, state=EntryState.ACCEPTED, **fields)
    make_entry(competition, entrant=make_user())
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(10):
        response = client.get(address("entries", competition))

    assert len(response.context["page_obj"].object_list) == count


def listed(client, competition, query):
    return list(client.get(address("entries", competition, query=query)).context["page_obj"])


def test_entries_are_found_by_every_filter(as_user):
    competition, decider = make_closed_competition(), make_user()
    soon = timezone.now() + timedelta(days=3)
    make = {
        "accepted": {"state": EntryState.ACCEPTED, "title": "나", "code": "E1", "decided_by": decider},
        "new": {"state": EntryState.SUBMITTED, "title": "가 회의", "code": "E2", "flags": ["similar"]},
        "corrected": {"state": EntryState.SUBMITTED, "title": "다", "code": "E3", "correction_due": AT},
        "overdue": {"state": EntryState.RETURNED, "title": "라", "code": "E4"},
        "out": {"state": EntryState.RETURNED, "title": "마", "code": "E5", "correction_due": soon},
    }
    made = {name: make_entry(competition, **fields) for name, fields in make.items()}
    client = as_user(organiser_of(competition))

    def found(query):
        rows = listed(client, competition, query)
        return [name for row in rows for name, entry in made.items() if entry == row]

    assert found("") == list(make)
    assert found("state=accepted") == ["accepted"]
    assert found("state=accepted&state=submitted&sort=title") == ["new", "accepted", "corrected"]
    assert found("flag=similar") == ["new"]
    assert found(f"by={decider.pk}") == ["accepted"]
    assert found("by=nobody") == []
    assert found("waiting=me") == ["new", "corrected", "overdue"]
    assert found("waiting=corrected") == ["corrected"]
    assert found("waiting=overdue") == ["overdue"]
    assert found("waiting=out") == ["out"]
    assert found("q=회의") == ["new"]
    assert found("q=e3") == ["corrected"]
    assert found("track=없음") == []
    assert found("sort=newest") == list(reversed(make))
    assert found("sort=state&state=submitted&q=E2") == ["new"]


@pytest.mark.parametrize("query", ["per=x&page=-1", "sort=-pk", "state=", "by=99999999999999", "page=9e9"])
def test_a_spoilt_address_is_a_list_all_the_same(as_user, query):
    competition = make_closed_competition()

    assert (
        as_user(organiser_of(competition)).get(address("entries", competition, query=query)).status_code
        == 200
    )


def test_counts_are_of_what_the_other_filters_leave(as_user):
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.ACCEPTED, flags=["similar"])
    make_entry(competition, state=EntryState.SUBMITTED, flags=["similar", "prior_winner"])
    make_entry(competition, state=EntryState.SUBMITTED)

    page = as_user(organiser_of(competition)).get(address("entries", competition, query="flag=similar"))

    counts = {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in page.context["facets"]
    }
    assert counts["state"] == {"submitted": 1, "accepted": 1}
    assert counts["flag"] == {"similar": 2, "prior_winner": 1}
    assert counts["waiting"] == {"me": 1}
    assert page.context["page_obj"].paginator.count == 2
    assert [chip["value"] for chip in page.context["chips"]] == ["similar"]


def test_a_page_has_as_many_rows_as_asked_for(as_user):
    competition = make_closed_competition()
    for _number in range(26):
        make_entry(competition, state=EntryState.SUBMITTED)
    client = as_user(organiser_of(competition))

    assert len(listed(client, competition, "per=25")) == 25
    assert len(listed(client, competition, "per=25&page=2")) == 1
    assert len(listed(client, competition, "per=7")) == 26


def test_a_sealed_list_shows_codes_tracks_and_states_alone(as_user):
    competition = make_competition(is_sealed=True)
    words = {"title": "비밀 제목", "team": "비밀 팀", "flags": ["similar"]}
    entry = make_entry(competition, state=EntryState.SUBMITTED, **words)
    client = as_user(organiser_of(competition))

    page = client.get(address("entries", competition, query="sort=title&flag=prior_winner"))

    assert entry.code in page.text
    assert competition.tracks.get().name in page.text
    assert "비밀" not in page.text
    assert [facet["name"] for facet in page.context["facets"]] == ["state", "track"]
    assert listed(client, competition, "q=비밀") == []
    assert listed(client, competition, f"q={entry.code}") == [entry]


@pytest.mark.parametrize("changes", [{"is_sealed": False}, {"closes_at": AT}])
def test_a_list_is_open_when_it_is_not_sealed_or_not_any_more(as_user, changes):
    competition = make_competition(**{"is_sealed": True} | changes)
    make_entry(competition, state=EntryState.SUBMITTED, title="열린 제목")

    assert "열린 제목" in as_user(organiser_of(competition)).get(address("entries", competition)).text


def test_what_was_handed_in_is_escaped(as_user):
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.SUBMITTED, title=SCRIPT, team=SCRIPT, flags=[SCRIPT[:30]])
    client = as_user(organiser_of(competition))

    page = client.get(address("entries", competition, query="q=%3Cscript%3E"))

    assert SCRIPT not in page.text
    assert SCRIPT[:30] not in page.text


def ticked(entries, act, **words):
    return {"act": act, "entries": [entry.pk for entry in entries], **words}


def test_ticked_entries_are_accepted_and_the_others_counted(as_user):
    competition = make_closed_competition()
    entries = [make_entry(competition, state=state) for state in ("submitted", "submitted", "disqualified")]
    client = as_user(organiser_of(competition))

    response = client.post(
        address("bulk", competition, query="sort=title"), ticked(entries, "accept"), follow=True
    )

    assert competition.entries.filter(state=EntryState.ACCEPTED).count() == 2
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    assert response.redirect_chain[-1][0] == address("entries", competition, query="sort=title")


def test_all_found_entries_are_accepted_not_the_others(as_user):
    competition = make_closed_competition()
    for _number in range(3):
        make_entry(competition, state=EntryState.SUBMITTED, title="회의")
    other = make_entry(competition, state=EntryState.SUBMITTED, title="다른 글")
    client = as_user(organiser_of(competition))

    client.post(address("bulk", competition, query="q=회의&per=25"), {"act": "accept", "all": "1"})

    assert competition.entries.filter(state=EntryState.ACCEPTED, title="회의").count() == 3
    other.refresh_from_db()
    assert other.state == EntryState.SUBMITTED


@pytest.mark.parametrize(
    ("act", "words", "state"),
    [
        ("return", {"note": "동의서", "due": "2099-01-01T18:00"}, None),
        (
            "return",
            {"note": "동의서", "due": f"{timezone.localdate() + timedelta(days=5)}T18:00"},
            "returned",
        ),
        ("disqualify", {"reason": "표절", "article": "제3조"}, "disqualified"),
        ("disqualify", {"reason": ""}, None),
    ],
)
def test_return_and_disqualify_ask_for_words_first(as_user, act, words, state):
    competition = make_closed_competition()
    entry = make_entry(competition, state=EntryState.SUBMITTED)
    client, place = as_user(organiser_of(competition)), address("bulk", competition)

    asked = client.post(place, ticked([entry], act))
    untouched = competition.entries.get().state
    answer = client.post(place, ticked([entry], act, confirmed="1", **words))

    assert (asked.status_code, untouched) == (200, EntryState.SUBMITTED)
    assert answer.status_code == (302 if state else 422)
    assert competition.entries.get().state == (state or EntryState.SUBMITTED)


def test_page_that_asks_for_words_names_ten_of_the_entries(as_user):
    competition = make_closed_competition()
    entries = [make_entry(competition, state=EntryState.SUBMITTED) for _ in range(12)]
    accepted = make_entry(competition, state=EntryState.ACCEPTED)

    response = as_user(organiser_of(competition)).post(
        address("bulk", competition), ticked([*entries, accepted], "return")
    )

    assert {entry.pk for entry in response.context["shown"]} < {entry.pk for entry in entries}
    assert (len(response.context["shown"]), response.context["more"]) == (10, 2)


def test_refused_words_stay_typed(as_user):
    competition = make_closed_competition()
    entry = make_entry(competition, state=EntryState.SUBMITTED)
    words = {"note": "동의서를 올려 주십시오.", "due": "2020-01-01T00:00"}

    answer = as_user(organiser_of(competition)).post(
        address("bulk", competition), ticked([entry], "return", confirmed="1", **words)
    )

    assert answer.status_code == 422
    assert "동의서를 올려 주십시오." in answer.text
    assert f'value="{entry.pk}"' in answer.text


@pytest.mark.parametrize(
    "given", [{}, {"act": "accept"}, {"act": "publish", "all": "1"}, {"act": "accept", "entries": "x"}]
)
def test_nothing_ticked_or_no_act_changes_nothing(as_user, given):
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.SUBMITTED)

    answer = as_user(organiser_of(competition)).post(address("bulk", competition), given, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert competition.entries.get().state == EntryState.SUBMITTED


def test_too_early_is_told(as_user):
    competition = make_competition()
    entry = make_entry(competition, state=EntryState.SUBMITTED)

    answer = as_user(organiser_of(competition)).post(
        address("bulk", competition), ticked([entry], "accept"), follow=True
    )

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert competition.entries.get().state == EntryState.SUBMITTED


def test_a_foreign_entry_is_not_decided_on(as_user):
    competition, foreign = make_closed_competition(), make_entry(make_closed_competition(), state="submitted")

    as_user(organiser_of(competition)).post(address("bulk", competition), ticked([foreign], "accept"))

    foreign.refresh_from_db()
    assert foreign.state == EntryState.SUBMITTED


@pytest.mark.parametrize("name", ["entries", "export", "bulk"])
def test_judges_and_strangers_are_refused(as_user, client, name):
    competition, judge = make_closed_competition(), make_user()
    make_judge(competition, user=judge)
    place = address(name, competition)

    assert client.post(place, {"act": "accept", "all": "1"}).status_code in {302, 405}
    assert as_user(judge).post(place, {"act": "accept", "all": "1"}).status_code == 403
    assert as_user(organiser_of(make_competition())).post(place, {"act": "accept"}).status_code == 403
