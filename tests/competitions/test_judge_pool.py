"""The pool of people who may be asked to judge, and forgetting them."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions import clock
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.bringing_in.pool import bring_in_candidates
from competitions.actions.committee.forgetting import forget_candidates, forget_committee
from competitions.actions.committee.pool import (
    KEPT,
    add_candidate,
    bring_back_candidate,
    change_candidate,
    retire_candidate,
    see_candidate,
    with_record,
)
from competitions.actions.erasure import erase_expired
from competitions.contest_files.pool_table import CandidateRecord
from competitions.errors import CompetitionError
from competitions.models import Judge, JudgeCandidate, JudgeRelation
from tests.factories import AT, make_candidate, make_closed_competition, make_judge, make_user

pytestmark = pytest.mark.django_db
FIELDS = {"name": "김위원", "email": "kim@example.org", "side": "private", "field": "행정"}
LATER = AT + KEPT + timedelta(days=1)


def record(line=2, **fields):
    return CandidateRecord(
        line=line, **{"name": "김위원", "email": "kim@example.org", "side": "public"} | fields
    )


def verbs():
    return list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True))


def test_a_person_is_added_changed_retired_and_brought_back():
    candidate = add_candidate(by=None, at=AT, **FIELDS)
    change_candidate(candidate, by=None, at=AT, **FIELDS | {"field": "복지"})
    retire_candidate(candidate, by=None, at=AT)
    bring_back_candidate(candidate, by=None, at=AT)

    candidate.refresh_from_db()
    assert (candidate.field, candidate.left_at, candidate.added_at) == ("복지", None, AT)
    assert verbs() == ["candidate.added", "candidate.changed", "candidate.retired", "candidate.brought_back"]


def test_an_address_is_in_the_pool_once():
    make_candidate(email="kim@example.org")

    with pytest.raises(CompetitionError):
        add_candidate(by=None, at=AT, **FIELDS | {"email": "KIM@example.org"})


def test_an_address_is_not_changed_to_that_of_another():
    make_candidate(email="kim@example.org")

    with pytest.raises(CompetitionError):
        change_candidate(make_candidate(), by=None, at=AT, **FIELDS)


def test_the_retired_one_is_not_brought_back_beside_a_new_one():
    old = make_candidate(email="kim@example.org", left_at=AT)
    make_candidate(email="kim@example.org")

    with pytest.raises(CompetitionError):
        bring_back_candidate(old, by=None, at=AT)


def test_retiring_and_bringing_back_twice_are_refused():
    retired, asked = make_candidate(left_at=AT), make_candidate()

    with pytest.raises(IllegalMove):
        retire_candidate(retired, by=None, at=AT)
    with pytest.raises(IllegalMove):
        bring_back_candidate(asked, by=None, at=AT)


def test_who_looks_at_an_address_is_told_to_its_person():
    person = make_user(email="KIM@example.org")

    see_candidate(make_candidate(email="kim@example.org"), by=make_user())

    assert AuditRecord.objects.get(verb="candidate.seen").about == person


def test_the_record_counts_who_judged_and_when_they_were_asked():
    candidate = make_candidate()
    states = [("accepted", AT, AT), ("declined", AT, AT + timedelta(days=1)), ("invited", AT, None)]
    for state, invited_at, answered_at in states:
        make_judge(
            make_closed_competition(),
            candidate=candidate,
            state=state,
            invited_at=invited_at,
            answered_at=answered_at,
        )

    row = with_record().get()

    assert (row.times, row.asked_at) == (1, AT + timedelta(days=1))


def test_a_file_adds_and_changes_and_again_changes_nothing():
    known = make_candidate(email="Kim@example.org", name="김", note="전화로 문의")
    records = [record(), record(3, email="lee@example.org", name="이위원")]

    first = bring_in_candidates(records, by=None, at=AT)
    again = bring_in_candidates(records, by=None, at=AT)

    known.refresh_from_db()
    assert (first.new, first.changed, first.unchanged) == (1, 1, 0)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert (known.name, known.side, known.note) == ("김위원", "public", "전화로 문의")


def test_a_file_brings_nobody_back():
    make_candidate(email="kim@example.org", left_at=AT)

    with pytest.raises(BringInRefused) as refused:
        bring_in_candidates([record(3, email="lee@example.org"), record(7)], by=None, at=AT)

    assert [problem.line for problem in refused.value.problems] == [7]
    assert JudgeCandidate.objects.count() == 1


def test_who_was_not_asked_for_three_years_is_forgotten():
    asked, added = make_candidate(), make_candidate(added_at=LATER)
    make_candidate()
    make_judge(make_closed_competition(), candidate=asked, invited_at=LATER, state="invited")
    judge = make_judge(make_closed_competition(), candidate=make_candidate(), invited_at=AT)

    assert forget_candidates(at=LATER) == 2

    judge.refresh_from_db()
    assert judge.candidate is None
    assert set(JudgeCandidate.objects.all()) == {asked, added}


def test_nobody_is_forgotten_a_day_early():
    make_candidate()

    assert forget_candidates(at=AT + KEPT) == 0


def test_after_the_competition_ties_and_those_who_never_joined_are_forgotten():
    competition = make_closed_competition()
    member = make_judge(competition, email="a@example.org", invitation_sha256="0" * 64)
    JudgeRelation.objects.create(judge=member, kind="family", name="홍길동", at=AT)
    for state in (Judge.State.DECLINED, Judge.State.INVITED, Judge.State.DROPPED):
        make_judge(competition, state=state, invited_at=AT)
    left = make_judge(competition, state=Judge.State.DROPPED, answered_at=AT, left_reason="건강")
    of_a_file = make_judge(competition, state=Judge.State.DROPPED)  # was never invited, may have signed

    forget_committee(competition)

    kept = competition.judges.order_by("pk").values_list("pk", "email", "invitation_sha256", "left_reason")
    assert list(kept) == [(pk, "", "", "") for pk in (member.pk, left.pk, of_a_file.pk)]
    assert not JudgeRelation.objects.exists()


def test_the_command_forgets_the_pool_but_not_in_a_trial():
    kept = make_candidate(added_at=timezone.now())
    make_candidate(added_at=timezone.now() - KEPT - timedelta(days=1))

    call_command("erase_expired", "--dry-run", stdout=io.StringIO())
    assert JudgeCandidate.objects.count() == 2

    call_command("erase_expired", stdout=io.StringIO())
    assert list(JudgeCandidate.objects.all()) == [kept]


def test_the_clock_forgets_the_pool():
    make_candidate(added_at=timezone.now() - KEPT - timedelta(days=1))

    clock.erase_expired()

    assert not JudgeCandidate.objects.exists()


def test_an_ended_competition_forgets_its_committee():
    competition = make_closed_competition(state="published", published_at=AT - timedelta(days=500))
    make_judge(competition, state=Judge.State.DECLINED)
    make_judge(competition, email="a@example.org")

    erase_expired(at=AT)

    assert list(competition.judges.values_list("state", "email")) == [("accepted", "")]
