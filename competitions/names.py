"""A person's name where only part of it is shown."""


def masked(name):
    """Leave the first letter, and the last of three or more: 김가온 -> 김○온, 김온 -> 김○."""
    name = name.strip()
    if len(name) < 3:
        return name[:1] + "○" * (len(name) - 1)
    return name[0] + "○" * (len(name) - 2) + name[-1]
