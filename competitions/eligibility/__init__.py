"""Who may enter: a call's limits held against facts about a person or a team. Pure, needs no Django.

`check` and `check_team` return findings, kept untranslated; `words` says the limits as sentences.
"""

from competitions.eligibility.person import check
from competitions.eligibility.records import Finding, PersonFacts
from competitions.eligibility.sentences import words
from competitions.eligibility.team import check_team

__all__ = ["Finding", "PersonFacts", "check", "check_team", "words"]
