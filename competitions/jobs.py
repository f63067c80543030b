"""Long work of competitions, named in settings.JOB_KINDS."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from casebook.content import canonical_json
from competitions.actions.assigning.automatic import assign_automatically, plan
from competitions.actions.assigning.plan_values import shown_plan
from competitions.actions.calls.departments import officials_of, tell_officials
from competitions.actions.results.advising import advise
from competitions.actions.results.results import compute
from competitions.models import Competition, Round


def compute_results(run):
    """Compute the result of `run.params["competition"]` and how firm it is, and leave both as a file to download."""
    competition = Competition.objects.get(pk=run.params["competition"])
    run.report(5, _("Counting signed sheets."))
    result = compute(competition, by=run.job.asked_by, at=timezone.now())
    run.report(40, _("The result is stored. Working out how firm it is."))
    advice = advise(competition)
    run.report(95, _("Writing the file."))
    name = f"{competition.slug}-results.json"
    path = run.folder / "results.json"
    path.write_bytes(canonical_json(result.outcome | {"advice": advice}))
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


def assign_entries(run):
    """Work out an assignment of `run.params["round"]`, or make the one that was shown, `run.params["sha256"]`."""
    round_ = Round.objects.select_related("competition").get(pk=run.params["round"])
    wanted, shown = run.params["wanted"], run.params["sha256"]
    run.report(5, _("Working out who judges what."))
    if shown:
        found = assign_automatically(
            round_, wanted=wanted, sha256=shown, by=run.job.asked_by, at=timezone.now()
        )
        return _("New score sheets: %(count)s.") % {"count": len(found.missing)}, None, ""
    path = run.folder / "plan.json"
    path.write_text(json.dumps(shown_plan(plan(round_, wanted=wanted)), ensure_ascii=False))
    return _("The plan is worked out. Nothing is assigned yet."), path, "plan.json"
