"""Checks before awards are decided, and before one is taken back."""

from datetime import timedelta

from casebook.content.markers import N_
from competitions.rules.facts import Facts
from competitions.rules.findings import MET, Verdict, missing, waiting

PUBLIC_DAYS = 10
PUBLIC = timedelta(days=PUBLIC_DAYS)
REVOCATION_NOTICE = timedelta(days=10)


def candidates_public(facts: Facts) -> Verdict:
    if facts.verification_from is None:
        return missing(N_("Publish the candidates for reports of misconduct: begin the verification."))
    until = facts.verification_from + PUBLIC
    if facts.now >= until:
        return MET
    return waiting(N_("The candidates stay public for 10 full days, until %(until)s."), until=until)


def verified(facts: Facts) -> Verdict:
    if facts.verification_until is None:
        return missing(N_("Begin the verification; awards are decided after it."))
    if facts.open_reports:
        return missing(N_("Answer the %(count)s reports that are still open."), count=facts.open_reports)
    if facts.now >= facts.verification_until:
        return MET
    return waiting(N_("The verification lasts until %(until)s."), until=facts.verification_until)


def committee_decided(facts: Facts) -> Verdict:
    if not facts.awards_moved:
        return missing(N_("Hold a meeting of the committee and put the awards to the vote."))
    if facts.awards_unmoved:
        return missing(N_("Put to the vote of the committee: %(what)s."), what=facts.awards_unmoved)
    return MET


def revocation_noticed(facts: Facts) -> Verdict:
    if facts.revocation_noticed_at is None:
        return missing(N_("Give the winner notice of the revocation first."))
    until = facts.revocation_noticed_at + REVOCATION_NOTICE
    if facts.now >= until:
        return MET
    return waiting(N_("The winner has 10 full days from the notice. Decide after %(until)s."), until=until)


def revocation_heard(facts: Facts) -> Verdict:
    if facts.has_opinion:
        return MET
    if facts.opinion_until is None:
        return missing(N_("Ask the winner for an opinion first."))
    if facts.now >= facts.opinion_until:
        return MET
    return waiting(
        N_("The winner may give an opinion until %(until)s. Decide after that."), until=facts.opinion_until
    )
