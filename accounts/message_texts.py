"""The words of a message, in the language of the person who gets it."""

import re

from django.template.loader import render_to_string
from django.utils.translation import override

MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def rendered(person, template, context, *, language=None):
    """Return (subject, body) of a text template: its first line is the subject.

    person: whose language is spoken; None for somebody without an account, then `language`. What the context holds
    is turned into words here, so texts in it have to be lazy.
    """
    with override(language or person.language):
        text = render_to_string(template, {"person": person, **context})
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), MANY_EMPTY_LINES.sub("\n\n", body).strip()
