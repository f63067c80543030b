"""Long work after the publication, named in settings.JOB_KINDS."""

import zipfile

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.context_processors import own_government
from competitions.actions.afterwards.cases import made_words, publish_all
from competitions.models import Certificate, Competition
from competitions.views.results.certificate_parts import certificate_pdf

ENTRY_OF_ZIP = (2026, 1, 1, 0, 0, 0)  # the same file whenever it is packed


def pack_certificates(run):
    """Pack every valid certificate of `run.params["competition"]` into a ZIP; about 0.1 s each."""
    competition = Competition.objects.get(pk=run.params["competition"])
    rows = Certificate.objects.filter(award__tier__competition=competition, withdrawn_at=None)
    rows = list(rows.select_related("award__tier__competition", "award__entry", "person__department"))
    government, path = own_government(), run.folder / "certificates.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, row in enumerate(rows, start=1):
            info = zipfile.ZipInfo(f"{row.number}.pdf", date_time=ENTRY_OF_ZIP)
            packed.writestr(info, certificate_pdf(row, government=government), zipfile.ZIP_DEFLATED)
            run.report(99 * number // len(rows), _("Writing certificates."))
    return (
        _("%(count)s certificates are packed.") % {"count": len(rows)},
        path,
        f"{competition.slug}-certificates.zip",
    )


def publish_cases(run):
    """Make a case of every winner of `run.params["competition"]`; run again, it goes on with those that are none."""
    competition = Competition.objects.get(pk=run.params["competition"])
    made, refused = publish_all(
        competition,
        by=run.job.asked_by,
        at=timezone.now(),
        report=lambda percent: run.report(min(percent, 99), _("Making cases of the winning entries.")),
    )
    lines = [made_words(made), *(f"{code}: {problem}" for code, problem in refused)]
    return "\n".join(lines), None, ""
