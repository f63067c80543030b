"""A file handed over: read without storing anything, shown item by item, and brought in as chosen.

The report on an ImportPreview is {"summary": {...}, "items": [...]}; the contents lie in a file beside the one
handed over, a line for each item, so that no page reads them all.
"""

import json
from collections import Counter
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from accounts.actions.jobs import ask_job
from accounts.errors import IllegalMove
from accounts.models import Job
from casebook.actions.import_file import import_reading, sha256_of
from casebook.actions.preview_items import MOST_COMPARED, item_reports
from casebook.errors import CasebookError
from casebook.imports.problems import ImportRefused
from casebook.imports.reading import read_import
from casebook.models import ImportPreview, ImportRun

MOST_PROBLEMS = 500
SELECTABLE = {"new", "changed"}


def ask_preview(file, *, by, at, **options):
    """Keep the file and have it read. options: kind, mapping. Returns the ImportPreview."""
    ending = Path(file.name).suffix.lower()[:10]
    path = default_storage.save(f"imports/{uuid4()}{ending if ending.isascii() else ''}", file)
    with transaction.atomic():
        preview = ImportPreview.objects.create(
            by=by, at=at, file_name=file.name[:200], path=path, options=options
        )
        preview.job = ask_job("preview_import", by=by, preview=str(preview.pk))
        preview.save(update_fields=["job"])
    return preview


def without_items(previews):
    """Previews with `summary` in place of the whole report; reports may be long."""
    return previews.defer("report").annotate(summary=KeyTransform("summary", "report"))


def _locked(preview):
    rows = without_items(ImportPreview.objects.select_related("job"))
    return rows.select_for_update(of=("self",)).get(pk=preview.pk)


def file_of(preview):
    """The file handed over. Raises CasebookError when its term is over."""
    path = Path(settings.MEDIA_ROOT) / preview.path
    if not path.is_file():
        raise CasebookError(_("The file is no longer kept here. Hand it over again."))
    return path


def contents_file(preview):
    return Path(settings.MEDIA_ROOT) / f"{preview.path}.items"


def read_preview(preview, *, translate, on_progress=lambda percent: None):
    """Find out what each item of the file would become, and note it. Returns the summary."""
    if preview.report and "became" in preview.report["summary"]:
        return preview.report["summary"]
    path = file_of(preview)
    summary = {"sha256": sha256_of(path), "labels": [], "problems": [], "notices": []}
    items = []
    try:
        reading = read_import(path, name=preview.file_name, **preview.options)
    except ImportRefused as refusal:
        summary["problems"] = [each.text(translate) for each in refusal.problems[:MOST_PROBLEMS]]
        summary["more_problems"] = len(refusal.problems) - len(summary["problems"])
    else:
        summary["labels"] = list(reading.labels)
        summary["notices"] = [each.text(translate) for each in reading.notices]
        with contents_file(preview).open("wb") as out:
            items = item_reports(reading, out, translate=translate, on_progress=on_progress)
        summary["problems"] = _whole_problems(reading, items)
    summary["counts"] = _counts(items)
    if summary["counts"]["new"] > MOST_COMPARED:
        told = _("Only the first %(most)s new items were compared with others that are almost like them.")
        summary["notices"].append(told % {"most": MOST_COMPARED})
    ImportPreview.objects.filter(pk=preview.pk).update(report={"summary": summary, "items": items})
    return summary


def _whole_problems(reading, items):
    """A casebook comes in as a whole or not at all."""
    return [reason for each in items for reason in each.get("reasons", [])] if reading.book else []


def _counts(items):
    counts = Counter(each["outcome"] for each in items)
    return {
        **{name: counts[name] for name in ("new", "same", "changed", "refused")},
        "alike": sum("alike" in each for each in items),
        "flagged": sum(each.get("lint", [0])[0] > 0 for each in items),
        "tests": sum(each.get("tests", 0) for each in items),
        "all": len(items),
    }


def content_at(preview, offset):
    """What the file says of one item: {content, tests}. Raises CasebookError when its term is over."""
    try:
        with contents_file(preview).open("rb") as file:
            file.seek(offset)
            return json.loads(file.readline())
    except FileNotFoundError as error:
        raise CasebookError(_("The file is no longer kept here. Hand it over again.")) from error


@transaction.atomic
def choose(preview, *, shown, taken):
    """Note which of the items shown are to be imported; of the others the choice stands."""
    row = _locked(preview)
    left_out = (set(row.options.get("left_out", [])) - set(shown)) | (set(shown) - set(taken))
    _save_choice(row, left_out)


@transaction.atomic
def choose_all(preview, *, numbers):
    """Leave out exactly these items."""
    _save_choice(_locked(preview), numbers)


def _save_choice(row, left_out):
    row.options["left_out"] = sorted(left_out)
    row.save(update_fields=["options"])


def is_being_imported(preview):
    job = preview.job
    return bool(job and job.kind == "import_casebook" and job.state != Job.State.FAILED)


@transaction.atomic
def ask_import(preview, *, by, publish):
    """Have the chosen items brought in. Returns the job; of two that ask, one wins."""
    row = _locked(preview)
    if row.imported_id or is_being_imported(row):
        raise IllegalMove(
            _("This file has been imported or is being imported. Hand it over again to repeat it.")
        )
    if row.summary is None or row.summary["problems"]:
        raise CasebookError(_("Nothing of this file can be imported. Mend it and hand it over again."))
    if how_many_chosen(row) < 1:
        raise CasebookError(_("Nothing is chosen. Choose at least one new or changed item."))
    file_of(row)
    row.job = ask_job("import_casebook", by=by, preview=str(row.pk), publish=publish)
    row.save(update_fields=["job"])
    return row.job


def how_many_chosen(preview):
    counts = preview.summary["counts"]
    return counts["new"] + counts["changed"] - len(preview.options.get("left_out", []))


def chosen_numbers(preview):
    left_out = set(preview.options.get("left_out", []))
    items = preview.report["items"]
    return {each["n"] for each in items if each["outcome"] in SELECTABLE and each["n"] not in left_out}


def import_preview(preview, *, by, at, publish, on_progress=lambda done, total: None):
    """Bring in exactly the chosen items of exactly this file, in one transaction. Returns a Report.

    None when that was done before, so that a job run twice imports once.
    """
    path = file_of(preview)
    sha256 = sha256_of(path)
    if sha256 != preview.report["summary"]["sha256"]:
        raise CasebookError(_("The file kept here is not the one that was looked at. Hand it over again."))
    reading = read_import(path, name=preview.file_name, **_reading_options(preview))
    wanted = chosen_numbers(preview)
    numbers = [each["n"] for each in preview.report["items"] if each["outcome"] != "refused"]
    places = {place: number for place, number in enumerate(numbers) if number in wanted}
    with transaction.atomic():
        row = ImportPreview.objects.select_for_update().get(pk=preview.pk)
        if row.imported_id or "became" in row.report["summary"]:
            return None
        report = import_reading(
            reading,
            by=by,
            at=at,
            publish=publish,
            source=(preview.file_name, sha256),
            chosen=places,
            on_progress=on_progress,
        )
        _note_import(row, report, list(places.values()), sha256)
    return report


def _reading_options(preview):
    return {name: preview.options[name] for name in ("kind", "mapping") if name in preview.options}


def _note_import(row, report, numbers, sha256):
    items = row.report["items"]
    for number, item in zip(numbers, report.items, strict=True):
        items[number] |= {"became": item.outcome, "published": item.published, "slug": item.slug}
    row.report["summary"] |= {"became": report.counts(), "left_out_tests": report.notices}
    if not report.changes_nothing:
        row.imported = ImportRun.objects.filter(file_sha256=sha256).first()
    row.save(update_fields=["report", "imported"])
