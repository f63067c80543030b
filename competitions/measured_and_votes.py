"""What a tally reads beside score sheets: measured points, and the votes of public votes that have closed."""

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Now

from competitions.judging.records import Mark, Votes
from competitions.models import BallotChoice, Criterion, Measurement, Round
from competitions.states import JUDGED_STATES


def measured_marks(competition):
    """Return the points of measured rounds as marks of nobody. One query."""
    rows = Measurement.objects.filter(
        Q(criterion__track=None) | Q(criterion__track=F("entry__track")),
        entry__competition=competition,
        entry__state__in=JUDGED_STATES,
        criterion__round__competition=competition,
        criterion__round__kind=Round.Kind.MEASURED,
    ).order_by("criterion__round__code", "entry__code", "criterion__code")
    return [
        Mark(round=round_, judge="", entry=entry, criterion=criterion, points=points)
        for round_, entry, criterion, points in rows.values_list(
            "criterion__round__code", "entry__code", "criterion__code", "points"
        )
    ]


def votes_of(competition):
    """Return the votes of each entry in public votes closed by the database's clock. One query.

    Ballots excluded, entries no longer judged and entries of tracks the round is not for do not count.
    """
    criteria = Criterion.objects.filter(round=OuterRef("ballot__round"))
    of_track = criteria.filter(Q(track=None) | Q(track=OuterRef("entry__track")))
    rows = (
        BallotChoice.objects.filter(
            Exists(of_track) | ~Exists(criteria),
            ballot__round__competition=competition,
            ballot__round__kind=Round.Kind.PUBLIC_VOTE,
            ballot__round__votes_until__lte=Now(),
            ballot__excluded_at=None,
            entry__competition=competition,
            entry__state__in=JUDGED_STATES,
        )
        .values_list("ballot__round__code", "entry__code")
        .annotate(count=Count("pk"))
        .order_by("ballot__round__code", "entry__code")
    )
    return [Votes(round=round_, entry=entry, count=count) for round_, entry, count in rows]
