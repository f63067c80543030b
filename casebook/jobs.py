"""Long work of the casebook: kinds in settings.JOB_KINDS, run by accounts/tasks.py."""

from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casebook.actions import runner
from casebook.actions.export_prompts import chosen_records, file_extension
from casebook.actions.preview import import_preview, read_preview
from casebook.book import read_book
from casebook.errors import CasebookError
from casebook.exports import FORMATS, writer
from casebook.exports.losses_file import losses_summary
from casebook.models import ImportPreview

REPORT_EVERY = 25


def export_casebook(run):
    """params: format, selection. Writes the published casebook, or what is chosen of it, into one file."""
    name, selection = run.params["format"], run.params.get("selection") or {}
    chosen = chosen_records(selection, by=run.job.asked_by)
    book = read_book(only=chosen, tests=bool(FORMATS[name].tool))
    run.report(40, export_summary(name, book, ()))
    file_name = f"casebook-{now():%Y%m%d}{file_extension(name, selection)}"
    path = run.folder / file_name
    losses = writer(name)(book, path, translate=_, language=get_language() or "ko")
    return export_summary(name, book, losses or ()), path, file_name


def export_summary(name, book, losses):
    """How many records are in the file, and what it does not hold of them, one line each."""
    prompts, cases = len(book.prompts), len(book.cases)
    if not FORMATS[name].tool:
        return _("%(prompts)s prompts and %(cases)s cases.") % {"prompts": prompts, "cases": cases}
    lines = [_("%(prompts)s prompts.") % {"prompts": prompts}]
    if cases:
        lines.append(_("This form has no place for cases: %(cases)s were left out.") % {"cases": cases})
    if losses:
        lines += [_("The files do not hold:"), *losses_summary(losses, translate=_)]
    return "\n".join(lines)


def preview_import(run):
    """params: preview. Reads a file that was handed over and notes what each item would become."""
    preview = _preview(run)
    run.report(5)
    summary = read_preview(preview, translate=_, on_progress=run.report)
    if summary["problems"]:
        return _("Nothing of the file can be imported. The preview lists every reason."), None, ""
    sentence = _("New %(new)s, changed %(changed)s, the same %(same)s, refused %(refused)s.")
    return sentence % summary["counts"], None, ""


def import_casebook(run):
    """params: preview, publish. Brings in what was chosen of a file that was looked at."""

    def show(done, total):
        if done % REPORT_EVERY == 0:
            run.report(done * 100 // total)

    report = import_preview(
        _preview(run), by=run.job.asked_by, at=now(), publish=run.params["publish"], on_progress=show
    )
    if report is None:
        return _("The file had been imported before. Nothing was imported twice."), None, ""
    return import_summary(report, dry_run=False), None, ""


def _preview(run):
    preview = ImportPreview.objects.filter(pk=run.params["preview"]).first()
    if preview is None:
        raise CasebookError(_("The file is no longer kept here. Hand it over again."))
    return preview


def import_summary(report, *, dry_run):
    sentence = _("New %(created)s, changed %(changed)s, published %(published)s, unchanged %(unchanged)s.")
    lines = [sentence % report.counts(), *report.notices]
    return "\n".join([_("This was a trial: nothing was stored."), *lines] if dry_run else lines)


def run_tests(run):
    """params: version, endpoint, repeats. Sends the test cases of a version to a model service."""
    return runner.run_tests(run)


def try_endpoint(run):
    """params: endpoint. Asks a model service one short question."""
    return runner.try_endpoint(run)
