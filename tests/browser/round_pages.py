"""A contest with a presentation on the stage, an open vote and measured points, and its pages."""

from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import User
from accounts.roles import Role
from competitions.actions.rounds.measured import Measured, keep_measured
from competitions.actions.rounds.running_order import draw_order
from competitions.actions.rounds.stage import move_on
from competitions.models import Competition, Judge
from tests.competitions.rounds.making import make_ballot, make_entries, make_round, make_vote
from tests.factories import grant, make_assignment, make_user

TITLE = "발표와 투표가 있는 공모전"


def load_rounds(*, organiser, judge):
    vote = make_vote(code="vote", name="온라인 국민투표", votes_per_voter=2)
    competition = vote.competition
    Competition.objects.filter(pk=competition.pk).update(title=TITLE)
    grant(organiser, Role.ORGANISER, competition)
    chair = Judge.objects.create(competition=competition, code="J1", name="위원장", user=judge, is_chair=True)
    entries = make_entries(competition, *(f"E{number}" for number in range(1, 6)))
    _present(competition, entries, chair=chair)
    make_round("presentation", competition, code="final", name="결선 발표", minutes=7)
    _vote(vote, entries)
    _measure(competition, entries)


def _present(competition, entries, *, chair):
    stage = make_round("presentation", competition, code="stage", name="현장 발표")
    draw_order(stage, public_text="3 14 15 92", starts_at=now(), minutes=10, pause=2, by=None, at=now())
    for entry in entries:
        make_assignment(chair, entry, round=stage)
    slots = list(stage.slots.all())
    for slot, acts in zip(slots, (("begin", "end"), ("absent",), ("begin",)), strict=False):
        for act in acts:
            move_on(slot, act, by=None, at=now())


def _vote(vote, entries):
    young = [make_user() for _number in range(4)]
    for voter in young:
        make_ballot(vote, entries[0], voter=voter, at=now(), network_hash="ab" * 32, device_hash="cd" * 32)
    make_ballot(vote, entries[1], at=now(), excluded_at=now(), excluded_reason="한 사람이 여러 번 투표함")


def _measure(competition, entries):
    measured = make_round("measured", competition, code="effect", name="실적 점수")
    criterion = measured.criteria.get()
    given = {
        (entries[0].pk, criterion.pk): Measured(Decimal(87), "민원 통계 2026. 11."),
        (entries[1].pk, criterion.pk): Measured(Decimal(0)),
    }
    keep_measured(measured, given, by=User.objects.order_by("pk").first(), at=now())


def _place(name, *code):
    competition = Competition.objects.get(title=TITLE)
    return reverse(f"competitions:{name}", args=[competition.slug, *code])


def public_round_pages():
    return [
        _place("competition"),
        _place("vote"),
        _place("running_order", "stage"),
        _place("running_order", "final"),
    ]


def judge_round_pages():
    return [_place("stage", "stage"), _place("judging_now", "stage"), _place("vote")]


def stage_pages():
    """The chair's screen, and the page a judge leaves open beside it."""
    return _place("stage", "stage"), _place("judging_now", "stage")


def organiser_round_pages():
    return [
        _place("organise_rounds"),
        _place("organise_order", "stage"),
        _place("organise_order", "final"),
        _place("organise_vote", "vote"),
        _place("organise_vote", "vote") + "?signal=device:" + "cd" * 32,
        _place("organise_measured", "effect"),
        _place("stage", "final"),
    ]


def resident_round_pages():
    return [_place("vote")]
