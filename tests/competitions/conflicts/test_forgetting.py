"""What a conflict says of people is forgotten with the entry; that there was one stays."""

import pytest

from competitions.actions.erased_entries import erase_batch
from competitions.models import ConflictVote
from tests.competitions.conflicting import make_case_of_conflict, make_conflict
from tests.factories import AT, make_judge

pytestmark = pytest.mark.django_db


def test_words_of_a_conflict_are_forgotten():
    case = make_case_of_conflict()
    row = make_conflict(case.judge, case.entry, reason="사촌", decision="기각", decided_by=case.judge.user)
    challenge = make_conflict(
        case.judge, case.entry, kind="challenge", ground="challenged", reason="친척", by=case.entrant
    )
    vote = ConflictVote.objects.create(
        conflict=challenge, judge=make_judge(case.competition), upholds=True, reason="맞다", at=AT
    )

    erase_batch(case.competition, at=AT)

    for each in (row, challenge, vote):
        each.refresh_from_db()
    assert (row.reason, row.decision, challenge.reason, vote.reason) == ("", "", "", "")
    assert (row.decided_by, challenge.by, vote.upholds) == (case.judge.user, None, True)
