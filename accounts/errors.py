"""Errors an act can end in. Each is a sentence for the person who asked."""


class Refusal(Exception):
    """The act is refused; the message says why and what to do next."""


class IllegalMove(Refusal):
    """The row is not, or no longer, in a state that allows the act."""
