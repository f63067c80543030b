"""What stays of certificates, appeals and votes once the people of a contest are forgotten."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from competitions.actions.afterwards.certificates import issue_certificates
from competitions.actions.erasure import erase_people
from competitions.certificates import find_certificate
from competitions.models import Ballot, Round
from tests.competitions.afterwards.finished import make_finished
from tests.competitions.afterwards.test_appeals import answered, entry_of, filed
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def test_certificate_can_still_be_checked_without_its_name():
    competition = make_finished()
    (row,) = issue_certificates(competition, by=None, at=AT)

    erase_people(competition, at=now() + timedelta(days=400))

    found = find_certificate(code=row.check_code)
    assert (found.number, found.name, found.person, found.content_sha256) == (
        row.number,
        "김○온",
        None,
        row.content_sha256,
    )


def test_appeal_keeps_its_outcome_without_the_words():
    competition = make_finished(published_at=now())
    appeal = filed(entry_of(competition))
    answered(appeal, outcome="partly", answer="김가온 님의 말이 맞습니다.")

    erase_people(competition, at=now())

    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.text, appeal.by) == ("partly", "", None)
    assert "김가온" not in appeal.answer


def test_ballots_forget_where_they_came_from():
    competition = make_finished()
    round_ = Round.objects.create(competition=competition, code="vote", name="투표", kind="public_vote")
    ballot = Ballot.objects.create(round=round_, voter=make_user(), at=AT, network_hash="a", device_hash="b")

    erase_people(competition, at=now())

    ballot.refresh_from_db()
    assert (ballot.network_hash, ballot.device_hash) == ("", "")
