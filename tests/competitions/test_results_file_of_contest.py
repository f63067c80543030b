"""A stored contest: its file agrees, and its judge finds the signed sheet in it."""

import json

import pytest
from django.db import DatabaseError

from competitions.models import Assignment, Conflict, Result
from competitions.results import contest_and_tally, signed_content
from competitions.results_files import frozen_file
from competitions.verifying import verify_results
from competitions.verifying.results_file import canonical_json, disagreements
from tests.competitions.jury import make_published_competition, make_scored_competition
from tests.factories import AT

pytestmark = pytest.mark.django_db


def file_of(competition):
    contest, outcome = contest_and_tally(competition)
    return json.loads(frozen_file(competition, contest, outcome).text)


def test_the_file_of_a_stored_contest_agrees():
    document = file_of(make_scored_competition(E1=("30", "50"), E2=("20.5", "60"), E3=None))

    assert disagreements(document) == []
    assert [(e["code"], e["place"]) for e in document["entries"]] == [("E2", 1), ("E1", 2), ("E3", None)]


def test_a_judge_finds_the_stored_sheet_in_the_file(tmp_path):
    competition = make_scored_competition(E1=("30", "50"), E2=("20.5", "60"))
    sheet = Assignment.objects.get(entry__code="E1")
    (tmp_path / "results.json").write_bytes(canonical_json(file_of(competition)))
    own = signed_content(sheet, sheet.scores.select_related("criterion"))
    (tmp_path / "sheet.json").write_text(json.dumps(own))

    complaints = []
    code = verify_results.run(
        [
            str(tmp_path / "results.json"),
            "--sheet",
            sheet.round.code,
            sheet.judge.code,
            "E1",
            "--signed",
            str(tmp_path / "sheet.json"),
        ],
        lambda line: None,
        complaints.append,
        "ko",
    )

    assert (code, complaints) == (0, [])


def test_publishing_freezes_the_file_with_the_awards_as_decided():
    result = make_published_competition(by=None, E1=("20", "40"), E2=("40", "50")).result

    document = json.loads(result.file)
    assert document["sha256"] == result.file_sha256
    assert document["awards"] == [{"entry": "E2", "tier": "grand", "reason": ""}]
    assert disagreements(document) == []


def test_the_frozen_file_cannot_be_changed():
    result = make_published_competition(by=None, E1=("20", "40")).result

    with pytest.raises(DatabaseError):
        Result.objects.filter(pk=result.pk).update(file="{}")


def test_a_sheet_whose_judge_turned_out_to_have_a_conflict_is_not_in_the_file():
    competition = make_scored_competition(E1=("30", "50"), E2=("20.5", "60"))
    sheet = Assignment.objects.get(entry__code="E1")
    Conflict.objects.create(
        judge=sheet.judge,
        entry=sheet.entry,
        kind=Conflict.Kind.EXCLUSION,
        ground=Conflict.Ground.OWN,
        state=Conflict.State.STANDING,
        at=AT,
    )

    document = file_of(competition)

    assert [each["entry"] for each in document["sheets"]] == ["E2"]
    assert disagreements(document) == []
