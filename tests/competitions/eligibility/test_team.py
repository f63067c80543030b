import pytest

from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility import check_team


@pytest.mark.parametrize(
    ("entrants", "members", "codes"),
    [
        ("both", 1, []),
        ("both", 2, ["team_too_small"]),
        ("both", 3, []),
        ("both", 4, []),
        ("both", 5, ["team_too_large"]),
        ("person", 1, []),
        ("person", 3, ["no_teams"]),
        ("team", 1, ["team_needed"]),
        ("team", 3, []),
    ],
)
def test_size_of_a_team(entrants, members, codes):
    record = EligibilityRecord(entrants=entrants, team_min=3, team_max=4)

    assert [found.code for found in check_team(record, members)] == codes


def test_sentence_names_the_numbers():
    found = check_team(EligibilityRecord(team_max=4), 5)[0]

    assert found.text() == "A team has at most 4 members; 5 take part. Remove some of them."
