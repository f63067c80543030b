"""Bringing prompts and cases in from files: all or nothing, and nothing twice."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Government
from casebook.actions.evidence import bring_tests
from casebook.actions.import_rows import NAMESPACE, identified, look_up
from casebook.actions.versions import (
    MODELS,
    NewRecord,
    add_version,
    ask_reviews,
    create_records,
    publish_versions,
)
from casebook.models import ImportRun
from casebook.states import VersionState

__all__ = ["AT_ONCE", "NAMESPACE", "Item", "Report", "import_batch", "import_records"]

AT_ONCE = 100  # records; each step is one query for all of them


@dataclass
class Item:
    """What became of one record: outcome is created, changed or unchanged; `published` by this import or not.

    place: the file of a zip or a folder. slug: of the record here.
    """

    line: int | None
    kind: str
    external_id: str
    title: str
    outcome: str
    published: bool
    place: str = ""
    slug: str = ""


@dataclass
class Report:
    items: list[Item] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refused: list = field(default_factory=list)  # (title, place, reasons) of what was left out

    def counts(self):
        """How many were created, changed and left unchanged, and how many of all were published now."""
        outcomes = Counter(item.outcome for item in self.items)
        published = sum(item.published for item in self.items)
        return {name: outcomes[name] for name in ("created", "changed", "unchanged")} | {
            "published": published
        }

    @property
    def changes_nothing(self):
        return not any(item.published or item.outcome != "unchanged" for item in self.items)


class _DryRun(Exception):
    pass


def import_batch(batch, **options):
    """Bring in all records of a table (imports.records.ImportBatch). Returns a Report."""
    return import_records(batch.records, **options)


def import_records(
    records,
    *,
    by,
    at,
    publish=False,
    dry_run=False,
    source,
    chosen=None,
    on_progress=lambda done, total: None,
):
    """Bring in records (imports.records.ImportRecord). Returns a Report.

    source: (file name, SHA-256 of the file). chosen: places in `records` of those to bring in; None brings all.
    dry_run reports the same and changes nothing.
    """
    own = Government.objects.filter(is_self=True).first()

    def work(report):
        rows = chosen_of(identified(records), chosen)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            for kind in MODELS:
                _bring_rows(kind, [row for row in some if row.record.kind == kind], own, by=by, at=at)
            if publish:
                publish_rows(some, by=by, at=at)
            for row in some:
                _bring_tests(row, report, by=by, at=at)
                report.items.append(item_of(row, row.record.content["title"], line=row.record.line or None))
                on_progress(len(report.items), len(rows))

    return all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


def chosen_of(rows, chosen):
    return rows if chosen is None else [row for place, row in enumerate(rows) if place in chosen]


def item_of(row, title, *, line):
    record = row.record
    place, slug = getattr(record, "place", ""), row.version.record.slug
    return Item(line, record.kind, record.external_id, title, row.outcome, row.published, place, slug)


def _bring_tests(row, report, *, by, at):
    """Add test cases that came along; those alone make an unchanged prompt a changed one."""
    if not row.record.tests:
        return
    added, left_out = bring_tests(row.version.record, row.record.tests, by=by, at=at)
    if added and row.outcome == "unchanged":
        row.outcome = "changed"
    words = {"title": row.record.content["title"]}
    report.notices += [
        _("%(title)s: the test case “%(name)s” was left out. %(reason)s")
        % {**words, "name": name, "reason": reason}
        for name, reason in left_out
    ]


def all_or_nothing(work, *, by, at, publish, dry_run, source):
    report = Report()
    try:
        with transaction.atomic():
            work(report)
            if not report.changes_nothing:
                _note_run(report, by=by, at=at, publish=publish, source=source)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return report


def _note_run(report, *, by, at, publish, source):
    name, sha256 = source
    counts = report.counts()
    run = ImportRun.objects.create(
        file_name=name[:200],
        file_sha256=sha256,
        by=by,
        at=at,
        created=counts["created"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        published=publish,
    )
    audit.record("casebook.imported", by=by, target=run, publish=publish, **counts)


def _bring_rows(kind, rows, own, *, by, at):
    """Store rows of one kind: new records, new versions of known ones, or nothing."""
    look_up(kind, rows)
    for row in rows:
        if row.version:
            row.outcome = "unchanged"
        elif row.known:
            row.version, row.outcome = add_version(row.known, row.record.content, by=by, at=at), "changed"
    fresh = [row for row in rows if row.version is None]
    for row, version in zip(fresh, create_records(kind, _news(fresh, own), by=by, at=at), strict=True):
        row.version = version


def _news(rows, own):
    return [
        NewRecord(
            content=row.record.content,
            uid=row.uid,
            identity={"external_id": row.record.external_id or None, "government": own},
        )
        for row in rows
    ]


def publish_rows(rows, *, by, at):
    """Publish what is not yet; who imports with `publish` vouches as an editor."""
    waiting = [row for row in rows if row.version.state != VersionState.PUBLISHED and not row.elsewhere]
    for row in waiting:
        row.published = True
    for kind in MODELS:
        # By key, as two rows of a file may mean one record here.
        versions = list({row.version.pk: row.version for row in waiting if row.record.kind == kind}.values())
        ask_reviews([version for version in versions if version.state == VersionState.DRAFT], by=by, at=at)
        publish_versions(versions, by=by, at=at)
