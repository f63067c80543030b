"""JSON read strictly: exact numbers, no repeated names, no NaN."""

import json
from decimal import Decimal
from typing import Any

from casebook.content.markers import N_
from casebook.imports.encodings import decode
from casebook.imports.problems import refuse_table


class _Repeated(ValueError):
    """A name stands twice in one object."""


def parse_json(raw: bytes) -> tuple[Any, str]:
    """Return the value and the encoding; numbers with a point come as Decimal. Raises TableRefused."""
    text, encoding = decode(raw)
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        msgid = N_("This is not valid JSON at sign %(place)s: %(reason)s.")
        raise refuse_table(msgid, line=error.lineno, place=error.colno, reason=error.msg) from error
    except _Repeated as error:
        raise refuse_table(N_("The name “%(name)s” stands twice in one object."), name=str(error)) from error
    except (ValueError, RecursionError) as error:
        raise refuse_table(N_("The JSON nests too deeply or holds a number no computer can keep.")) from error
    return value, encoding


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1))
    return named


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
