from decimal import Decimal
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.judging.marks import Given, PointsRefused
from competitions.actions.judging.sheets import (
    StaleSheet,
    open_sheet,
    recuse,
    save_sheet,
    sign_sheet,
)
from competitions.errors import CompetitionError, ConflictOfInterest, SheetGone, TooEarly, TooLate
from competitions.models import Assignment, Score
from competitions.results import sheet_sha256
from competitions.states import CompetitionState, SheetState
from tests.competitions.jury import make_judging_competition, make_sheet, marks, sign
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def points_of(sheet):
    return list(sheet.scores.order_by("criterion__position").values_list("points", flat=True))


def test_save_sheet_keeps_points_and_comments():
    sheet = make_sheet()

    save_sheet(sheet, marks(sheet, "30.5", None, comment="좋음"), by=sheet.judge.user, at=AT, seen_at=None)

    assert points_of(sheet) == [Decimal("30.5"), None]
    assert list(sheet.scores.values_list("comment", flat=True)) == ["좋음", "좋음"]
    assert (sheet.state, sheet.saved_at) == (SheetState.STARTED, AT)


def test_save_sheet_twice_replaces():
    sheet = make_sheet()

    save_sheet(sheet, marks(sheet, "30", "40"), by=sheet.judge.user, at=AT, seen_at=None)
    save_sheet(sheet, marks(sheet, "31", None), by=sheet.judge.user, at=AT, seen_at=AT)

    assert points_of(sheet) == [Decimal(31), None]


def test_save_sheet_from_a_stale_page():
    sheet = make_sheet()
    save_sheet(sheet, marks(sheet, "30", "40"), by=sheet.judge.user, at=AT, seen_at=None)

    with pytest.raises(StaleSheet):
        save_sheet(sheet, marks(sheet, "1", "1"), by=sheet.judge.user, at=AT, seen_at=None)

    assert points_of(sheet) == [Decimal(30), Decimal(40)]


@pytest.mark.parametrize("points", ["40.0001", "-1", "NaN", "Infinity"])
def test_save_sheet_with_points_out_of_range(points):
    sheet = make_sheet()

    with pytest.raises(PointsRefused):
        save_sheet(sheet, marks(sheet, points, "1"), by=sheet.judge.user, at=AT, seen_at=None)

    sheet.refresh_from_db()
    assert (sheet.state, Score.objects.count()) == (SheetState.ASSIGNED, 0)


def test_save_sheet_with_a_criterion_of_another_round():
    sheet, other = make_sheet(), make_sheet()

    with pytest.raises(PointsRefused):
        save_sheet(sheet, marks(other, "1", "1"), by=sheet.judge.user, at=AT, seen_at=None)


def test_save_sheet_of_another_judge():
    sheet = make_sheet()

    with pytest.raises(ConflictOfInterest):
        save_sheet(sheet, marks(sheet, "1", "1"), by=make_user(), at=AT, seen_at=None)


def test_save_sheet_of_an_entry_of_ones_own():
    sheet = make_sheet()
    sheet.entry.entrant = sheet.judge.user
    sheet.entry.save()

    with pytest.raises(ConflictOfInterest):
        save_sheet(sheet, marks(sheet, "1", "1"), by=sheet.judge.user, at=AT, seen_at=None)


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (CompetitionState.ANNOUNCED, TooEarly),
        (CompetitionState.DECIDED, TooLate),
        (CompetitionState.CANCELLED, TooLate),
    ],
)
def test_save_sheet_outside_judging(state, error):
    sheet = make_sheet(make_judging_competition(state=state))

    with pytest.raises(error):
        save_sheet(sheet, marks(sheet, "1", "1"), by=sheet.judge.user, at=AT, seen_at=None)


def test_sign_sheet_locks_it():
    sheet = make_sheet()
    sign(sheet, "30", "40")

    with pytest.raises(IllegalMove):
        save_sheet(sheet, marks(sheet, "1", "1"), by=sheet.judge.user, at=AT, seen_at=sheet.saved_at)

    assert points_of(sheet) == [Decimal(30), Decimal(40)]
    assert sheet.signed_at == AT


def test_sign_sheet_hashes_what_was_signed():
    sheet = make_sheet()

    sign(sheet, "30", "40")

    assert sheet.signed_sha256 == sheet_sha256(Assignment.objects.get())
    assert AuditRecord.objects.get(verb="sheet.signed").detail == {"sha256": sheet.signed_sha256}


def test_sheet_hash_changes_with_a_comment():
    sheet = make_sheet()
    sign(sheet, "30", "40")

    sheet.scores.update(comment="다르게")

    assert sheet_sha256(sheet) != sheet.signed_sha256


def test_sign_sheet_without_a_required_criterion_names_it():
    sheet = make_sheet()

    with pytest.raises(PointsRefused, match="효과"):
        sign_sheet(sheet, marks(sheet, "30", None), by=sheet.judge.user, at=AT, seen_at=None)

    sheet.refresh_from_db()
    assert (sheet.state, Score.objects.count()) == (SheetState.ASSIGNED, 0)


def test_sign_sheet_without_an_optional_criterion():
    sheet = make_sheet()
    sheet.round.criteria.filter(code="effect").update(required=False)

    sign(sheet, "30", None)

    assert points_of(sheet) == [Decimal(30), None]


def test_recuse_keeps_the_reason():
    sheet = make_sheet()

    recuse(sheet, " 같은 부서입니다. ", by=sheet.judge.user, at=AT)

    assert (sheet.state, sheet.recused_reason) == (SheetState.RECUSED, "같은 부서입니다.")


def test_recuse_without_reason():
    sheet = make_sheet()

    with pytest.raises(CompetitionError):
        recuse(sheet, "  ", by=sheet.judge.user, at=AT)


def test_recuse_from_a_signed_sheet():
    sheet = make_sheet()
    sign(sheet, "30", "40")

    with pytest.raises(IllegalMove):
        recuse(sheet, "이유", by=sheet.judge.user, at=AT)


def test_save_sheet_after_recusing():
    sheet = make_sheet()
    recuse(sheet, "이유", by=sheet.judge.user, at=AT)

    with pytest.raises(IllegalMove):
        save_sheet(sheet, marks(sheet, "1", "1"), by=sheet.judge.user, at=AT, seen_at=None)


def test_open_sheet_is_audited_about_the_entrant():
    sheet = make_sheet(entrant=make_user())

    open_sheet(sheet, by=sheet.judge.user, at=AT)

    record = AuditRecord.objects.get(verb="entry.seen_by_judge")
    assert (record.by, record.about, record.target_id) == (
        sheet.judge.user,
        sheet.entry.entrant,
        str(sheet.entry.pk),
    )


@pytest.mark.django_db(transaction=True)
def test_save_sheet_racing_with_signing_changes_nothing():
    sheet = make_sheet()
    signed, errors = Event(), []

    def save_from_another_tab():
        rival = Assignment.objects.select_related("judge__user").get(pk=sheet.pk)
        signed.wait(5)
        try:
            save_sheet(rival, {c.pk: Given(Decimal(1)) for c in rival.round.criteria.all()},
                       by=rival.judge.user, at=AT, seen_at=None)  # fmt: skip
        except IllegalMove as error:
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=save_from_another_tab)
    thread.start()
    with transaction.atomic():
        sign(sheet, "30", "40")
        signed.set()
        thread.join(0.3)  # the rival now waits for the lock
        assert thread.is_alive()
    thread.join(5)

    assert len(errors) == 1
    assert points_of(sheet) == [Decimal(30), Decimal(40)]


@pytest.mark.parametrize("act", ["save", "sign"])
def test_a_sheet_taken_away_under_the_judges_hands_is_refused_in_words(act):
    sheet = make_sheet()
    given = marks(sheet, "30", "40")
    Assignment.objects.all().delete()

    with pytest.raises(SheetGone, match=r"."):
        {"save": save_sheet, "sign": sign_sheet}[act](sheet, given, by=sheet.judge.user, at=AT, seen_at=None)


def test_a_sheet_taken_away_is_not_stepped_aside_from():
    sheet = make_sheet()
    Assignment.objects.all().delete()

    with pytest.raises(SheetGone):
        recuse(sheet, "이유", by=sheet.judge.user, at=AT)
