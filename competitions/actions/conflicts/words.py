"""How names and addresses are compared when conflicts are looked for."""

import unicodedata


def address(email):
    """An e-mail address for comparing: any case; dots and +tags stay, for they may be other people's."""
    return email.strip().casefold()


def plain(name):
    """A name for comparing: one form of Hangul, without spaces, any case."""
    return "".join(unicodedata.normalize("NFC", name).split()).casefold()
