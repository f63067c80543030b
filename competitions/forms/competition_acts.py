"""What a form without script asks of the server: more rows, another order, a row out or back, the usual consents."""

from dataclasses import asdict

from competitions.actions.calls.templates import usual_terms
from competitions.forms.competition_rows import MORE_ROWS, ROW_SETS

MORE = 3


def is_act(posted):
    """Whether the person only asked for another view of what is typed."""
    return "more" in posted or "act" in posted


def with_act(posted):
    """Return the posted values as the button pressed makes them."""
    posted = posted.copy()
    if posted.get("more") in ROW_SETS:
        _add_rows(posted, posted["more"])
    act, _dash, place = posted.get("act", "").partition("-")
    name, _dash, number = place.rpartition("-")
    if act == "terms":
        _add_usual_terms(posted)
    elif name in ROW_SETS and number.isdecimal() and int(number[:4]) < _total(posted, name):
        ACTS.get(act, _nothing)(posted, name, int(number[:4]))
    return posted


def _total(posted, name):
    total = posted.get(f"{name}-TOTAL_FORMS", "")
    return min(int(total[:4]), ROW_SETS[name].max_num) if total.isdecimal() else 0


def _add_rows(posted, name):
    total, most = _total(posted, name), ROW_SETS[name].max_num
    if not posted.get(f"{name}-TOTAL_FORMS", "").isdecimal():
        return
    more = min(total + MORE_ROWS.get(name, MORE), most)
    for row in range(total, more):
        _begin_row(posted, name, row)
    posted[f"{name}-TOTAL_FORMS"] = str(more)


def _begin_row(posted, name, row):
    """Send what an empty row shows, or it would look written."""
    for field, value in ROW_SETS[name].form.base_fields.items():
        if value.initial is not None:
            posted.setdefault(f"{name}-{row}-{field}", "on" if value.initial is True else str(value.initial))


def _take_out(posted, name, number):
    posted[f"{name}-{number}-DELETE"] = "on"


def _put_back(posted, name, number):
    posted.pop(f"{name}-{number}-DELETE", None)


def _move(posted, name, number, step):
    rows = _in_order(posted, name)
    place = rows.index(number)
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]
    for order, row in enumerate(rows, start=1):
        posted[f"{name}-{row}-ORDER"] = str(order)


def _in_order(posted, name):
    def place(row):
        order = posted.get(f"{name}-{row}-ORDER", "")
        return int(order[:6]) if order.isdecimal() else row + 1

    return sorted(range(_total(posted, name)), key=lambda row: (place(row), row))


def _nothing(posted, name, number):
    """An act that is not known changes nothing."""


ACTS = {
    "out": _take_out,
    "back": _put_back,
    "up": lambda posted, name, number: _move(posted, name, number, -1),
    "down": lambda posted, name, number: _move(posted, name, number, 1),
}


def _add_usual_terms(posted):
    """Add the consents of the template for residents whose codes are not there yet."""
    total = _total(posted, "terms")
    known = {posted.get(f"terms-{row}-purpose") for row in range(total)}
    posted.setdefault("terms-INITIAL_FORMS", "0")
    for term in usual_terms():
        if term.purpose in known or total >= ROW_SETS["terms"].max_num:
            continue
        values = asdict(term)
        posted.setlist(f"terms-{total}-covers", list(values.pop("covers")))
        if values.pop("is_required"):
            posted[f"terms-{total}-is_required"] = "on"
        for field, value in values.items():
            posted[f"terms-{total}-{field}"] = value
        total += 1
    posted["terms-TOTAL_FORMS"] = str(total)
