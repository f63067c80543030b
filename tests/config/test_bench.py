from importlib import import_module

import pytest

from bench.entries import screened_contest
from bench.measure import Line
from bench.people import organiser_of, sessions_of
from bench.scenarios import SCENARIOS, SIZES, Setting
from competitions.models import Entry

SMALLEST = Setting(SIZES["tiny"])


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_scenario_says_what_it_does_and_can_run(scenario):
    assert scenario.what
    assert callable(import_module(scenario.module).run)


def test_sizes_grow():
    assert SIZES["tiny"].lists < SIZES["small"].lists < SIZES["full"].lists


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["export", "tally", "advice"])
def test_smallest_scenario_yields_lines(name):
    lines = list(import_module(SCENARIOS[name].module).run(SMALLEST))

    assert lines
    assert all(line.ratio > 0 and str(line) for line in lines)


def test_line_shows_middle_floor_and_ratio():
    line = Line(what="page", times=[0.010, 0.020, 0.030], floor=0.005, sql=4)

    assert " ".join(str(line).split()) == "page p50 20.00 ms p95 30.00 ms floor 5.00 ms x4.0 4 SQL"


@pytest.mark.django_db
def test_made_up_contest_can_be_screened(client):
    competition = screened_contest(7)
    [client.cookies["sessionid"]] = sessions_of([organiser_of(competition)])

    response = client.get(f"/organise/{competition.slug}/entries/")

    assert [row.code for row in response.context["page_obj"]] == [f"E{number:05d}" for number in range(7)]
    assert not Entry.objects.filter(competition=competition, snapshot=None).exists()
