"""What is known of a person, and what is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """kinds: of call_records.WHO. department: its code. groups: slugs. emails: confirmed addresses.

    district and birth_year are what the person declared; "" and None: nothing.
    """

    kinds: frozenset[str] = frozenset()
    department: str = ""
    groups: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    district: str = ""
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A limit that is not met. is_certain: false when only the exact birthday could tell."""

    code: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    is_certain: bool = True

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % dict(self.params)
