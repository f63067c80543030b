"""Photographs and scans of signed sheets on paper: kept as evidence, cleaned of what they say about cameras."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.bringing_in.competitions import lock_for_bringing_in
from competitions.actions.private_files import kind_by_content, refuse_large, refuse_virus
from competitions.actions.screening.locks import checked_reason
from competitions.entry_files import sha256_of, storage
from competitions.errors import CompetitionError
from competitions.files import sandbox
from competitions.files.names import clean_name
from competitions.models import SheetScan

KINDS = ("pdf", "jpeg", "png", "webp")
MOST_OF_JUDGE = 50


def keep_scan(competition, file, *, judge, round_=None, by, at):
    """Store a scan of a judge's signed sheets; the same bytes for the same judge again are one scan.

    file: an upload. round_: None when it is of all rounds. Raises CompetitionError.
    """
    refuse_large(file)
    with TemporaryDirectory(prefix="scan-") as folder:
        given, clean = Path(folder) / "given", Path(folder) / "clean"
        with given.open("wb") as out:
            for piece in file.chunks():
                out.write(piece)
        kind = _checked(given)
        if sandbox.write_clean_copy(given, kind, str(clean)):
            raise CompetitionError(
                _("The file could not be read through. Save it again as PDF or JPEG and choose that.")
            )
        return _store(competition, clean, name=clean_name(file.name, kind), kind=kind, judge=judge,
                      round_=round_, by=by, at=at)  # fmt: skip


def _checked(path):
    with path.open("rb") as file:
        kind = kind_by_content(file)
        if kind not in KINDS:
            raise CompetitionError(_("Scans are taken as PDF, JPEG, PNG or WebP. Save it as one of these."))
        refuse_virus(file)
    return kind


@transaction.atomic
def _store(competition, path, *, name, kind, judge, round_, by, at):
    competition = lock_for_bringing_in(competition)
    if judge.competition_id != competition.pk or (round_ and round_.competition_id != competition.pk):
        raise CompetitionError(_("Choose a judge and a round of this competition."))
    rows = SheetScan.objects.filter(judge=judge, erased_at=None)
    sha256 = sha256_of(path)
    same = rows.filter(round=round_, sha256=sha256).first()
    if same:
        return same
    if rows.count() >= MOST_OF_JUDGE:
        raise CompetitionError(_("A judge has at most %(most)s scans. Put several pages into one PDF.")
                               % {"most": MOST_OF_JUDGE})  # fmt: skip
    scan = SheetScan(id=uuid4(), judge=judge, round=round_, name=name, kind=kind, size=path.stat().st_size,
                     sha256=sha256, by=by, at=at)  # fmt: skip
    with path.open("rb") as file:
        scan.path = storage().save(f"sheets/{competition.pk}/{scan.pk}", File(file))
    scan.save(force_insert=True)
    audit.record(
        "scan.kept", by=by, target=competition, scan=str(scan.pk), judge=judge.code,
        round=round_.code if round_ else "", sha256=sha256,
    )  # fmt: skip
    return scan


@transaction.atomic
def open_scan(scan, *, by, at):
    """Note that somebody looked at a signature. Raises CompetitionError when the file is gone."""
    if scan.erased_at or not storage().exists(scan.path):
        raise CompetitionError(_("This scan is no longer kept; only its fingerprint is."))
    audit.record(
        "scan.opened", by=by, target=scan.judge.competition, about=scan.judge.user, scan=str(scan.pk),
        judge=scan.judge.code,
    )  # fmt: skip


@transaction.atomic
def remove_scan(scan, reason, *, by, at):
    """Forget the file; its name and fingerprint stay with the reason in the record. Raises CompetitionError."""
    reason = checked_reason(reason)
    if not reason:
        raise CompetitionError(_("Write why the scan is removed; it stays in the record."))
    competition = lock_for_bringing_in(scan.judge.competition)
    removed = SheetScan.objects.filter(pk=scan.pk, erased_at=None).update(erased_at=Now())
    if not removed:
        raise CompetitionError(_("This scan was removed already."))
    audit.record(
        "scan.removed", by=by, target=competition, scan=str(scan.pk), judge=scan.judge.code,
        sha256=scan.sha256, reason=reason,
    )  # fmt: skip
    transaction.on_commit(lambda: storage().delete(scan.path))


def scans_of(competition):
    """Those that are kept, by judge and time."""
    rows = SheetScan.objects.filter(judge__competition=competition, erased_at=None)
    return rows.select_related("judge", "round", "by").order_by("judge__code", "at", "pk")
