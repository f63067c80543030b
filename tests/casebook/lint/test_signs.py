import pytest

from casebook.lint import apply_fix, lint
from casebook.lint.signs import without_signs
from tests.casebook.lint.contents import blank, content, text_of

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        *((sign, "zero_width") for sign in "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u3164"),
        *((sign, "bidi_signs") for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
        ("\U000e0041\U000e0042", "hidden_text"),
    ],
)
def test_sign(sign, code):
    given_content = text_of(f"글{sign}자")

    [finding] = lint(given_content)

    assert (finding.code, finding.path, finding.start, finding.end) == (code, "messages.0.content", 1, 2)
    assert finding.params["count"] == len(sign)
    assert apply_fix(given_content, finding) == text_of("글자")


@pytest.mark.parametrize("text", [FLAG, FAMILY, "❤️\u200d🔥", "שלום عليكم", "가나다"])
def test_signs_that_are_meant(text):
    assert lint(text_of(text)) == []
    assert without_signs(text) == text


def test_signs_beside_an_emoji_are_removed():
    assert without_signs(f"가\u200b{FAMILY}\u200d나{FLAG}\U000e0041") == f"가{FAMILY}나{FLAG}"


def test_signs_in_any_field():
    given_content = content(title="가\u200b나", legal_basis=["조\u202e례"])

    assert [(finding.code, finding.path) for finding in lint(given_content)] == [
        ("bidi_signs", "legal_basis.0"),
        ("zero_width", "title"),
    ]


def test_signs_in_a_blank():
    assert [finding.path for finding in lint(blank(help="가\u200b"))] == ["variables.0.help"]
