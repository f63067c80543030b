"""What pages show of the community around a prompt: figures, notices, and who may see which row."""

from django.db.models import Aggregate, Count, Exists, FloatField, OuterRef, Q, Subquery

from casebook.models import Collection, ProblemReport, Prompt, Rating
from casebook.permissions import can_review


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def rating_figures(prompt):
    """How the ratings of a prompt are spread, their mean, and the minutes people say they saved. One query.

    `bars`: [(stars, how many, percent)] from 5 to 1. Missing is None, never zero.
    """
    spread = {f"stars_{stars}": Count("pk", filter=Q(stars=stars)) for stars in range(1, 6)}
    minutes = {"minutes": Median("minutes_saved"), "minutes_count": Count("minutes_saved")}
    found = Rating.objects.filter(prompt=prompt).aggregate(**spread, **minutes)
    counts = {stars: found[f"stars_{stars}"] for stars in range(5, 0, -1)}
    total = sum(counts.values())
    return {
        "count": total,
        "mean": sum(stars * number for stars, number in counts.items()) / total if total else None,
        "bars": [(stars, number, 100 * number // total if total else 0) for stars, number in counts.items()],
        "minutes": found["minutes"],
        "minutes_count": found["minutes_count"],
    }


def said_unsafe():
    """Whether somebody says that a prompt is not safe and waits for an answer; to annotate prompts with."""
    unsafe = {"kind": ProblemReport.Kind.UNSAFE, "state": ProblemReport.State.OPEN}
    return Exists(ProblemReport.objects.filter(prompt=OuterRef("pk"), **unsafe))


def published_copies():
    """How many published prompts were made from a prompt, None for none; to annotate prompts with."""
    copies = Prompt.objects.published().filter(forked_from__record=OuterRef("pk")).order_by()
    return Subquery(copies.values("forked_from__record").annotate(number=Count("pk")).values("number"))


def visible_reports(user):
    """All for editors; others see what they reported themselves, with the answers."""
    return ProblemReport.objects.all() if can_review(user) else ProblemReport.objects.filter(by=user)


def visible_collections(user):
    """Shared ones for everybody who has the address, private ones for their owners."""
    shared = Q(sharing__in=[Collection.Sharing.LINK, Collection.Sharing.PUBLIC])
    mine = Q(owner=user) if user.is_authenticated else Q(pk=None)
    return Collection.objects.filter(shared | mine)


def listed_collections(user):
    """One's own and those meant for everybody."""
    mine = Q(owner=user) if user.is_authenticated else Q(pk=None)
    return Collection.objects.filter(mine | Q(sharing=Collection.Sharing.PUBLIC))
