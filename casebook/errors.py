from accounts.errors import Refusal


class CasebookError(Refusal):
    """An act on a prompt or a case is refused."""


class SavedElsewhere(CasebookError):
    """A draft was saved from another tab or by somebody else; `version` holds what is stored now."""

    def __init__(self, message, *, version):
        self.version = version
        super().__init__(message)
