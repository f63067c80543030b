import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.results.revocations import decide_revocation, give_opinion, notice_revocation
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Award, Publication, Revocation
from competitions.states import CompetitionState, EntryState
from tests.competitions.rules.contests import DAY
from tests.factories import AT, make_case, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def make_award(*, state=CompetitionState.PUBLISHED, **fields):
    competition = make_competition(state=state, **{"profile": "full"} | fields)
    entry = make_entry(competition, entrant=make_user(), state=EntryState.AWARDED)
    return Award.objects.create(tier=competition.award_tiers.first(), entry=entry, decided_at=AT)


def noticed(award=None, *, days=10, reason="표절이 드러남"):
    return notice_revocation(
        award or make_award(),
        reason=reason,
        article="제11조제1항",
        asks_return=True,
        opinion_until=AT + days * DAY,
        by=None,
        at=AT,
    )


def decided(revocation, *, days, decision="취소합니다."):
    return decide_revocation(revocation, is_upheld=True, decision=decision, by=None, at=AT + days * DAY)


def test_revocation_is_upheld_after_ten_days():
    decided(noticed(), days=10)

    revocation = Revocation.objects.get()
    assert (revocation.is_upheld, revocation.decided_at) == (True, AT + 10 * DAY)
    assert AuditRecord.objects.filter(verb__startswith="award.").count() == 2


def test_article_11_4_refuses_nine_days_for_the_opinion():
    with pytest.raises(CompetitionError):
        noticed(days=9)

    assert not Revocation.objects.exists()


def test_article_11_4_light_profile_takes_nine_days_for_the_opinion():
    revocation = noticed(make_award(profile="light"), days=9)

    assert decided(revocation, days=9).is_upheld


@pytest.mark.parametrize("profile", ["full", "light"])
def test_decision_before_the_opinion_is_too_early(profile):
    revocation = noticed(make_award(profile=profile), days=20)

    with pytest.raises(TooEarly):
        decided(revocation, days=15)


def test_article_11_4_refuses_a_decision_after_nine_days_with_an_opinion():
    revocation = noticed()
    give_opinion(revocation, "인용입니다.", by=revocation.award.entry.entrant, at=AT)

    with pytest.raises(CompetitionError):
        decided(revocation, days=9)

    assert Revocation.objects.get().decided_at is None


def test_decision_after_ten_days_with_an_early_opinion():
    revocation = noticed(days=20)
    give_opinion(revocation, " 인용입니다. ", by=revocation.award.entry.entrant, at=AT + DAY)

    decided(revocation, days=10)

    assert Revocation.objects.get().opinion == "인용입니다."


def test_opinion_of_somebody_else_is_refused():
    with pytest.raises(CompetitionError):
        give_opinion(noticed(), "남의 의견", by=make_user(), at=AT)


def test_opinion_after_its_time_is_too_late():
    revocation = noticed()

    with pytest.raises(TooLate):
        give_opinion(revocation, "늦음", by=revocation.award.entry.entrant, at=AT + 10 * DAY)


@pytest.mark.parametrize("text", [" ", "가" * 10_001])
def test_opinion_that_is_empty_or_too_long_is_refused(text):
    revocation = noticed()

    with pytest.raises(CompetitionError):
        give_opinion(revocation, text, by=revocation.award.entry.entrant, at=AT)


def test_opinion_after_the_decision_is_an_illegal_move():
    revocation = noticed(days=20)
    give_opinion(revocation, "인용입니다.", by=revocation.award.entry.entrant, at=AT)
    decided(revocation, days=12)

    with pytest.raises(IllegalMove):
        give_opinion(revocation, "더", by=revocation.award.entry.entrant, at=AT + 13 * DAY)


def test_notice_without_a_reason_is_refused():
    with pytest.raises(CompetitionError):
        noticed(reason=" ")


def test_notice_twice_is_an_illegal_move():
    award = make_award()
    noticed(award)

    with pytest.raises(IllegalMove):
        noticed(award)


def test_notice_before_publication_is_an_illegal_move():
    with pytest.raises(IllegalMove):
        noticed(make_award(state=CompetitionState.DECIDED))


def test_decision_without_a_text_is_refused():
    with pytest.raises(CompetitionError):
        decided(noticed(), days=10, decision=" ")


def test_decision_twice_is_an_illegal_move():
    revocation = noticed()
    decided(revocation, days=10)

    with pytest.raises(IllegalMove):
        decided(revocation, days=11)


def test_cancelled_award_keeps_its_row_and_takes_the_state():
    revocation = noticed()

    decided(revocation, days=10)

    entry = Award.objects.get().entry
    assert entry.state == EntryState.NOT_AWARDED


def test_award_that_is_kept_changes_no_state():
    revocation = noticed()

    decide_revocation(revocation, is_upheld=False, decision="근거가 없습니다.", by=None, at=AT + 10 * DAY)

    assert Award.objects.get().entry.state == EntryState.AWARDED
    assert not AuditRecord.objects.filter(verb="case.award_cancelled").exists()


@pytest.mark.parametrize(("is_upheld", "kind"), [(True, "award.revoked"), (False, "award.kept")])
def test_winner_is_told_of_notice_and_decision(is_upheld, kind):
    revocation = noticed()
    decide_revocation(revocation, is_upheld=is_upheld, decision="결정 이유", by=None, at=AT + 10 * DAY)

    told = Message.objects.filter(person=revocation.award.entry.entrant).order_by("pk")

    assert [message.kind for message in told] == ["award.revocation_noticed", kind]
    assert "표절이 드러남" in told[0].body
    assert "결정 이유" in told[1].body
    assert {message.link for message in told} == {f"/entries/{revocation.award.entry_id}/revocation/"}


def test_case_of_a_cancelled_award_stays_published_and_goes_to_the_editors():
    revocation, case, editor = noticed(), make_case(published=True), make_user(Role.EDITOR)
    Publication.objects.create(entry=revocation.award.entry, case=case, at=AT)

    decided(revocation, days=10)

    case.refresh_from_db()
    assert case.is_published
    assert case.review_by == (AT + 10 * DAY).date()
    assert Message.objects.get(kind="case.award_cancelled").person == editor
    assert AuditRecord.objects.filter(verb="case.award_cancelled").count() == 1
