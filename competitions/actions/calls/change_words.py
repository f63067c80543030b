"""What a change of a call did, as short texts before and after."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.time_words import moment
from competitions.contest_files.numbers import plain_text
from competitions.models import Competition

LONGEST = 300
FIELD_WORDS = {
    "title": gettext_lazy("Title"),
    "kind": gettext_lazy("Kind"),
    "call": gettext_lazy("Call"),
    "opens_at": gettext_lazy("Opens"),
    "closes_at": gettext_lazy("Closes"),
    "grace_seconds": gettext_lazy("Grace time after closing"),
    "plan": gettext_lazy("Plan"),
    "is_sealed": gettext_lazy("Sealed until closing"),
    "keep_days": gettext_lazy("Days that personal data is kept"),
    "verification_days": gettext_lazy("Days of verification"),
    "eligibility": gettext_lazy("Who may enter"),
    "files": gettext_lazy("Files"),
    "contact": gettext_lazy("Contact"),
    "scoring": gettext_lazy("How places come about"),
    "one_prize_per_person": gettext_lazy("One prize a person"),
    "dates": gettext_lazy("Dates"),
    "faq": gettext_lazy("Questions and answers"),
    "questions": gettext_lazy("Questions to entrants"),
    "terms": gettext_lazy("Consents"),
    "tracks": gettext_lazy("Tracks"),
    "rounds": gettext_lazy("Rounds of judging"),
    "awards": gettext_lazy("Award tiers"),
}


def changes_in_words(before, after, fields):
    """Return [{"field", "before", "after"}]; texts are empty where the notice's own text has to tell them."""
    return [{"field": name, "before": _words(name, before), "after": _words(name, after)} for name in fields]


def _words(name, record):
    write = WRITERS.get(name)
    return write(getattr(record, name))[:LONGEST] if write else ""


def _tracks(tracks):
    return ", ".join(
        f"{each.name} ({moment(each.closes_at)})" if each.closes_at else each.name for each in tracks
    )


def _rounds(rounds):
    return "; ".join(f"{each.name}: {_criteria(each.criteria)}" for each in rounds)


def _criteria(criteria):
    return ", ".join(f"{each.name} {plain_text(each.max)}" for each in criteria)


def _awards(awards):
    return ", ".join(" ".join(filter(None, [each.name, str(each.count), each.prize])) for each in awards)


def _dates(dates):
    return ", ".join(f"{each.name} {moment(each.at)}" for each in dates)


def _contact(contact):
    return ", ".join(filter(None, [contact.office, contact.phone, contact.email]))


def _names(rows):
    return ", ".join(getattr(row, "name", "") or row.title for row in rows)


def _yes_or_no(value):
    return _("yes") if value else _("no")


WRITERS = {
    "title": str,
    "kind": lambda value: str(Competition.Kind(value).label),
    "closes_at": moment,
    "grace_seconds": str,
    "is_sealed": _yes_or_no,
    "keep_days": str,
    "verification_days": str,
    "one_prize_per_person": _yes_or_no,
    "contact": _contact,
    "dates": _dates,
    "questions": _names,
    "terms": _names,
    "tracks": _tracks,
    "rounds": _rounds,
    "awards": _awards,
}
