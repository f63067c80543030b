"""What a kind of letter is, and what may be wrong with words somebody wrote for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of letter, with the words it has when an organiser wrote none.

    when, to: sentences. topic: of accounts.models.Topic. places: of PLACES, beside COMMON_PLACES. needed: places the
    law or fairness asks for. lines: of the body, each a message of its own; "" is an empty line.
    """

    code: str
    name: str
    when: str
    to: str
    topic: str
    subject: str
    lines: tuple[str, ...]
    places: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    def words(self, translate: Translate = str) -> tuple[str, str]:
        """Subject and body, in the language of `translate`, with their places still open."""
        return translate(self.subject), "\n".join(line and translate(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Problem:
    """part: subject or body, where the problem is."""

    part: str
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % dict(self.params)
