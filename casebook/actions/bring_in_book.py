"""Bringing another site's casebook in: its records with every version, its work fields, its government."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Government
from casebook.actions.bring_in import AT_ONCE, all_or_nothing, chosen_of, item_of, publish_rows
from casebook.actions.import_rows import Row
from casebook.actions.versions import MODELS, add_version, create_record, publish_earlier
from casebook.errors import CasebookError
from casebook.models import WorkField


def import_book(
    book,
    *,
    by,
    at,
    publish=False,
    dry_run=False,
    source,
    chosen=None,
    on_progress=lambda done, total: None,
):
    """Bring in another site's casebook (exports.book.Book), every version with its number and hash."""

    def work(report):
        _bring_work_fields(book.work_fields)
        government = _government_named(book.government)
        records = chosen_of([*book.prompts, *book.cases], chosen)
        for start in range(0, len(records), AT_ONCE):
            some = records[start : start + AT_ONCE]
            rows = [_bring_book_record(record, government, by=by, at=at, publish=publish) for record in some]
            if publish:
                publish_rows(rows, by=by, at=at)
            for row in rows:
                report.items.append(item_of(row, row.record.versions[-1].content["title"], line=None))
                on_progress(len(report.items), len(records))

    return all_or_nothing(work, by=by, at=at, publish=publish, dry_run=dry_run, source=source)


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
    return Row(record, known.uid, current.content_sha256, known, current, outcome=outcome)


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
