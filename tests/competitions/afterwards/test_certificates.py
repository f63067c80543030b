"""Issuing, reissuing and withdrawing certificates."""

from datetime import UTC, datetime

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from competitions.actions.afterwards.certificate_numbers import next_numbers, short_name
from competitions.actions.afterwards.certificates import (
    NameMissing,
    issue_certificates,
    reissue_certificate,
    withdraw_certificates,
)
from competitions.certificates import find_certificate
from competitions.errors import CompetitionError
from competitions.models import Certificate
from tests.competitions.afterwards.finished import award_of, join, lead, make_finished
from tests.competitions.jury import make_judging_competition
from tests.competitions.test_moving_up import revoked
from tests.factories import AT, make_government, make_user

pytestmark = pytest.mark.django_db


def issue(competition, **fields):
    return issue_certificates(competition, **{"by": None, "at": AT} | fields)


def test_everybody_of_the_team_has_one_and_is_told():
    make_government(name="가온시", is_self=True)
    competition = make_finished()
    member = make_user(name="박누리")
    join(award_of(competition).entry, member)

    made = issue(competition)

    year = AT.year
    assert [(row.number, row.name) for row in made] == [
        (f"{year}-가온-0001", "김가온"),
        (f"{year}-가온-0002", "박누리"),
    ]
    assert Message.objects.filter(kind="certificate.issued", person=member).count() == 1
    assert AuditRecord.objects.get(verb="certificates.issued").detail["count"] == 2


def test_leader_listed_as_a_member_has_one_only():
    competition = make_finished()
    entry = award_of(competition).entry
    join(entry, entry.entrant)

    assert len(issue(competition)) == 1


def test_numbers_run_on_over_contests_and_begin_anew_each_year():
    issue(make_finished())
    (second,) = issue(make_finished())

    assert second.number.endswith("-0002")
    assert next_numbers(1, at=datetime(2031, 1, 1, tzinfo=UTC))[0].endswith("-0001")


@pytest.mark.parametrize(
    ("name", "short"),
    [("가온시", "가온"), ("가온광역시", "가온"), ("중구", "중구"), ("가온교육청", "가온교육청")],
)
def test_short_name_of_the_office(name, short):
    assert short_name(name) == short


def test_member_who_joined_later_gets_theirs_and_nobody_a_second():
    competition = make_finished()
    issue(competition)
    join(award_of(competition).entry, make_user(name="박누리"))

    assert [row.name for row in issue(competition)] == ["박누리"]


def test_name_as_corrected_is_used_and_recorded():
    competition = make_finished()
    award = award_of(competition)

    (made,) = issue(competition, names={f"{award.pk}-{award.entry.entrant_id}": " 김  가온솔 "})

    assert made.name == "김 가온솔"
    assert AuditRecord.objects.get(verb="certificates.issued").detail["renamed"] == [made.number]


def test_team_on_paper_has_one_with_its_name():
    competition = make_finished()
    lead(competition, "E1", None)
    competition.entries.filter(code="E1").update(team="새벽별팀")

    (made,) = issue(competition)

    assert (made.person, made.name) == (None, "새벽별팀")


@pytest.mark.parametrize("name", ["", "   ", "김" * 201, "김\x00가온"])
def test_name_that_cannot_stand_is_refused(name):
    competition = make_finished()
    award = award_of(competition)
    key = f"{award.pk}-{award.entry.entrant_id}"

    with pytest.raises(NameMissing) as refusal:
        issue(competition, names={key: name})

    assert refusal.value.key == key
    assert not Certificate.objects.exists()


def test_before_the_publication_it_is_refused():
    with pytest.raises(IllegalMove):
        issue(make_judging_competition())


def test_when_everybody_has_one_it_is_refused():
    competition = make_finished()
    issue(competition)

    with pytest.raises(CompetitionError):
        issue(competition)


def test_cancelled_award_withdraws_its_certificates_and_gets_none_again():
    competition = make_finished()
    (made,) = issue(competition)

    revoked(competition)

    made.refresh_from_db()
    assert made.withdrawn_at
    assert AuditRecord.objects.get(verb="certificates.withdrawn").detail == {"numbers": [made.number]}
    with pytest.raises(CompetitionError):
        issue(competition)


def test_award_that_is_kept_keeps_its_certificates():
    competition = make_finished()
    (made,) = issue(competition)

    revoked(competition, is_upheld=False)

    made.refresh_from_db()
    assert made.withdrawn_at is None


def test_nothing_to_withdraw_leaves_no_trace():
    assert withdraw_certificates(award_of(make_finished()), by=None, at=AT) == 0
    assert not AuditRecord.objects.filter(verb="certificates.withdrawn").exists()


def test_reissued_with_another_name_the_old_one_stays_known_as_withdrawn():
    competition = make_finished()
    (old,) = issue(competition)

    new = reissue_certificate(old, name="김가온솔", by=None, at=AT)

    old.refresh_from_db()
    assert (old.withdrawn_at, old.name, new.person_id) == (AT, "김가온", old.person_id)
    assert new.number != old.number
    assert new.check_code != old.check_code


def test_reissue_of_a_withdrawn_one_is_refused():
    (old,) = issue(make_finished())
    reissue_certificate(old, name="김가온솔", by=None, at=AT)

    with pytest.raises(IllegalMove):
        reissue_certificate(old, name="김솔", by=None, at=AT)


@pytest.mark.parametrize("name", ["", "김가온"])
def test_reissue_without_another_name_is_refused(name):
    (old,) = issue(make_finished())

    with pytest.raises(CompetitionError):
        reissue_certificate(old, name=name, by=None, at=AT)

    assert Certificate.objects.get().withdrawn_at is None


def test_certificate_is_found_by_code_and_by_number_as_it_is_printed():
    make_government(name="가온시", is_self=True)
    (made,) = issue(make_finished())

    assert find_certificate(code=made.check_code) == made
    assert find_certificate(number=f"제 {made.number} 호") == made
    assert find_certificate(number="2026-0") is None
    assert find_certificate(code="x") is None
