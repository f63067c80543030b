"""Pages of cancelling an award: the organiser's, the winner's, and what everybody reads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from competitions.actions.results.moving_up import move_up
from competitions.actions.results.revocations import decide_revocation, give_opinion, notice_revocation
from competitions.models import Award, Revocation, TeamMember
from competitions.states import CompetitionState
from tests.competitions.jury import make_published_competition
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTICE = {"reason": "작년 수상작과 같음", "article": "제11조제1항", "days": "10"}


def make_award(*, entrant=None, **fields):
    competition = make_published_competition(by=make_user(), E1=(40, 60), E2=(30, 50), E3=(20, 40))
    type(competition).objects.filter(pk=competition.pk).update(**fields)
    award = Award.objects.select_related("entry", "tier__competition").get(tier__competition=competition)
    award.entry.entrant = entrant or make_user(name="김가온")
    award.entry.save()
    return award


def noticed(award, *, at=None):
    at = at or now()
    values = {"reason": NOTICE["reason"], "article": NOTICE["article"], "asks_return": True}
    return notice_revocation(award, opinion_until=at + 10 * DAY, by=None, at=at, **values)


def decided(award, *, is_upheld=True):
    revocation = noticed(award, at=now() - 11 * DAY)
    return decide_revocation(revocation, is_upheld=is_upheld, decision="위원회 의결", by=None, at=now())


def page(award, name="organise_revoke"):
    return reverse(f"competitions:{name}", args=[award.tier.competition.slug, award.pk])


def own_page(award):
    return reverse("competitions:entry_revocation", args=[award.entry.pk])


def results(award):
    return reverse("competitions:results", args=[award.tier.competition.slug])


def organiser(as_user, award):
    return as_user(organiser_of(award.tier.competition))


@pytest.mark.parametrize("name", ["organise_revoke", "organise_decide_revocation", "organise_move_up"])
def test_pages_are_closed_to_strangers_and_other_contests(as_user, name):
    award, other = make_award(), make_award()
    foreign = reverse(f"competitions:{name}", args=[other.tier.competition.slug, award.pk])

    assert as_user(make_user()).post(page(award, name)).status_code == 403
    assert organiser(as_user, other).post(foreign).status_code == 404


def test_notice_is_given(as_user):
    award = make_award(profile="full")

    response = organiser(as_user, award).post(page(award), NOTICE)

    revocation = Revocation.objects.get()
    assert response.url == page(award)
    assert revocation.reason == NOTICE["reason"]
    assert timedelta(days=9) < revocation.opinion_until - now() < timedelta(days=11)


def test_article_11_4_notice_of_nine_days_is_refused_and_kept(as_user):
    award = make_award(profile="full")

    response = organiser(as_user, award).post(page(award), NOTICE | {"days": "9"})

    assert response.status_code == 422
    assert NOTICE["reason"] in response.content.decode()
    assert not Revocation.objects.exists()


def test_notice_before_the_results_are_published_has_no_form(as_user):
    award = make_award(state=CompetitionState.DECIDED, published_at=None)

    response = organiser(as_user, award).get(page(award))

    assert "notice_form" not in response.context


def test_article_11_4_decision_before_ten_days_is_refused_with_its_condition(as_user):
    award = make_award(profile="full")
    give_opinion(noticed(award), "인용입니다.", by=award.entry.entrant, at=now())
    client = organiser(as_user, award)

    shown = client.get(page(award))
    response = client.post(
        page(award, "organise_decide_revocation"), {"is_upheld": "yes", "decision": "취소합니다."}
    )

    assert [row["gate"].code for row in shown.context["gates"]] == ["revocation_notice", "revocation_opinion"]
    assert [row["tone"] for row in shown.context["gates"]] == ["warning", "success"]
    assert response.status_code == 422
    assert "취소합니다." in response.content.decode()
    assert Revocation.objects.get().decided_at is None


@pytest.mark.parametrize(("choice", "is_upheld"), [("yes", True), ("no", False)])
def test_decision_is_taken(as_user, choice, is_upheld):
    award = make_award()
    noticed(award, at=now() - 11 * DAY)

    organiser(as_user, award).post(
        page(award, "organise_decide_revocation"), {"is_upheld": choice, "decision": "의결"}
    )

    assert Revocation.objects.get().is_upheld is is_upheld


def test_decision_without_a_choice_is_refused(as_user):
    award = make_award()
    noticed(award, at=now() - 11 * DAY)

    response = organiser(as_user, award).post(page(award, "organise_decide_revocation"), {"decision": "의결"})

    assert (response.status_code, Revocation.objects.get().decided_at) == (422, None)


def test_decision_without_a_notice_is_not_found(as_user):
    award = make_award()

    assert organiser(as_user, award).post(page(award, "organise_decide_revocation")).status_code == 404


def test_next_entry_is_chosen_and_shown_once(as_user):
    award = make_award()
    decided(award)
    client, second = organiser(as_user, award), award.tier.competition.entries.get(code="E2")

    offered = client.get(page(award)).context["move_up_form"].fields["entry"].choices
    client.post(page(award, "organise_move_up"), {"entry": second.pk, "reason": "차순위"})
    after = client.get(page(award)).context

    assert next(key for key, _label in offered) == second.pk
    assert [each.entry.code for each in after["successors"]] == ["E2"]
    assert "move_up_form" not in after


def test_next_entry_without_a_reason_is_refused(as_user):
    award = make_award()
    decided(award)
    second = award.tier.competition.entries.get(code="E2")

    response = organiser(as_user, award).post(page(award, "organise_move_up"), {"entry": second.pk})

    assert (response.status_code, Award.objects.count()) == (422, 1)


# The winner


def test_winner_reads_the_notice_and_answers(as_user):
    award = make_award()
    noticed(award)
    client = as_user(award.entry.entrant)

    shown = client.get(own_page(award)).content.decode()
    response = client.post(own_page(award), {"opinion": "인용 표시를 했습니다."})

    assert NOTICE["reason"] in shown
    assert response.url == own_page(award)
    assert Revocation.objects.get().opinion == "인용 표시를 했습니다."


def test_opinion_after_its_time_is_refused_and_kept(as_user):
    award = make_award()
    noticed(award, at=now() - 11 * DAY)
    client = as_user(award.entry.entrant)

    response = client.post(own_page(award), {"opinion": "늦었습니다."})

    assert response.status_code == 422
    assert "늦었습니다." in response.content.decode()
    assert client.get(own_page(award)).context["form"] is None


def test_team_member_reads_and_cannot_answer(as_user):
    award, member = make_award(), make_user()
    noticed(award)
    TeamMember.objects.create(entry=award.entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    client = as_user(member)

    shown = client.get(own_page(award))
    response = client.post(own_page(award), {"opinion": "제 의견"})

    assert (shown.status_code, shown.context["form"]) == (200, None)
    assert (response.status_code, Revocation.objects.get().opinion) == (422, "")


def test_notice_is_nobody_elses_business(as_user):
    award = make_award()
    assert as_user(award.entry.entrant).get(own_page(award)).status_code == 404
    noticed(award)

    assert as_user(make_user()).get(own_page(award)).status_code == 404


# Everybody


def test_results_say_nothing_before_it_is_decided(client):
    award = make_award()
    before = client.get(results(award)).context["winners"]
    noticed(award)

    after = client.get(results(award)).context

    assert [row.code for row in after["winners"]] == [row.code for row in before] == ["E1"]
    assert after["cancelled"] == []


def test_results_show_a_cancelled_award_with_date_and_article_alone(client):
    award = make_award()
    decided(award)

    response = client.get(results(award))
    text = response.content.decode()

    assert [row.code for row in response.context["cancelled"]] == ["E1"]
    assert response.context["winners"] == []
    assert NOTICE["article"] in text
    assert NOTICE["reason"] not in text
    assert "위원회 의결" not in text
    assert award.entry.title not in text


def test_results_show_who_was_given_the_award_instead(client):
    award = make_award()
    revocation = decided(award)
    move_up(revocation, award.tier.competition.entries.get(code="E3"), reason="심의 결과", by=None, at=now())

    response = client.get(results(award))

    assert [row.code for row in response.context["winners"]] == ["E3"]
    assert [row.code for row in response.context["others"]] == ["E2"]
    assert "심의 결과" in response.content.decode()


def test_result_file_stays_as_it_was_published(client):
    award = make_award()
    address = reverse("competitions:results_file", args=[award.tier.competition.slug])
    before = client.get(address).content
    decided(award)

    assert client.get(address).content == before


@pytest.mark.parametrize("count", [1, 3])
def test_results_query_count_with_cancelled_awards(client, count, django_assert_num_queries):
    points = {f"E{n}": (40, 60 - n) for n in range(1, 5)}
    competition = make_published_competition(by=make_user(), **points)
    tier = competition.award_tiers.get(code="grand")
    for code in [f"E{n}" for n in range(1, count + 1)]:
        entry = competition.entries.get(code=code)
        award, _new = Award.objects.get_or_create(entry=entry, defaults={"tier": tier, "decided_at": AT})
        decided(award)

    with django_assert_num_queries(RESULT_QUERIES):
        response = client.get(reverse("competitions:results", args=[competition.slug]))

    assert len(response.context["cancelled"]) == count


RESULT_QUERIES = 15


def test_organisers_result_marks_the_cancelled_award(as_user):
    award = make_award()
    decided(award)
    client = organiser(as_user, award)

    response = client.get(reverse("competitions:organise_result", args=[award.tier.competition.slug]))

    (row,) = response.context["winners"]
    assert row.revocation.article == NOTICE["article"]
    assert page(award) in response.content.decode()
