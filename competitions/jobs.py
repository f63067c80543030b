"""Long work of competitions, named in settings.JOB_KINDS."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from casebook.content import canonical_json
from competitions.actions.calls.departments import officials_of, tell_officials
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


def tell_departments(run):
    """Tell the officials of `run.params["departments"]` of the call; run again, it goes on where it stopped."""
    competition = Competition.objects.get(pk=run.params["competition"])
    departments = list(Department.objects.filter(code__in=run.params["departments"]))
    everybody = officials_of(departments).count()
    count = tell_officials(
        competition,
        departments,
        by=run.job.asked_by,
        at=timezone.now(),
        report=lambda told: run.report(99 * told // max(everybody, 1)),
    )
    return _("%(count)s people are told of the call.") % {"count": count}, None, ""
