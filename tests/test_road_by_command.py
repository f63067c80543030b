"""The road by commands and the API alone: two sites, each with its own folder, database and processes."""

import csv
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest
from openpyxl import Workbook

from casebook.content import content_sha256
from tests.site_process import Site, fetch, finish

SLUG = "종이-공모전"
CONTEST = f"""
slug: {SLUG}
title: 종이로 치른 공모전
kind: resident
profile: light
announced_at: 2026-01-02
opens_at: 2026-02-01 09:00
closes_at: 2026-03-01 18:00
tracks: [{{code: a, name: 주민}}]
judges: [{{code: J1, name: 첫째 위원}}, {{code: J2, name: 둘째 위원}}]
rounds:
  - code: written
    name: 서면 심사
    kind: written
    weight: 100
    criteria:
      - {{code: idea, name: 창의성, max: 40, weight: 1}}
      - {{code: effect, name: 효과, max: 60, weight: 1}}
awards: [{{code: grand, name: 대상, count: 1}}, {{code: good, name: 우수, count: 1}}]
"""
ENTRIES = [
    ["code", "title", "track", "team", "summary", "submitted_at"],
    ["E1", "회의록 정리", "a", "총무팀", "회의록을 줄인다", "2026-02-10 10:00"],
    ["E2", "민원 답변 초안", "a", "", "", "2026-02-11 10:00"],
    ["E3", "경로당 소식지", "a", "", "", "2026-02-12 10:00"],
    ["E4", "보도자료 교정", "a", "", "", "2026-02-13 10:00"],
    ["E5", "채점하지 않은 글", "a", "", "", "2026-02-14 10:00"],
]
# Entry -> judge -> points for idea and effect; None is an empty cell.
POINTS = {
    "E1": {"J1": (36, 54), "J2": (34, 56)},
    "E2": {"J1": (40, 40), "J2": (40, 40)},
    "E3": {"J1": (30, 50), "J2": (None, None)},
    "E4": {"J1": (20, 40), "J2": (20.5, None)},
}
OUTCOME = [
    ("E1", "90", 1, "grand", "ranked"),
    ("E2", "80", 2, None, "tied_at_award_line"),
    ("E3", "80", 2, None, "tied_at_award_line"),
    ("E4", "60.25", 4, None, "ranked"),
    ("E5", None, None, None, "unscored"),
]
BOOK = [
    {
        "kind": "prompt",
        "external_id": "P-1",
        "title": "민원 답변 초안 만들기",
        "summary": "민원에 대한 정중한 답변 초안을 만듭니다.",
        "work_field": "민원",
        "system": "당신은 시청의 민원 담당자입니다.",
        "user": "{{민원요지}}에 대한 답변을 {{분량}} 안으로 써 주세요.",
        "variables": [{"key": "민원요지", "label": "민원 내용", "example": "가로등이 꺼졌습니다"}],
    },
    {
        "kind": "prompt",
        "external_id": "P-2",
        "title": "Linux Terminal",
        "user": "I want you to act as a Linux terminal.",
    },
    {
        "kind": "case",
        "external_id": "C-1",
        "title": "답변 시간을 줄인 사례",
        "work_field": "민원",
        "problem": "답변이 늦었습니다.",
        "approach": "프롬프트로 초안을 썼습니다.",
        "tags": ["민원", "답변"],
    },
]
TABLE = [["kind", "external_id", "title", "user"], ["prompt", "P-3", "보도자료 쓰기", "{{행사명}} 보도자료"]]


@pytest.fixture
def sites(tmp_path):
    """Two empty sites, under a path with a space and Hangul."""
    url = os.environ.get("DATABASE_URL", "")
    with ExitStack() as ends:
        sites = [Site(tmp_path / name, database_url=url) for name in ("우리 시", "다른 시")]
        for site in sites:
            ends.callback(site.end)
        yield sites


def test_road_by_command(sites, tmp_path):
    here, there = sites
    for process in [site.start("migrate", "-v0") for site in sites]:
        assert finish(process) == (0, "", "")

    with ThreadPoolExecutor() as pool:
        works = [pool.submit(work, here, tmp_path) for work in (run_contest, bring_in_casebook)]
        for work in works:
            work.result()
    read_by_api(here.open())
    book = export(here, tmp_path)
    copy = carry_over(there, book, tmp_path)

    assert hashes(copy) == hashes(book)
    assert len(hashes(book)) == 4


def run_contest(site, folder):
    bring_in_contest(site, folder)
    refuse_scores(site, folder)
    bring_in_scores(site, folder)
    compute(site)
    refuse_wrong_usage(site)


def bring_in_contest(site, folder):
    site.run("import_competition", text_file(folder / "공모전.yaml", CONTEST))
    said = site.run("import_entries", SLUG, table_file(folder / "응모작.csv", ENTRIES, encoding="cp949"))

    assert "5" in said


def text_file(path, text):
    path.write_text(text, "utf-8")
    return path


def table_file(path, rows, *, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def score_rows(points):
    header = ["round", "judge", "entry", "criterion", "points", "comment"]
    return [
        header,
        *(
            ["written", judge, entry, criterion, value, "근거가 뚜렷합니다" if value else None]
            for entry, by_judge in points.items()
            for judge, values in by_judge.items()
            for criterion, value in zip(("idea", "effect"), values, strict=True)
        ),
    ]


def refuse_scores(site, folder):
    """One mark above its maximum: the other rows of the file are not taken either."""
    rows = score_rows(POINTS | {"E5": {"J1": (41, 50)}})

    code, said = site.refuse("import_scores", SLUG, table_file(folder / "틀린 점수.csv", rows))

    assert code == 1
    assert all(word in said for word in ("18", "41", "40"))
    assert json.loads(site.run("dumpdata", "competitions.assignment", "competitions.score")) == []


def bring_in_scores(site, folder):
    book = Workbook()
    for row in score_rows(POINTS):
        book.active.append(row)
    path = folder / "점수.xlsx"
    book.save(path)

    site.run("import_scores", SLUG, path)


def compute(site):
    outcome = json.loads(site.run("compute_results", SLUG, "--json"))

    names = ("code", "total", "place", "award", "status")
    assert [tuple(row[name] for name in names) for row in outcome["entries"]] == OUTCOME
    assert outcome["entries"][3]["rounds"]["written"]["criteria"] == {"idea": "20.25", "effect": "40"}
    assert (outcome["competition"], len(outcome["inputs_sha256"])) == (SLUG, 64)


def refuse_wrong_usage(site):
    code, said = site.refuse("compute_results")

    assert (code, "usage:" in said) == (2, True)


def bring_in_casebook(site, folder):
    broken = [*TABLE, ["prompt", "P-4", "", "제목이 없습니다"]]
    code, said = site.refuse("import_casebook", table_file(folder / "틀린 표.csv", broken), "--publish")
    assert (code, "3" in said) == (1, True)

    book = text_file(folder / "사례집.json", json.dumps(BOOK, ensure_ascii=False))
    for path, count in ((book, 3), (table_file(folder / "표.csv", TABLE, encoding="cp949"), 1)):
        report = json.loads(site.run("import_casebook", path, "--publish", "--json"))
        assert report["counts"] == {"created": count, "changed": 0, "unchanged": 0, "published": count}


def read_by_api(address):
    """Found in Korean, by inflected words too, and in English; asked again, nothing is sent again."""
    assert found(address, "민원에 답변한") == ["P-1"]
    assert found(address, "linux terminals") == ["P-2"]
    assert found(address, "답변 시간", kind="case") == ["C-1"]

    contests = f"{address}/api/v1/competitions/"
    _status, body, headers = fetch(contests)
    assert [row["slug"] for row in json.loads(body)["results"]] == [SLUG]
    assert fetch(contests, **{"If-None-Match": headers["ETag"]})[:2] == (304, "")
    assert "openapi" in fetch(f"{address}/api/v1/schema/")[1]


def found(address, words, *, kind="prompt"):
    status, body, _headers = fetch(f"{address}/api/v1/search/?{urlencode({'q': words, 'kind': kind})}")
    assert status == 200
    return [row["external_id"] for row in json.loads(body)["results"]]


def export(site, folder):
    """Write all three forms at once; returns the JSON one."""
    places = {"json": folder / "책.json", "md": folder / "책.md", "site": folder / "책 누리집"}
    processes = [
        site.start("export_casebook", "--format", name, "--out", path) for name, path in places.items()
    ]
    for process in processes:
        code, _out, err = finish(process)
        assert (code, err) == (0, "")

    assert "민원 답변 초안 만들기" in places["md"].read_text("utf-8")
    assert "민원 답변 초안 만들기" in (places["site"] / "index.html").read_text("utf-8")
    return places["json"]


def carry_over(site, book, folder):
    site.run("import_casebook", book, "--publish")
    copy = folder / "다시.json"
    site.run("export_casebook", "--format", "json", "--out", copy)
    return copy


def hashes(path):
    """Return uid, number and hash of every version, each hash as the content itself gives it."""
    book = json.loads(path.read_text("utf-8"))
    versions = [
        (record["uid"], version)
        for kind in ("prompts", "cases")
        for record in book[kind]
        for version in record["versions"]
    ]
    assert all(content_sha256(version["content"]) == version["content_sha256"] for _uid, version in versions)
    return {(uid, version["number"], version["content_sha256"]) for uid, version in versions}
