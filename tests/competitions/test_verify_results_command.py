"""verify_results FILE."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.competitions.verifying.test_results_file import GOLDEN


def called(*arguments, language="en"):
    """Exit code, output and reasons of the command."""
    out, err = StringIO(), StringIO()
    try:
        with translation.override(language):
            call_command("verify_results", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("language", "beginning"), [("en", "The file agrees: 8 entries"), ("ko", "파일이 맞습니다. 응모작 8개")]
)
def test_a_file_that_agrees_ends_with_zero(language, beginning):
    code, out, err = called(GOLDEN, language=language)

    assert (code, err) == (0, "")
    assert out.startswith(beginning)


def test_a_changed_digit_ends_with_one_and_its_place(tmp_path):
    document = json.loads(GOLDEN.read_bytes())
    document["entries"][0]["total"] = "87"
    path = tmp_path / "results.json"
    path.write_text(json.dumps(document))

    code, _, err = called(path)

    assert code == 1
    assert err.splitlines()[0].startswith("entries.E1.total: was changed")
    assert "entries.E1.total: file says 87, recomputed 86" in err.splitlines()


def test_a_file_that_is_none_ends_with_two(tmp_path):
    path = tmp_path / "results.json"
    path.write_text("[")

    assert called(path) == (2, "", "The file is not JSON: line 1, column 2. Download it again.\n")


def test_a_sheet_and_the_table_are_shown():
    _, out, _ = called(GOLDEN, "--table", "--sheet", "written", "J4", "E1")

    assert "  idea: 38.5 / 40" in out.splitlines()
    assert any(line.split() == ["1", "E1", "86", "grand", "ranked"] for line in out.splitlines())
