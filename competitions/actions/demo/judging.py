"""The contests that show judging: one in a blind round, one on a stage with a vote, one with candidates."""

from competitions.actions.demo.blind import load_blind
from competitions.actions.demo.candidates import load_candidates
from competitions.actions.demo.committee import fill_pool, make_members
from competitions.actions.demo.files import read
from competitions.actions.demo.stage import load_stage, make_voters


def load_judging(given, *, people, organiser, at):
    """given: committee.yaml. people: {e-mail address: account} of the logins of the demo."""
    fill_pool(given, by=organiser, at=at)
    known = people | {email.partition("@")[0]: person for email, person in people.items()}
    known |= make_members(given, at=at)
    load_blind(read("competition-blind"), people=known, organiser=organiser, at=at)
    voters = make_voters(given["voters"], at=at)
    load_stage(read("competition-stage"), people=known, organiser=organiser, voters=voters, at=at)
    load_candidates(read("competition-candidates"), people=known, organiser=organiser, at=at)
