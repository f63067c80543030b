"""What entering asks for, told on the page of the call before anybody begins: tracks, questions and terms."""

from django.utils.translation import gettext as _

from competitions.actions.entries.consents import OWN_TERMS
from competitions.models import FormField
from competitions.states import CompetitionState


def entering(competition):
    """Return {"tracks", "asked", "terms"} of a call whose tracks are prefetched. Two queries."""
    tracks = list(competition.tracks.all())
    return {
        "tracks": [_track(each) for each in tracks],
        "has_deadlines": any(each.closes_at for each in tracks),
        "asked": _asked(list(competition.form_fields.all()), tracks),
        "terms": _terms(competition),
    }


def _terms(competition):
    """Those of the call; ours, where it has none and entries may still come: a contest on paper had other ones."""
    rows = list(competition.consent_terms.filter(replaced_at=None))
    is_ahead = competition.state in {CompetitionState.DRAFT, CompetitionState.ANNOUNCED}
    return rows or (OWN_TERMS if is_ahead else [])


def _track(track):
    names = ("name", "description", "closes_at", "most_entries", "is_closed")
    return {name: getattr(track, name) for name in names}


def _asked(fields, tracks):
    """Return [{"heading", "questions"}]: what everybody is asked, then what single tracks ask besides."""
    groups = {}
    for field in fields:
        groups.setdefault(tuple(field.tracks), []).append(_question(field))
    names = {each.code: each.name for each in tracks}
    return [
        {"heading": _heading(codes, names), "questions": questions}
        for codes, questions in sorted(groups.items(), key=lambda group: bool(group[0]))
    ]


def _heading(codes, names):
    return ", ".join(names.get(code, code) for code in codes)


def _question(field):
    return {
        "name": field.name,
        "help": field.help,
        "kind": field.get_kind_display(),
        "limits": list(_limits(field)),
        "is_needed": field.required != FormField.Required.NO,
    }


def _limits(field):
    if field.longest:
        yield _("at most %(count)s characters") % {"count": field.longest}
    if field.least is not None:
        yield _("at least %(number)s") % {"number": _plain(field.least)}
    if field.most is not None:
        yield _("at most %(number)s") % {"number": _plain(field.most)}
    if field.choices:
        yield " / ".join(field.choices)
    if field.is_personal:
        yield _("judges do not see it")


def _plain(number):
    return f"{number.normalize():f}"
