"""The letter that invites somebody to a team, and the link in it."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy

from accounts import time_words
from accounts.actions.messages import tell_address
from accounts.message_texts import rendered
from accounts.models import Topic
from accounts.permissions import scope_of

LETTER = "competitions/mail/team_invitation.txt"
_moment = lazy(time_words.moment, str)  # said once the language is known


def invitation_link(secret):
    return settings.SITE_URL + reverse("competitions:invitation", args=[secret])


def send_letter(member, secret, *, by):
    """Queue the letter in the leader's language; call inside the transaction of the invitation."""
    entry = member.entry
    subject, body = rendered(None, LETTER, _context(member), language=by.language)
    tell_address(
        member.email,
        kind="team.invitation",
        topic=Topic.DUTY,
        subject=subject,
        body=body,
        key=f"team.invitation:{member.pk}:{member.token_sha256[:16]}",
        link=reverse("competitions:invitation", args=[secret]),
        about=scope_of(entry.competition),
        by=by,
        language=by.language,
    )


def team_name(entry):
    """The name as the leader has written it, handed in or not."""
    return (entry.draft.get("entry") or {}).get("team") or entry.team


def _context(member):
    return {
        "competition": member.entry.competition,
        "team": team_name(member.entry),
        "inviter": member.invited_by,
        "moment": _moment(member.expires_at),
    }
