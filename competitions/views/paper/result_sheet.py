"""The result sheet of a committee (data of result_sheet.typ): every mark, what was left out, totals, places, awards."""

from django.db.models import Prefetch
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.actions.paper.scans import scans_of
from competitions.declared import declared_rule, rule_sentences
from competitions.errors import CompetitionError
from competitions.judging.errors import TallyError
from competitions.models import Criterion, Result, Round
from competitions.results import tally
from competitions.states import CompetitionState
from competitions.views.paper.papers import NONE, base, day_words, is_in_percent, sheet_marks, titles_of

MOST_COLUMNS = 12  # judges that have a column of their own
WITHOUT_SHEETS = {Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED}
FINAL_STATES = {CompetitionState.DECIDED, CompetitionState.PUBLISHED}


def result_sheet_data(competition, *, government):
    """Return the data. Raises CompetitionError when there is nothing to tally yet."""
    criteria = Prefetch("criteria", Criterion.objects.select_related("track"))
    competition.shown_rounds = list(competition.rounds.prefetch_related(criteria))
    outcome, at = _outcome(competition)
    titles = titles_of(competition)
    entries = [entry for entry in outcome["entries"] if entry["code"] in titles]
    judges = list(competition.judges.active().order_by("-is_chair", "code"))
    marks = sheet_marks(competition)
    title = _("Result sheet: %(title)s") % {"title": competition.title}
    return base(title, government=government) | {
        "heading": _("Result sheet"),
        "facts": _facts(competition, outcome, at=at, judges=judges, entries=entries),
        "final": _final(competition, entries, titles),
        "rounds": [
            _round(round_, entries, titles, marks, competition) for round_ in competition.shown_rounds
        ],
        "notes": _notes(competition),
        "certifies": _("We confirm that the entries were judged as above."),
        "day_words": day_words(at),
        "people": [
            [
                _("Chair") if judge.is_chair else _("Committee member"),
                f"{judge.code} {judge.name}",
                _("(signature)"),
            ]
            for judge in judges
        ],
        "scans_heading": _("Attached: scans of signed sheets"),
        "scans_heads": [_("Judge"), _("Round"), _("File"), "SHA-256"],
        "scans": [
            [scan.judge.code, scan.round.name if scan.round else _("all rounds"), scan.name, scan.sha256]
            for scan in scans_of(competition)
        ],
    }


def _outcome(competition):
    """The stored result once awards are decided; before that what the sheets signed so far give."""
    result = Result.objects.filter(competition=competition).first()
    if result and competition.state in FINAL_STATES:
        return result.outcome, result.computed_at
    if not any(round_.criteria.all() for round_ in competition.shown_rounds):
        raise CompetitionError(_("There is no round with criteria yet, so there is nothing to add up."))
    try:
        return tally(competition), now()
    except TallyError as error:
        raise CompetitionError(
            _("The result cannot be computed: %(problem)s. Correct it, then compute again.")
            % {"problem": error}
        ) from error


def _facts(competition, outcome, *, at, judges, entries):
    is_final = competition.state in FINAL_STATES
    return [
        [_("Competition"), competition.title],
        [_("State"), _("Awards decided") if is_final else _("Preview, before the awards are decided")],
        [_("Entries judged"), str(len(entries))],
        [_("Committee"), _("%(count)s members") % {"count": len(judges)}],
        [_("Computed"), day_words(at)],
        [
            _("Marks"),
            _("percent of a sheet") if is_in_percent(competition) else _("weighted points of a sheet"),
        ],
        [_("Rule (SHA-256)"), competition.rule_sha256[:32] or NONE],
        [_("Inputs (SHA-256)"), outcome["inputs_sha256"][:32]],
    ]


def _notes(competition):
    tracks = dict(competition.tracks.values_list("code", "name"))
    marks = [
        _("Struck through: left out of the mean. *: left out in some criteria. †: a required criterion is missing, so "
          "the total does not count. ‡: too few marks to leave any out, so the mean of all stands.")
    ]  # fmt: skip
    return [*rule_sentences(declared_rule(competition), tracks=tracks), *marks]


def _final(competition, entries, titles):
    tiers = dict(competition.award_tiers.values_list("code", "name"))
    is_final = competition.state in FINAL_STATES
    rounds = competition.shown_rounds
    heads = [
        _("Place"),
        _("Entry code"),
        _("Title of the entry"),
        *(round_.name for round_ in rounds),
        _("Total"),
    ]
    rows = []
    for entry in entries:
        scores = [_score(entry["rounds"].get(round_.code)) for round_ in rounds]
        award = tiers.get(entry["award"], NONE) if entry["award"] else _standing(entry)
        place = str(entry["place"]) if entry["place"] else NONE
        rows.append([place, entry["code"], titles[entry["code"]], *scores, entry["total"] or NONE, award])
    return {
        "heading": _("Totals and places"),
        "heads": [*heads, _("Award") if is_final else _("Proposed award")],
        "rows": rows,
    }


def _score(round_):
    return (round_ or {}).get("score") or NONE


def _standing(entry):
    """Why an entry has no award, where that is more than its place."""
    if entry.get("passed_over_for"):
        return _("passed over: %(code)s") % {"code": entry["passed_over_for"]}
    words = {
        "below_floor": _("below the floor"),
        "not_advanced": _("did not go on"),
        "unscored": _("without a score"),
        "tied_at_award_line": _("tied at the award line"),
    }
    return words.get(entry["status"], NONE)


def _round(round_, entries, titles, marks, competition):
    if round_.kind in WITHOUT_SHEETS:
        return _round_without_sheets(round_, entries, titles)
    codes = [entry["code"] for entry in entries if round_.code in entry["rounds"]]
    judges = sorted({judge for code in codes for judge in marks.get((round_.code, code), {})})
    own_columns = len(judges) <= MOST_COLUMNS
    heads = [
        _("Entry code"),
        _("Title of the entry"),
        *(judges if own_columns else [_("Marks")]),
        _("Round score"),
    ]
    rows = []
    for entry in entries:
        outcome = entry["rounds"].get(round_.code)
        if outcome is None:
            continue
        given = marks.get((round_.code, entry["code"]), {})
        cells = [_mark(judge, given[judge], outcome) if judge in given else _plain("") for judge in judges]
        if not own_columns:
            shown = zip(judges, cells, strict=True)
            cells = [_plain(" · ".join(f"{judge} {_words(cell)}" for judge, cell in shown if judge in given))]
        score = _score(outcome) + ("‡" if outcome.get("fallback") else "")
        rows.append([_plain(entry["code"]), _plain(titles[entry["code"]]), *cells, _plain(score)])
    return {"heading": round_.name, "note": _criteria_words(round_), "heads": heads, "rows": rows}


def _mark(judge, text, outcome):
    """A cell: struck through when the mark was left out everywhere."""
    dropped = outcome.get("dropped") or []
    if isinstance(dropped, dict):
        without = [code for code, names in dropped.items() if judge in names]
        is_dropped = bool(without) and len(without) == len(dropped)
        text += "*" if without and not is_dropped else ""
    else:
        is_dropped = judge in dropped
    text += "†" if judge in outcome.get("incomplete", []) else ""
    return {"text": text, "dropped": is_dropped}


def _words(cell):
    """In a list of marks, one left out stands in brackets."""
    return f"({cell['text']})" if cell["dropped"] else cell["text"]


def _plain(text):
    return {"text": text, "dropped": False}


def _round_without_sheets(round_, entries, titles):
    criteria = list(round_.criteria.all())
    is_vote = round_.kind == Round.Kind.PUBLIC_VOTE and not criteria
    names = [_("Votes")] if is_vote else [each.name for each in criteria]
    rows = []
    for entry in entries:
        outcome = entry["rounds"].get(round_.code)
        if outcome is None:
            continue
        values = [outcome.get("votes")] if is_vote else [outcome["criteria"].get(c.code) for c in criteria]
        cells = [NONE if value is None else str(value) for value in values]
        rows.append(
            [_plain(text) for text in (entry["code"], titles[entry["code"]], *cells, _score(outcome))]
        )
    heads = [_("Entry code"), _("Title of the entry"), *names, _("Round score")]
    return {"heading": round_.name, "note": _criteria_words(round_), "heads": heads, "rows": rows}


def _criteria_words(round_):
    return " · ".join(f"{each.name} {each.max_points.normalize():f}" for each in round_.criteria.all())
