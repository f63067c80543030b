"""Bringing prompts and cases in from files: all or nothing, and nothing twice."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Government
from casebook.actions.versions import MODELS, add_version, ask_review, create_record, publish_version
from casebook.content import content_sha256
from casebook.errors import CasebookError
from casebook.models import ImportRun, WorkField
from casebook.states import VersionState

# The same row gets the same identity on every site, so that a second import finds it.
NAMESPACE = uuid5(NAMESPACE_URL, "prompt-casebook")


@dataclass
class Item:
    """What became of one record: outcome is created, changed, published or unchanged."""

    line: int | None
    kind: str
    external_id: str
    title: str
    outcome: str


@dataclass
class Report:
    items: list[Item] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def count(self, *outcomes):
        return sum(item.outcome in outcomes for item in self.items)

    def counts(self):
        return {name: self.count(name) for name in ("created", "changed", "published", "unchanged")}


class _DryRun(Exception):
    pass


def import_batch(
    batch, *, by, at, publish=False, dry_run=False, source, on_progress=lambda done, total: None
):
    """Bring in the records of a table (imports.records.ImportBatch). Returns a Report.

    source: (file name, SHA-256 of the file). dry_run reports the same and changes nothing.
    """
    occurrences = Counter()
    own = Government.objects.filter(is_self=True).first()

    def bring(record):
        sha256 = content_sha256(record.content)
        occurrences[record.kind, sha256] += 1
        identity = record.external_id or f"{sha256}/{occurrences[record.kind, sha256]}"
        uid = uuid5(NAMESPACE, f"{record.kind}:{identity}")
        known = find_record(record.kind, uid=uid, external_id=record.external_id)
        return _bring_row(record, known, own, uid=uid, sha256=sha256, by=by, at=at, publish=publish)

    def work(report):
        for done, record in enumerate(batch.records, start=1):
            outcome = bring(record)
            title = record.content["title"]
            report.items.append(Item(record.line, record.kind, record.external_id, title, outcome))
            on_progress(done, len(batch.records))

    return _all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


def import_book(book, *, by, at, publish=False, dry_run=False, source, on_progress=lambda done, total: None):
    """Bring in another site's casebook (exports.book.Book), every version with its number and hash."""

    def work(report):
        _bring_work_fields(book.work_fields)
        government = _government_named(book.government)
        records = [*book.prompts, *book.cases]
        for done, record in enumerate(records, start=1):
            outcome = _bring_book_record(record, government, by=by, at=at, publish=publish)
            title = record.versions[-1].content["title"]
            report.items.append(Item(None, record.kind, record.external_id, title, outcome))
            on_progress(done, len(records))

    return _all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


def _all_or_nothing(work, *, by, at, publish, dry_run, source):
    report = Report()
    try:
        with transaction.atomic():
            work(report)
            if report.count("created", "changed", "published"):
                _note_run(report, by=by, at=at, publish=publish, source=source)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return report


def _note_run(report, *, by, at, publish, source):
    name, sha256 = source
    run = ImportRun.objects.create(
        file_name=name[:200],
        file_sha256=sha256,
        by=by,
        at=at,
        created=report.count("created"),
        changed=report.count("changed", "published"),
        unchanged=report.count("unchanged"),
        published=publish,
    )
    audit.record("casebook.imported", by=by, target=run, publish=publish, **report.counts())


def find_record(kind, *, uid, external_id):
    """The record with this external id, or else with this uid; None when there is neither."""
    same = Q(uid=uid) | Q(external_id=external_id) if external_id else Q(uid=uid)
    return min(
        MODELS[kind][0].objects.filter(same),
        key=lambda record: record.external_id != external_id,
        default=None,
    )


def _bring_row(record, known, own, *, uid, sha256, by, at, publish):
    if known is None:
        known = create_record(
            record.kind,
            record.content,
            by=by,
            at=at,
            uid=uid,
            external_id=record.external_id or None,
            government=own,
        )
        version, outcome = known.versions.get(), "created"
    elif version := known.versions.filter(content_sha256=sha256).order_by("-number").first():
        outcome = "unchanged"
    else:
        version, outcome = add_version(known, record.content, by=by, at=at), "changed"
    if publish and _publish(version, by=by, at=at) and outcome == "unchanged":
        outcome = "published"
    return outcome


def _publish(version, *, by, at):
    """Publish unless it already is; who imports with `publish` vouches as an editor."""
    if version.state == VersionState.PUBLISHED:
        return False
    if version.state == VersionState.DRAFT:
        ask_review(version, by=by, at=at)
    publish_version(version, by=by, at=at)
    return True


def _bring_book_record(record, government, *, by, at, publish):
    known = find_record(record.kind, uid=UUID(record.uid), external_id=record.external_id)
    outcome = "unchanged"
    for version in record.versions:
        if known is None:
            known = _create_from_book(record, version, government, by=by, at=at)
            outcome = "created"
        elif _is_new(known, version):
            add_version(known, version.content, by=by, at=at, note=version.note, number=version.number)
            outcome = "changed" if outcome == "unchanged" else outcome
    current = known.versions.get(number=record.current or record.versions[-1].number)
    if publish and _publish(current, by=by, at=at) and outcome == "unchanged":
        outcome = "published"
    return outcome


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
    model = MODELS[record.kind][0]
    slug = "" if not record.slug or model.objects.filter(slug=record.slug).exists() else record.slug
    return create_record(
        record.kind,
        version.content,
        by=by,
        at=at,
        uid=UUID(record.uid),
        note=version.note,
        external_id=record.external_id or None,
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
