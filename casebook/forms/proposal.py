"""The form in which a change is proposed: the fields of one content that colleagues may change."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from casebook.blanks import blanks_in, complete_variables, unused_variables
from casebook.content import ContentRefused, clean_prompt
from casebook.content.choices import ROLES
from casebook.content.labels import FIELD_LABELS

LINE_FIELDS = {"title": 200, "summary": 300}
TEXT_FIELDS = ("purpose", "output_format", "example_input", "example_output")
LATER_TEXT_FIELDS = ("prohibited_inputs", "known_limitations")
LIST_FIELDS = ("verification_checklist",)
BLANK_FIELDS = ("label", "help")


class ProposalForm(forms.Form):
    """Built from a content. `cleaned_data["content"]` is that content with what was typed, cleaned."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, content, *args, noted=True, **kwargs):
        self.content = content
        kwargs["initial"] = {"idempotency_key": uuid4(), **_initial(content), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, limit in LINE_FIELDS.items():
            self.fields[name] = forms.CharField(
                label=_(FIELD_LABELS[name]), max_length=limit, required=name == "title"
            )
        for index, message in enumerate(content["messages"]):
            self.fields[f"message-{index}"] = _area(self._message_label(message), rows=8, strip=False)
        for name in (*TEXT_FIELDS, *LIST_FIELDS, *LATER_TEXT_FIELDS):
            self.fields[name] = _area(_(FIELD_LABELS[name]), help_text=_help(name))
        for index, variable in enumerate(content["variables"]):
            for part in BLANK_FIELDS:
                name = f"{variable['key']} › {_(FIELD_LABELS[part])}"
                self.fields[f"blank-{index}-{part}"] = forms.CharField(label=name, required=False)
        if noted:
            self.fields["note"] = forms.CharField(
                label=_("What changes and why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
            )

    def _message_label(self, message):
        name = FIELD_LABELS["messages"]
        label = _(name)
        return label if len(self.content["messages"]) == 1 else f"{label} ({_(ROLES[message['role']])})"

    def clean(self):
        values = super().clean()
        try:
            values["content"] = changed_content(self.content, values)
        except ContentRefused as refused:
            for problem in refused.problems:
                self.add_error(self._field_of(problem.path), problem.text(_))
        return values

    def _field_of(self, path):
        """The field that holds a path of the content; None, the form as a whole, when there is none."""
        parts = path.split(".")
        names = {"messages": "message-{1}", "variables": "blank-{1}-{2}"}
        pattern = names.get(parts[0], "{0}")
        name = pattern.format(*parts, "", "")
        return name if name in self.fields else None


def changed_content(content, values):
    """Return the content with the values of the form, cleaned; blanks follow the text. Raises ContentRefused."""
    changed = {
        name: values.get(name, "") for name in (*LINE_FIELDS, *TEXT_FIELDS, *LATER_TEXT_FIELDS, *LIST_FIELDS)
    }
    changed["messages"] = [
        message | {"content": values.get(f"message-{index}", "")}
        for index, message in enumerate(content["messages"])
    ]
    variables = [
        variable | {part: values.get(f"blank-{index}-{part}", "") for part in BLANK_FIELDS}
        for index, variable in enumerate(content["variables"])
    ]
    changed["variables"] = _fitting(content, changed["messages"], variables)
    return clean_prompt({**content, **changed})


def _fitting(content, messages, variables):
    """Declare blanks that came into the text and drop those that went out of it."""
    gone = set(blanks_in(content["messages"])) & set(unused_variables(messages, variables))
    return [each for each in complete_variables(messages, variables) if each["key"] not in gone]


def _initial(content):
    values = {name: content[name] for name in (*LINE_FIELDS, *TEXT_FIELDS, *LATER_TEXT_FIELDS)}
    values |= {name: "\n".join(content[name]) for name in LIST_FIELDS}
    values |= {f"message-{index}": message["content"] for index, message in enumerate(content["messages"])}
    for index, variable in enumerate(content["variables"]):
        values |= {f"blank-{index}-{part}": variable[part] for part in BLANK_FIELDS}
    return values


def _area(label, *, rows=3, help_text="", strip=True):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text, strip=strip)


def _help(name):
    return _("One point a line.") if name in LIST_FIELDS else ""
