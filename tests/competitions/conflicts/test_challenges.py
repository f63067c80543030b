"""A challenge from the entrant's words to the committee's decision."""

from uuid import uuid4

import pytest

from accounts.errors import IllegalMove, Refusal
from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.conflicts.challenge_votes import close_vote, count_of, open_to, vote
from competitions.actions.conflicts.challenges import (
    MOST_WAITING,
    answer_challenge,
    challenge_judge,
    challenges_of,
    put_to_vote,
    waiting_among,
)
from competitions.actions.screening.notes import add_note
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Competition, Conflict, Entry, EntryNote, Judge, Track
from competitions.states import SheetState
from tests.competitions.conflicting import add_member, make_case_of_conflict, make_conflict
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import AT, grant, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db


def make_case(members=4):
    """The judge and so many other members, and an organiser."""
    made = make_case_of_conflict()
    made.organiser = make_user()
    grant(made.organiser, Role.ORGANISER, made.competition)
    made.others = [make_judge(made.competition, user=make_user()) for _number in range(members)]
    return made


@pytest.fixture
def case():
    return make_case()


def challenge(case, **given):
    values = {"name": "박심사", "reason": "친척입니다.", "by": case.entrant, "idempotency_key": uuid4()}
    return challenge_judge(case.entry, at=AT, **values | given)


def linked(case):
    return put_to_vote(challenge(case), case.judge, by=case.organiser, at=AT)


def cast(row, judge, *, upholds, reason="까닭"):
    return vote(row, upholds=upholds, reason=reason, by=judge.user, at=AT)


def letters(person, kind):
    return Message.objects.filter(person=person, kind=kind)


# What the entrant writes


def test_challenge_is_a_note_for_the_organisers(case):
    note = challenge(case, name=" 박  심사 ", reason=" 친척입니다.\r\n다툼도 있었습니다. ")

    assert note.audience == EntryNote.Audience.ORGANISERS
    assert note.text == "박 심사\n\n친척입니다.\n다툼도 있었습니다."
    assert waiting_among(list(challenges_of(case.competition))) == [note]
    message = letters(case.organiser, "conflict.challenge_made").get()
    assert "E1" in message.body
    assert not Conflict.objects.exists()


def test_team_member_challenges(case):
    member = make_user()
    add_member(case.entry, member)

    assert challenge(case, by=member) in challenges_of(case.competition)


def test_note_of_an_organiser_is_no_challenge(case):
    add_note(
        case.entry,
        audience="organisers",
        text="확인함",
        by=case.organiser,
        at=AT,
        idempotency_key=uuid4(),
    )

    assert not challenges_of(case.competition).exists()


def test_same_form_twice_is_one_challenge(case):
    key = uuid4()

    assert challenge(case, idempotency_key=key) == challenge(case, idempotency_key=key)
    assert EntryNote.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [{"name": " "}, {"reason": "\n"}, {"name": "가" * 201}, {"reason": "가" * 1501}, {"reason": "가" * 2001}],
)
def test_challenge_refused(case, given):
    with pytest.raises(CompetitionError):
        challenge(case, **given)

    assert not EntryNote.objects.exists()


def test_stranger_challenges(case):
    with pytest.raises(CompetitionError):
        challenge(case, by=make_user())


def test_same_words_again(case):
    challenge(case)

    with pytest.raises(CompetitionError):
        challenge(case)


def test_too_many_waiting(case):
    for number in range(MOST_WAITING):
        challenge(case, name=f"이름 {number}")

    with pytest.raises(CompetitionError):
        challenge(case, name="또 하나")


@pytest.mark.parametrize("state", ["draft", "withdrawn", "disqualified", "awarded"])
def test_challenge_of_an_entry_that_is_not_judged(case, state):
    Entry.objects.filter(pk=case.entry.pk).update(state=state, decision_reason="까닭")

    with pytest.raises(IllegalMove):
        challenge(case)


@pytest.mark.parametrize("state", ["verification", "decided", "published", "cancelled"])
def test_challenge_once_judging_is_over(case, state):
    Competition.objects.filter(pk=case.competition.pk).update(state=state, published_at=AT)

    with pytest.raises(IllegalMove):
        challenge(case)


# What the organiser does with it


def test_put_to_the_vote(case):
    sheet = make_assignment(case.judge, case.entry)

    row = linked(case)

    sheet.refresh_from_db()
    assert (row.kind, row.ground, row.state, row.by) == ("challenge", "challenged", "open", case.entrant)
    assert sheet.state == SheetState.RECUSED
    assert letters(case.entrant, "conflict.challenge_taken").count() == 1
    assert Message.objects.filter(kind="conflict.challenge_open").count() == 4
    assert not Message.objects.filter(person=case.judge.user).exists()
    assert not waiting_among(list(challenges_of(case.competition)))


def test_letter_to_members_names_no_entry(case):
    linked(case)

    message = letters(case.others[0].user, "conflict.challenge_open").get()
    for secret in (case.entry.code, case.entry.title, case.entrant.name, case.judge.name):
        assert secret not in message.subject + message.body


def test_answered_without_a_vote(case):
    note = challenge(case)

    answer = answer_challenge(note, "그런 이름의 위원은 없습니다.", by=case.organiser, at=AT)

    assert answer.audience == EntryNote.Audience.ENTRANT
    assert "그런 이름의 위원은 없습니다." in letters(case.entrant, "entry.note").get().body
    assert not waiting_among([note])
    assert answer not in challenges_of(case.competition)


def test_settled_once(case):
    note = challenge(case)
    answer_challenge(note, "없습니다.", by=case.organiser, at=AT)

    with pytest.raises(IllegalMove):
        put_to_vote(note, case.judge, by=case.organiser, at=AT)
    with pytest.raises(IllegalMove):
        answer_challenge(note, "있습니다.", by=case.organiser, at=AT)


def test_answer_without_words(case):
    with pytest.raises(CompetitionError):
        answer_challenge(challenge(case), " ", by=case.organiser, at=AT)


def test_put_to_the_vote_of_another_committee(case):
    other = make_judge(make_judging_competition(), user=make_user())

    with pytest.raises(CompetitionError):
        put_to_vote(challenge(case), other, by=case.organiser, at=AT)


def test_put_to_the_vote_of_who_left(case):
    Judge.objects.filter(pk=case.judge.pk).update(state="dropped")
    case.judge.refresh_from_db()

    with pytest.raises(CompetitionError):
        linked(case)


def test_same_member_challenged_again(case):
    linked(case)
    note = challenge(case, reason="다른 까닭")

    with pytest.raises(IllegalMove):
        put_to_vote(note, case.judge, by=case.organiser, at=AT)


def test_nobody_may_vote():
    with pytest.raises(IllegalMove):
        linked(make_case(members=0))

    assert not Conflict.objects.exists()


# The vote


def test_majority_upholds(case):
    row = linked(case)
    sheet = make_assignment(case.judge, case.entry)

    for judge in case.others[:3]:
        cast(row, judge, upholds=True, reason="친척이 맞습니다.")

    row.refresh_from_db()
    sheet.refresh_from_db()
    assert (row.state, row.decision) == ("standing", "\n".join(["친척이 맞습니다."] * 3))
    assert sheet.state == SheetState.RECUSED
    assert "친척이 맞습니다." in letters(case.entrant, "conflict.challenge_upheld").get().body
    record = AuditRecord.objects.get(verb="conflict.challenge_upheld")
    assert (record.detail["upholds"], record.detail["dismisses"], record.detail["members"]) == (3, 0, 5)


def test_majority_dismisses_and_the_sheet_comes_back(case):
    sheet = make_assignment(case.judge, case.entry)
    row = linked(case)

    for judge in case.others[:3]:
        cast(row, judge, upholds=False)

    row.refresh_from_db()
    sheet.refresh_from_db()
    assert (row.state, sheet.state) == ("dismissed", SheetState.ASSIGNED)
    assert letters(case.entrant, "conflict.challenge_dismissed").count() == 1


def test_tie_dismisses(case):
    row = linked(case)

    for judge, upholds in zip(case.others, (True, True, False, False), strict=True):
        cast(row, judge, upholds=upholds)

    row.refresh_from_db()
    assert row.state == "dismissed"


def test_not_decided_before_the_quorum(case):
    row = linked(case)

    for judge in case.others[:2]:
        cast(row, judge, upholds=True)

    row.refresh_from_db()
    assert row.state == "open"


def test_not_decided_while_votes_may_change_it(case):
    row = linked(case)

    for judge, upholds in zip(case.others, (True, True, False), strict=False):
        cast(row, judge, upholds=upholds)

    row.refresh_from_db()
    assert row.state == "open"
    assert close_vote(row, by=case.organiser, at=AT).state == "standing"


def test_closed_without_the_quorum(case):
    row = linked(case)
    cast(row, case.others[0], upholds=True)

    with pytest.raises(CompetitionError):
        close_vote(row, by=case.organiser, at=AT)


def test_small_committee_can_decide():
    case = make_case(members=1)
    row = linked(case)

    cast(row, case.others[0], upholds=True)

    row.refresh_from_db()
    assert row.state == "standing"


def test_challenged_member_has_no_vote(case):
    row = linked(case)

    with pytest.raises(ConflictOfInterest):
        cast(row, case.judge, upholds=False)
    assert row not in open_to(case.judge.user)


def test_member_kept_from_the_entry_has_no_vote(case):
    row = linked(case)
    make_conflict(case.others[0], case.entry)

    with pytest.raises(ConflictOfInterest):
        cast(row, case.others[0], upholds=False)
    assert row not in open_to(case.others[0].user)
    assert count_of(row).voters == 3


@pytest.mark.parametrize("state", ["invited", "dropped", "declined"])
def test_who_is_no_member_has_no_vote(case, state):
    row = linked(case)
    Judge.objects.filter(pk=case.others[0].pk).update(state=state)

    with pytest.raises(ConflictOfInterest):
        cast(row, case.others[0], upholds=False)
    assert row not in open_to(case.others[0].user)


def test_member_of_another_track_has_no_vote(case):
    other = Track.objects.create(competition=case.competition, code="b", name="다른 부문")
    Judge.objects.filter(pk=case.others[0].pk).update(track=other)
    row = linked(case)

    with pytest.raises(ConflictOfInterest):
        cast(row, case.others[0], upholds=False)
    assert row not in open_to(case.others[0].user)
    assert row in open_to(case.others[1].user)


def test_voting_twice(case):
    row = linked(case)
    cast(row, case.others[0], upholds=True)

    with pytest.raises(IllegalMove):
        cast(row, case.others[0], upholds=False)


def test_voting_without_a_reason(case):
    with pytest.raises(CompetitionError):
        cast(linked(case), case.others[0], upholds=True, reason=" ")


def test_voting_on_what_is_decided(case):
    row = linked(case)
    for judge in case.others[:3]:
        cast(row, judge, upholds=True)

    with pytest.raises(IllegalMove):
        cast(row, case.others[3], upholds=True)
    with pytest.raises(IllegalMove):
        close_vote(row, by=case.organiser, at=AT)


def test_voting_once_judging_is_over(case):
    row = linked(case)
    Competition.objects.filter(pk=case.competition.pk).update(state="decided")

    with pytest.raises(Refusal):
        cast(row, case.others[0], upholds=True)


def test_open_challenges_of_another_committee_are_not_shown(case):
    linked(case)
    stranger = make_judge(make_judging_competition(), user=make_user())

    assert not open_to(stranger.user).exists()


def test_entrant_who_judges_elsewhere_does_not_see_the_vote(case):
    make_judge(make_accepted_entry(make_judging_competition(), code="E7").competition, user=case.entrant)
    row = linked(case)

    assert row not in open_to(case.entrant)
