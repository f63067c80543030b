"""The form of an entry: one page, every field in a section, savable at any time."""

from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.kept_text import KeptText
from casebook.content import ContentRefused
from competitions.actions.entries.consents import ENTRY_CONSENTS
from competitions.entry_content import MAX_PROMPTS, MAX_TASKS, MAX_TOTAL, clean_entry, too_long
from competitions.forms.entry_content import flat, nested
from competitions.forms.entry_fields import (
    case_fields,
    consent_fields,
    effect_fields,
    prompt_fields,
    task_fields,
)

KEPT_ENTRY = KeptText("kept_entry", salt="entry-writer", most=MAX_TOTAL)
SECTIONS = (
    ("who", gettext_lazy("Entrant and track")),
    ("prompts", gettext_lazy("Prompts")),
    ("case", gettext_lazy("What it is used for")),
    ("effect", gettext_lazy("Effect")),
    ("consents", gettext_lazy("Consents and submission")),
)
MISSING_CONSENT = gettext_lazy("Tick this box to submit; without it the entry cannot be judged.")


class EntryForm(forms.Form):
    """Bound or not, it holds as many prompts and tasks as the data, or the draft, ask for."""

    track = forms.ChoiceField(label=gettext_lazy("Track"), widget=forms.RadioSelect, required=False)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("Only when you enter as a team."),
        max_length=100,
        required=False,
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    prompt_count = forms.CharField(widget=forms.HiddenInput, required=False)
    task_count = forms.CharField(widget=forms.HiddenInput, required=False)
    writer = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, writer, tracks, entry=None):
        self.tracks = tracks
        self.draft = entry.draft if entry else {}
        values = flat(self.draft)
        counts = data or {
            "prompt_count": len(self.draft.get("prompts") or []),
            "task_count": _tasks(self.draft),
        }
        self.prompt_count = _between(counts.get("prompt_count"), 1, MAX_PROMPTS)
        self.task_count = _between(counts.get("task_count"), 1, MAX_TASKS)
        super().__init__(data, initial=values | self._bookkeeping(entry, writer))
        self._add_fields()

    def _bookkeeping(self, entry, writer):
        chosen = self.draft.get("entry") or {}
        only = self.tracks[0].code if len(self.tracks) == 1 else None
        return {
            "track": chosen.get("track") or (entry.track.code if entry and entry.track else only),
            "team": chosen.get("team") or (entry.team if entry else ""),
            "idempotency_key": (entry and entry.idempotency_key) or uuid4(),
            "revision": entry.revision if entry else 0,
            "prompt_count": self.prompt_count,
            "task_count": self.task_count,
            "writer": KEPT_ENTRY.mark_of(writer),
            # Given for this entry before; each can be taken back by withdrawing.
            **dict.fromkeys(ENTRY_CONSENTS, bool(entry and entry.snapshot_id)),
        }

    def _add_fields(self):
        self.fields["track"].choices = [(track.code, track.name) for track in self.tracks]
        if not self.tracks:
            del self.fields["track"]
        for row in range(self.prompt_count):
            self._add(f"prompts-{row}-", prompt_fields())
        self._add("case-", case_fields())
        for row in range(self.task_count):
            self._add(f"case-before_after-{row}-", task_fields())
        self._add("case-effect-", effect_fields())
        self._add("", consent_fields())

    def _add(self, prefix, fields):
        self.fields |= {f"{prefix}{name}": field for name, field in fields.items()}

    # For the template

    @property
    def who(self):
        return [self[name] for name in ("track", "team") if name in self.fields]

    @property
    def prompts(self):
        return [self._fields(f"prompts-{row}-") for row in range(self.prompt_count)]

    @property
    def case(self):
        return [self[f"case-{name}"] for name in case_fields()]

    @property
    def tasks(self):
        return [self._fields(f"case-before_after-{row}-") for row in range(self.task_count)]

    @property
    def effect(self):
        return self._fields("case-effect-")

    @property
    def consents(self):
        return [self[name] for name in ENTRY_CONSENTS]

    @property
    def steps(self):
        return [{"label": label, "address": f"#{name}"} for name, label in SECTIONS]

    @property
    def current_step(self):
        """Number of the first step that still lacks something; the effect may stay empty."""
        needed = [
            ["track"] if "track" in self.fields else [],
            ["prompts-0-title", "prompts-0-user"],
            [f"case-{name}" for name in case_fields()],
        ]
        unfinished = (step for step, names in enumerate(needed, 1) if not all(self[n].value() for n in names))
        return next(unfinished, len(SECTIONS))

    @property
    def can_add_prompt(self):
        return self.prompt_count < MAX_PROMPTS

    @property
    def can_add_task(self):
        return self.task_count < MAX_TASKS

    def _fields(self, prefix):
        return [self[name] for name in self.fields if name.startswith(prefix)]

    # What was written

    def clean(self):
        # Kept here, because an error takes a field's value out of cleaned_data.
        self.rows = {
            "prompts": self._filled("prompts-{}-", self.prompt_count),
            "before_after": self._filled("case-before_after-{}-", self.task_count),
        }
        self.content = nested(self.cleaned_data, base=self.draft, rows=self.rows)
        self.given_consents = [purpose for purpose in ENTRY_CONSENTS if self.cleaned_data.get(purpose)]
        self.refuse(too_long(self.content))
        return self.cleaned_data

    def _filled(self, prefix, count):
        return [row for row in range(count) if self._says_something(prefix.format(row))]

    def _says_something(self, prefix):
        return any(self.cleaned_data[name].strip() for name in self.fields if name.startswith(prefix))

    @property
    def chosen_track(self):
        code = self.cleaned_data.get("track") or (self.tracks[0].code if len(self.tracks) == 1 else None)
        return next((track for track in self.tracks if track.code == code), None)

    def check_finished(self):
        """Say beside each field what a submission still lacks; returns whether nothing does."""
        if self.tracks and not self.chosen_track:
            self.add_error("track", _("Choose the track you enter."))
        try:
            clean_entry(self.content)
        except ContentRefused as refused:
            self.refuse(refused.problems)
        for purpose in [purpose for purpose in ENTRY_CONSENTS if purpose not in self.given_consents]:
            self.add_error(purpose, MISSING_CONSENT)
        return not self.errors

    def refuse(self, problems):
        for problem in problems:
            name = self._field_of(problem.path)
            sentence = self._sentence(problem, name)
            if sentence not in self.errors.get(name or NON_FIELD_ERRORS, []):
                self.add_error(name, sentence)

    def continue_from(self, revision):
        """Let the page, shown again, be saved over this revision."""
        self.data = self.data.copy()
        self.data["revision"] = revision

    def _sentence(self, problem, name):
        if name is None:
            return problem.text(_)
        label = str(self.fields[name].label)
        return (_(problem.msgid) % {"field": label, **problem.params}).removeprefix(f"{label}: ")

    def _field_of(self, path):
        parts = path.split(".")
        if parts[0] == "prompts" and len(parts) > 1:
            row = self._row("prompts", int(parts[1]))
            name = f"prompts-{row}-{self._prompt_part(int(parts[1]), parts[2:])}"
        elif parts[:2] == ["case", "before_after"] and len(parts) > 3:
            name = f"case-before_after-{self._row('before_after', int(parts[2]))}-{parts[3]}"
        else:
            name = "-".join(parts)
        return name if name in self.fields else None

    def _row(self, kind, index):
        return self.rows[kind][index] if index < len(self.rows[kind]) else index

    def _prompt_part(self, index, parts):
        if parts == ["title"]:
            return "title"
        message = int(parts[1]) if parts[:1] == ["messages"] and len(parts) > 1 else None
        messages = self.content["prompts"][index]["messages"] if message is not None else []
        system = message is not None and message < len(messages) and messages[message]["role"] == "system"
        return "system" if system else "user"


def _tasks(draft):
    return len((draft.get("case") or {}).get("before_after") or [])


def _between(text, least, most):
    try:
        return min(max(int(text), least), most)
    except (TypeError, ValueError):
        return least
