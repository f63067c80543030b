from accounts.errors import Refusal


class CasebookError(Refusal):
    """An act on a prompt or a case is refused."""
