"""Why an estimate is not given: a sentence that can be translated, with its parts."""

from collections.abc import Mapping


class AdviceRefused(ValueError):
    """The marks do not bear the estimate.

    reason: an English msgid with %(name)s places; params: what fills them.
    """

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason % params)
        self.reason = reason
        self.params: Mapping[str, object] = params


class Disconnected(AdviceRefused):
    """The judges fall into groups that share no entry, so their leanings cannot be compared.

    components: the groups, each a tuple of judges' codes.
    """

    def __init__(self, reason: str, *, components: tuple[tuple[str, ...], ...], **params: object) -> None:
        super().__init__(reason, **params)
        self.components = components


class TooFew(AdviceRefused):
    """Too few judges, entries or sheets."""


class NoSpread(AdviceRefused):
    """All marks are alike, so nothing can be told apart."""


class Separated(AdviceRefused):
    """Somebody only wins or only loses against the others, so no finite strength exists."""
