"""The title of an entry on paper for judges: in a blind round the checked copy's, and without one the code."""

from competitions.actions.rounds.candidates import shown_case


def with_titles(entries, round_):
    """[(entry, title)]. Needs entry.snapshot with its redaction."""
    return [(entry, title_of(entry, is_blind=round_.blind)) for entry in entries]


def title_of(entry, *, is_blind):
    return shown_case(entry, hides_names=True)["title"] or entry.code if is_blind else entry.title
