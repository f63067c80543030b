"""The published casebook of this site as plain records, for exports. A fixed number of queries."""

from collections import defaultdict

from accounts.models import Government
from casebook.actions.evidence import FIELDS
from casebook.exports.book import Book, Record, Version, WorkField
from casebook.models import Case, CaseVersion, Prompt, PromptTest, PromptVersion
from casebook.models import WorkField as WorkFieldRow
from casebook.states import VersionState


def read_book(*, only=None, tests=False):
    """Return every published prompt and case with all their published versions.

    only: {"prompt": keys of rows, "case": keys of rows} narrows to those. tests: with the test cases of prompts.
    """
    fields = WorkFieldRow.objects.select_related("parent").order_by("code")
    return Book(
        government=_government(),
        work_fields=tuple(
            WorkField(row.code, row.name, row.name_en, row.parent.code if row.parent else "")
            for row in fields
        ),
        prompts=_records(Prompt, PromptVersion, only, tests=_tests(only) if tests else {}),
        cases=_records(Case, CaseVersion, only),
    )


def _government():
    own = (
        Government.objects.filter(is_self=True)
        .values("name", "name_en", "region_code", "is_fictional")
        .first()
    )
    return own or {"name": ""}


def _tests(only):
    found = defaultdict(list)
    kept = PromptTest.objects.filter(removed_at=None)
    kept = kept if only is None else kept.filter(prompt__in=only["prompt"])
    for row in kept.order_by("prompt_id", "position", "id").values("prompt_id", *FIELDS):
        found[row.pop("prompt_id")].append(row)
    return found


def _records(model, version_model, only, tests=None):
    versions = defaultdict(list)
    published = version_model.objects.filter(state=VersionState.PUBLISHED, record__retired_at=None)
    records = model.objects.published()
    if only is not None:
        published = published.filter(record__in=only[model.kind])
        records = records.filter(pk__in=only[model.kind])
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
            tests=tuple((tests or {}).get(record.pk, ())),
        )
        for record in records.select_related("current")
    )
