"""Letters: their places, their words, and what stands against own words."""

import pytest

from accounts.models import Topic
from competitions.letters import FREE, KINDS, PLACES, filled, places_of, problems

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EVERY
def test_words_of_the_catalogue_meet_their_own_conditions(kind):
    subject, body = kind.words()

    assert list(problems(kind, subject, body)) == []
    assert kind.topic in Topic.values
    assert set(places_of(kind)) <= set(PLACES)
    assert "\n" not in subject


@pytest.mark.parametrize(
    ("text", "facts", "found"),
    [
        ("{title} 접수", {"title": "공모전"}, "공모전 접수"),
        ("{title}", {"title": "{name}"}, "{name}"),
        ("{unknown}", {}, "{unknown}"),
        ("{title.__class__}", {"title": "공모전"}, "{title.__class__}"),
        ("{ }{}{{title}}", {"title": "가"}, "{ }{}{가}"),
        ("가\n조항: {article}\n나", {"article": ""}, "가\n나"),
        ("가\n\n{reason}\n\n나", {"reason": " "}, "가\n\n나"),
        ("{code} {entry}", {"code": "", "entry": "요약"}, "요약"),
        ("여러 줄: {note}", {"note": "하나\n둘"}, "여러 줄: 하나\n둘"),
    ],
)
def test_places_are_filled(text, facts, found):
    assert filled(text, facts) == found


def test_unknown_place_is_refused_with_those_that_are_known():
    (problem,) = problems(KINDS["call.results"], "{titel}", "내용")

    assert problem.part == "subject"
    assert problem.text() == (
        "This letter has nothing to put in the place of {titel}. Use one of these: {name}, {title}, {contact}."
    )


def test_place_of_another_kind_is_refused():
    assert [problem.part for problem in problems(FREE, "가", "{receipt_number}")] == ["body"]


def test_text_without_the_reason_is_refused():
    (problem,) = problems(KINDS["entry.disqualified"], "{reason}", "심사에서 제외되었습니다.")

    assert (problem.part, problem.params) == ("body", {"name": "{reason}"})
