"""Whether so many people may enter together."""

from casebook.content.markers import N_
from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility.records import Finding


def check_team(record: EligibilityRecord, members: int) -> tuple[Finding, ...]:
    """members: people who take part, the leader among them; 1 enters alone."""
    if members <= 1:
        return _alone(record)
    if record.entrants == "person":
        return (Finding("no_teams", N_("This competition takes entries of single people, not of teams.")),)
    if members < record.team_min:
        return (
            Finding(
                "team_too_small",
                N_("A team has at least %(least)s members; %(count)s take part. Invite more people."),
                {"least": record.team_min, "count": members},
            ),
        )
    if members > record.team_max:
        return (
            Finding(
                "team_too_large",
                N_("A team has at most %(most)s members; %(count)s take part. Remove some of them."),
                {"most": record.team_max, "count": members},
            ),
        )
    return ()


def _alone(record: EligibilityRecord) -> tuple[Finding, ...]:
    if record.entrants != "team":
        return ()
    return (
        Finding(
            "team_needed",
            N_("This competition is for teams of at least %(least)s. Invite the others first."),
            {"least": record.team_min},
        ),
    )
