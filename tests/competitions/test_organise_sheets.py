"""The organiser's list of score sheets, reminders of what is not signed, and how a round is judged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.judging.due_sheets import remind_judges, remind_of_due_sheets
from competitions.actions.judging.round_settings import RoundSettings, set_judging
from competitions.errors import CompetitionError
from competitions.models import Assignment, Conflict, Round
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.conflicting import make_conflict
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet, sign
from tests.factories import AT, grant, make_assignment, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
PEERS = Round.Peers.AFTER_SIGNING


def organiser_of(competition):
    person = make_user()
    grant(person, Role.ORGANISER, competition)
    return person


def make_contest(count=3):
    """One judge with that many sheets, the first of them signed."""
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(name="김심사"), code="J1", name="김심사")
    sheets = [make_sheet(competition, code=f"E{n}", judge=judge) for n in range(1, count + 1)]
    sign(sheets[0], "30", "45.5")
    return competition, sheets


def address(name, competition, *arguments):
    return reverse(f"competitions:organise_{name}", args=[competition.slug, *arguments])


def listed(response):
    return [sheet.entry.code for sheet in response.context["page_obj"]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["E1", "E2", "E3"]),
        ("?state=signed", ["E1"]),
        ("?state=assigned&judge=J1", ["E2", "E3"]),
        ("?judge=J9", []),
        ("?late=yes", ["E2", "E3"]),
        ("?q=e2", ["E2"]),
        ("?q=김심사&sort=signed", ["E1", "E2", "E3"]),
        ("?round=written&sort=nonsense", ["E1", "E2", "E3"]),
        ("?sort=total", ["E1", "E2", "E3"]),
        ("?sort=saved", ["E1", "E2", "E3"]),
    ],
)
def test_sheets_are_filtered_and_sorted(as_user, query, codes):
    competition, _sheets = make_contest()
    competition.rounds.update(due_at=now() - timedelta(days=1))

    response = as_user(organiser_of(competition)).get(address("sheets", competition) + query)

    assert listed(response) == codes


def test_sheets_name_what_is_late_and_what_is_missing(as_user):
    competition, _sheets = make_contest()
    competition.rounds.update(due_at=now() - timedelta(days=1), judges_per_entry=1)
    make_accepted_entry(competition, code="E9")

    response = as_user(organiser_of(competition)).get(address("sheets", competition))

    (row,) = response.context["lacking"]
    assert (row.signed, row.total, row.late, row.short) == (1, 3, [("J1", "김심사", 2)], [("E9", 0, 1)])
    assert response.context["page_obj"][0].total_text == "75.5 / 100 (75.5%)"


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_query_count(as_user, count, django_assert_max_num_queries):
    competition, _sheets = make_contest(count)
    client = as_user(organiser_of(competition))

    with django_assert_max_num_queries(16):
        client.get(address("sheets", competition))


def test_reopening_asks_for_a_reason_and_keeps_the_sheet_signed_without(as_user):
    competition, sheets = make_contest()
    client = as_user(organiser_of(competition))
    page = address("reopen_sheet", competition, sheets[0].pk)

    refused = client.post(page, {"reason": " "})
    assert refused.status_code == 422
    assert Assignment.objects.signed().count() == 1
    done = client.post(page, {"reason": "오타를 고쳐야 합니다."})

    assert done.url == address("sheets", competition)
    assert not Assignment.objects.signed().exists()


def test_reopening_an_unsigned_sheet_says_why_not(as_user):
    competition, sheets = make_contest()

    response = as_user(organiser_of(competition)).post(
        address("reopen_sheet", competition, sheets[1].pk), {"reason": "이유"}
    )

    assert response.status_code == 422


def test_sheet_of_another_competition_is_not_reopened(as_user):
    competition, _sheets = make_contest()
    _other, (foreign, *_rest) = make_contest()

    response = as_user(organiser_of(competition)).post(
        address("reopen_sheet", competition, foreign.pk), {"reason": "이유"}
    )

    assert response.status_code == 404


# Reminders


def letters():
    return Message.objects.filter(kind="sheet.due")


def test_reminding_by_hand_tells_each_judge_once_a_day(as_user):
    competition, _sheets = make_contest()
    client = as_user(organiser_of(competition))

    for _again in range(2):
        client.post(address("remind_judges", competition))

    letter = letters().get()
    assert letter.person.name == "김심사"
    assert " 2" in letter.body.replace("2개", " 2개")
    assert AuditRecord.objects.filter(verb="sheets.reminded").count() == 2


def test_reminding_outside_judging_is_refused():
    competition, _sheets = make_contest()
    competition.state = CompetitionState.DECIDED
    competition.save()

    with pytest.raises(CompetitionError):
        remind_judges(competition, by=None, at=AT)


@pytest.mark.parametrize(
    ("before", "told"),
    [(timedelta(days=3), 0), (timedelta(days=2), 1), (timedelta(hours=1), 1), (-timedelta(1), 0)],
)
def test_the_calendar_reminds_two_days_before_the_date(before, told):
    competition, _sheets = make_contest()
    competition.rounds.update(due_at=AT + before)

    for _again in range(2):
        remind_of_due_sheets(at=AT)

    assert letters().count() == told


def test_a_date_that_moves_is_told_of_again():
    competition, _sheets = make_contest()
    for days in (1, 2):
        competition.rounds.update(due_at=AT + timedelta(days=days))
        remind_of_due_sheets(at=AT)

    assert letters().count() == 2


@pytest.mark.parametrize("why", ["signed", "dropped", "conflict", "withdrawn", "over"])
def test_nobody_is_reminded_of_what_cannot_be_signed(why):
    competition, sheets = make_contest(1)
    sheet = sheets[0]
    competition.rounds.update(due_at=AT + timedelta(days=1))
    if why != "signed":
        Assignment.objects.update(state=SheetState.STARTED, signed_at=None)
    if why == "dropped":
        competition.judges.update(state="dropped")
    if why == "conflict":
        Conflict.objects.create(judge=sheet.judge, entry=sheet.entry, kind="exclusion", ground="own", at=AT)
    if why == "withdrawn":
        competition.entries.update(state=EntryState.DISQUALIFIED, decision_reason="표절")
    if why == "over":
        type(competition).objects.update(state=CompetitionState.DECIDED)

    remind_of_due_sheets(at=AT)

    assert not letters().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_reminding_by_the_calendar_takes_as_many_queries_for_many(count, django_assert_max_num_queries):
    competition, (first, *_rest) = make_contest(2)
    competition.rounds.update(due_at=AT + timedelta(days=1))
    for _more in range(count):
        make_assignment(make_judge(competition, user=make_user()), first.entry)

    with django_assert_max_num_queries(9):
        remind_of_due_sheets(at=AT)

    assert letters().count() == count + 1


# How a round is judged


def settings_of(round_, **changes):
    kept = RoundSettings.of(round_)
    return RoundSettings(**{name: getattr(kept, name) for name in kept.__dataclass_fields__} | changes)


def test_settings_of_a_round_are_kept_and_audited(as_user):
    competition, _sheets = make_contest(1)
    Assignment.objects.update(state=SheetState.STARTED, signed_at=None)
    client = as_user(organiser_of(competition))

    response = client.post(
        address("round", competition, "written"),
        {
            "blind": "on",
            "judges_per_entry": "3",
            "due_at": "2026-12-01T18:00",
            "shows_peers": "after_signing",
        },
    )

    round_ = competition.rounds.get()
    assert response.url == address("round", competition, "written")
    assert (round_.blind, round_.judges_per_entry, round_.shows_peers) == (True, 3, PEERS)
    assert round_.due_at.isoformat() == "2026-12-01T09:00:00+00:00"
    record = AuditRecord.objects.get(verb="round.judging_set")
    assert set(record.detail["fields"]) == {"blind", "judges_per_entry", "due_at", "shows_peers"}


def test_wrong_settings_keep_what_was_typed(as_user):
    competition, _sheets = make_contest()

    response = as_user(organiser_of(competition)).post(
        address("round", competition, "written"), {"judges_per_entry": "0", "shows_peers": "never"}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["judges_per_entry"])


def test_every_judge_gets_a_sheet_of_the_calibration_entry():
    competition = make_judging_competition()
    entry = make_accepted_entry(competition, code="E1")
    mine, team, paper, gone = (
        make_judge(competition, user=make_user()),
        make_judge(competition, user=make_user()),
        make_judge(competition),
        make_judge(competition, user=make_user(), state="dropped"),
    )
    Conflict.objects.create(judge=team, entry=entry, kind="exclusion", ground="department", at=AT)
    round_ = competition.rounds.get()

    made = set_judging(round_, settings_of(round_, calibration_entry_id=entry.pk), by=None, at=AT)

    assert made == 1
    assert Assignment.objects.get().judge == mine
    assert {paper, gone, team}.isdisjoint({sheet.judge for sheet in Assignment.objects.all()})


def test_an_entry_that_is_not_judged_cannot_come_first():
    competition = make_judging_competition()
    entry = make_entry(competition, state=EntryState.SUBMITTED)
    round_ = competition.rounds.get()

    with pytest.raises(CompetitionError):
        set_judging(round_, settings_of(round_, calibration_entry_id=entry.pk), by=None, at=AT)


@pytest.mark.parametrize("change", [{"blind": True}, {"shows_peers": PEERS}, {"calibration_entry_id": "E2"}])
def test_what_signing_relied_on_stays_after_the_first_signature(change):
    competition, sheets = make_contest()
    round_ = competition.rounds.get()
    if "calibration_entry_id" in change:
        change = {"calibration_entry_id": sheets[1].entry_id}

    with pytest.raises(IllegalMove):
        set_judging(round_, settings_of(round_, **change), by=None, at=AT)


def test_the_date_and_the_number_of_judges_may_change_after_the_first_signature():
    competition, _sheets = make_contest()
    round_ = competition.rounds.get()

    set_judging(round_, settings_of(round_, due_at=AT, judges_per_entry=2), by=None, at=AT)

    assert (round_.due_at, round_.judges_per_entry) == (AT, 2)


def test_settings_after_judging_are_refused(as_user):
    competition, _sheets = make_contest()
    type(competition).objects.update(state=CompetitionState.DECIDED)

    response = as_user(organiser_of(competition)).post(
        address("round", competition, "written"), {"shows_peers": "never"}
    )

    assert response.status_code == 422


def test_a_signed_sheet_of_a_judge_with_a_conflict_is_listed_and_counts_nowhere(as_user):
    competition, sheets = make_contest(2)
    make_conflict(sheets[0].judge, sheets[0].entry)

    context = as_user(organiser_of(competition)).get(address("sheets", competition)).context

    assert [(sheet.is_apart, sheet.can_reopen) for sheet in context["page_obj"]] == [
        (True, False), (False, False),
    ]  # fmt: skip
    (row,) = context["lacking"]
    assert (row.signed, row.total, row.short) == (0, 1, [("E1", 0, 1)])
