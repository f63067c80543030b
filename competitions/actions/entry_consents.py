"""The consents an entry needs, in numbered wordings: a changed text gets a new version."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent
from competitions.errors import CompetitionError

# Purpose -> version of its text in templates/competitions/_consents.html.
ENTRY_CONSENTS = {"entry-privacy": "2026-11", "entry-pledge": "2026-11", "entry-licence": "2026-11"}


class ConsentMissing(CompetitionError):
    """The entrant has not agreed to everything an entry needs."""


def require_consents(consents):
    if set(ENTRY_CONSENTS) - set(consents):
        raise ConsentMissing(
            _("Not every consent is given. Read the three of them and tick each, then submit again.")
        )


def record_consents(user, *, at=None):
    """Keep the agreement; one given before for the same text stays as it is."""
    Consent.objects.bulk_create(
        [
            Consent(user=user, purpose=purpose, text_version=version, given_at=at or timezone.now())
            for purpose, version in ENTRY_CONSENTS.items()
        ],
        ignore_conflicts=True,
    )
