from accounts.errors import Refusal


class GroupFull(Refusal):
    """Nobody can be added until somebody leaves or the capacity is raised."""


class NotAMember(Refusal):
    """The person takes no part in the group now."""


class AlreadyMember(Refusal):
    """The person takes part already."""


class NoSuchAccount(Refusal):
    """Nobody has an account with that address."""
