import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.calls.gates import override_gate
from competitions.actions.results.verification import begin_verification, judge_again
from competitions.errors import CompetitionError
from competitions.models import Competition
from competitions.states import CompetitionState
from tests.competitions.rules.contests import DAY, with_result
from tests.factories import AT, make_competition

pytestmark = pytest.mark.django_db
REASON = "심의 결과 개인정보가 드러날 우려가 있어 위원회가 대신 검증합니다."


def judging(**fields):
    return with_result(make_competition(state=CompetitionState.JUDGING, **{"profile": "full"} | fields))


def test_verification_lasts_as_the_call_says():
    begin_verification(judging(verification_days=14), by=None, at=AT)

    competition = Competition.objects.get()
    assert competition.state == CompetitionState.VERIFICATION
    assert (competition.verification_from, competition.verification_until) == (AT, AT + 14 * DAY)
    assert AuditRecord.objects.filter(verb="competition.verification_begun").count() == 1


def test_article_9_3_refuses_nine_days():
    with pytest.raises(CompetitionError):
        begin_verification(judging(), by=None, at=AT, days=9)

    assert Competition.objects.get().state == CompetitionState.JUDGING


def test_article_9_3_light_profile_takes_nine_days():
    begin_verification(judging(profile="light"), by=None, at=AT, days=9)

    assert Competition.objects.get().verification_until == AT + 9 * DAY


def test_article_9_4_takes_fewer_days_with_its_reason():
    competition = judging()
    override_gate(competition, "candidates_public", reason=REASON, by=None, at=AT)

    begin_verification(competition, by=None, at=AT, days=3)

    assert Competition.objects.get().verification_until == AT + 3 * DAY


def test_verification_without_a_result_is_refused():
    with pytest.raises(CompetitionError):
        begin_verification(make_competition(state=CompetitionState.JUDGING), by=None, at=AT)


def test_verification_before_judging_is_an_illegal_move():
    with pytest.raises(IllegalMove):
        begin_verification(with_result(make_competition()), by=None, at=AT)


def test_judging_again_forgets_the_verification():
    competition = begin_verification(judging(), by=None, at=AT)

    judge_again(competition, by=None, at=AT + DAY)

    competition = Competition.objects.get()
    assert competition.state == CompetitionState.JUDGING
    assert (competition.verification_from, competition.verification_until) == (None, None)


def test_judging_again_without_verification_is_an_illegal_move():
    with pytest.raises(IllegalMove):
        judge_again(judging(), by=None, at=AT)
