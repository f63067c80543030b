"""What the page of one copy sends: texts by their places, wrong masks, files, one more word, and who saw which."""

from competitions.actions.judging.redacting import AS_TEXT, HELD, SHOWN
from competitions.actions.judging.redaction_edits import Change

FILE_VALUES = {"whole": SHOWN, "text": AS_TEXT, "held": HELD}
TEXT, FILE = "text-", "file-"
LARGEST = 2**31 - 1


def change_of(given):
    """given: request.POST. A place or file that the copy does not have is passed over when it is stored."""
    texts = {name.removeprefix(TEXT): value for name, value in given.items() if name.startswith(TEXT)}
    files = {
        int(number): FILE_VALUES[value]
        for name, value in given.items()
        if name.startswith(FILE) and (number := name.removeprefix(FILE)).isdecimal() and value in FILE_VALUES
    }
    return Change(
        revision=seen_revision(given),
        texts=texts,
        unmasked=frozenset(mask_of(value) for value in given.getlist("wrong")),
        files=files,
        word=given.get("word", ""),
        is_checked=given.get("act") == "check",
    )


def seen_revision(given):
    """0, which no copy has, for what is no number."""
    text = given.get("revision", "")
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def mask_of(value):
    """(what, text) of a ticked mask."""
    what, _colon, text = value.partition(":")
    return what, text.replace("\r\n", "\n")
