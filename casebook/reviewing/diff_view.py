"""Differences of two contents as a page shows them: gathered by field, in words, with unchanged lines folded."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casebook.content import CASE, PROMPT
from casebook.content.labels import FIELD_LABELS
from casebook.diff import diff_contents, fold
from casebook.diff.contents import FieldDiff

SHAPES = {"prompt": PROMPT, "case": CASE}
MOST_ROWS = 2_000  # of one field; a browser shows no more in a reasonable time


@dataclass
class Leaf:
    """One field that differs. remark: what a reviewer typed about it."""

    path: str
    label: str
    place: str
    kind: str
    kind_label: str
    old: str
    new: str
    folds: list
    numbered: bool
    cut: int
    remark: str = ""


@dataclass
class Group:
    """A field, or an item of a list with its fields."""

    heading: str
    item: str
    leaves: list = field(default_factory=list)


def difference(old, new, *, kind="prompt", remarks=None):
    """Return the groups of what differs. old: {} when there is nothing to compare with."""
    groups = []
    for each in diff_contents(old, new, SHAPES[kind]):
        heading, label = _names(each)
        if not groups or (groups[-1].heading, groups[-1].item) != (heading, each.item):
            groups.append(Group(heading, each.item))
        groups[-1].leaves.append(_leaf(each, label, (remarks or {}).get(each.path, "")))
    return groups


def count_of(groups):
    return sum(len(group.leaves) for group in groups)


def _names(each: FieldDiff):
    """The heading of the group, and the name of the field inside it when the group holds several."""
    heading, _arrow, label = each.place(_).rpartition(" › ")
    return (heading, label) if heading else (label, "")


def _leaf(each, label, remark):
    old, new = each.words(_)
    rows = each.rows[:MOST_ROWS]
    return Leaf(
        path=each.path,
        label=label,
        place=each.place(_),
        kind=each.kind,
        kind_label=_(each.label),
        old=old,
        new=new,
        folds=fold(rows),
        numbered=len(rows) > 1,
        cut=len(each.rows) - len(rows),
        remark=remark,
    )


def shown_value(path, value):
    """A value of a content as plain text, for showing two texts of a conflict."""
    if isinstance(value, list):
        return "\n".join(shown_value(path, each) for each in value)
    if isinstance(value, dict):
        return "\n".join(f"{_(FIELD_LABELS.get(name, name))}: {each}" for name, each in value.items() if each)
    return "" if value is None else str(value)
