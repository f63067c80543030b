"""The single fields of a prompt's form, and how their values stand in its content."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casebook.content import choices
from casebook.content.labels import FIELD_LABELS

ADVICE = ("temporary_chat", "training_off", "on_device", "deidentify", "no_upload")
MODEL = ("name", "temperature", "top_p", "max_tokens")
LINES = ("verification_checklist", "legal_basis")
NOT_CHOSEN = ("", _("Not chosen"))


def prompt_fields(work_fields):
    """All fields by name. work_fields: (code, label) pairs; whatever is too long, the content's rules say."""
    return {
        "title": _line("title"),
        "summary": _area("summary", 2, _("One sentence: what it is for.")),
        "command": _line(
            "command",
            _(
                "A name to call it by in other tools: small letters, digits and hyphens. "
                "Offered from the title."
            ),
        ),
        "work_field": _choice("work_field", [NOT_CHOSEN, *work_fields]),
        "task_type": _choice("task_type", [NOT_CHOSEN, *choices.TASK_TYPES.items()]),
        "audience": _line("audience", _("Who uses it, such as “complaint officers in their first year”.")),
        "purpose": _area("purpose", 3, _("When one reaches for it, and what it replaces.")),
        "reusable": _tick("reusable", _("Other prompts may hold its text as a part.")),
        "output_format": _area("output_format", 3, _("Length, headings, tone: what the answer looks like.")),
        "example_input": _area(
            "example_input", 4, _("Made-up details only. Never a real person or a real case.")
        ),
        "example_output": _area("example_output", 6),
        "model-name": _line("name", label=_("Tried with this model")),
        "model-temperature": _line("temperature", _("0 is steady, 1 is lively.")),
        "model-top_p": _line("top_p"),
        "model-max_tokens": _line("max_tokens"),
        "output_schema": _area("output_schema", 4),
        "sensitivity": _radio(
            "sensitivity", choices.SENSITIVITIES, _("The most sensitive thing one enters.")
        ),
        "channel": _radio(
            "channel",
            choices.CHANNELS,
            _("Confidential or personal information never goes to a public AI service."),
        ),
        "advice": forms.MultipleChoiceField(
            label=_label("advice"),
            choices=[(name, _(FIELD_LABELS[name])) for name in ADVICE],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "prohibited_inputs": _area("prohibited_inputs", 3),
        "verification_checklist": _area("verification_checklist", 4, _("One point a line.")),
        "known_limitations": _area("known_limitations", 3),
        "trust": _choice("trust", [NOT_CHOSEN, *choices.TRUST_LEVELS.items()]),
        "legal_basis": _area("legal_basis", 2, _("One law or rule a line.")),
        "ai_disclosure": _area("ai_disclosure", 2, _("The sentence that tells readers an AI helped.")),
        "licence": _choice("licence", choices.LICENCES.items()),
        "ai_mark": _tick("ai_mark"),
        "attribution": _area("attribution", 2, _("Whom to name when it is used again.")),
        "tags": _line("tags", _("Separated by commas.")),
        "note": forms.CharField(
            label=_("What changed"),
            help_text=_("In one sentence, for whoever uses the earlier version. Needed from version 2 on."),
            max_length=500,
            required=False,
        ),
    }


def flat(content):
    """The stored content as the values of these fields."""
    plain = (
        "title summary command work_field task_type audience purpose reusable output_format example_input "
        "example_output output_schema sensitivity channel prohibited_inputs known_limitations trust "
        "ai_disclosure licence ai_mark attribution"
    )
    values = {name: content.get(name, "") for name in plain.split()}
    values |= {name: "\n".join(content.get(name, [])) for name in LINES}
    values["tags"] = ", ".join(content.get("tags", []))
    values["advice"] = [name for name, given in content.get("advice", {}).items() if given]
    model = content.get("model") or {}
    return values | {f"model-{name}": model.get(name) or "" for name in MODEL}


def nested(values):
    """The values of these fields as they stand in a content, before it is cleaned."""
    content = {
        name: value for name, value in values.items() if name not in ("note", "advice") and "-" not in name
    }
    content["advice"] = {name: name in values.get("advice", ()) for name in ADVICE}
    content["model"] = {name: values.get(f"model-{name}", "") for name in MODEL}
    return content


def _label(name):
    return _(FIELD_LABELS[name])


def _line(name, help_text="", *, label=None):
    return forms.CharField(label=label or _label(name), help_text=help_text, required=False)


def _area(name, rows, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=_label(name), help_text=help_text, widget=widget, required=False)


def _tick(name, help_text=""):
    return forms.BooleanField(label=_label(name), help_text=help_text, required=False)


def _choice(name, options):
    return forms.ChoiceField(label=_label(name), choices=_translated(options), required=False)


def _radio(name, options, help_text):
    return forms.ChoiceField(
        label=_label(name),
        help_text=help_text,
        choices=_translated(options.items()),
        widget=forms.RadioSelect,
        required=False,
    )


def _translated(options):
    return [(code, _(label) if isinstance(label, str) and label else label) for code, label in options]
