"""Files added to a report of a candidate: kept byte for byte, seen by organisers only, each opening recorded."""

from contextlib import contextmanager
from hashlib import file_digest
from uuid import uuid4

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.private_files import kind_by_content, refuse_large, refuse_virus
from competitions.entry_files import storage
from competitions.errors import CompetitionError
from competitions.files.names import clean_name
from competitions.models import ReportEvidence

MOST = 3


def checked_kinds(files):
    """Return the kinds of uploads, by their content. Raises CompetitionError for what is not taken."""
    if len(files) > MOST:
        raise CompetitionError(
            _("At most %(most)s files are taken. Put several into one PDF.") % {"most": MOST}
        )
    return [_checked(file) for file in files]


def _checked(file):
    refuse_large(file)
    kind = kind_by_content(file)
    refuse_virus(file)
    return kind


@contextmanager
def kept_bytes():
    """Yield a list of paths in the storage, whose files are removed when the block fails."""
    kept = []
    try:
        yield kept
    except BaseException:
        for path in kept:
            storage().delete(path)
        raise


def keep_evidence(report, files, kinds, *, by, at, kept):
    """Store checked files with a report, in its transaction. kept: of `kept_bytes`."""
    for file, kind in zip(files, kinds, strict=True):
        row = ReportEvidence(
            id=uuid4(), report=report, name=clean_name(file.name, kind), kind=kind, by=by, at=at
        )
        file.seek(0)
        row.size, row.sha256 = file.size, file_digest(file, "sha256").hexdigest()
        file.seek(0)
        row.path = storage().save(f"reports/{report.pk}/{row.pk}", file)
        kept.append(row.path)
        row.save(force_insert=True)


@transaction.atomic
def open_evidence(row, *, by):
    """Note that an organiser looked at it. Raises CompetitionError when the file is gone."""
    if row.erased_at or not storage().exists(row.path):
        raise CompetitionError(_("This file is no longer kept; only its fingerprint is."))
    audit.record(
        "report.evidence_opened", by=by, target=row.report.entry, report=row.report_id, file=str(row.pk)
    )


def remove_evidence_bytes(keys):
    """Remove the bytes of the evidence about entries; before the rows say so, as with entries' files."""
    for path in ReportEvidence.objects.filter(report__entry__in=keys, erased_at=None).values_list(
        "path", flat=True
    ):
        storage().delete(path)


def forget_evidence(keys, *, at):
    """The fingerprint stays. Call after `remove_evidence_bytes`."""
    rows = ReportEvidence.objects.filter(report__entry__in=keys)
    rows.update(name="", path="", by=None, erased_at=Coalesce("erased_at", Value(at)))
