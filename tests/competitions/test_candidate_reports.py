"""Candidates in the verification period, and what people report of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from casebook.errors import CasebookError
from competitions.actions.calls.gates import override_gate
from competitions.actions.results.candidates import candidate_codes
from competitions.actions.results.reports import answer_report, report_candidate
from competitions.actions.results.results import decide_awards
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import CandidateReport, Competition, Result, TeamMember
from competitions.states import CompetitionState, EntryState
from competitions.views.results.candidates import candidates, masked
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
TEXT = "2024년 수상작과 문장이 같습니다."


def make_verified(count=2, *, days=10, state=CompetitionState.VERIFICATION, **fields):
    """A contest in verification: E1 and E2 ... are proposed, X1 is ranked without an award, Y1 unscored."""
    at = now()
    values = {"verification_from": at - timedelta(days=1), "verification_until": at + timedelta(days=days)}
    competition = make_competition(state=state, **values | fields)
    codes = [*(f"E{n}" for n in range(1, count + 1)), "X1", "Y1"]
    for code in codes:
        make_entry(
            competition,
            entrant=make_user(name="김가온"),
            code=code,
            title=f"작품 {code}",
            state=EntryState.ACCEPTED,
        )
    make_result(competition, codes)
    return competition


def make_result(competition, codes):
    entries = [
        {
            "code": code,
            "rounds": {},
            "total": None,
            "place": None if code == "Y1" else place,
            "award": "grand" if code.startswith("E") else None,
            "status": "unscored" if code == "Y1" else "ranked",
        }
        for place, code in enumerate(codes, start=1)
    ]
    return Result.objects.create(
        competition=competition,
        outcome={"entries": entries, "inputs_sha256": "0" * 64},
        outcome_sha256="0" * 64,
        inputs_sha256="0" * 64,
        computed_at=AT,
    )


def entry_of(competition, code="E1"):
    return competition.entries.get(code=code)


def reported(entry, *, by=None, text=TEXT, key=None):
    return report_candidate(
        entry, kind="copied", text=text, by=by or make_user(), idempotency_key=key or uuid4()
    )


def answered(report, *, outcome="unfounded", answer="다른 글입니다.", by=None):
    return answer_report(report, outcome=outcome, answer=answer, by=by, at=AT)


def address(competition, name="report_candidate", *more):
    return reverse(f"competitions:{name}", args=[competition.slug, *more])


def typed(competition, **given):
    values = {"entry": entry_of(competition).pk, "kind": "copied", "text": TEXT, "idempotency_key": uuid4()}
    return values | given


# The candidates


def test_candidates_are_those_proposed_or_tied_without_their_order():
    entries = [
        {"code": "B", "award": "grand", "status": "ranked"},
        {"code": "A", "award": None, "status": "tied_at_award_line"},
        {"code": "C", "award": None, "status": "ranked"},
    ]

    assert candidate_codes({"entries": entries}) == ["A", "B"]


@pytest.mark.parametrize("count", [1, 3])
def test_candidates_take_two_queries(count, django_assert_num_queries):
    competition = make_verified(count)

    with django_assert_num_queries(2):
        shown = candidates(competition, at=now())

    assert [row.code for row in shown["rows"]] == [f"E{n}" for n in range(1, count + 1)]
    assert shown["takes_reports"]


@pytest.mark.parametrize("state", sorted(set(CompetitionState) - {CompetitionState.VERIFICATION}))
def test_candidates_are_shown_in_the_verification_alone(state):
    assert candidates(make_verified(state=state, published_at=AT), at=now()) is None


def test_candidates_stay_after_the_time_for_reports():
    competition = make_verified(days=0)

    assert not candidates(competition, at=now())["takes_reports"]


def test_candidate_is_named_by_team_or_masked():
    competition = make_verified(2)
    competition.entries.filter(code="E2").update(team="가온팀")

    assert [row.who for row in candidates(competition, at=now())["rows"]] == ["김○온", "가온팀"]


@pytest.mark.parametrize(
    ("name", "shown"), [("김가온", "김○온"), ("김온", "김○"), ("남궁가온", "남○○온"), ("김", "김"), ("", "")]
)
def test_masked_name(name, shown):
    assert masked(name) == shown


# Reporting


def test_report_is_kept_and_told_to_the_organiser():
    competition, reporter = make_verified(), make_user(name="제보자")
    organiser = organiser_of(competition)

    report = reported(entry_of(competition), by=reporter)

    assert (report.entry.code, report.by, report.outcome) == ("E1", reporter, "")
    message = Message.objects.get()
    assert (message.person, message.kind) == (organiser, "candidate.reported")
    assert "제보자" not in message.body
    assert AuditRecord.objects.filter(verb="candidate.reported", by=reporter).count() == 1


def test_report_sent_twice_is_one():
    competition, reporter, key = make_verified(), make_user(), uuid4()

    first = reported(entry_of(competition), by=reporter, key=key)

    assert reported(entry_of(competition), by=reporter, key=key) == first
    assert AuditRecord.objects.filter(verb="candidate.reported").count() == 1


def test_second_report_of_a_candidate_waits_for_the_answer():
    competition, reporter = make_verified(), make_user()
    first = reported(entry_of(competition), by=reporter)

    with pytest.raises(CompetitionError):
        reported(entry_of(competition), by=reporter)

    answered(first)
    assert reported(entry_of(competition), by=reporter) != first


@pytest.mark.parametrize("state", [CompetitionState.ANNOUNCED, CompetitionState.JUDGING])
def test_report_before_the_verification_is_too_early(state):
    with pytest.raises(TooEarly):
        reported(entry_of(make_verified(state=state)))


@pytest.mark.parametrize("fields", [{"days": 0}, {"state": CompetitionState.DECIDED}])
def test_report_after_the_verification_is_too_late(fields):
    with pytest.raises(TooLate):
        reported(entry_of(make_verified(**fields)))


@pytest.mark.parametrize("code", ["X1", "Y1"])
def test_report_of_an_entry_that_is_no_candidate_is_refused(code):
    with pytest.raises(CompetitionError):
        reported(entry_of(make_verified(), code))


def test_report_of_an_own_entry_is_refused():
    entry = entry_of(make_verified())

    with pytest.raises(CompetitionError):
        reported(entry, by=entry.entrant)


def test_report_of_an_own_teams_entry_is_refused():
    entry, member = entry_of(make_verified()), make_user()
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)

    with pytest.raises(CompetitionError):
        reported(entry, by=member)


@pytest.mark.parametrize("text", [" ", "가" * 5001])
def test_report_without_text_or_too_long_is_refused(text):
    with pytest.raises(CompetitionError):
        reported(entry_of(make_verified()), text=text)


def test_report_with_an_identity_number_is_refused():
    with pytest.raises(CasebookError):
        reported(entry_of(make_verified()), text="900101-1234568 님이 썼습니다.")

    assert not CandidateReport.objects.exists()


# Answering


def test_answer_is_told_to_who_reported():
    reporter = make_user()
    report = reported(entry_of(make_verified()), by=reporter)

    answered(report, outcome="upheld", answer="사실입니다.")

    report.refresh_from_db()
    assert (report.outcome, report.answer, report.answered_at) == ("upheld", "사실입니다.", AT)
    message = Message.objects.get(kind="report.answered")
    assert message.person == reporter
    assert "사실입니다." in message.body


@pytest.mark.parametrize("given", [{"answer": " "}, {"outcome": "perhaps"}])
def test_answer_without_words_or_outcome_is_refused(given):
    report = reported(entry_of(make_verified()))

    with pytest.raises(CompetitionError):
        answered(report, **given)


def test_answer_twice_is_an_illegal_move():
    report = reported(entry_of(make_verified()))
    answered(report)

    with pytest.raises(IllegalMove):
        answered(report)


def test_article_9_5_open_report_stands_before_the_awards():
    competition = make_verified(profile="full")
    report = reported(entry_of(competition))
    from_then = AT - timedelta(days=30)
    Competition.objects.update(verification_from=from_then, verification_until=from_then + timedelta(days=10))

    with pytest.raises(CompetitionError) as open_report:
        decide_awards(competition, {}, by=None, at=AT)

    answered(report)
    reason = "위원회가 서면으로 의결하고 회의록을 문서로 남겼다."
    override_gate(competition, "committee_decided", reason=reason, by=None, at=AT)
    assert "제9조제5항" in str(open_report.value)
    assert decide_awards(competition, {}, by=None, at=AT)


# Pages


def test_report_page_chooses_the_candidate_of_the_link(as_user):
    competition = make_verified()

    response = as_user(make_user()).get(address(competition), {"entry": "E2"})

    form = response.context["form"]
    assert form["entry"].value() == entry_of(competition, "E2").pk
    assert [label for _key, label in form.fields["entry"].choices[1:]] == ["E1 작품 E1", "E2 작품 E2"]


def test_report_page_keeps_a_report(as_user):
    competition = make_verified()

    response = as_user(make_user()).post(address(competition), typed(competition))

    assert response.url == competition.get_absolute_url()
    assert CandidateReport.objects.get().text == TEXT


def test_report_page_keeps_what_was_typed_of_a_refused_report(as_user):
    competition = make_verified()

    response = as_user(entry_of(competition).entrant).post(address(competition), typed(competition))

    assert response.status_code == 422
    assert TEXT in response.content.decode()
    assert not CandidateReport.objects.exists()


@pytest.mark.parametrize("code", ["X1", "Y1"])
def test_report_page_takes_candidates_alone(as_user, code):
    competition = make_verified()

    response = as_user(make_user()).post(
        address(competition), typed(competition, entry=entry_of(competition, code).pk)
    )

    assert response.status_code == 422


def test_report_page_too_late_shows_what_was_typed(as_user):
    competition = make_verified(days=0)

    response = as_user(make_user()).post(address(competition), typed(competition))

    assert (response.status_code, CandidateReport.objects.count()) == (422, 0)
    assert TEXT in response.content.decode()
    assert response.context["closed"]


def test_report_page_of_a_visitor_leads_to_login(client):
    assert client.get(address(make_verified())).url.startswith(reverse("account_login"))


def test_report_page_of_a_draft_is_not_found(as_user):
    assert as_user(make_user()).get(address(make_competition(state="draft"))).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_reports_of_a_competition_query_count(as_user, count, django_assert_max_num_queries):
    competition = make_verified(3)
    for _number in range(count):
        reported(entry_of(competition))
    client = as_user(organiser_of(competition))

    with django_assert_max_num_queries(12):
        response = client.get(address(competition, "organise_reports"))

    assert len(response.context["page_obj"]) == count


def test_open_reports_come_first(as_user):
    competition = make_verified()
    waiting, done = reported(entry_of(competition)), reported(entry_of(competition, "E2"))
    answered(done)

    response = as_user(organiser_of(competition)).get(address(competition, "organise_reports"))

    assert list(response.context["page_obj"]) == [waiting, done]


def test_organiser_answers_a_report(as_user):
    competition = make_verified()
    report = reported(entry_of(competition))

    response = as_user(organiser_of(competition)).post(
        address(competition, "organise_report", report.pk), {"outcome": "unfounded", "answer": "다릅니다."}
    )

    report.refresh_from_db()
    assert (response.url, report.answer) == (address(competition, "organise_reports"), "다릅니다.")


def test_second_answer_is_refused_and_keeps_what_was_typed(as_user):
    competition = make_verified()
    report = reported(entry_of(competition))
    answered(report)

    response = as_user(organiser_of(competition)).post(
        address(competition, "organise_report", report.pk), {"outcome": "upheld", "answer": "저도 봤습니다."}
    )

    assert response.status_code == 422
    assert "저도 봤습니다." in response.content.decode()


def test_report_of_another_competition_is_not_found(as_user):
    report, competition = reported(entry_of(make_verified())), make_verified()

    response = as_user(organiser_of(competition)).get(address(competition, "organise_report", report.pk))

    assert response.status_code == 404
