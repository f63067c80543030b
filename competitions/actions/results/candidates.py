"""Which entries are candidates of the awards while the verification lasts."""

from competitions.models import Result


def candidates_of(competition):
    """Return the codes of the entries that the rule proposes for an award or leaves tied at an award line."""
    outcome = Result.objects.filter(competition=competition.pk).values_list("outcome", flat=True).first()
    return candidate_codes(outcome) if outcome else []


def candidate_codes(outcome):
    """The same of an outcome, by code: their order must not tell who is before whom."""
    found = (
        each["code"] for each in outcome["entries"] if each["award"] or each["status"] == "tied_at_award_line"
    )
    return sorted(found)
