"""What the ten items of a plan are for, and what the full rules need of them (제4조제2항, 제6조제2항)."""

from django.utils.translation import gettext_lazy as _

PLAN_HELP = {
    "purpose": _("What the contest is for, in which field, and what is asked for. Needed by the full rules."),
    "eligibility": _("In words; the limits the site checks are set under “Who may enter”."),
    "decision": _("How winners are found, how many there are, and that there may be fewer."),
    "prizes": _("What each award brings, and what happens when one entrant wins twice."),
    "criteria": _("Item 5: entrants must also agree to it. Criteria, points, method and committee."),
    "misconduct": _(
        "Item 6: entrants must also agree to it. What it is, by which standard, how it is verified."
    ),
    "disclosure": _("Item 7: entrants must also agree to it. What of the winners is published, and where."),
    "copyright": _("Item 8: entrants must also agree to it. Who owns the entries and how they are used."),
    "cancellation": _(
        "Item 9: entrants must also agree to it. When an award is cancelled and the prize returned."
    ),
    "other": _("Changes of the call, personal data in entries, taking entries back."),
}
