"""What the pages of an entry share."""

from competitions.models import Entry
from competitions.states import CompetitionState, EntryState

UNTIL_PUBLISHED = {EntryState.AWARDED, EntryState.NOT_AWARDED}


def own_entry(user, competition):
    """The person's entry that counts in a competition, or None."""
    mine = Entry.objects.visible_to(user).filter(competition=competition)
    return mine.exclude(state=EntryState.WITHDRAWN).first()


def shown_state(entry):
    """The state as its entrant may know it: awards are no news before the results are published."""
    state = EntryState(entry.state)
    if state in UNTIL_PUBLISHED and entry.competition.state != CompetitionState.PUBLISHED:
        return EntryState.ACCEPTED
    return state


def differences(form, saved):
    """(label, typed text, saved text) of each field that differs; `saved` is the form of what is saved."""
    names = [
        name
        for name in dict.fromkeys([*form.fields, *saved.fields])
        if not _is_bookkeeping(form, saved, name)
    ]
    pairs = [(name, _value(form, name), _value(saved, name)) for name in names]
    return [(_label(form, saved, name), typed, kept) for name, typed, kept in pairs if typed != kept]


def _is_bookkeeping(form, saved, name):
    field = form.fields.get(name) or saved.fields[name]
    return field.widget.is_hidden or getattr(field.widget, "input_type", "") == "checkbox"


def _label(form, saved, name):
    return (form.fields.get(name) or saved.fields[name]).label


def _value(form, name):
    value = form[name].value() if name in form.fields else ""
    return str(value or "").replace("\r\n", "\n")
