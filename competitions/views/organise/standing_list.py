"""Which entries the organiser's board of scores shows, in which order, and each as a row ready to print."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.judging.numbers import best_first, half_up, printed
from competitions.views.organise.strips import NOTHING, sheets_by_entry, strip
from competitions.views.results.steps import names_of, step_words, why_out

PLACES = 2
TITLES = {"track": gettext_lazy("Track"), "status": gettext_lazy("Status")}
STATUSES = {
    "ranked": gettext_lazy("with a place"),
    "tied_at_award_line": gettext_lazy("Tied at the award line"),
    "below_floor": gettext_lazy("Below the least score"),
    "not_advanced": gettext_lazy("Did not go on"),
    "unscored": gettext_lazy("No complete score"),
}
LAST = (1,)


@dataclass(frozen=True)
class Asked:
    """chosen: {name of a filter: values}. sort: "order", "code" or "round:CODE"."""

    chosen: dict
    query: str
    sort: str

    @classmethod
    def of(cls, given, *, contest):
        sorts = {"order", "code", *(f"round:{each.code}" for each in contest.rounds)}
        return cls(
            chosen={name: given.getlist(name)[:50] for name in TITLES},
            query=given.get("q", "").strip()[:100],
            sort=given.get("sort") if given.get("sort") in sorts else "order",
        )

    def kept(self):
        """(name, value) of everything but the words."""
        return [("sort", self.sort), *((name, value) for name in self.chosen for value in self.chosen[name])]

    @property
    def is_whole(self):
        """Whether it is every entry in the official order."""
        return self.sort == "order" and not self.query and not any(self.chosen.values())


def found(board, asked):
    """Return the codes asked for, in the order asked for."""
    tracks, statuses = set(asked.chosen["track"]), set(asked.chosen["status"])
    words = asked.query.casefold()
    codes = [
        code
        for code in board.order
        if (not tracks or board.entries[code].track in tracks)
        and (not statuses or board.statuses[code] in statuses)
        and (not words or words in code.casefold())
    ]
    if asked.sort == "code":
        return sorted(codes)
    if asked.sort.startswith("round:"):
        outcomes = board.outcomes[asked.sort.removeprefix("round:")]
        return sorted(codes, key=lambda code: _by_score(outcomes.get(code)))
    return codes


def _by_score(outcome):
    return LAST if outcome is None or outcome.score is None else (0, *best_first(outcome.score))


def facets_of(board, asked, *, tracks):
    counts = {
        "track": Counter(entry.track for entry in board.entries.values()),
        "status": Counter(board.statuses.values()),
    }
    options = {"track": tracks, "status": STATUSES.items()}
    facets = [
        {
            "name": name,
            "title": title,
            "options": [
                {
                    "value": value,
                    "label": label,
                    "count": counts[name][value],
                    "selected": value in asked.chosen[name],
                }
                for value, label in options[name]
                if counts[name][value] or value in asked.chosen[name]
            ],
        }
        for name, title in TITLES.items()
    ]
    return [facet for facet in facets if facet["options"]]


def last_in_line(board):
    """Return the code after which the award line is drawn, None while nobody is in line for an award."""
    line = None
    for code in board.places:
        if code in board.proposal.awards or code in board.proposal.tied:
            line = code
    return line


def rows_of(competition, board, codes):
    """Return the entries as rows. Two queries."""
    pks = {board.entries[code].pk: code for code in codes}
    titles = dict(competition.entries.filter(pk__in=pks).values_list("code", "title"))
    shares = sheets_by_entry(competition, list(pks))
    shared = Counter(board.places.values())
    maker = _RowMaker(competition, board, shared)
    return [
        maker.row(code, title=titles.get(code, ""), shares=shares[board.entries[code].pk]) for code in codes
    ]


class _RowMaker:
    """What all rows of a page have in common, worked out once."""

    def __init__(self, competition, board, shared):
        self.board, self.shared, self.contest = board, shared, board.contest
        self.entry_address = reverse("competitions:organise_entry", args=[competition.slug, 0])
        self.sheets_address = reverse("competitions:organise_sheets", args=[competition.slug])
        self.tiers = {each.code: each.name or each.code for each in self.contest.awards}
        self.rounds = {each.code: each.name or each.code for each in self.contest.rounds}
        self.names = names_of(self.contest)
        self.in_points = self.contest.scoring.total == "sum_of_points"
        self.joint, self.alone = _("Joint place %(place)s"), _("Place %(place)s")
        self.sheets_words = _("sheets of %(code)s")

    def row(self, code, *, title, shares):
        board, entry = self.board, self.board.entries[code]
        place, step = board.places.get(code), board.broken_by.get(code)
        return {
            "code": code,
            "title": title,
            "address": self.entry_address.replace("/0/", f"/{entry.pk}/"),
            "place": self._place(place),
            "tie": step_words(step, self.names) if step else "",
            "total": shown(board.totals[code]),
            "rounds": [self._cell(code, each, shares.get(each.code, {})) for each in self.contest.rounds],
            "award": self._award(code),
            "why": why_out(board.statuses[code], self.rounds.get(board.left_in.get(code), "")),
        }

    def _place(self, place):
        if place is None:
            return "–"
        return (self.joint if self.shared[place] > 1 else self.alone) % {"place": place}

    def _award(self, code):
        proposal = self.board.proposal
        if code in proposal.awards:
            return self.tiers[proposal.awards[code]]
        if code in proposal.tied:
            return STATUSES["tied_at_award_line"]
        other = proposal.passed_over.get(code)
        return _("passed over: %(code)s is of the same person") % {"code": other} if other else ""

    def _cell(self, code, round_, shares):
        outcome = self.board.outcomes[round_.code].get(code)
        score = outcome.score if outcome else None
        number = shown(outcome.points if outcome and self.in_points else score)
        if shares:
            address = escape(f"{self.sheets_address}?{urlencode({'q': code, 'round': round_.code})}")
            words = escape(self.sheets_words % {"code": code})
            number = SafeString(f'<a href="{address}">{number}<span class="sr-only"> {words}</span></a>')
        picture = strip(round_, shares, score=score) if shares else NOTHING
        return self.rounds[round_.code], number, picture


def shown(number):
    """Two decimals at most, halves away from zero; a dash for what is missing, which is never zero."""
    return "–" if number is None else printed(half_up(Fraction(number), places=PLACES))
