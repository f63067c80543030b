"""How the form of an entry is laid out: steps, and the fields of each."""

from django.utils.translation import gettext_lazy as _

from competitions.forms.entry_fields import case_fields
from competitions.forms.entry_questions import name_of_consent

STEPS = {
    "who": _("Entrant and track"),
    "prompts": _("Prompts"),
    "case": _("Case and effect"),
    "files": _("Questions, links and files"),
    "review": _("Review and submit"),
}


class EntrySections:
    """For the template; mixed into EntryForm."""

    @property
    def steps(self):
        """[{"name", "label", "number"}] of the steps this call has."""
        names = [name for name in STEPS if name != "files" or self.call.asks_more]
        return [
            {"name": name, "label": STEPS[name], "number": number} for number, name in enumerate(names, 1)
        ]

    @property
    def number_of(self):
        return {step["name"]: step["number"] for step in self.steps}

    @property
    def current_step(self):
        """Name of the first step that still lacks something; the effect and what is not asked may stay empty."""
        needed = {
            "who": [name for name in self.fields if name == "track" or name.startswith("declared-")],
            "prompts": ["prompts-0-title", "prompts-0-user"],
            "case": [f"case-{name}" for name in case_fields()],
            "files": [name for name, _question in self._asked_now() if self.fields[name].required],
        }
        lacking = (step for step, names in needed.items() if not all(self[name].value() for name in names))
        return next(lacking, "review")

    def _asked_now(self):
        code = self["track"].value() if "track" in self.fields else None
        named = [(f"answers-{question.code}", question) for question in self.call.questions]
        return [
            (name, question)
            for name, question in named
            if name in self.fields and (not question.tracks or code in question.tracks)
        ]

    @property
    def track_choices(self):
        """(option, track) of the choice of a track."""
        return list(zip(self["track"], self.tracks, strict=True)) if "track" in self.fields else []

    @property
    def about_entrant(self):
        return self._fields("declared-")

    @property
    def first_questions(self):
        """What must be answered before anything can be saved, so it stands in the first step."""
        return self._questions(lambda question: question.required == "draft")

    @property
    def questions(self):
        return self._questions(lambda question: question.required != "draft")

    def _questions(self, belongs):
        names = {track.code: track.name for track in self.tracks}
        return [
            {
                "field": self[f"answers-{question.code}"],
                "codes": " ".join(question.tracks),
                "tracks": [names.get(code, code) for code in question.tracks],
            }
            for question in self.call.questions
            if question.kind != "file" and belongs(question)
        ]

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
        """(term, field) in the order of the call."""
        return [(term, self[name_of_consent(term)]) for term in self.call.terms]

    def _fields(self, prefix):
        return [self[name] for name in self.fields if name.startswith(prefix)]
