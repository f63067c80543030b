"""Figures of a contest: exact for the organiser, without small numbers for everybody."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.models import User
from competitions.contest_figures import FEWEST, figures_of, public_figures
from competitions.models import Ballot, Entry, Round, Snapshot
from competitions.states import EntryState
from tests.competitions.afterwards.finished import award_of, make_finished
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_moving_up import revoked
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_competition, make_department, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db


def test_counts_are_exact():
    competition = make_finished()
    department = make_department(name="민원과")
    make_entry(competition, entrant=make_user(department=department), state=EntryState.DISQUALIFIED)
    make_entry(competition, state=EntryState.WITHDRAWN)
    make_entry(competition)

    figures = figures_of(competition)

    assert (figures.entries, figures.admitted, figures.disqualified, figures.withdrawn) == (4, 3, 1, 1)
    assert figures.tracks == [("주민 부문", 4)]
    assert figures.departments == [(department.name, 1), (None, 3)]
    assert sum(count for _day, count in figures.days) == 4
    assert (figures.judges, figures.sheets, figures.recused) == (1, 3, 0)
    assert (figures.awards, figures.revoked) == (1, 0)


def test_spread_of_the_totals():
    assert figures_of(make_finished()).spread == {"lowest": 85.0, "middle": 87.0, "highest": 89.0}


def test_contest_without_a_result_or_an_entry_has_figures():
    figures = figures_of(make_competition())

    assert (figures.entries, figures.spread, figures.agreement, figures.saved_minutes) == (
        0,
        None,
        None,
        None,
    )


def test_agreement_is_that_of_the_advice():
    competition = make_finished()
    competition.result.advice = {"agreement": {"kendall_w": "0.5", "icc_2_1": None}}

    assert figures_of(competition).agreement == {"kendall_w": "0.5"}


def test_recused_and_cancelled_are_counted():
    competition = make_finished()
    entry = competition.entries.get(code="E3")
    entry.assignments.create(judge=make_judge(competition), round=competition.rounds.get(), state="recused")
    revoked(competition)

    figures = figures_of(competition)

    assert (figures.recused, figures.awards, figures.revoked) == (1, 0, 1)


def claim(competition, before, after):
    """The winner says how long the work took."""
    entry = award_of(competition).entry
    content = entry.draft | {
        "case": entry.draft["case"] | {"effect": {"minutes_before": before, "minutes_after": after}}
    }
    snapshot = Snapshot.objects.create(
        entry=entry,
        number=2,
        content=content,
        content_sha256="1" * 64,
        receipt_number="R-claim",
        submitted_at=AT,
    )
    Entry.objects.filter(pk=entry.pk).update(snapshot=snapshot)


@pytest.mark.parametrize(("before", "after", "saved"), [(60, 20, 40), (20, 60, None), (None, 5, None)])
def test_time_saved_is_what_winners_say(before, after, saved):
    competition = make_finished()
    claim(competition, before, after)

    assert figures_of(competition).saved_minutes == saved


def test_public_figures_leave_out_what_is_under_five():
    figures = public_figures(make_finished())

    assert FEWEST == 5
    assert (figures["entries"], figures["admitted"], figures["spread"]) == (None, None, None)
    assert figures["tracks"] == [("주민 부문", None)]


def test_single_small_track_does_not_follow_from_the_sum():
    competition = make_finished(codes=[f"E{n}" for n in range(1, 8)])
    other = competition.tracks.create(code="b", name="공무원 부문")
    make_entry(competition, track=other, state=EntryState.ACCEPTED)

    figures = public_figures(competition)

    assert figures["entries"] == 8
    assert figures["tracks"] == [("공무원 부문", None), ("주민 부문", None)]


def test_ballots_left_out_are_told():
    competition = make_finished()
    round_ = Round.objects.create(competition=competition, code="vote", name="주민 투표", kind="public_vote")
    Ballot.objects.create(round=round_, voter=make_user(), at=AT)
    Ballot.objects.create(round=round_, voter=make_user(), at=AT, excluded_at=AT, excluded_reason="한 곳에서")

    assert public_figures(competition)["votes"] == [{"name": "주민 투표", "ballots": 1, "excluded": 1}]


def page(competition, name="organise_statistics"):
    return reverse(f"competitions:{name}", args=[competition.slug])


def test_organiser_sees_the_figures_and_takes_them_away(as_user):
    competition = make_finished()
    department = make_department(name="=민원과")
    User.objects.filter(entries__competition=competition).update(department=department)
    client = as_user(organiser_of(competition))

    shown = client.get(page(competition))
    file = client.get(page(competition, "organise_statistics_file"))

    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert shown.context["figures"].entries == 3
    assert [row[1] for row in rows if "=민원과" in row[1]] == [f"'{department.name}"]
    assert len(rows) == 1 + sum(len(each) for _title, each in shown.context["sections"])


def test_other_organisers_and_strangers_are_refused(as_user):
    competition = make_finished()

    for person in (organiser_of(make_finished()), make_user()):
        for name in ("organise_statistics", "organise_statistics_file"):
            assert as_user(person).get(page(competition, name)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_large(as_user, count):
    competition = make_finished(codes=[f"E{n}" for n in range(1, count + 1)])

    assert queries_of(as_user(organiser_of(competition)), page(competition)) == 15


def test_public_page_shows_figures_appeals_and_certificates(client):
    competition = make_finished(published_at=AT)

    response = client.get(reverse("competitions:results", args=[competition.slug]))

    text = response.content.decode()
    assert response.context["figures"]["entries"] is None
    assert reverse("competitions:check_certificates") in text
