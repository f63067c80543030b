"""What a prompt and a case say: one fixed shape each, cleaned and hashed. See docs/formats.md."""

from casebook.content.canonical import canonical_json, content_sha256
from casebook.content.case import CASE, clean_case
from casebook.content.effect import hours_saved_per_month
from casebook.content.problems import ContentRefused, Problem
from casebook.content.prompt import PROMPT, clean_prompt

__all__ = [
    "CASE",
    "PROMPT",
    "ContentRefused",
    "Problem",
    "canonical_json",
    "clean_case",
    "clean_prompt",
    "content_sha256",
    "hours_saved_per_month",
]
