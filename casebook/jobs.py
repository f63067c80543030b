"""Long work of the casebook: kinds in settings.JOB_KINDS, run by accounts/tasks.py."""

from pathlib import Path

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casebook.actions.import_file import import_file
from casebook.book import read_book
from casebook.errors import CasebookError
from casebook.exports import FORMATS, writer
from casebook.imports.problems import ImportRefused

MOST_PROBLEMS_SHOWN = 200
REPORT_EVERY = 25


def export_casebook(run):
    """params: format. Writes the whole published casebook into one file to download."""
    name = run.params["format"]
    book = read_book()
    message = _("%(prompts)s prompts and %(cases)s cases.") % {
        "prompts": len(book.prompts),
        "cases": len(book.cases),
    }
    run.report(40, message)
    file_name = f"casebook-{now():%Y%m%d}{FORMATS[name].extension}"
    path = run.folder / file_name
    writer(name)(book, path, translate=_, language=get_language() or "ko")
    return message, path, file_name


def import_casebook(run):
    """params: path (under MEDIA_ROOT), name, publish, dry_run, kind, mapping."""
    params = run.params

    def show(done, total):
        if done % REPORT_EVERY == 0:
            run.report(done * 100 // total)

    try:
        report = import_file(
            Path(settings.MEDIA_ROOT) / params["path"],
            name=params["name"],
            kind=params["kind"],
            mapping=params["mapping"],
            translate=_,
            by=run.job.asked_by,
            at=now(),
            publish=params["publish"],
            dry_run=params["dry_run"],
            on_progress=show,
        )
    except ImportRefused as refusal:
        raise CasebookError(problem_list(refusal.problems)) from refusal
    return import_summary(report, dry_run=params["dry_run"]), None, ""


def problem_list(problems):
    """Every problem on a line of its own; very long lists are cut with a count of the rest."""
    lines = [problem.text(_) for problem in problems[:MOST_PROBLEMS_SHOWN]]
    rest = len(problems) - len(lines)
    if rest:
        lines.append(
            ngettext("… and %(rest)s more problem.", "… and %(rest)s more problems.", rest) % {"rest": rest}
        )
    return "\n".join([_("Nothing was imported. Mend these places in the file and try again:"), *lines])


def import_summary(report, *, dry_run):
    sentence = _("New %(created)s, changed %(changed)s, published %(published)s, unchanged %(unchanged)s.")
    lines = [sentence % report.counts(), *report.notices]
    return "\n".join([_("This was a trial: nothing was stored."), *lines] if dry_run else lines)
