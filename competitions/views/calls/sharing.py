"""What a call says to search engines, messengers and calendars."""

import json
from urllib.parse import unquote

from django.utils.safestring import mark_safe

from accounts.context_processors import own_government
from competitions.states import CompetitionState
from competitions.views.calls.document_parts import absolute, period, site_name

SCHEMA = "https://schema.org"
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}  # as Django's json_script


def sharing(competition):
    """Return what the head of the call's page holds, or nothing while only organisers see it."""
    if competition.state == CompetitionState.DRAFT:
        return {}
    address, issuer = absolute(competition.get_absolute_url()), site_name(own_government())
    return {
        "address": address,
        "address_shown": unquote(address),
        "issuer": issuer,
        "summary": period(competition),
        "event": _script_text(_event(competition, address=address, issuer=issuer)),
    }


def _event(competition, *, address, issuer):
    cancelled = competition.state == CompetitionState.CANCELLED
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "name": competition.title,
        "description": period(competition),
        "url": address,
        "startDate": competition.opens_at.isoformat(),
        "endDate": competition.closes_at.isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "organizer": {"@type": "GovernmentOrganization", "name": issuer, "url": absolute("/")},
        "location": {"@type": "VirtualLocation", "url": address},
    }


def _script_text(data):
    """JSON that cannot end the script element it stands in."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308
