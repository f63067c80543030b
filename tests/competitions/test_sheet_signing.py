"""What a judge's signature covers, the version it is about, and a signed sheet opened again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from casebook.content import content_sha256
from competitions.actions.judging.marks import Comments
from competitions.actions.judging.read_versions import StaleEntryText
from competitions.actions.judging.sheets import (
    PledgeMissing,
    reopen_sheet,
    save_sheet,
    sign_sheet,
)
from competitions.errors import CompetitionError, ConflictOfInterest, TooEarly, TooLate
from competitions.models import Assignment, Conflict, Snapshot
from competitions.results import sheet_sha256, signed_content
from competitions.states import CompetitionState, SheetState
from tests.competitions.jury import make_judging_competition, make_sheet, marks, sign
from tests.factories import AT, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def save(sheet, *points, at=AT, **options):
    options.setdefault("seen_at", sheet.saved_at)
    save_sheet(sheet, marks(sheet, *points), by=sheet.judge.user, at=at, **options)


def correct(entry):
    """The entry is handed in once more, and accepted."""
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=entry.snapshots.count() + 1,
        content=entry.snapshot.content,
        content_sha256="1" * 64,
        receipt_number=f"R-{entry.pk}-{entry.snapshots.count() + 1}",
        submitted_at=LATER,
    )
    entry.save()


def sums_of(sheet):
    return Assignment.objects.values_list("reached", "reachable").get(pk=sheet.pk)


def test_signed_content_without_comments_is_what_it_always_was():
    sheet = make_sheet()
    sign(sheet, "30", "40")

    old = {
        "competition": sheet.round.competition.slug,
        "round": "written",
        "judge": sheet.judge.code,
        "entry": "E1",
        "scores": {
            "idea": {"points": "30", "comment": ""},
            "effect": {"points": "40", "comment": ""},
        },
    }
    assert sheet.signed_sha256 == content_sha256(old)


def test_signed_content_has_the_comments_that_say_something_and_never_the_private_one():
    sheet = make_sheet()
    save(sheet, "30", "40", comments=Comments(committee="위원회에", private="나에게"))
    sign(sheet, "30", "40")

    content = signed_content(sheet, sheet.scores.select_related("criterion"))

    assert content["comments"] == {"committee": "위원회에"}
    assert sheet.signed_sha256 == content_sha256(content)


@pytest.mark.parametrize(("name", "changes"), [("committee", True), ("entrant", True), ("private", False)])
def test_sheet_hash_and_the_comments_on_the_whole(name, changes):
    sheet = make_sheet()
    sign(sheet, "30", "40")

    setattr(sheet, f"comment_{name}", "뒤늦은 말")

    assert (sheet_sha256(sheet) != sheet.signed_sha256) is changes


def test_saving_without_comments_leaves_them():
    sheet = make_sheet()
    save(sheet, "30", None, comments=Comments("가", "나", "다"))
    save(sheet, "31", None, at=LATER)

    sheet.refresh_from_db()
    assert (sheet.comment_committee, sheet.comment_entrant, sheet.comment_private) == ("가", "나", "다")


def test_what_a_page_saves_by_itself_is_not_audited():
    sheet = make_sheet()
    save(sheet, "30", None, is_automatic=True)
    assert not AuditRecord.objects.filter(verb="sheet.saved").exists()

    save(sheet, "31", None, at=LATER)

    assert AuditRecord.objects.filter(verb="sheet.saved").count() == 1


def test_the_sums_follow_every_save_and_the_signature():
    sheet = make_sheet()
    sheet.round.criteria.filter(code="idea").update(weight=2)

    assert sums_of(sheet) == (None, None)
    save(sheet, "30", None)
    assert sums_of(sheet) == (Decimal(60), Decimal(80))
    save(sheet, None, None, at=LATER)
    assert sums_of(sheet) == (None, None)
    sheet.refresh_from_db()
    sign_sheet(sheet, marks(sheet, "0", "40"), by=sheet.judge.user, at=LATER, seen_at=LATER)
    assert sums_of(sheet) == (Decimal(40), Decimal(140))


def test_the_first_save_pins_the_version_the_page_showed():
    sheet = make_sheet()
    first = sheet.entry.snapshot
    correct(sheet.entry)

    save(sheet, "30", None, read=first.pk)

    assert sheet.snapshot == first


@pytest.mark.parametrize("read", [None, 0, 10**30])
def test_the_first_save_pins_what_counts_when_the_page_says_nothing_of_the_entry(read):
    sheet = make_sheet()

    save(sheet, "30", None, read=read)

    assert sheet.snapshot == sheet.entry.snapshot


def test_a_version_of_another_entry_is_never_pinned():
    sheet, other = make_sheet(), make_sheet()

    save(sheet, "30", None, read=other.entry.snapshot_id)

    assert sheet.snapshot == sheet.entry.snapshot


def test_signing_after_a_correction_is_refused_until_the_judge_takes_the_new_version():
    sheet = make_sheet()
    save(sheet, "30", "40")
    correct(sheet.entry)

    with pytest.raises(StaleEntryText):
        sign(sheet, "30", "40")
    sheet.refresh_from_db()
    save(sheet, "30", "40", at=LATER)
    assert sheet.snapshot != sheet.entry.snapshot
    save(sheet, "30", "40", at=LATER, adopt=True)
    sign(sheet, "30", "40")

    assert (sheet.state, sheet.snapshot) == (SheetState.SIGNED, sheet.entry.snapshot)


def test_signing_with_a_conflict_found_meanwhile_is_refused():
    sheet = make_sheet()
    Conflict.objects.create(
        judge=sheet.judge, entry=sheet.entry, kind="exclusion", ground="department", at=AT
    )

    with pytest.raises(ConflictOfInterest):
        sign(sheet, "30", "40")


def test_saving_before_the_pledge_is_refused():
    sheet = make_sheet(
        judge=make_judge(competition := make_judging_competition(), user=make_user(), pledged_at=None),
        competition=competition,
    )

    with pytest.raises(PledgeMissing):
        save(sheet, "30", "40")


def make_calibrated():
    """Two sheets of one judge; the first one's entry comes first."""
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user())
    first, other = (make_sheet(competition, code=code, judge=judge) for code in ("E2", "E1"))
    first.round.calibration_entry = first.entry
    first.round.save()
    return first, Assignment.objects.select_related("judge__user", "round", "entry").get(pk=other.pk)


def test_other_sheets_wait_for_the_calibration_entry():
    first, other = make_calibrated()

    with pytest.raises(TooEarly, match="E2"):
        save(other, "30", "40")
    sign(first, "30", "40")
    save(other, "30", "40")

    assert other.state == SheetState.STARTED


@pytest.mark.parametrize("reason", ["recused", "conflict"])
def test_a_judge_kept_from_the_calibration_entry_waits_for_nothing(reason):
    first, other = make_calibrated()
    if reason == "recused":
        Assignment.objects.filter(pk=first.pk).update(state=SheetState.RECUSED)
    else:
        Conflict.objects.create(
            judge=first.judge, entry=first.entry, kind="exclusion", ground="department", at=AT
        )

    save(other, "30", "40")

    assert other.state == SheetState.STARTED


def test_another_judges_calibration_holds_nobody_up():
    first, other = make_calibrated()
    sign(first, "30", "40")
    make_assignment(make_judge(first.entry.competition, user=make_user()), first.entry)

    save(other, "30", "40")

    assert other.state == SheetState.STARTED


def reopen(sheet, reason="오타를 고쳐야 합니다.", by=None):
    reopen_sheet(sheet, reason, by=by or make_user(), at=LATER)


def test_reopen_sheet_keeps_the_old_hash_in_the_audit_and_tells_the_judge():
    sheet = make_sheet()
    sign(sheet, "30", "40")
    signed = sheet.signed_sha256

    reopen(sheet, " 오타를 고쳐야 합니다. ")

    assert (sheet.state, sheet.signed_at, sheet.signed_sha256) == (SheetState.STARTED, None, "")
    assert (sheet.reopened_at, sheet.reopened_reason) == (LATER, "오타를 고쳐야 합니다.")
    record = AuditRecord.objects.get(verb="sheet.reopened")
    assert (record.detail["sha256"], record.detail["signed_at"]) == (signed, AT.isoformat())
    assert record.detail["reason"] == "오타를 고쳐야 합니다."
    letter = Message.objects.get(person=sheet.judge.user, kind="sheet.reopened")
    assert "오타를 고쳐야 합니다." in letter.body


def test_reopened_sheet_is_signed_again():
    sheet = make_sheet()
    sign(sheet, "30", "40")
    reopen(sheet)

    sign(sheet, "31", "40")

    assert (sheet.state, sums_of(sheet)[0]) == (SheetState.SIGNED, Decimal(71))


def test_reopen_sheet_without_a_reason():
    sheet = make_sheet()
    sign(sheet, "30", "40")

    with pytest.raises(CompetitionError):
        reopen(sheet, "  ")

    assert Assignment.objects.get().state == SheetState.SIGNED


def test_reopen_sheet_that_is_not_signed():
    with pytest.raises(IllegalMove):
        reopen(make_sheet())


def test_reopen_sheet_after_judging():
    sheet = make_sheet()
    sign(sheet, "30", "40")
    type(sheet.entry.competition).objects.update(state=CompetitionState.DECIDED)

    with pytest.raises(TooLate):
        reopen(sheet)


def test_reopen_sheet_of_a_judge_on_paper_tells_nobody():
    competition = make_judging_competition()
    sheet = make_sheet(competition, judge=make_judge(competition))
    Assignment.objects.update(state=SheetState.SIGNED, signed_at=AT, signed_sha256="a" * 64)

    reopen(sheet)

    assert not Message.objects.filter(kind="sheet.reopened").exists()
