"""What a program is told about a prompt and its blanks, in sentences for the person in front of it."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casebook.content import choices
from casebook.content.labels import FIELD_LABELS
from casebook.models import PromptVersion

LONGEST_EXAMPLE = 200


def description(version, fill):
    """Summary first, then what one must know before use."""
    content = version.content
    lines = [content["summary"], _outdated(version)]
    if fill.sensitivity != "open":
        lines.append(_line("sensitivity", _(choices.SENSITIVITIES[fill.sensitivity])))
    lines += [
        _line("channel", fill.channel_label),
        _line("prohibited_inputs", fill.prohibited),
        _line("advice", ", ".join(fill.advice)),
    ]
    return "\n".join(line for line in lines if line)


def _outdated(version):
    if version.label != PromptVersion.Label.DEPRECATED:
        return ""
    if version.replacement is None:
        return _("This prompt is no longer recommended.")
    return _("This prompt is no longer recommended. Use instead: %(name)s") % {
        "name": version.replacement.slug
    }


def _line(field, text):
    return f"{_(FIELD_LABELS[field])}: {text}" if text else ""


def blank_description(blank):
    parts = [blank.help, _kind(blank)]
    if blank.max_length:
        parts.append(_("At most %(count)s characters.") % {"count": blank.max_length})
    if blank.example:
        example = Truncator(blank.example).chars(LONGEST_EXAMPLE)
        parts.append(_("Example: %(text)s") % {"text": example})
    return " ".join(part for part in parts if part)


def _kind(blank):
    options = ", ".join(choice.value for choice in blank.choices)
    if blank.kind == "multiselect":
        return _("Any of these, with commas between them: %(options)s.") % {"options": options}
    if options:
        return _("One of: %(options)s.") % {"options": options}
    return {"number": _("A number."), "date": _("A date as 2026-05-12.")}.get(blank.kind, "")


def steps_text(steps):
    """A prompt of several steps as a plan; each step is asked for by its own name."""
    head = _("This task has %(count)s steps. Ask prompts/get for each and finish it before the next.")
    return "\n".join([head % {"count": len(steps)}, *map(_step, steps)])


def _step(step):
    if step.version is None:
        return _("%(number)s. %(title)s (its prompt is not published here)") % {
            "number": step.number,
            "title": step.title,
        }
    line = f"{step.number}. {step.title} — {step.version.record.slug}@{step.version.number}"
    return "\n   ".join([line, " ".join(filter(None, [step.gate_label, step.check]))])
