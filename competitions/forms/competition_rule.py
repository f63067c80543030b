"""The declared rule in a call's form: how marks are joined, who goes on, how places come about."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.contest_files.numbers import plain_text
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.contest_files.words import spaceless
from competitions.forms.competition_fields import LinesField, LongText, whole_field
from competitions.forms.competition_part_base import PartForm

MOST_PLACES = 6
TOTALS = (
    ("weighted_percent", gettext_lazy("Rounds out of 100, by their weight")),
    ("sum_of_points", gettext_lazy("Sum of the points of all rounds")),
)
OVERS = (
    ("criteria", gettext_lazy("Each criterion, then their sum")),
    ("judge_totals", gettext_lazy("The total of each judge")),
)
METHODS = (
    ("mean", gettext_lazy("Mean")),
    ("median", gettext_lazy("Median")),
    ("trimmed_mean", gettext_lazy("Mean without the highest and lowest")),
    ("rank_sum", gettext_lazy("Sum of ranks")),
    ("t_score", gettext_lazy("T scores of each judge")),
)
LIMIT_UNITS = (("percent", "%"), ("points", gettext_lazy("points")))
SUBMITTED, JOINT = gettext_lazy("Earlier submission"), gettext_lazy("Joint place")
LONGEST_LEVELS = 5000


class RuleForm(PartForm):
    """Its record is a mapping: scoring, one_prize_per_person and the steps of the tie chain in words."""

    name = "rule"
    default = {"scoring": ScoringRecord(), "one_prize_per_person": False, "tie_words": ()}

    total = forms.ChoiceField(label=gettext_lazy("Total"), choices=TOTALS, required=False)
    places = whole_field(
        gettext_lazy("Decimals of the total"),
        most=MOST_PLACES,
        required=False,
        help_text=gettext_lazy("Rounded half up, then ranked. Empty: ranked exactly."),
    )
    tie_break = LinesField(
        label=gettext_lazy("When totals are equal"),
        help_text=gettext_lazy(
            "One step on each line, tried in order: the name of a criterion or of a round, "
            "“Earlier submission” or “Joint place”. Empty: equal totals share a place."
        ),
    )
    one_prize_per_person = forms.BooleanField(
        label=gettext_lazy("One prize a person"),
        required=False,
        help_text=gettext_lazy("Who made several entries keeps the highest prize; the next entry moves up."),
    )

    def initial_of(self, record):
        scoring = record["scoring"]
        return {
            "total": scoring.total,
            "places": scoring.places,
            "tie_break": record["tie_words"],
            "one_prize_per_person": record["one_prize_per_person"],
        }

    def written(self):
        given = self.cleaned_data
        total = given["total"] or "weighted_percent"
        return {
            "scoring": ScoringRecord(total=total, places=given["places"]),
            "one_prize_per_person": given["one_prize_per_person"],
            "tie_words": given["tie_break"],
        }


def rule_part(record):
    """What the form of the rule begins with."""
    return {
        "scoring": record.scoring,
        "one_prize_per_person": record.one_prize_per_person,
        "tie_words": tuple(_step_words(step, record.rounds) for step in record.scoring.tie_break),
    }


def _step_words(step, rounds):
    if step in {"joint", "submitted"}:
        return str(JOINT if step == "joint" else SUBMITTED)
    names = {code: name for name, code in _known_steps(rounds)}
    return names.get(step, step)


def _known_steps(rounds):
    """Return [(name, step)]; a criterion's name alone where only one round has it."""
    criteria = [(row, each) for row in rounds for each in row.criteria]
    names = [each.name for _row, each in criteria]
    codes = [each.code for _row, each in criteria]
    found = [(row.name, f"round:{row.code}") for row in rounds]
    for row, each in criteria:
        code = each.code if codes.count(each.code) == 1 else f"{row.code}/{each.code}"
        name = each.name if names.count(each.name) == 1 else f"{row.name}/{each.name}"
        found.append((name, f"criterion:{code}"))
    return found


def tie_steps(lines, rounds):
    """Return (steps, lines nobody knows) of a tie chain written in words or codes."""
    known = {spaceless(str(JOINT)): "joint", spaceless(str(SUBMITTED)): "submitted"}
    known |= {"joint": "joint", "submitted": "submitted"}
    for name, step in _known_steps(rounds):
        known.setdefault(spaceless(name), step)
        known.setdefault(spaceless(step), step)
    steps = [known.get(spaceless(line)) for line in lines]
    unknown = [line for line, step in zip(lines, steps, strict=True) if step is None]
    return tuple(dict.fromkeys(filter(None, steps))), unknown


def known_names(rounds):
    return ", ".join([*(name for name, _step in _known_steps(rounds)), str(SUBMITTED), str(JOINT)])


class LevelsField(LongText):
    """Levels of a criterion, one on each line: points, a colon, what they stand for."""

    def __init__(self, **options):
        super().__init__(most=LONGEST_LEVELS, rows=3, required=False, **options)

    def prepare_value(self, value):
        if isinstance(value, (list, tuple)):
            return "\n".join(f"{plain_text(Decimal(each['points']))}: {each['text']}" for each in value)
        return value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), self.prepare_value(data))

    def clean(self, value):
        return tuple(self._level(line) for line in super().clean(value).split("\n") if line.strip())

    def _level(self, line):
        points, colon, text = line.partition(":")
        try:
            number = Decimal(points.strip())
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or number < 0 or not colon or not text.strip():
            raise forms.ValidationError(
                _(
                    "“%(line)s” is not a level. Write points, a colon and what they stand for: 40: ready to use."
                ),
                params={"line": line.strip()[:60]},
            )
        return LevelRecord(points=number, text=text.strip())


def aggregate_of(row):
    trimmed = row["method"] == "trimmed_mean"
    return AggregateRecord(
        over=row["over"] or "criteria",
        method=row["method"] or "mean",
        drop_high=(row["drop_high"] or 0) if trimmed else 0,
        drop_low=(row["drop_low"] or 0) if trimmed else 0,
    )


def floor_of(row):
    if row["floor"] is None:
        return None
    return LimitRecord(**{row["floor_unit"] or "percent": row["floor"]})


def advance_of(row):
    if row["advance_top"] is None and row["advance_percent"] is None:
        return None
    return AdvanceRecord(
        top=row["advance_top"], percent=row["advance_percent"], per_track=row["advance_per_track"]
    )


def shown_rule(record):
    """What the fields of a round's rule begin with."""
    floor, advance = record.floor or LimitRecord(), record.advance or AdvanceRecord()
    unit = "points" if floor.points is not None else "percent"
    return {
        "over": record.aggregate.over,
        "method": record.aggregate.method,
        "drop_high": record.aggregate.drop_high or None,
        "drop_low": record.aggregate.drop_low or None,
        "floor": floor.points if floor.points is not None else floor.percent,
        "floor_unit": unit,
        "advance_top": advance.top,
        "advance_percent": advance.percent,
        "advance_per_track": advance.per_track,
        "only_decides": not record.carries,
    }
