"""The consents an entry needs: the terms of its call, or our own where the call has none.

A term has a purpose and a version; a changed text is a new version, and agreeing is kept for that version.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent
from competitions.errors import CompetitionError

# Purpose -> version of its text in templates/competitions/_own_term.html.
ENTRY_CONSENTS = {"entry-privacy": "2026-11", "entry-pledge": "2026-11", "entry-licence": "2026-11"}


class ConsentMissing(CompetitionError):
    """The entrant has not agreed to everything an entry needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """purpose: as forms and acts name it. kept_as: as the record of the consent names it. text "": a page of ours."""

    purpose: str
    kept_as: str
    version: str
    is_required: bool = True
    title: str = ""
    text: str = ""


OWN_TERMS = [Term(purpose=name, kept_as=name, version=version) for name, version in ENTRY_CONSENTS.items()]


def terms_of(competition):
    """The terms of a call as they are now. One query."""
    rows = competition.consent_terms.filter(replaced_at=None)
    return [
        Term(
            purpose=row.purpose,
            kept_as=f"{competition.pk}:{row.purpose}",
            version=str(row.version),
            is_required=row.is_required,
            title=row.title,
            text=row.text,
        )
        for row in rows
    ] or OWN_TERMS


def require_consents(terms, given):
    """given: purposes agreed to."""
    if any(term.is_required and term.purpose not in given for term in terms):
        raise ConsentMissing(_("Not every consent is given. Read each and tick it, then submit again."))


def record_consents(user, terms, given, *, at=None):
    """Keep the agreement; one given before for the same text stays as it is."""
    Consent.objects.bulk_create(
        [
            Consent(
                user=user,
                purpose=term.kept_as,
                text_version=term.version,
                given_at=at or timezone.now(),
            )
            for term in terms
            if term.purpose in given
        ],
        ignore_conflicts=True,
    )
