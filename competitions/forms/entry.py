"""The form of an entry: one form, every field in a step, savable at any time."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from accounts.kept_text import KeptText
from competitions.entry_content import MAX_PROMPTS, MAX_TASKS, MAX_TOTAL, too_long
from competitions.forms.entry_content import flat, nested
from competitions.forms.entry_faults import EntryFaults
from competitions.forms.entry_fields import case_fields, effect_fields, prompt_fields, task_fields
from competitions.forms.entry_questions import (
    declared_fields,
    link_fields,
    name_of_consent,
    question_fields,
    term_fields,
)
from competitions.forms.entry_sections import EntrySections

KEPT_ENTRY = KeptText("kept_entry", salt="entry-writer", most=MAX_TOTAL)
TEAM_MAX_LENGTH = 100


class EntryForm(EntrySections, EntryFaults, forms.Form):
    """Bound or not, it holds as many prompts and tasks as the data, or the draft, ask for."""

    use_required_attribute = False
    track = forms.ChoiceField(label=gettext_lazy("Track"), widget=forms.RadioSelect, required=False)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("Only when you enter as a team."),
        max_length=TEAM_MAX_LENGTH,
        required=False,
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    prompt_count = forms.CharField(widget=forms.HiddenInput, required=False)
    task_count = forms.CharField(widget=forms.HiddenInput, required=False)
    writer = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, writer, call, entry=None):
        self.call, self.tracks, self.entry = call, call.tracks, entry
        self.draft = entry.draft if entry else {}
        self.is_led_here = entry is None or entry.entrant_id == writer.pk
        counts = data or {
            "prompt_count": len(self.draft.get("prompts") or []),
            "task_count": _tasks(self.draft),
        }
        self.prompt_count = _between(counts.get("prompt_count"), 1, MAX_PROMPTS)
        self.task_count = _between(counts.get("task_count"), 1, MAX_TASKS)
        super().__init__(data, initial=flat(self.draft) | self._bookkeeping(entry, writer))
        self._add_fields()

    def _bookkeeping(self, entry, writer):
        chosen = self.draft.get("entry") or {}
        only = self.tracks[0].code if len(self.tracks) == 1 else None
        declared = {f"declared-{name}": value for name, value in (entry.declared if entry else {}).items()}
        return declared | {
            "track": chosen.get("track") or (entry.track.code if entry and entry.track else only),
            "team": chosen.get("team") or (entry.team if entry else ""),
            "idempotency_key": (entry and entry.idempotency_key) or uuid4(),
            "revision": entry.revision if entry else 0,
            "prompt_count": self.prompt_count,
            "task_count": self.task_count,
            "writer": KEPT_ENTRY.mark_of(writer),
            # Given for this entry before; each can be taken back by withdrawing.
            **{name_of_consent(term): bool(entry and entry.snapshot_id) for term in self.call.terms},
        }

    def _add_fields(self):
        self.fields["track"].choices = [(track.code, track.name) for track in self.tracks]
        if not self.tracks:
            del self.fields["track"]
        if self.is_led_here:
            self.fields |= declared_fields(self.call)
        for row in range(self.prompt_count):
            self._add(f"prompts-{row}-", prompt_fields())
        self._add("case-", case_fields())
        for row in range(self.task_count):
            self._add(f"case-before_after-{row}-", task_fields())
        self._add("case-effect-", effect_fields())
        self.fields |= question_fields(self.call.questions) | link_fields(self.call.files.links)
        # A consent is given beside the button, at the end of the page, outside the form's own element.
        for name, field in term_fields(self.call.terms).items():
            field.widget.attrs["form"] = "entry-form"
            self.fields[name] = field

    def _add(self, prefix, fields):
        self.fields |= {f"{prefix}{name}": field for name, field in fields.items()}

    @property
    def can_add_prompt(self):
        return self.prompt_count < MAX_PROMPTS

    @property
    def can_add_task(self):
        return self.task_count < MAX_TASKS

    # What was written

    def clean(self):
        # Kept here, because an error takes a field's value out of cleaned_data.
        self.rows = {
            "prompts": self._filled("prompts-{}-", self.prompt_count),
            "before_after": self._filled("case-before_after-{}-", self.task_count),
        }
        self.content = nested(self.cleaned_data, base=self.draft, rows=self.rows)
        self.given_consents = [
            term.purpose for term in self.call.terms if self.cleaned_data.get(name_of_consent(term))
        ]
        self.declared = self._declared()
        self.refuse(too_long(self.content))
        return self.cleaned_data

    def _declared(self):
        """What was declared here; None when the form does not ask for it."""
        names = [name for name in self.fields if name.startswith("declared-")]
        values = {name.removeprefix("declared-"): self.cleaned_data.get(name) for name in names}
        if "birth_year" in values:
            values["birth_year"] = self.read_birth_year()
        return {name: value for name, value in values.items() if value} if names else None

    def _filled(self, prefix, count):
        return [row for row in range(count) if self._says_something(prefix.format(row))]

    def _says_something(self, prefix):
        return any(self.cleaned_data[name].strip() for name in self.fields if name.startswith(prefix))

    @property
    def chosen_track(self):
        code = self.cleaned_data.get("track") or (self.tracks[0].code if len(self.tracks) == 1 else None)
        return next((track for track in self.tracks if track.code == code), None)

    @property
    def asked(self):
        """The questions this entry is asked, files left aside."""
        return self.call.asked_in(self.chosen_track)

    def continue_from(self, revision):
        """Let the page, shown again, be saved over this revision."""
        self.data = self.data.copy()
        self.data["revision"] = revision

    def as_if_posted(self, **given):
        """The fields of an unbound form as a browser would send them, with what is given besides."""
        values = {name: self[name].value() for name in self.fields}
        typed = {name: value for name, value in values.items() if value not in (None, "", False)}
        return {name: str(value) for name, value in (typed | given).items()}


def _tasks(draft):
    return len((draft.get("case") or {}).get("before_after") or [])


def _between(text, least, most):
    try:
        return min(max(int(text), least), most)
    except (TypeError, ValueError):
        return least
