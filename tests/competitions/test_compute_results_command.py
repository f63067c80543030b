import json

import pytest
from django.core.management import call_command

from competitions.models import Assignment
from tests.competitions.jury import (
    make_judging_competition,
    make_published_competition,
    make_scored_competition,
)

pytestmark = pytest.mark.django_db


def test_command_prints_the_result_as_json(capsys):
    competition = make_scored_competition(E1=("20", "40.5"), E2=None)

    call_command("compute_results", competition.slug, "--json")

    outcome = json.loads(capsys.readouterr().out)
    advice = outcome.pop("advice")
    assert set(outcome) == {"competition", "method", "inputs_sha256", "entries"}
    assert advice["stability"] is None
    assert {each["what"] for each in advice["refused"]} >= {"stability"}
    assert competition.result.advice == advice
    assert outcome["competition"] == competition.slug
    assert outcome["entries"][0] == {
        "code": "E1",
        "track": "a",
        "total": "60.5",
        "place": 1,
        "rounds": {
            "written": {
                "score": "60.5",
                "judges": 1,
                "criteria": {"idea": "20", "effect": "40.5"},
                "kept": {"idea": ["J1"], "effect": ["J1"]},
                "dropped": {},
            }
        },
        "award": "grand",
        "status": "ranked",
        "tie_broken_by": None,
    }
    assert outcome["entries"][1] == {
        "code": "E2",
        "track": "a",
        "total": None,
        "place": None,
        "rounds": {
            "written": {
                "score": None,
                "judges": 0,
                "criteria": {"idea": None, "effect": None},
                "kept": {},
                "dropped": {},
            }
        },
        "award": None,
        "status": "unscored",
        "tie_broken_by": None,
    }
    assert competition.result.outcome == outcome


def test_command_without_advice(capsys):
    competition = make_scored_competition(E1=("20", "40"))

    call_command("compute_results", competition.slug, "--json", "--no-advice")

    outcome = json.loads(capsys.readouterr().out)
    assert outcome == competition.result.outcome
    assert competition.result.advice is None


def test_command_prints_a_table(capsys):
    competition = make_scored_competition(E1=("20", "40"))

    call_command("compute_results", competition.slug)

    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["1", "E1", "60", "grand", "ranked"]


def test_command_prints_what_was_published(capsys):
    competition = make_published_competition(by=None, E1=("20", "40"))
    Assignment.objects.get().scores.update(points=1)

    call_command("compute_results", competition.slug, "--json")

    assert json.loads(capsys.readouterr().out) == competition.result.outcome | {"advice": None}


def test_command_with_an_unknown_slug(capsys):
    with pytest.raises(SystemExit) as exit_:
        call_command("compute_results", "없는-공모전")

    assert exit_.value.code == 1
    assert "없는-공모전" in capsys.readouterr().err


def test_command_without_a_round(capsys):
    competition = make_judging_competition()
    competition.rounds.all().delete()

    with pytest.raises(SystemExit) as exit_:
        call_command("compute_results", competition.slug, "--json")

    assert exit_.value.code == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err != ""
