from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from competitions.models import Assignment, Competition, Entry, Score
from competitions.states import CompetitionState, EntryState

pytestmark = pytest.mark.django_db

YAML = """
slug: 종이-공모전
title: 종이 공모전
kind: resident
profile: light
announced_at: 2026-01-02
opens_at: 2026-02-01 09:00
closes_at: 2026-03-01 18:00
tracks:
  - {code: a, name: 주민}
judges:
  - {code: J1, name: 첫째 위원}
  - {code: J2, name: 둘째 위원}
rounds:
  - code: written
    name: 서면 심사
    kind: written
    weight: 100
    criteria:
      - {code: idea, name: 창의성, max: 40, weight: 40}
      - {code: effect, name: 효과, max: 60, weight: 60, required: true}
awards:
  - {code: grand, name: 대상, count: 1}
"""
ENTRIES = (
    "code,title,track,team,summary,submitted_at\n"
    "E1,회의록 정리,a,총무팀,줄인다,2026-02-10 10:00\n"
    "E2,민원 답변,a,,,\n"
)
SCORES = "round,judge,entry,criterion,points,comment\nwritten,J1,E1,idea,35.5,좋음\nwritten,J1,E1,effect,,\n"


def run(command, *arguments):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def file_with(tmp_path, text, *, name="file.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def contest(tmp_path):
    run("import_competition", file_with(tmp_path, YAML, name="contest.yaml"))
    return Competition.objects.get()


@pytest.fixture
def contest_with_entries(tmp_path, contest):
    run("import_entries", contest.slug, file_with(tmp_path, ENTRIES))
    return contest


def test_import_competition(contest):
    assert (contest.slug, contest.state) == ("종이-공모전", CompetitionState.ANNOUNCED)
    assert list(contest.judges.values_list("code", flat=True)) == ["J1", "J2"]
    criteria = contest.rounds.get().criteria.values_list("code", "max_points", "weight")
    assert list(criteria) == [("idea", Decimal(40), Decimal(40)), ("effect", Decimal(60), Decimal(60))]


def test_import_competition_twice_says_unchanged(tmp_path, contest):
    out = run("import_competition", file_with(tmp_path, YAML, name="again.yaml"))

    assert contest.title in out
    assert Competition.objects.count() == 1


def test_import_competition_changed_is_refused(tmp_path, contest):
    path = file_with(tmp_path, YAML.replace("종이 공모전", "다른 공모전"), name="changed.yaml")

    with pytest.raises(CommandError) as error:
        run("import_competition", path)

    assert error.value.returncode == 1
    assert "title" in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("profile: light", "profil: light", "profil"),
        ("max: 40", "max: -1", "rounds[1].criteria[1].max"),
        ("2026-03-01 18:00", "2026-01-15 18:00", "closes_at"),
        ("2026-03-01 18:00", "2026-02-31 18:00", "closes_at"),
        ("code: J2", "code: J1", "judges[2].code"),
    ],
)
def test_import_competition_names_the_place_of_a_fault(tmp_path, old, new, place):
    with pytest.raises(CommandError) as error:
        run("import_competition", file_with(tmp_path, YAML.replace(old, new), name="broken.yaml"))

    assert place in str(error.value)
    assert not Competition.objects.exists()


def test_import_competition_without_file_is_refused(tmp_path):
    with pytest.raises(CommandError) as error:
        run("import_competition", tmp_path / "없음.yaml")

    assert "없음.yaml" in str(error.value)


def test_import_entries(contest_with_entries):
    rows = Entry.objects.order_by("code").values_list("code", "title", "team", "state", "track__code")

    assert list(rows) == [
        ("E1", "회의록 정리", "총무팀", EntryState.ACCEPTED, "a"),
        ("E2", "민원 답변", "", EntryState.ACCEPTED, "a"),
    ]


def test_import_entries_in_cp949(tmp_path, contest):
    run("import_entries", contest.slug, file_with(tmp_path, ENTRIES, encoding="cp949"))

    assert contest.entries.get(code="E1").title == "회의록 정리"


def test_import_entries_reports_unknown_columns(tmp_path, contest):
    text = "code,title,전화번호\nE1,작품,비밀\n"

    out = run("import_entries", contest.slug, file_with(tmp_path, text))

    assert "전화번호" in out
    assert contest.entries.count() == 1


def test_import_entries_with_broken_rows_lists_each_line_and_stores_nothing(tmp_path, contest):
    text = "code,title,track\nE1,좋음,a\nE2,,a\nE3,좋음,없는부문\n"

    with pytest.raises(CommandError) as error:
        run("import_entries", contest.slug, file_with(tmp_path, text))

    lines = str(error.value).split("\n")
    assert len(lines) == 2
    assert "3" in lines[0]
    assert "없는부문" in lines[1]
    assert not contest.entries.exists()


def test_import_entries_of_an_unknown_competition_is_refused(tmp_path):
    with pytest.raises(CommandError) as error:
        run("import_entries", "없음", file_with(tmp_path, ENTRIES))

    assert "없음" in str(error.value)


def test_import_scores_keeps_missing_apart_from_zero(tmp_path, contest_with_entries):
    run("import_scores", contest_with_entries.slug, file_with(tmp_path, SCORES))

    points = Score.objects.order_by("criterion__position").values_list("points", flat=True)
    assert list(points) == [Decimal("35.5"), None]
    assert Assignment.objects.signed().count() == 1


def test_import_scores_from_a_workbook(tmp_path, contest_with_entries):
    book = Workbook()
    for row in (["round", "judge", "entry", "criterion", "points"], ["written", "J2", "E2", "idea", 38.25]):
        book.active.append(row)
    path = tmp_path / "scores.xlsx"
    book.save(path)

    run("import_scores", contest_with_entries.slug, path)

    assert Score.objects.get().points == Decimal("38.25")


@pytest.mark.parametrize(
    "row",
    [
        "written,J9,E1,idea,1,",
        "written,J1,E9,idea,1,",
        "written,J1,E1,없음,1,",
        "written,J1,E1,idea,40.5,",
        "x,J1,E1,idea,1,",
    ],
)
def test_import_scores_with_a_bad_row_is_refused(tmp_path, contest_with_entries, row):
    with pytest.raises(CommandError) as error:
        run("import_scores", contest_with_entries.slug, file_with(tmp_path, f"{SCORES}{row}\n"))

    assert "4" in str(error.value)
    assert not Assignment.objects.exists()


def test_import_scores_after_the_decision_is_refused(tmp_path, contest_with_entries):
    Competition.objects.update(state=CompetitionState.DECIDED)

    with pytest.raises(CommandError):
        run("import_scores", contest_with_entries.slug, file_with(tmp_path, SCORES))


def test_export_competition_writes_what_import_takes(tmp_path, contest):
    path = tmp_path / "out.yaml"

    run("export_competition", contest.slug, "--out", path)

    assert path.read_text(encoding="utf-8") == run("export_competition", contest.slug)
    assert contest.title in run("import_competition", path)
    assert Competition.objects.count() == 1


def test_export_of_an_unknown_competition_is_refused():
    with pytest.raises(CommandError) as error:
        run("export_competition", "없음")

    assert "없음" in str(error.value)


def test_export_into_a_place_that_cannot_be_written_is_refused(tmp_path, contest):
    with pytest.raises(CommandError) as error:
        run("export_competition", contest.slug, "--out", tmp_path / "없는 폴더" / "out.yaml")

    assert "없는 폴더" in str(error.value)
