"""YAML written so that every reader, old or new, reads the same words: lines as blocks, odd signs escaped."""

import re
from typing import Any

import yaml

from casebook.interchange.safe_yaml import Plain

# Words that some reader takes for a number, a flag or a date; signs that some reader takes for a line end.
_RISKY = re.compile(r"[-+.\d~=<]|(?:true|false|yes|no|on|off|y|n|null|none)$", re.IGNORECASE)
_ODD = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000-\ufdff\ufe10-\ufefe\uff00-\ufffd]"
)
_RULES = re.compile(r"-{3}|\+{3}")
_RUNS = re.compile(r"-{3,}|\+{3,}")
_CODES = {"-": "\\x2d", "+": "\\x2b"}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _plain(dumper: yaml.SafeDumper, text: Plain) -> yaml.ScalarNode:
    whole = re.fullmatch(r"-?\d+", text)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", str(text))


def _style(text: str) -> str | None:
    if _ODD.search(text) or _RULES.search(text):
        return '"'
    if "\n" in text:
        ragged = text != text.strip() or re.search(r"[ \t]\n|\t", text)
        return '"' if ragged else "|"
    return '"' if _RISKY.match(text) else None


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Plain, _plain)


def dump(value: Any) -> str:
    """Return the value as YAML that holds neither --- nor +++, which would end a front matter."""
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    # Texts with such rules stand in double quotes (_style), where any sign may be escaped.
    return _RUNS.sub(_parted, text)


def _parted(run: re.Match[str]) -> str:
    sign, length = run[0][0], len(run[0])
    return (sign + _CODES[sign]) * (length // 2) + sign * (length % 2)


def number(text: str | None) -> Plain | None:
    """Decimal text as a YAML number."""
    if text is None:
        return None
    return Plain(text)
