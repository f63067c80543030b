"""What the printed minutes say. Minutes of a Korean office are in Korean, whoever prints them."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.time_words import moment
from competitions.actions.deciding.minutes_content import hidden_words
from competitions.views.calls.document_parts import site_name
from competitions.views.judging.meeting_parts import minutes_shown, signatures_of


def minutes_data(meeting, *, user, government):
    """Needs minutes. A member kept from an entry gets them without it."""
    with translation.override("ko"):
        words = hidden_words(meeting, user)
        signatures = signatures_of(meeting, words)
        return _data(minutes_shown(meeting, words), meeting, signatures, issuer=site_name(government))


def _data(minutes, meeting, signatures, *, issuer):
    return {
        "language": "ko",
        "issuer": issuer,
        "document_title": _("Minutes: %(title)s") % {"title": minutes["title"]},
        "page_words": _("Page {n} of {m}"),
        "heading": _("Minutes of the meeting"),
        "number": _("Meeting no. %(number)s") % {"number": minutes["number"]},
        "rows": [row for row in _rows(minutes) if row[1]],
        "said_heading": _("What was discussed"),
        "said": minutes["remarks"],
        "decided_heading": _("Resolutions"),
        "motion_heads": [_("No."), _("Motion"), _("Votes"), _("Outcome")],
        "motions": [_motion(each) for each in minutes["motions"]],
        "nothing_decided": _("Nothing was put to the vote."),
        "objections_heading": _("Objections"),
        "objections": [f"{each.judge.name}: {each.objection}" for each in signatures if each.objection],
        "no_objection": _("None"),
        "signature_heading": _("Signatures of those present"),
        "signature_heads": [_("Position on the committee"), _("Name"), _("Signed on"), _("Signature")],
        "signatures": [_signature(each) for each in signatures],
        "hash_label": _("Fingerprint of the minutes (SHA-256)"),
        "hash": meeting.minutes_sha256,
        "signed_words": _("An electronic signature is of this fingerprint, the member and the objection."),
    }


def _rows(minutes):
    names = [
        _("%(name)s (chair)") % each if each["is_chair"] else each["name"] for each in minutes["present"]
    ]
    counts = {"present": len(names), "members": minutes["members"], "quorum": minutes["quorum"]}
    return [
        (_("Competition"), minutes["competition_title"]),
        (_("Meeting"), minutes["title"]),
        (_("Committee"), minutes["track"]),
        (_("Date and time"), f"{moment(minutes['held'])} ({minutes['mode_words']})"),
        (_("Venue"), minutes["place"]),
        (_("Present"), ", ".join(names)),
        (_("Absent"), ", ".join(each["name"] for each in minutes["absent"])),
        (_("Quorum"), _("%(present)s of %(members)s members present, %(quorum)s needed") % counts),
        (_("Agenda"), minutes["agenda"]),
    ]


def _motion(motion):
    votes = _("%(yes)s in favour, %(no)s against, %(abstain)s abstained") % motion["votes"]
    if motion["excluded"]:
        votes += " " + _("(%(count)s kept away by a conflict)") % {"count": len(motion["excluded"])}
    lines = [motion["text"]]
    if motion["reason"]:
        lines.append(_("Reason: %(reason)s") % motion)
    return [str(motion["number"]), "\n".join(lines), votes, motion["outcome_words"]]


def _signature(member):
    position = _("Chair of the committee") if member.judge.is_chair else _("Committee member")
    if member.signed_at is None:
        return [position, member.judge.name, "", ""]
    at = moment(timezone.localtime(member.signed_at))
    way = _("Electronic: %(sha256)s") if member.judge.user_id else _("On paper: %(sha256)s")
    return [position, member.judge.name, at, way % {"sha256": member.signed_sha256[:16]}]
