"""A call's form and its record: what the form begins with, and what is written in it."""

from dataclasses import asdict, replace
from decimal import Decimal

from competitions.actions.calls.records import fingerprint
from competitions.contest_files.call_records import (
    AGREED_ITEMS,
    DateRecord,
    FaqRecord,
    QuestionRecord,
    TermRecord,
)
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.contest_files.rule_records import AdvanceRecord
from competitions.declared import ROUND_FIELDS
from competitions.forms.competition_part_base import in_order_of
from competitions.forms.competition_rule import (
    advance_of,
    aggregate_of,
    floor_of,
    rule_part,
    shown_rule,
    tie_steps,
)

CALL_NAMES = ("slug", "title", "kind", "profile", "opens_at", "closes_at", "call")
# `carries` stands in the form the other way round.
ROUND_NAMES = tuple(name for name in ROUND_FIELDS if name != "carries")
KEEPING = ("grace_seconds", "is_sealed", "keep_days", "verification_days")


def initial_of(record):
    tracks = {each.code: number for number, each in enumerate(record.tracks, start=1)}
    criteria = [
        _shown(asdict(each)) | {"round": number, "track": tracks.get(each.track, "")}
        for number, row in enumerate(record.rounds, start=1)
        for each in row.criteria
    ]
    questions = [
        _shown(asdict(each)) | {"tracks": [str(tracks[code]) for code in each.tracks if code in tracks]}
        for each in record.questions
    ]
    return {
        "call": {name: getattr(record, name) for name in CALL_NAMES} | {"seen": fingerprint(record)},
        "tracks": [asdict(each) for each in record.tracks],
        "rounds": [
            _shown({name: getattr(each, name) for name in ROUND_NAMES} | shown_rule(each))
            for each in record.rounds
        ],
        "criteria": criteria,
        "awards": [asdict(each) | {"track": tracks.get(each.track, "")} for each in record.awards],
        "questions": questions,
        "terms": [
            asdict(each) | {"covers": [item for item in each.covers if item in AGREED_ITEMS]}
            for each in record.terms
        ],
        "dates": [asdict(each) for each in record.dates],
        "faq": [asdict(each) for each in record.faq],
    }


def part_of(record, name):
    """What a part's form begins with, by the form's name."""
    if name == "keeping":
        return {each: getattr(record, each) for each in KEEPING}
    if name == "rule":
        return rule_part(record)
    return getattr(record, {"who": "eligibility"}.get(name, name))


def _shown(values):
    return {
        name: plain_text(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }


def record_of_page(page, *, announced_at=None):
    """What is written, over the record it began with; what is wrong is left out, or as it was."""
    tracks, base = dict(page.rows["tracks"].filled()), page.base
    exact = _Exact(base)
    codes = {number: row["code"] for number, row in tracks.items()}
    values = _call(page, exact) | {
        "announced_at": announced_at,
        "tracks": tuple(_track(row, exact) for row in tracks.values()),
        "judges": (),
        "rounds": rounds_of_page(page, codes, exact),
        "awards": tuple(
            AwardRecord(
                **{name: row[name] for name in ("code", "name", "count", "prize")},
                track=codes.get(row["track"], ""),
            )
            for _n, row in page.rows["awards"].filled()
        ),
        "eligibility": page.parts["who"].part(),
        **{name: page.parts[name].part() for name in ("plan", "files", "contact")},
        **page.parts["keeping"].part(),
    }
    values |= _rule(page, values["rounds"])
    for name, build in LISTS.items():
        if page.rows[name].is_bound:
            values[name] = build(page, codes, exact)
        elif base:
            values[name] = getattr(base, name)
    return replace(base, **values, notices=()) if base else CompetitionRecord(**values)


def _call(page, exact):
    given = getattr(page.call, "cleaned_data", {})
    before = {name: getattr(page.base, name) for name in CALL_NAMES} if page.base else BLANK
    return {name: exact(given[name]) if name in given else before[name] for name in CALL_NAMES}


BLANK = dict.fromkeys(CALL_NAMES, "") | {
    "kind": "resident",
    "profile": "light",
    "opens_at": None,
    "closes_at": None,
}


class _Exact:
    """A page knows minutes only; a moment left alone keeps its seconds."""

    def __init__(self, base):
        self.known = {}
        if base:
            moments = [base.opens_at, base.closes_at, *(each.closes_at for each in base.tracks)]
            moments += [moment for each in base.dates for moment in (each.at, each.until)]
            moments += [
                moment for each in base.rounds for moment in (each.due_at, each.votes_from, each.votes_until)
            ]
            self.known = {each.replace(second=0, microsecond=0): each for each in moments if each}

    def __call__(self, value):
        return self.known.get(value, value) if hasattr(value, "tzinfo") else value


def _track(row, exact):
    names = ("code", "name", "description", "most_entries")
    return TrackRecord(**{name: row[name] for name in names}, closes_at=exact(row["closes_at"]))


def _rule(page, rounds):
    given = page.parts["rule"].part()
    steps, _unknown = tie_steps(given["tie_words"], rounds)
    return {
        "scoring": replace(given["scoring"], tie_break=steps),
        "one_prize_per_person": given["one_prize_per_person"],
    }


def rounds_of_page(page, codes, exact):
    """The rounds as they are written; codes: of the tracks, by row number."""
    return tuple(_round(page, number, row, codes, exact) for number, row in page.rows["rounds"].filled())


def _round(page, number, row, codes, exact):
    names = ("code", "name", "description", "max", "weight", "required", "levels")
    values = {name: exact(row[name]) for name in ROUND_NAMES}
    values["votes_per_voter"] = values["votes_per_voter"] or 1
    values["shows_peers"] = values["shows_peers"] or "never"
    return RoundRecord(
        **values,
        carries=not row["only_decides"],
        aggregate=aggregate_of(row),
        floor=floor_of(row),
        advance=_advance(page, row),
        criteria=tuple(
            CriterionRecord(**{name: each[name] for name in names}, track=codes.get(each["track"], ""))
            for _n, each in page.rows["criteria"].filled()
            if each["round"] == number
        ),
    )


def _advance(page, row):
    """Least points, which only a file can say, stay as they were."""
    written = advance_of(row)
    before = (
        next((each.advance for each in page.base.rounds if each.code == row["code"]), None)
        if page.base
        else None
    )
    if before and before.points is not None:
        return replace(written or AdvanceRecord(), points=before.points)
    return written


def _questions(page, codes, exact):
    old = {each.code: each for each in page.base.questions} if page.base else {}
    found = []
    for _n, row in page.rows["questions"].filled():
        chosen = tuple(codes[int(number)] for number in row["tracks"] if int(number) in codes)
        if row["tracks"] and not chosen:
            continue  # asked only in tracks that were taken out
        before = old[row["code"]].tracks if row["code"] in old else ()
        names = (
            "code",
            "name",
            "kind",
            "help",
            "required",
            "choices",
            "longest",
            "least",
            "most",
            "is_personal",
        )
        values = {name: row[name] for name in names}
        found.append(QuestionRecord(**values, tracks=in_order_of(chosen, before)))
    return tuple(found)


def _terms(page, codes, exact):
    old = {each.purpose: each.covers for each in page.base.terms} if page.base else {}
    return tuple(
        TermRecord(
            **{name: row[name] for name in ("purpose", "title", "text", "is_required")},
            covers=_covers(row["covers"], old.get(row["purpose"], ())),
        )
        for _n, row in page.rows["terms"].filled()
    )


def _covers(chosen, before):
    """The items that can be ticked, and those of a file that need no agreement, which stay."""
    others = [item for item in before if item not in AGREED_ITEMS]
    return in_order_of((*chosen, *others), before)


def _dates(page, codes, exact):
    return tuple(
        DateRecord(name=row["name"], at=exact(row["at"]), until=exact(row["until"]))
        for _n, row in page.rows["dates"].filled()
    )


def _faq(page, codes, exact):
    return tuple(
        FaqRecord(question=row["question"], answer=row["answer"]) for _n, row in page.rows["faq"].filled()
    )


LISTS = {"questions": _questions, "terms": _terms, "dates": _dates, "faq": _faq}
