"""What is wrong with an entry, said beside the fields of its form."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.content import ContentRefused
from competitions.answers import answer_problems
from competitions.entry_content import clean_entry
from competitions.forms.entry_questions import name_of_consent

MISSING_CONSENT = gettext_lazy("Tick this box to submit; without it the entry cannot be judged.")
EARLIEST_BIRTH = 1900


class EntryFaults:
    """Mixed into EntryForm, whose `content`, `rows`, `chosen_track` and `given_consents` it reads."""

    def check_savable(self):
        """A draft may lack almost everything; what the call needs even to save is said. Returns whether it may be."""
        needed = [question for question in self.asked if question.required == "draft"]
        missing = answer_problems(self.content.get("answers", {}), needed, submitting=False)
        self.refuse([problem for problem in missing if problem.path.split(".", 1)[1] not in self._answered])
        return not self.errors

    @property
    def _answered(self):
        return set(self.content.get("answers", {}))

    def check_finished(self):
        """Say beside each field what a submission still lacks; returns whether nothing does."""
        if self.tracks and not self.chosen_track:
            self.add_error("track", _("Choose the track you enter."))
        for name in [name for name in self.fields if name.startswith("declared-")]:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("The call asks for this. Fill it in to submit."))
        try:
            clean_entry(self.content, questions=self.asked, most_links=self.call.files.links)
        except ContentRefused as refused:
            self.refuse(refused.problems)
        for term in self.call.terms:
            if term.is_required and term.purpose not in self.given_consents:
                self.add_error(name_of_consent(term), MISSING_CONSENT)
        return not self.errors

    def refuse(self, problems):
        for problem in problems:
            name = self.field_of(problem.path)
            sentence = self._sentence(problem, name)
            if sentence not in self.errors.get(name or NON_FIELD_ERRORS, []):
                self.add_error(name, sentence)

    def read_birth_year(self):
        """The declared year as a number, or None; a wrong one is said."""
        text = (self.cleaned_data.get("declared-birth_year") or "").strip()
        if not text:
            return None
        if text.isdecimal() and EARLIEST_BIRTH <= int(text) <= localdate().year:
            return int(text)
        self.add_error(
            "declared-birth_year", _("Write the year of your birth in four figures, such as 1990.")
        )
        return None

    def _sentence(self, problem, name):
        if name is None:
            return problem.text(_)
        label = str(self.fields[name].label)
        return (_(problem.msgid) % {"field": label, **problem.params}).removeprefix(f"{label}: ")

    def field_of(self, path):
        """The name of the field a problem's path belongs to, or None."""
        parts = path.split(".")
        if parts[0] == "prompts" and len(parts) > 1:
            row = self._row("prompts", int(parts[1]))
            name = f"prompts-{row}-{self._prompt_part(int(parts[1]), parts[2:])}"
        elif parts[:2] == ["case", "before_after"] and len(parts) > 3:
            name = f"case-before_after-{self._row('before_after', int(parts[2]))}-{parts[3]}"
        elif parts[0] == "links":
            name = "links"
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
