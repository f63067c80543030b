"""Gates in words: their sentences translated, with names and times filled in."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.time_words import moment
from casebook.content.markers import N_

PLAN_WORDS = {
    "purpose": N_("Field, purpose and content"),
    "eligibility": N_("Who may enter, and how"),
    "decision": N_("How winners are decided, and how many"),
    "prizes": N_("Prizes"),
    "criteria": N_("Criteria and method of judging"),
    "misconduct": N_("What misconduct is, and how it is verified"),
    "disclosure": N_("What of the winners is published"),
    "copyright": N_("Copyright and use of the entries"),
    "cancellation": N_("Cancelling an award and returning the prize"),
    "other": N_("Other"),
}


def gate_sentence(finding, *, names):
    """Return the article and what to do, as one text. names: of the tracks, by code."""
    remedy = remedy_words(finding.verdict, names=names)
    return f"[{finding.gate.article}] {remedy}" if finding.gate.article else remedy


def remedy_words(verdict, *, names):
    """Return what to do, translated; empty when nothing is."""
    if not verdict.remedy:
        return ""
    return _(verdict.remedy) % {name: _shown(value, names=names) for name, value in verdict.params.items()}


def _shown(value, *, names):
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, tuple):
        return ", ".join(
            _(PLAN_WORDS[code]) if code in PLAN_WORDS else names.get(code, code) for code in value
        )
    return value
