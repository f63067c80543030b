"""Checks the arguments of a call against the blanks of a prompt, as the fill form does in the browser."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import PydanticUserError, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from accounts.privacy import BLOCKING, KINDS, find
from casebook.errors import CasebookError
from casebook.filling.form import yes_or_no

_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"[,;\n]")


def checked_values(blanks, given):
    """Return {key: text to put in} for blanks with a value or a default; others stay as they are written.

    blanks: of a FillForm. Raises CasebookError naming every fault; no sentence holds a value.
    """
    given = {_nfc(key): _nfc(text).strip() for key, text in given.items()}
    _refuse_personal_data(given)
    faults = _unknown(blanks, given)
    values = {}
    for blank in blanks:
        text = given.get(blank.key)
        values[blank.key] = _as_option(blank, text) if text else _default(blank)
        faults += _faults(blank, text, values[blank.key])
    if faults:
        raise CasebookError(" ".join(faults))
    return {key: text for key, text in values.items() if text}


def _refuse_personal_data(given):
    kinds = {finding.kind for text in given.values() for finding in find(text)} & BLOCKING
    if kinds:
        names = ", ".join(_(KINDS[kind]) for kind in KINDS if kind in kinds)
        raise CasebookError(
            _("%(kinds)s found. Remove it or write a neutral word instead; nothing was kept.")
            % {"kinds": names}
        )


def _unknown(blanks, given):
    names = {blank.key for blank in blanks}
    if given.keys() <= names:
        return []
    if not blanks:
        return [_("This prompt has no blanks. Send no arguments.")]
    listed = ", ".join(blank.key for blank in blanks)
    return [_("An argument has no blank of its name. The blanks are: %(names)s.") % {"names": listed}]


def _default(blank):
    if blank.choices:
        return ", ".join(choice.value for choice in blank.choices if choice.chosen)
    return blank.default


def _as_option(blank, text):
    """The value as it is put in: a choice in the prompt's own words, "" for one that is not offered."""
    options = [choice.value for choice in blank.choices]
    if blank.kind == "bool":
        return text if text in options else yes_or_no(text, options)
    if blank.kind == "select":
        return text if text in options else ""
    if blank.kind == "multiselect" and text not in options:
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        return ", ".join(parts) if set(parts) <= set(options) else ""
    return text


def _faults(blank, text, value):
    if not text:
        return [] if value or not blank.required else [_("%(blank)s must be given.") % {"blank": blank.key}]
    if not value:
        offered = ", ".join(choice.value for choice in blank.choices)
        return [_("%(blank)s: choose from %(options)s.") % {"blank": blank.key, "options": offered}]
    checks = (_wrong_kind, _too_long, _wrong_form)
    return [f"{blank.key}: {fault}" for check in checks if (fault := check(blank, value))]


def _wrong_kind(blank, text):
    if blank.kind == "number" and not _NUMBER.fullmatch(text):
        return _("Write a number, such as 1,200 or 3.5.")
    if blank.kind == "date" and not _is_date(text):
        return _("Write a date as 2026-05-12.")
    return ""


def _is_date(text):
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _too_long(blank, text):
    over = len(text) - (blank.max_length or len(text))
    return _("%(count)s characters too long. Shorten it.") % {"count": over} if over > 0 else ""


def _wrong_form(blank, text):
    matcher = _matcher(blank.pattern) if blank.pattern else None
    if matcher is None:
        return ""
    try:
        matcher.validate_python(text)
    except ValidationError:
        return _("This does not have the expected form. See the help and the example.")
    return ""


@lru_cache(maxsize=500)
def _matcher(pattern):
    """Rust's engine, whose time grows with the length only; None for what it does not know (looking around)."""
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$")])
    except (SchemaError, PydanticUserError):
        return None


def _nfc(text):
    return unicodedata.normalize("NFC", text)
