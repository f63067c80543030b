"""What in a comment may tell of people: personal data, and the names of judges."""

from accounts.privacy import find

JUDGE = "judge"  # beside the kinds of accounts/privacy


def judges_of(competition):
    """Names of the committee. One query."""
    names = (name.strip() for name in competition.judges.values_list("name", flat=True))
    return {name for name in names if len(name) > 1}


def found_in(text, *, judges):
    """Return the kinds of what was found."""
    kinds = {finding.kind for finding in find(text)}
    return kinds | ({JUDGE} if any(name in text for name in judges) else set())
