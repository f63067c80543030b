"""How firm a computed result is: worked out beside it, stored beside it, never in it."""

from competitions.judging.advice.report import advice
from competitions.judging.tally import compute
from competitions.models import Result
from competitions.results import contest_of


def advise(competition):
    """Work out and store the advice on the stored result. Returns it; None where it is of other inputs or frozen.

    Takes seconds on a large contest, so nothing is locked meanwhile: the advice is stored only beside the result it
    is of. A published result keeps the advice it was published with.
    """
    result = Result.objects.only("inputs_sha256", "published_at", "advice").get(competition=competition)
    if result.published_at:
        return result.advice
    contest = contest_of(competition)
    outcome = compute(contest)
    if outcome.inputs_sha256 != result.inputs_sha256:
        return None
    found = advice(contest, outcome)
    same = Result.objects.filter(pk=result.pk, inputs_sha256=result.inputs_sha256, published_at__isnull=True)
    return found if same.update(advice=found) else None
