"""What documents say, in the language of the page; their templates hold no words of their own."""

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.time_words import day, moment
from competitions.documents.calendar import Event
from competitions.documents.qr import qr_svg
from competitions.eligibility.sentences import words
from competitions.models import AwardTier, Competition, Criterion, Round
from competitions.receipts import stamp, zone
from learning.models import LearningGroup

GROUP = 8  # signs of a hash


def call_rows(user):
    """Calls the person sees, with all that a call shows."""
    criteria = Prefetch("criteria", Criterion.objects.select_related("track"))
    rounds = Prefetch("rounds", Round.objects.prefetch_related(criteria))
    tiers = Prefetch("award_tiers", AwardTier.objects.select_related("track"))
    return Competition.objects.visible_to(user).prefetch_related("tracks", tiers, rounds)


def absolute(address):
    return settings.SITE_URL.rstrip("/") + address


def check_address(number):
    return absolute(reverse("competitions:check_receipt", args=[number]))


def submitted_title(entry):
    """The title as it was handed in; once the content is erased, what the entry still says."""
    return entry.snapshot.content.get("case", {}).get("title") or entry.title


def entrant_words(entry):
    return " · ".join(filter(None, [str(entry.entrant) if entry.entrant else "", entry.team]))


def site_name(government):
    return government.name or _("Prompt Casebook")


def eligibility_words(competition):
    """Who may enter, as sentences; departments and learning groups by their names."""
    record = competition.eligibility_record
    names = {}
    if record.departments:
        names |= dict(Department.objects.filter(code__in=record.departments).values_list("code", "name"))
    if record.groups:
        names |= dict(LearningGroup.objects.filter(slug__in=record.groups).values_list("slug", "title"))
    return words(record, _, names=names)


def next_steps():
    return [
        _("After the deadline the organiser checks whether the entry can be admitted."),
        _(
            "The judges score it by the published criteria, and the results are published on the "
            "competition's page."
        ),
    ]


def receipt_data(entry, *, government):
    snapshot = entry.snapshot
    sha256 = snapshot.content_sha256
    rows = [
        (_("Competition"), entry.competition.title),
        (_("Track"), entry.track.name if entry.track else ""),
        (_("Title of the entry"), submitted_title(entry)),
        (_("Entrant"), entrant_words(entry)),
        (_("Entry code"), entry.code or ""),
        (_("Received by the server"), stamp(snapshot.submitted_at)),
    ]
    number = snapshot.receipt_number
    return _base(government, check_address(number)) | {
        "document_title": _("Receipt %(number)s") % {"number": number},
        "heading": _("Receipt of an entry"),
        "number": _("No. %(number)s") % {"number": number},
        "rows": [row for row in rows if row[1]],
        "hash_label": "SHA-256",
        "hash_groups": [sha256[at : at + GROUP] for at in range(0, len(sha256), GROUP)],
        "certifies": _(
            "This certifies that the entry was received as above. The SHA-256 is the fingerprint of the "
            "submitted text: as long as it is the same, not a sign has been changed."
        ),
        "issued_words": day(timezone.localtime(snapshot.submitted_at)),
        "next_heading": _("What happens next"),
        "next": next_steps(),
        "check_words": _("Anyone can check this receipt at this address."),
        "qr_alt": _("QR code of the address where this receipt is checked"),
    }


def poster_data(competition, *, government):
    return _base(government, absolute(competition.get_absolute_url())) | {
        "document_title": competition.title,
        "heading": competition.title,
        "lead": "",
        "sections": [(title, lines) for title, lines in _poster_sections(competition) if lines],
        "prizes_heading": _("Prizes"),
        "prize_heads": [_("Award"), _("Winners"), _("Prize")],
        "prizes": [[tier.name, str(tier.count), tier.prize] for tier in competition.award_tiers.all()],
        "check_words": _("The whole call, and where to enter"),
        "qr_alt": _("QR code of the address of the call"),
    }


def _poster_sections(competition):
    contact = competition.contact_record
    tracks = [track.name for track in competition.tracks.all()]
    return [
        (_("Entries are taken"), [period(competition)]),
        (_("Who may enter"), eligibility_words(competition)),
        (_("Tracks"), [" · ".join(tracks)] if tracks else []),
        (_("How entries are judged"), _judged_in_short(competition)),
        (_("Contact"), [" · ".join(filter(None, [contact.office, contact.phone, contact.email]))]
         if contact.office or contact.phone or contact.email else []),
    ]  # fmt: skip


def _judged_in_short(competition):
    lines = []
    for round_ in competition.rounds.all():
        parts = [f"{each.name} {each.max_points.normalize():f}" for each in round_.criteria.all()]
        lines.append(
            _("%(round)s: %(criteria)s points") % {"round": round_.name, "criteria": " · ".join(parts)}
        )
    return lines


def period(competition):
    return _("%(opens)s to %(closes)s (%(zone)s)") % {
        "opens": moment(competition.opens_at),
        "closes": moment(competition.closes_at),
        "zone": zone(competition.closes_at),
    }


def _base(government, address):
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "issuer": site_name(government),
        "page_words": _("Page {n} of {m}"),
        "check_address": address,
        "qr_svg": qr_svg(address),
    }


def calendar_events(competition):
    """Opening, deadline and the other dates of a call; a program that knew them changes them."""
    title, url = competition.title, absolute(competition.get_absolute_url())

    def event(name, label, at, **more):
        summary = _("%(competition)s: %(date)s") % {"competition": title, "date": label}
        return Event(
            uid=f"competition-{competition.pk}-{name}@prompt-casebook",
            summary=summary,
            at=at,
            url=url,
            **more,
        )

    return [
        event("opens", _("Entries open"), competition.opens_at),
        event("closes", _("Entries close"), competition.closes_at, reminds=True),
        *(
            event(f"date-{number}", each.name, each.at, until=each.until)
            for number, each in enumerate(competition.date_records, start=1)
        ),
    ]
