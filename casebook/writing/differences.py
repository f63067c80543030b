"""Two texts of one draft, field by field, for the person who has to choose."""

from django.utils.translation import gettext as _

from casebook.content import choices
from casebook.content.labels import FIELD_LABELS

CODES = {
    "task_type": choices.TASK_TYPES,
    "sensitivity": choices.SENSITIVITIES,
    "channel": choices.CHANNELS,
    "trust": choices.TRUST_LEVELS,
    "licence": choices.LICENCES,
    "role": choices.ROLES,
    "type": choices.VARIABLE_TYPES,
    "gate": choices.GATES,
}


def differences(mine, stored):
    """[(label, my text, stored text)] of each field that differs, in the order of the content."""
    return [
        (_(FIELD_LABELS[name]), text_of(name, mine.get(name)), text_of(name, stored.get(name)))
        for name in dict.fromkeys([*stored, *mine])
        if mine.get(name) != stored.get(name)
    ]


def text_of(name, value):
    """A value of a content as people read it."""
    if isinstance(value, list):
        return "\n".join(text_of("", item) for item in value)
    if isinstance(value, dict):
        told = [(key, text_of(key, item)) for key, item in value.items()]
        return "\n".join(f"{_(FIELD_LABELS.get(key, key))}: {text}" for key, text in told if text)
    if isinstance(value, bool):
        return _("Yes") if value else ""
    if value in (None, ""):
        return ""
    return _(CODES[name][value]) if value in CODES.get(name, {}) else str(value)
