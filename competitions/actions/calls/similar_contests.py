"""Contests of this site that say nearly what a new one says, so that nobody runs the same contest twice unawares.

Only titles and the beginnings of calls are read (docs/rules.md, "Similar contests"): first every contest that holds
words of the new one, by plain search for its morphemes; then the likeliest by the morphemes of both.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from math import log

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Left

from casebook.search.tokens import tokens
from competitions.models import Award, Competition, Entry
from competitions.states import CompetitionState

BEGINNING = 600  # characters of a call that count
MOST_READ = 2_000  # newest contests
MOST_WORDS = 40  # morphemes of the new one that are looked for
MOST_COMPARED = 12
LEAST = 0.3  # below, contests share the words that every contest has
SHOWN = 5


@dataclass(frozen=True, slots=True)
class SimilarContest:
    """share: 0 to 1, how alike the titles or the calls are, whichever is more. entries, awards: numbers."""

    competition: Competition
    share: float
    entries: int
    awards: int

    @property
    def percent(self):
        return round(100 * self.share)


def similar_contests(title, call, *, user, leave_out=None):
    """Return the contests the person may see that are most like this one, the likest first. Two queries.

    leave_out: the contest itself, when it is kept already.
    """
    title, call = title[:200], call[:BEGINNING]
    own = (_words(title), _words(call))
    if not own[0] and not own[1]:
        return []
    rows = _beginnings(user, leave_out=leave_out)
    weights = _weights([*own[0], *own[1]], rows)
    likely = sorted(rows, key=lambda row: -_held(row, weights))[:MOST_COMPARED]
    shares = {pk: _share(own, (_words(name), _words(text)), weights) for pk, name, text in likely}
    best = sorted((pk for pk in shares if shares[pk] >= LEAST), key=lambda pk: (-shares[pk], -pk))[:SHOWN]
    found = _with_numbers(best)
    return [_similar(found[pk], shares[pk]) for pk in best]


def _beginnings(user, *, leave_out):
    """[(pk, title, beginning of the call)] of the newest contests."""
    rows = Competition.objects.visible_to(user).order_by("-opens_at", "-id")
    if leave_out:
        rows = rows.exclude(pk=leave_out.pk)
    rows = rows.values_list("pk", "title", Left("call", BEGINNING))[:MOST_READ]
    return [(pk, _plain(title), _plain(call)) for pk, title, call in rows]


def _plain(text):
    return unicodedata.normalize("NFC", text).lower()


def _words(text):
    """Content morphemes of a text; numbers are left out, since a year says nothing."""
    return {word for word in tokens(text) if len(word) > 1 and not word.isdecimal()}


def _weights(words, rows):
    """The words, each with how much it tells apart: a word that every contest has weighs little."""
    first = list(dict.fromkeys(words))[:MOST_WORDS]
    held = Counter(word for _pk, title, call in rows for word in first if word in title or word in call)
    return {word: log(1 + (1 + len(rows)) / (1 + held[word])) for word in first}


def _held(row, weights):
    _pk, title, call = row
    return sum(weight for word, weight in weights.items() if word in title or word in call)


def _share(one, other, weights):
    """The greater of the shares of common words (weighted Jaccard) in the titles and in the calls."""
    usual = sum(weights.values()) / len(weights)

    def alike(first, second):
        shared = sum(weights.get(word, usual) for word in first & second)
        return shared / sum(weights.get(word, usual) for word in first | second) if shared else 0.0

    return max(map(alike, one, other))


def _with_numbers(keys):
    entries = Entry.objects.exclude(submitted_at=None)
    awards = Award.objects.filter(tier__competition__state=CompetitionState.PUBLISHED)
    awards = awards.exclude(revocation__is_upheld=True)
    rows = Competition.objects.filter(pk__in=keys).defer("call")
    rows = rows.annotate(
        entry_count=_per_competition(entries, "competition"),
        award_count=_per_competition(awards, "tier__competition"),
    )
    return {row.pk: row for row in rows}


def _per_competition(rows, path):
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _similar(competition, share):
    return SimilarContest(competition, share, competition.entry_count, competition.award_count)
