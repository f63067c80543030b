"""Bringing prompts and cases in from files: all or nothing, and nothing twice."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Government
from casebook.actions.versions import (
    MODELS,
    NewRecord,
    add_version,
    ask_reviews,
    create_record,
    create_records,
    publish_earlier,
    publish_versions,
)
from casebook.content import content_sha256
from casebook.errors import CasebookError
from casebook.models import ImportRun, WorkField
from casebook.states import VersionState

# The same row gets the same identity on every site, so that a second import finds it.
NAMESPACE = uuid5(NAMESPACE_URL, "prompt-casebook")
AT_ONCE = 100  # records; each step is one query for all of them


@dataclass
class Item:
    """What became of one record: outcome is created, changed or unchanged; `published` by this import or not."""

    line: int | None
    kind: str
    external_id: str
    title: str
    outcome: str
    published: bool


@dataclass
class Report:
    items: list[Item] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

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


@dataclass
class _Row:
    """A record of the file on its way: what it is here, and what became of it."""

    record: object  # imports.records.ImportRecord
    uid: UUID
    sha256: str
    version: object = None
    outcome: str = "created"
    published: bool = False


class _DryRun(Exception):
    pass


def import_batch(
    batch, *, by, at, publish=False, dry_run=False, source, on_progress=lambda done, total: None
):
    """Bring in the records of a table (imports.records.ImportBatch). Returns a Report.

    source: (file name, SHA-256 of the file). dry_run reports the same and changes nothing.
    """
    own = Government.objects.filter(is_self=True).first()

    def work(report):
        rows = _identified(batch.records)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            for kind in MODELS:
                _bring_rows(kind, [row for row in some if row.record.kind == kind], own, by=by, at=at)
            if publish:
                _publish(some, by=by, at=at)
            for row in some:
                report.items.append(_item(row, row.record.content["title"], line=row.record.line))
                on_progress(len(report.items), len(rows))

    return _all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


def _identified(records):
    """Give every record its uid: of its external id, or else of its content and how often that came before."""
    occurrences = Counter()
    rows = []
    for record in records:
        sha256 = content_sha256(record.content)
        occurrences[record.kind, sha256] += 1
        identity = record.external_id or f"{sha256}/{occurrences[record.kind, sha256]}"
        rows.append(_Row(record, uuid5(NAMESPACE, f"{record.kind}:{identity}"), sha256))
    return rows


def _item(row, title, *, line):
    return Item(line, row.record.kind, row.record.external_id, title, row.outcome, row.published)


def import_book(book, *, by, at, publish=False, dry_run=False, source, on_progress=lambda done, total: None):
    """Bring in another site's casebook (exports.book.Book), every version with its number and hash."""

    def work(report):
        _bring_work_fields(book.work_fields)
        government = _government_named(book.government)
        records = [*book.prompts, *book.cases]
        for start in range(0, len(records), AT_ONCE):
            some = records[start : start + AT_ONCE]
            rows = [_bring_book_record(record, government, by=by, at=at, publish=publish) for record in some]
            if publish:
                _publish(rows, by=by, at=at)
            for row in rows:
                report.items.append(_item(row, row.record.versions[-1].content["title"], line=None))
                on_progress(len(report.items), len(records))

    return _all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


def _all_or_nothing(work, *, by, at, publish, dry_run, source):
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
    known = _known_records(kind, rows)
    stored = _stored_versions(kind, rows, known)
    for row in rows:
        record = known.get(row.uid)
        same = record and stored.get((record.pk, row.sha256))
        if same:
            row.version, row.outcome = same, "unchanged"
        elif record:
            row.version, row.outcome = add_version(record, row.record.content, by=by, at=at), "changed"
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


def _known_records(kind, rows):
    """{uid of the row: the record here}; an external id goes before a uid."""
    external_ids = {row.record.external_id for row in rows} - {""}
    same = Q(uid__in=[row.uid for row in rows]) | Q(external_id__in=external_ids)
    found = MODELS[kind][0].objects.filter(same)
    by_uid = {record.uid: record for record in found}
    by_external_id = {record.external_id: record for record in found}
    known = {row.uid: by_external_id.get(row.record.external_id) or by_uid.get(row.uid) for row in rows}
    return {uid: record for uid, record in known.items() if record}


def _stored_versions(kind, rows, known):
    """{(record, SHA-256): its latest version with that content}."""
    records = {record.pk: record for record in known.values()}
    versions = MODELS[kind][1].objects.filter(
        record__in=records, content_sha256__in=[row.sha256 for row in rows]
    )
    stored = {}
    for version in versions.order_by("number"):
        version.record = records[version.record_id]
        stored[version.record_id, version.content_sha256] = version
    return stored


def _publish(rows, *, by, at):
    """Publish what is not yet; who imports with `publish` vouches as an editor."""
    waiting = [row for row in rows if row.version.state != VersionState.PUBLISHED]
    for row in waiting:
        row.published = True
    for kind in MODELS:
        # By key, as two rows of a file may mean one record here.
        versions = list({row.version.pk: row.version for row in waiting if row.record.kind == kind}.values())
        ask_reviews([version for version in versions if version.state == VersionState.DRAFT], by=by, at=at)
        publish_versions(versions, by=by, at=at)


def _bring_book_record(record, government, *, by, at, publish):
    known = MODELS[record.kind][0].objects.filter(uid=record.uid).first()
    outcome = "unchanged"
    for version in record.versions:
        if known is None:
            known = _create_from_book(record, version, government, by=by, at=at)
            outcome = "created"
        elif _is_new(known, version):
            add_version(known, version.content, by=by, at=at, note=version.note, number=version.number)
            outcome = "changed" if outcome == "unchanged" else outcome
    current = known.versions.get(number=record.current or record.versions[-1].number)
    if publish and len(record.versions) > 1:
        numbers = [version.number for version in record.versions if version.number < current.number]
        publish_earlier(known.versions.filter(number__in=numbers), by=by, at=at)
    return _Row(record, known.uid, current.content_sha256, current, outcome)


def _is_new(known, version):
    """False when this site has the version; refuses when the number holds something else here."""
    ours = known.versions.filter(number=version.number).values_list("content_sha256", flat=True).first()
    if ours not in {None, version.content_sha256}:
        raise CasebookError(
            _(
                "Version %(number)s of “%(title)s” says something else on this site. Import it as a new record."
            )
            % {"number": version.number, "title": known.title}
        )
    return ours is None


def _create_from_book(record, version, government, *, by, at):
    """Store the record; its address and external id come along unless this site uses them already."""
    here = MODELS[record.kind][0].objects
    slug = "" if not record.slug or here.filter(slug=record.slug).exists() else record.slug
    external_id = None if here.filter(external_id=record.external_id).exists() else record.external_id or None
    return create_record(
        record.kind,
        version.content,
        by=by,
        at=at,
        uid=UUID(record.uid),
        note=version.note,
        external_id=external_id,
        slug=slug,
        government=government,
        number=version.number,
    )


def _bring_work_fields(fields):
    """Add the work fields this site lacks; its own names stay."""
    for given in sorted(fields, key=lambda each: bool(each.parent)):
        parent = WorkField.objects.filter(code=given.parent).first() if given.parent else None
        WorkField.objects.get_or_create(
            code=given.code, defaults={"name": given.name, "name_en": given.name_en, "parent": parent}
        )


def _government_named(given):
    name = given.get("name", "")
    if not name:
        return None
    government, _created = Government.objects.get_or_create(
        name=name,
        defaults={"name_en": given.get("name_en", ""), "is_fictional": bool(given.get("is_fictional"))},
    )
    return government
