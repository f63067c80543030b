"""What is known of who entered, and what was found of it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from casebook.content.markers import N_

MASK = "○○○"  # always as long, so its length says nothing of the name

WHAT = {
    "name": N_("Name"),
    "team": N_("Team"),
    "office": N_("Department"),
    "group": N_("Learning group"),
    "email": N_("E-mail address"),
    "phone": N_("Telephone number"),
    "number": N_("Employee or telephone number"),
    "link": N_("Web address that says who"),
    "word": N_("Added by the organiser"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whoever has part in an entry, as far as it is known. words: what the organiser wants masked beside it."""

    names: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A place of a text that says who entered: path of the text, kind (WHAT), what stands there, from and to."""

    place: str
    what: str
    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return self._asdict()

    @classmethod
    def of_json(cls, given: dict[str, Any]) -> "Mention":
        return cls(**{name: given[name] for name in cls._fields})
