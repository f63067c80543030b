"""Long work of competitions, named in settings.JOB_KINDS."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casebook.content import canonical_json
from competitions.actions.results.results import compute
from competitions.models import Competition


def compute_results(run):
    """Compute the result of the competition `run.params["competition"]` and leave its file to download."""
    competition = Competition.objects.get(pk=run.params["competition"])
    run.report(5, _("Counting signed sheets."))
    result = compute(competition, by=run.job.asked_by, at=timezone.now())
    name = f"{competition.slug}-results.json"
    path = run.folder / "results.json"
    path.write_bytes(canonical_json(result.outcome))
    count = len(result.outcome["entries"])
    return _("The result of %(count)s entries is computed.") % {"count": count}, path, name
