"""How addresses are compared when conflicts are looked for; names, as everywhere, by `spaceless`."""


def address(email):
    """An e-mail address for comparing: any case; dots and +tags stay, for they may be other people's."""
    return email.strip().casefold()
