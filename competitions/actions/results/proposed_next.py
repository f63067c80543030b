"""Whom the rule puts next: the published inputs computed again without the entries whose award is cancelled."""

import json
from dataclasses import dataclass, field

from competitions.models import Award, Result
from competitions.verifying.verify_results import recomputed


@dataclass(frozen=True)
class Proposal:
    """codes: one entry, several that share the place and that people decide between, or none. place: as recomputed."""

    codes: list = field(default_factory=list)
    place: int | None = None

    @property
    def is_tied(self):
        return len(self.codes) > 1


def proposed_next(revocation):
    """Return the Proposal for the tier of a cancelled award; without a frozen file there is none. Three queries."""
    tier = revocation.award.tier
    text = Result.objects.filter(competition=tier.competition_id).values_list("file", flat=True).first()
    if not text:
        return Proposal()
    awards = Award.objects.filter(tier__competition=tier.competition_id).select_related("entry", "tier")
    held, cancelled = _held_and_cancelled(awards.select_related("revocation"))
    document = json.loads(text)
    return _first(without(document, cancelled), tier=tier, held=held)


def _held_and_cancelled(awards):
    cancelled = {award.entry.code for award in awards if _is_cancelled(award)}
    return {award.entry.code for award in awards} - cancelled, cancelled


def _is_cancelled(award):
    revocation = getattr(award, "revocation", None)
    return bool(revocation and revocation.is_upheld)


def without(document, codes):
    """The rule and inputs of a file of results as if those entries had never been there."""
    inputs = document["inputs"]
    kept = {
        "entries": [row for row in inputs["entries"] if row[0] not in codes],
        "marks": [row for row in inputs["marks"] if row[2] not in codes],
        "votes": [row for row in inputs.get("votes", []) if row[1] not in codes],
    }
    return document | {"inputs": inputs | kept}


def _first(document, *, tier, held):
    """The best ranked of the tier's track that hold no award and share no person with who does, where that counts."""
    people = {row[0]: set(row[3]) for row in document["inputs"]["entries"] if len(row) > 3}
    taken = set().union(*(people.get(code, set()) for code in held)) if _is_one_prize(document) else set()
    track = tier.track.code if tier.track else None
    free = [
        line
        for line in recomputed(document)
        if line["place"] is not None
        and line["code"] not in held
        and track in {None, line["track"]}
        and not people.get(line["code"], set()) & taken
    ]
    if not free:
        return Proposal()
    best = min(line["place"] for line in free)
    return Proposal(codes=[line["code"] for line in free if line["place"] == best], place=best)


def _is_one_prize(document):
    return bool(document["rule"].get("one_prize_per_person"))
