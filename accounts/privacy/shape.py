"""What a shape of personal data is made of; the pieces of patterns that all of them share."""

from dataclasses import dataclass

LEFT, RIGHT = "(?<![0-9])", "(?![0-9])"
OTHER = "[^0-9A-Za-z가-힣]"
SAID = "[ ]?(?:다시|대시|하[이2]픈|빼기|짝대기|에|의)[ ]?"  # how a hyphen is read aloud
GAP = f"(?:{OTHER}{{0,5}}|{SAID})"
SURE_GAP = f"(?:{OTHER}{{1,5}}|{SAID})"


@dataclass(frozen=True)
class Context:
    """Words, one of which must stand within so many characters before or after."""

    words: str
    before: int
    after: int


@dataclass(frozen=True)
class Shape:
    kind: str
    pattern: str
    check: str = ""
    context: str = ""
    aloud: bool = False  # also with digits written as Hangul
    least: int = 0  # digits it takes; a stretch with fewer is passed over


@dataclass(frozen=True)
class Group:
    """Shapes looked for only within `reach` characters of what the seed finds; the seed must be quick."""

    seed: str
    reach: int
    shapes: tuple[Shape, ...]
