"""The published casebook of this site as plain records, for exports. A fixed number of queries."""

from collections import defaultdict

from accounts.models import Government
from casebook.exports.book import Book, Record, Version, WorkField
from casebook.models import Case, CaseVersion, Prompt, PromptVersion
from casebook.models import WorkField as WorkFieldRow
from casebook.states import VersionState


def read_book():
    """Return every published prompt and case with all their published versions."""
    fields = WorkFieldRow.objects.select_related("parent").order_by("code")
    return Book(
        government=_government(),
        work_fields=tuple(
            WorkField(row.code, row.name, row.name_en, row.parent.code if row.parent else "")
            for row in fields
        ),
        prompts=_records(Prompt, PromptVersion),
        cases=_records(Case, CaseVersion),
    )


def _government():
    own = (
        Government.objects.filter(is_self=True)
        .values("name", "name_en", "region_code", "is_fictional")
        .first()
    )
    return own or {"name": ""}


def _records(model, version_model):
    versions = defaultdict(list)
    published = version_model.objects.filter(state=VersionState.PUBLISHED, record__retired_at=None)
    for row in published.order_by("record_id", "number"):
        versions[row.record_id].append(
            Version(row.number, row.content, row.content_sha256, row.note, row.created_at.isoformat())
        )
    return tuple(
        Record(
            kind=model.kind,
            uid=str(record.uid),
            external_id=record.external_id or "",
            slug=record.slug,
            state="published",
            versions=tuple(versions[record.pk]),
            current=record.current.number,
        )
        for record in model.objects.published().select_related("current")
    )
