"""What the pages of an entry share."""

from django.db.models import Exists, OuterRef

from accounts.errors import Refusal
from competitions.actions.entries.window import require_changeable
from competitions.forms.entry import EntryForm
from competitions.forms.entry_call import call_parts
from competitions.models import Competition, ConsentTerm, Entry, FormField, Judge
from competitions.states import ENTRY_MOVES, CompetitionState, EntryState
from competitions.views.entering.standing import with_standing

UNTIL_PUBLISHED = {EntryState.AWARDED, EntryState.NOT_AWARDED}


def own_entry(user, competition):
    """The person's entry that counts in a competition, or None."""
    return own_entries(user, competition).first()


def own_entries(user, competition):
    """All of them that count, the one saved last first; those of their teams too."""
    mine = Entry.objects.visible_to(user).filter(competition=competition)
    return mine.exclude(state=EntryState.WITHDRAWN)


def competitions_to_enter(user):
    """Competitions the person sees, each with what `form_of` asks about its call, and `can_enter` of the person."""
    judging = Judge.objects.filter(competition=OuterRef("pk"), user=user)
    return Competition.objects.visible_to(user).annotate(**_asks("pk"), is_judged_by_user=Exists(judging))


def entries_to_write(user):
    """A person's own entries and those of their teams, with what `form_of` asks about their call."""
    entries = Entry.objects.visible_to(user).annotate(**_asks("competition"))
    return with_standing(entries).select_related("competition", "track", "snapshot", "entrant")


def _asks(competition):
    return {
        "asks_questions": Exists(FormField.objects.filter(competition=OuterRef(competition))),
        "has_terms": Exists(ConsentTerm.objects.filter(competition=OuterRef(competition))),
    }


def form_of(request, competition, *, entry=None, data=None, call=None):
    """The form over an entry, or over a new one. call: CallParts, where they are read already."""
    known = entry or competition
    call = call or call_parts(
        competition,
        asks_questions=getattr(known, "asks_questions", True),
        has_terms=getattr(known, "has_terms", True),
    )
    return EntryForm(data, writer=request.user, call=call, entry=entry)


def can_be_written(entry, *, at):
    """Whether its text may be changed; a draft whose track has closed may still choose another one."""
    if entry.state not in ENTRY_MOVES["submit"][0]:
        return False
    if entry.state != EntryState.RETURNED:
        return entry.competition.is_open(at)
    try:
        require_changeable(entry, entry.competition, at=at)
    except Refusal:
        return False
    return True


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
    return str(value or "").replace("\r\n", "\n").strip()
