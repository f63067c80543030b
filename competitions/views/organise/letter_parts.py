"""What the organiser's message pages show: kinds, previews with the facts of this contest, masked recipients."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import time_words
from accounts.models import Topic
from competitions.actions.letters import call_facts
from competitions.actions.wordings import Wording
from competitions.letters import FREE, KINDS, PLACES, places_of
from competitions.models import LetterText

TAB = "organise_letters"
_left = lazy(time_words.time_left, str)


def kind_name(code):
    """Also of messages that are no letter of the catalogue."""
    if code == FREE.code:
        return _(FREE.name)
    if code == "team.invitation":
        return _("Invitation to a team")
    return _(KINDS[code].name) if code in KINDS else code


def kind_rows(competition):
    """Each kind with the languages in which the organiser has own words. One query."""
    labels, own = dict(settings.LANGUAGES), {}
    for code, language in LetterText.objects.filter(competition=competition).values_list("kind", "language"):
        own.setdefault(code, []).append(labels.get(language, language))
    return [
        {
            "name": _(kind.name),
            "when": _(kind.when),
            "to": _(kind.to),
            "topic": Topic(kind.topic).label,
            "own": sorted(own.get(code, [])),
            "address": reverse("competitions:organise_letter_words", args=[competition.slug, code]),
        }
        for code, kind in KINDS.items()
    ]


def place_rows(kind):
    needed = set(kind.needed)
    return [
        {"name": f"{{{name}}}", "label": _(PLACES[name]), "is_needed": name in needed}
        for name in places_of(kind)
    ]


def sample_facts(kind, competition, *, at):
    """What is real is shown as it is; what every entry has of its own is named."""
    named = {name: format_lazy("‹{}›", gettext_lazy(PLACES[name])) for name in kind.places}
    real = call_facts(competition) | {"submitted_at": at, "due": at + timedelta(days=7)}
    if competition.closes_at > at:
        real["left"] = _left(competition.closes_at, now=at)
    return named | {name: fact for name, fact in real.items() if name in named}


def previews(wording, languages, *, name):
    """[{label, subject, body}], each in its language."""
    labels = dict(settings.LANGUAGES)
    rows = [(language, wording.write(language=language, name=name)) for language in languages]
    return [
        {"label": labels[language], "language": language, "subject": subject, "body": body}
        for language, (subject, body) in rows
    ]


def sample_wording(competition, kind, words, *, at):
    return Wording(competition, kind.code, own=words, **sample_facts(kind, competition, at=at))


def masked_name(name):
    """Enough to know one's own people, too little to know a stranger: "홍**"."""
    return f"{name[0]}**" if name else ""


def masked_email(email):
    local, _at, host = email.partition("@")
    return f"{local[:1]}***@{host}" if host else ""
