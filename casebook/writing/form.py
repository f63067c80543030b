"""The form of a prompt: single fields, numbered rows, and the way from a problem's path to its place."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from accounts.templatetags.site import error_target
from casebook.actions.drafts import UNTITLED
from casebook.content import ContentRefused, clean_prompt
from casebook.content.labels import FIELD_LABELS
from casebook.writing.command_names import offer_command
from casebook.writing.fields import flat, nested, prompt_fields
from casebook.writing.rows import content_of, declare_blanks, posted_rows, stored_rows

OWN_COMMAND = "-"  # what no title is ever offered
PLACES = {"messages": "text", "variables": "blanks", "parts": "parts", "steps": "steps"}  # without a row
UNSEEN = {"uid": "version"}  # a hidden field's problems show beside this one


class PromptForm(forms.Form):
    """Bound to what was posted, or showing a stored content. `content` is what it says, not cleaned yet."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    command_offered = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, content, work_fields, revision=0, note="", is_new=True):
        """is_new: nobody relies on the prompt yet, so its command may still follow the title."""
        self.base = content
        self.problems = []  # (id of the field, sentence)
        shown = content | {"title": "" if content["title"] == UNTITLED else content["title"]}
        own = _bookkeeping(shown, revision, follows_title=is_new)
        super().__init__(data, initial=flat(shown) | {"note": note} | own)
        chosen = [
            (code, code) for code in [content.get("work_field")] if code and code not in dict(work_fields)
        ]
        self.fields |= prompt_fields([*work_fields, *chosen])
        self.rows = stored_rows(content) if data is None else posted_rows(data)
        if data is None:
            declare_blanks(self.rows)

    # For the template: the fields of each section

    @property
    def about(self):
        return self._named("title summary command work_field task_type audience purpose reusable")

    @property
    def answer(self):
        return self._named("output_format example_input example_output")

    @property
    def model(self):
        return [self[name] for name in self.fields if name.startswith("model-")] + [self["output_schema"]]

    @property
    def safety(self):
        return self._named(
            "sensitivity channel advice prohibited_inputs verification_checklist trust known_limitations "
            "legal_basis ai_disclosure"
        )

    @property
    def rights(self):
        return self._named("licence ai_mark attribution tags")

    def _named(self, names):
        return [self[name] for name in names.split()]

    # What was written

    @property
    def content(self):
        """What the form says: what it does not ask for stays as it was."""
        if self.is_bound:
            self.is_valid()  # makes cleaned_data
        values = self.cleaned_data if self.is_bound else self.initial
        single = {name: values.get(name, "") for name in self.fields if name not in self.base_fields}
        return self.base | nested(single) | content_of(self.rows)

    def clean(self):
        """A command nobody wrote themselves follows the title."""
        values = self.cleaned_data
        if values.get("command", "") == values.get("command_offered", ""):
            values["command"] = offer_command(values.get("title", ""))
        return values

    def cleaned_content(self):
        """The content as a draft stores it, or None with the problems noted at their fields."""
        declare_blanks(self.rows)
        self.problems = [
            (error_target(self[name]), text) for name in self.errors for text in self.errors[name]
        ]
        try:
            content = clean_prompt(self.content, draft=True)
        except ContentRefused as refused:
            self.refuse(refused.problems)
        return None if self.problems else content

    def refuse(self, problems):
        """Note problems of the content beside their fields."""
        if not self.errors and not self.is_bound:
            self.cleaned_data = {}  # which Django looks into when it adds an error
        for problem in problems:
            row, name = self.place(problem.path)
            label = self._label(row, name)
            text = (_(problem.msgid) % {"field": label, **problem.params}).removeprefix(f"{label}: ")
            if row:
                row.errors.setdefault(name, []).append(text)
            else:
                self.add_error(name, text)
            self.problems.append((self.target(problem.path), problem.text(_)))

    def remark(self, remarks):
        """Show an editor's remarks beside the fields they are about; returns those about none."""
        lost = []
        for remark in remarks:
            row, name = self.place(remark["path"])
            if row:
                row.remarks.setdefault(name, []).append(remark["text"])
            elif name:
                field = self.fields[name]
                field.remarks = [*getattr(field, "remarks", []), remark["text"]]
            else:
                lost.append(remark)
        return lost

    def place(self, path):
        """(row or None, name of the field or None) of a content's path."""
        first, *rest = path.split(".")
        if first in self.rows and rest and rest[0].isdecimal():
            group = self.rows[first]
            row = group[int(rest[0])] if int(rest[0]) < len(group) else None
            names = [name for name in rest[1:] if row and name in row.values]
            return row, (names or [next(iter(row.values)) if row else None])[0]
        name = f"model-{rest[0]}" if first == "model" and rest else first
        return None, name if name in self.fields else None

    def target(self, path):
        """The id of the element to go to for a content's path."""
        row, name = self.place(path)
        if row:
            return f"id_{row.prefix}-{UNSEEN.get(name, name)}"
        return error_target(self[name]) if name else PLACES.get(path.split(".")[0], "editor-form")

    def _label(self, row, name):
        if row is None and name:
            return str(self.fields[name].label)
        return _(FIELD_LABELS.get(name, name)) if name else ""


def _bookkeeping(content, revision, *, follows_title):
    offered = offer_command(content["title"]) if follows_title else OWN_COMMAND
    return {"revision": revision, "idempotency_key": uuid4(), "command_offered": offered}
