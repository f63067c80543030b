"""The stand-alone script: what it needs, what it answers, what it refuses."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from casebook.content import content_sha256
from competitions.verifying import verify_results
from competitions.verifying.results_file import canonical_json, sha256_of
from tests.competitions.verifying.contests import city_contest, document_of
from tests.competitions.verifying.test_results_file import GOLDEN

SCRIPT = Path(verify_results.__file__)


def alone(*arguments, stdin=b""):
    """The script in a Python without site packages, environment or this project."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd="/",
        env={},
    )


def asked(*arguments, language="en"):
    """Exit code, answers and complaints of the script; every sentence must be there in Korean, too."""
    asked_in = {each: _asked(each, *arguments) for each in ("ko", "en")}
    code, answers, complaints = asked_in["ko"]
    assert (code, len(answers), len(complaints)) == (
        asked_in["en"][0],
        len(asked_in["en"][1]),
        len(asked_in["en"][2]),
    )
    return asked_in[language]


def _asked(language, *arguments):
    answers, complaints = [], []
    code = verify_results.run([str(each) for each in arguments], answers.append, complaints.append, language)
    return code, answers, complaints


def written(tmp_path, document):
    path = tmp_path / "results.json"
    path.write_bytes(canonical_json(document))
    return path


def signed_anew(document):
    """The file with hashes and chain made to fit again, as somebody who forges one would."""
    document["inputs_sha256"] = verify_results.inputs_hash(document)
    document |= verify_results.expected_hashes(document)
    previous = ""
    for link, part in zip(document["chain"], verify_results.chained(document), strict=True):
        previous = link["sha256"] = verify_results.hashlib.sha256(
            (previous + sha256_of(part)).encode()
        ).hexdigest()
    units = list(verify_results.values_of(document))
    document["locator"] = {"count": len(units), "sums": [str(n) for n in verify_results.sums_of(units)]}
    return document | {"sha256": sha256_of({k: v for k, v in document.items() if k != "sha256"})}


def test_it_needs_nothing_but_python():
    answer = alone(GOLDEN, "--lang", "ko")

    assert (answer.returncode, answer.stderr.decode()) == (0, "")
    assert answer.stdout.decode().startswith("파일이 맞습니다. 응모작 8개, 점수 83개, 서명한 심사표 49장")


def test_it_reads_standard_input():
    assert alone("-", "--lang", "en", stdin=GOLDEN.read_bytes()).returncode == 0


def test_it_is_written_for_python_3_9():
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(SCRIPT.read_text(), feature_version=(3, 9)))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_every_sentence_has_the_same_blanks_in_both_languages():
    def blanks(sentence):
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    assert all(blanks(english) == blanks(korean) for english, korean in verify_results.KOREAN.items())


def test_one_changed_point_is_named_with_what_follows_from_it(tmp_path):
    document = document_of(city_contest())
    [mark] = [m for m in document["inputs"]["marks"] if m[:4] == ["talk", "J1", "E2", "talk"]]
    mark[4] = "89"

    code, _, complaints = asked(written(tmp_path, document))

    place = next(n for n, m in enumerate(document["inputs"]["marks"], start=1) if m is mark)
    assert code == 1
    assert complaints[0] == (
        f"inputs.marks[{place}: talk/J1/E2/talk]: was changed after the file was made: the check sums point here"
    )
    assert [line.split(":")[0] for line in complaints[1:]] == [
        "sha256",
        "inputs_sha256",
        "chain[3].sha256 (inputs)",
    ]


def test_a_forged_score_is_found_though_every_hash_fits(tmp_path):
    document = document_of(city_contest())
    document["entries"][2]["rounds"]["talk"]["score"] = "99"

    code, answers, complaints = asked(written(tmp_path, signed_anew(document)))

    line = "entries.E2.rounds.talk.score: file says 99, recomputed 81"
    assert (code, complaints) == (1, [line])
    assert answers == [f"The file does not agree. Differences: 1. The first: {line}"]


def test_a_forged_mark_is_found_by_everything_that_follows_from_it(tmp_path):
    document = document_of(city_contest())
    [mark] = [m for m in document["inputs"]["marks"] if m[:4] == ["talk", "J2", "E3", "talk"]]
    mark[4] = "100"

    complaints = asked(written(tmp_path, signed_anew(document)))[2]

    assert "entries.E3.rounds.talk.score: file says 72, recomputed 75" in complaints
    assert any(line.startswith("entries.E3.total: ") for line in complaints)


def test_two_changes_are_found_though_the_check_sums_cannot_tell_them_apart(tmp_path):
    document = document_of(city_contest())
    document["title"] = "다른 공모전"
    document["sheets"][0]["signed_at"] = "2026-05-20T09:00:00+00:00"

    code, _, complaints = asked(written(tmp_path, document))

    assert code == 1
    assert [line.split(":")[0] for line in complaints] == ["sha256", "chain[2].sha256 (sheets)"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda d: d["awards"][0].update(tier="silver"),
            "awards[1: E1].tier: the rule has no award “silver”",
        ),
        (lambda d: d["awards"][0].update(entry="E9"), "awards[1: E9].entry: the file has no entry “E9”"),
        (
            lambda d: d["awards"][0].update(entry="E8"),
            "awards[1: E8]: the entry takes no place, so it cannot have an award",
        ),
        (
            lambda d: d["awards"][0].update(tier="best-office"),
            "awards[1: E1]: the award is for the track office only",
        ),
        (
            lambda d: d["awards"][1].update(tier="grand"),
            "awards.grand: 2 entries have the award, at most 1 may",
        ),
        (lambda d: d["awards"].append(d["awards"][0]), "awards.E1: stands 2 times"),
        (
            lambda d: d["inputs"]["marks"].append(d["inputs"]["marks"][0]),
            "inputs.marks.talk/J1/E1/talk: stands 2 times",
        ),
        (
            lambda d: d["inputs"]["marks"][0].__setitem__(1, "J9"),
            "inputs.marks[1: talk/J9/E1/talk]: the file has no judge “J9”",
        ),
        (
            lambda d: d["inputs"]["marks"][0].__setitem__(2, "E9"),
            "inputs.marks[1: talk/J1/E9/talk]: the file has no entry “E9”",
        ),
        (
            lambda d: d["inputs"]["marks"][0].__setitem__(3, "x"),
            "inputs.marks[1: talk/J1/E1/x]: the rule has no criterion “talk/x”",
        ),
        (
            lambda d: d["inputs"]["marks"][0].__setitem__(4, "101"),
            "inputs.marks[1: talk/J1/E1/talk]: 101 is above the highest score 100",
        ),
        (
            lambda d: d["sheets"].pop(0),
            "inputs.marks[1: talk/J1/E1/talk]: no signed sheet of round talk, judge J1, entry E1",
        ),
        (
            lambda d: d["sheets"][0].update(round="final"),
            "sheets[1: final/J1/E1]: the rule has no round “final”",
        ),
        (lambda d: d["sheets"].append(d["sheets"][0]), "sheets.talk/J1/E1: stands 2 times"),
        (
            lambda d: d["inputs"]["votes"][0].__setitem__(1, "E9"),
            "inputs.votes[1: vote/E9]: the file has no entry “E9”",
        ),
        (
            lambda d: d["inputs"]["entries"][0].__setitem__(2, "yesterday"),
            "inputs.entries[1: E1/life/yesterday]: is not a moment with its time zone",
        ),
        (
            lambda d: d["rule"]["tie_break"].append("round:final"),
            "rule.tie_break: the rule has no round “final”",
        ),
        (
            lambda d: d["rule"]["tie_break"].append("luck"),
            "rule.tie_break: must be one of: criterion:…, round:…, submitted, joint",
        ),
        (lambda d: d["rule"]["round_order"].pop(), "rule.round_order: must name every round once"),
        (lambda d: d["rule"]["rounds"][0].update(weight="0"), "rule.rounds.talk.weight: must be above 0"),
        (
            lambda d: d["rule"]["rounds"][2].update(floor={}),
            "rule.rounds.written.floor: must hold exactly one of: percent, points",
        ),
        (
            lambda d: d["entries"].reverse(),
            "entries[1]: the order is another one: file says E8, recomputed E1",
        ),
        (lambda d: d["entries"].pop(), "entries.E8: is missing in the file"),
        (
            lambda d: d["entries"].append({"code": "E9"}),
            "entries.E9: stands in the file, but not when recomputed",
        ),
        (lambda d: d["entries"][0].update(place=1.0 == 1), "entries.E1.place: file says true, recomputed 1"),
    ],
)
def test_what_cannot_be_is_named_though_every_hash_fits(tmp_path, change, line):
    document = json.loads(GOLDEN.read_bytes())
    change(document)

    code, _, complaints = asked(written(tmp_path, signed_anew(document)))

    assert code == 1
    assert any(each.startswith(line) for each in complaints), complaints


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty. Download it again."),
        (b"\xff\xfe{}", "The file is not UTF-8 text."),
        (b"<html></html>", "The file is not JSON: line 1, column 1."),
        (b"[]", "format: is “null”; this script checks the format “prompt-casebook-results/1”"),
        (b'{"format": "results/9"}', "format: is “results/9”;"),
        (b'{"a": NaN}', "The file holds NaN, which no file of a result has."),
        (b'{"a": 1.5}', "The file holds 1.5, which no file of a result has."),
        (b'{"a": 1234567890123456789}', "The file holds 1234567890123456789, "),
        (b'{"a": 1, "a": 2}', "The key “a” stands twice in one object."),
        (b'{"a": "\\ud800"}', "The file is not UTF-8 text."),
        (b"[" * 100_000, "The file is nested too deeply, so it is no file of a result."),
        (b'{"format": "prompt-casebook-results/1"}', "competition: is missing"),
    ],
)
def test_what_is_no_file_of_a_result_is_refused_with_a_sentence(tmp_path, raw, sentence):
    path = tmp_path / "results.json"
    path.write_bytes(raw)

    code, answers, [complaint] = asked(path)

    assert (code, answers) == (2, [])
    assert complaint.startswith(sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.pop("rule"), "rule: is missing"),
        (lambda d: d.update(extra=1), "extra: is unknown to this script"),
        (lambda d: d.update(sheets={}), "sheets: must be a list"),
        (lambda d: d.update(rule=[]), "rule: must be an object"),
        (lambda d: d.update(title=3), "title: must be text"),
        (lambda d: d.update(sha256="ABC"), "sha256: must be 64 signs of 0-9 and a-f"),
        (lambda d: d["inputs"]["marks"][1].pop(), "inputs.marks[2]: must be a list of 5 values"),
        (
            lambda d: d["inputs"]["marks"][1].__setitem__(4, "1e3"),
            "inputs.marks[2][5]: must be a number as text",
        ),
        (
            lambda d: d["inputs"]["marks"][1].__setitem__(4, "-1"),
            "inputs.marks[2][5]: must be a number as text",
        ),
        (
            lambda d: d["inputs"]["votes"][0].__setitem__(2, 0),
            "inputs.votes[1][3]: must be a whole number from 1",
        ),
        (lambda d: d["rule"].update(version=True), "rule.version: must be one of: 1"),
        (
            lambda d: d["rule"].update(one_prize_per_person=1),
            "rule.one_prize_per_person: must be true or false",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_place(tmp_path, change, sentence):
    document = json.loads(GOLDEN.read_bytes())
    change(document)

    code, _, [complaint] = asked(written(tmp_path, document))

    assert code == 2
    assert complaint.startswith(sentence)


def test_a_file_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_results, "LARGEST", 2**20)
    path = tmp_path / "results.json"
    path.write_bytes(b" " * 2**21)

    assert asked(path)[0::2] == (2, ["The file is larger than 1 MB, so it is no file of a result."])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    [complaint] = asked(tmp_path / "none.json")[2]

    assert complaint == "The file cannot be opened: No such file or directory. Check its name."


def test_wrong_usage_ends_with_two():
    assert alone().returncode == 2
    assert alone(GOLDEN, "--sheet", "written").returncode == 2


def test_a_file_written_by_another_program_in_other_spaces_agrees(tmp_path):
    path = tmp_path / "results.json"
    document = json.loads(GOLDEN.read_bytes())
    path.write_text(json.dumps(document, indent=2), encoding="utf-8-sig")

    assert asked(path)[0] == 0


def test_a_sheet_is_shown_with_its_hash():
    code, answers, _ = asked(GOLDEN, "--sheet", "written", "J4", "E1")

    document = json.loads(GOLDEN.read_bytes())
    [sheet] = [
        s for s in document["sheets"] if (s["round"], s["judge"], s["entry"]) == ("written", "J4", "E1")
    ]
    assert code == 0
    assert answers[2:] == [
        "written / J4 / E1",
        "  idea: 38.5 / 40",
        "  use: 57 / 60",
        f"Signed at: {sheet['signed_at']}",
        f"SHA-256 of the sheet: {sheet['sha256']}",
        f"SHA-256 of what was judged: {sheet['snapshot_sha256']}",
    ]


def test_a_sheet_that_is_not_there_is_told():
    code, _, complaints = asked(GOLDEN, "--sheet", "written", "J4", "E9")

    assert code == 2
    assert complaints == ["There is no signed sheet of round written, judge J4, entry E9 in the file."]


def signed_sheet(**scores):
    """A sheet as the judge's room hands it out."""
    return {
        "competition": "gaon-prompts",
        "round": "written",
        "judge": "J1",
        "entry": "E1",
        "scores": {code: {"points": points, "comment": "새롭습니다."} for code, points in scores.items()},
        "comments": {"entrant": "잘 읽었습니다."},
    }


def with_sheet(tmp_path, *, in_file, own):
    """Checks a judge's own sheet; in_file: the sheet whose hash stands in the file."""
    document = document_of(city_contest())
    names = ("written", "J1", "E1")
    [sheet] = [s for s in document["sheets"] if (s["round"], s["judge"], s["entry"]) == names]
    sheet["sha256"] = content_sha256(in_file)
    (tmp_path / "mine.json").write_text(json.dumps(own))
    path = written(tmp_path, signed_anew(document))
    return asked(path, "--sheet", *names, "--signed", tmp_path / "mine.json")


def test_a_judge_finds_the_signed_sheet_in_the_file(tmp_path):
    mine = signed_sheet(idea="34", use="52", bonus=None)

    code, answers, complaints = with_sheet(tmp_path, in_file=mine, own=mine)

    assert (code, complaints) == (0, [])
    assert answers[-1] == "This is the sheet that was signed: the same SHA-256 and the same points."


def test_a_judge_finds_that_points_are_not_those_signed(tmp_path):
    mine = signed_sheet(idea="35", use="52")

    code, _, complaints = with_sheet(tmp_path, in_file=mine, own=mine)

    place = "sheets[written/J1/E1]"
    assert (code, complaints) == (
        1,
        [f"{place}.idea: the signed sheet has 35, the file of the result 34"],
    )


def test_a_judge_finds_that_a_comment_is_not_the_one_signed(tmp_path):
    mine = signed_sheet(idea="34", use="52")
    other = mine | {"comments": {"entrant": "다른 말"}}

    code, _, [complaint] = with_sheet(tmp_path, in_file=mine, own=other)

    assert code == 1
    assert complaint.startswith(
        f"sheets[written/J1/E1].sha256: the signed sheet has {content_sha256(other)}, "
    )


@pytest.mark.parametrize("own", [[], {}, {"scores": []}, {"scores": {"idea": "34"}}])
def test_a_file_that_is_no_signed_sheet_is_refused(tmp_path, own):
    code, _, complaints = with_sheet(tmp_path, in_file={}, own=own)

    assert code == 2
    assert complaints == ["The signed sheet must be the JSON file that its judge downloaded."]


def test_the_table_shows_places_and_decided_awards():
    answers = asked(GOLDEN, "--table", language="ko")[1]

    assert answers[2].split() == ["순위", "응모작", "총점", "상격", "상태"]
    assert answers[3].split()[:2] == ["1", "E1"]
    assert answers[3].split()[3:] == ["grand", "ranked"]


def test_an_award_given_otherwise_than_proposed_is_noted_and_agrees(tmp_path):
    decided = {"E1": ("grand", ""), "E6": ("good", "위원회 결정"), "E4": ("good", "")}
    document = document_of(city_contest(), decided=decided)

    code, answers, _ = asked(written(tmp_path, document))

    assert code == 0
    assert answers[2:] == [
        "Decided otherwise than the rule proposes: E2 has no award, proposed good. No reason is given.",
        "Decided otherwise than the rule proposes: E6 has good, proposed no award. 위원회 결정",
    ]


@pytest.mark.parametrize(("setting", "language"), [("en_US.UTF-8", "en"), ("C", "ko"), ("ko_KR.UTF-8", "ko")])
def test_the_language_is_the_computers_and_otherwise_korean(monkeypatch, setting, language):
    monkeypatch.setattr(verify_results.locale, "setlocale", lambda *_: setting)

    assert verify_results.wanted_language([]) == language
    assert verify_results.wanted_language(["--lang", "en"]) == "en"
    assert verify_results.wanted_language(["--lang=ko"]) == "ko"


def test_signs_that_steer_a_terminal_are_not_shown(tmp_path):
    document = document_of(city_contest())
    document["awards"][0]["tier"] = "\x1b[2Jgrand"

    code, _, complaints = asked(written(tmp_path, signed_anew(document)))

    assert (code, complaints) == (1, ["awards[1: E1].tier: the rule has no award “�[2Jgrand”"])


def test_a_mark_of_nobody_is_refused_where_judges_judge(tmp_path):
    document = document_of(city_contest())
    document["inputs"]["marks"][0][1] = ""

    complaints = asked(written(tmp_path, signed_anew(document)))[2]

    assert complaints == ["inputs.marks[1: talk//E1/talk]: the file has no judge “”"]
