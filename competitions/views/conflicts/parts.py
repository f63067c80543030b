"""What the page of conflicts lists: rows by filter, how many of each, and the small table of who is kept from what."""

from collections import Counter

from competitions.actions.conflicts.challenges import challenges_of, waiting_among
from competitions.models import Conflict, Judge

FILTERS = {"kind": Conflict.Kind, "ground": Conflict.Ground, "state": Conflict.State}
MOST_ROWS, MOST_COLUMNS = 40, 15  # of the small table
TONES = {"open": "warning", "standing": "danger", "dismissed": "neutral"}


def conflict_rows(competition):
    rows = Conflict.objects.filter(judge__competition=competition)
    return rows.select_related("judge", "entry", "by", "decided_by").defer("entry__draft")


def chosen_filters(request, competition):
    """{"kind", "ground", "state", "judge": value}; what is not known is left out."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    chosen = {name: value for name, value in chosen.items() if value in FILTERS[name].values}
    judge = request.GET.get("judge", "")
    if judge and competition.judges.filter(code=judge).exists():
        return chosen | {"judge__code": judge}
    return chosen


def filter_fields(chosen, counted):
    """[(name, [(value, label with its number, whether chosen)])] of the selects."""
    fields = []
    for name, choices in FILTERS.items():
        numbers = Counter()
        for row in counted:
            numbers[row[name]] += row["n"]
        options = [
            (choice.value, f"{choice.label} ({numbers[choice.value]})", chosen.get(name) == choice.value)
            for choice in choices
        ]
        fields.append((name, options))
    return fields


def judge_options(competition, chosen):
    rows = Judge.objects.filter(competition=competition).values_list("code", "name")
    return [(code, f"{code} {name}", chosen.get("judge__code") == code) for code, name in rows]


def grid(competition):
    """{"judges", "rows": [(entry, [state or ""])], "is_cut"} of conflicts that hold. Two queries."""
    rows = (
        Conflict.objects.effective().filter(judge__competition=competition).select_related("judge", "entry")
    )
    rows = list(rows.defer("entry__draft").order_by("entry__code", "judge__code", "pk")[:2000])
    judges = list({row.judge_id: row.judge for row in sorted(rows, key=lambda row: row.judge.code)}.values())
    entries = list({row.entry_id: row.entry for row in rows}.values())
    held = {(row.entry_id, row.judge_id): row for row in rows}
    columns = judges[:MOST_COLUMNS]
    table = [(entry, [held.get((entry.pk, judge.pk)) for judge in columns]) for entry in entries[:MOST_ROWS]]
    is_cut = len(judges) > MOST_COLUMNS or len(entries) > MOST_ROWS
    return {"judges": columns, "rows": table, "is_cut": is_cut}


def waiting_challenges(competition):
    return waiting_among(list(challenges_of(competition)))
