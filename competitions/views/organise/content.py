"""An entry's content as labelled texts."""

from django.utils.translation import gettext as _

from casebook.content.labels import FIELD_LABELS

TEXTS = ("summary", "problem", "approach", "data_used", "risks", "failures", "human_review", "prerequisites")


def content_of(entry):
    """Return what was handed in: {"texts": [(label, text)], "steps", "effect", "prompts"}."""
    content = entry.snapshot.content if entry.snapshot else entry.draft
    case = content.get("case", {})
    return {
        "texts": [(_(FIELD_LABELS[name]), case[name]) for name in TEXTS if case.get(name)],
        "steps": [step["text"] for step in case.get("steps", []) if step.get("text")],
        "effect": case.get("effect") or {},
        "prompts": content.get("prompts", []),
    }
