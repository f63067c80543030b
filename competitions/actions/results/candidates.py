"""Which entries are candidates of the awards while the verification lasts."""

from django.db.models import BooleanField, F, Func, JSONField, Value

from competitions.models import Entry, Result
from competitions.states import CompetitionState

# The same as `candidate_codes` says, of one code and inside the database: an outcome may have thousands of entries.
IS_CANDIDATE = """$.entries[*] ? (@.code == $code && (@.award != null || @.status == "tied_at_award_line"))"""


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


def candidates_among(entries):
    """Return the pks of those that are candidates now, of entries with their competitions.

    One query, none when no competition is in its verification.
    """
    verified = [
        row.pk for row in entries if row.competition.state == CompetitionState.VERIFICATION and row.code
    ]
    if not verified:
        return set()
    code = Func(Value("code"), F("code"), function="jsonb_build_object", output_field=JSONField())
    is_candidate = Func(
        F("competition__result__outcome"),
        Value(IS_CANDIDATE),
        code,
        template="jsonb_path_exists(%(expressions)s)",
        output_field=BooleanField(),
    )
    rows = Entry.objects.filter(pk__in=verified).annotate(is_candidate=is_candidate)
    return set(rows.order_by().filter(is_candidate=True).values_list("pk", flat=True))
