import pytest

from casebook.lint import lint
from tests.casebook.lint.contents import content, text_of


def found(**changes):
    return [(finding.code, finding.path) for finding in lint(content(**changes))]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("title", "no_title"),
        ("summary", "no_summary"),
        ("output_format", "no_output_format"),
        ("example_input", "no_example_input"),
        ("example_output", "no_example_output"),
        ("verification_checklist", "no_checklist"),
        ("licence", "no_licence"),
    ],
)
def test_missing(field, code):
    assert found(**{field: None}) == [(code, field)]


def test_title_nobody_can_see_is_missing():
    assert ("no_title", "title") in found(title="\u200b\u3164")


def test_building_block_needs_no_example():
    missing = dict.fromkeys(["output_format", "example_input", "example_output", "verification_checklist"])

    assert found(reusable=True, **missing) == []


@pytest.mark.parametrize(
    ("length", "codes"), [(8_000, []), (8_001, ["long"]), (200_000, ["long"]), (200_001, ["too_long"])]
)
def test_length(length, codes):
    texts = ["가" * (length // 2), "가" * (length - length // 2)]

    assert [finding.code for finding in lint(text_of(*texts))] == codes


@pytest.mark.parametrize(
    ("model", "codes"),
    [
        ({"temperature": "2", "top_p": "1"}, []),
        ({"temperature": "0.7"}, []),
        ({"name": "가온모델"}, []),
        ({"temperature": "2.1"}, [("temperature", "model.temperature")]),
        ({"top_p": "1.5"}, [("top_p", "model.top_p")]),
    ],
)
def test_model(model, codes):
    assert found(model=model) == codes


@pytest.mark.parametrize(
    ("schema", "codes"),
    [('{"type": "object"}', []), ("{type: object}", ["bad_schema"]), ("[" * 100_000, ["bad_schema"])],
)
def test_schema(schema, codes):
    assert [code for code, _path in found(output_schema=schema)] == codes
