"""The words of a competition's letters: the organiser's own where there are some, else those of the catalogue."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from accounts import audit
from accounts.time_words import moment
from competitions.letters import FREE, KINDS, filled, places_of
from competitions.models import LetterText


class Wording:
    """Writes one kind of letter of one competition, however many. own: {language: (subject, body)}."""

    def __init__(self, competition, kind, *, own=None, **facts):
        self.competition, self.kind, self.facts = competition, (KINDS | {FREE.code: FREE})[kind], facts
        if own is None and getattr(competition, "has_own_words", True):
            own = own_words(kind, [competition])[competition.pk]
        self.own = own or {}
        self._said = {}

    def write(self, *, language, name=""):
        """Return (subject, body) in the language, for a person of that name."""
        if language not in self._said:
            with override(language):
                self._said[language] = self._say(language)
        (subject, body), facts = self._said[language]
        return filled(subject, facts | {"name": name}), filled(body, facts | {"name": name})

    def _say(self, language):
        """The words of a language and the facts in it; the same for everybody."""
        told = common_facts(self.competition) | self.facts
        facts = dict.fromkeys(places_of(self.kind), "") | {name: _said(fact) for name, fact in told.items()}
        return self.own.get(language) or self.kind.words(gettext), facts


def own_words(kind, competitions):
    """{pk of a competition: {language: (subject, body)}} of the organisers' own words. One query."""
    found = defaultdict(dict)
    for row in LetterText.objects.filter(competition__in=competitions, kind=kind):
        found[row.competition_id][row.language] = (row.subject, row.body)
    return found


def default_words(kind, language):
    with override(language):
        return KINDS[kind].words(gettext)


def common_facts(competition):
    contact = competition.contact_record
    return {
        "title": competition.title,
        "contact": " · ".join(filter(None, [contact.office, contact.phone, contact.email])),
    }


def _said(value):
    """A fact as a text in the active language."""
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else str(value)


@transaction.atomic
def save_words(competition, kind, words, *, by, at):
    """Keep own words of a kind. words: {language: (subject, body)}; those of the catalogue are not kept."""
    own = {each: said for each, said in words.items() if said != default_words(kind, each)}
    rows = LetterText.objects.filter(competition=competition, kind=kind)
    if own_words(kind, [competition])[competition.pk] == own:
        return
    rows.exclude(language__in=own).delete()
    LetterText.objects.bulk_create(
        [
            LetterText(
                competition=competition, kind=kind, language=each, subject=subject, body=body, by=by, at=at
            )
            for each, (subject, body) in own.items()
        ],
        update_conflicts=True,
        unique_fields=["competition", "kind", "language"],
        update_fields=["subject", "body", "by", "at"],
    )
    audit.record("letter.worded", by=by, target=competition, kind=kind, languages=sorted(own))
