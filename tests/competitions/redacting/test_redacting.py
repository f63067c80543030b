import time

import pytest

from competitions.redacting import (
    MASK,
    Finder,
    Mention,
    People,
    masked,
    mentions,
    redacted,
    shown_part,
    texts_of,
)

PEOPLE = People(
    names=("김가온", "Minji Park"),
    teams=("온새미로팀", "혁신"),
    offices=("가온시 디지털정책과",),
    groups=("AI 학습동아리",),
    emails=("gaonkim77@gaon.example", "kim@gaon.example"),
    numbers=("20231234",),
)


def mask(text, people=PEOPLE):
    return masked(text, [(each.start, each.end) for each in Finder(people).find(text)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("김가온은 주무관입니다", "○○○은 주무관입니다"),
        ("김가온 주무관", "○○○ 주무관"),
        ("작성자김가온입니다", "작성자○○○입니다"),
        ("김 가 온", "○○○"),
        ("김\u200b가온", "○○○"),
        ("김가온", "○○○"),
        ("金가온", "○○○"),
        ("김OO 주무관, 김○○", "○○○ 주무관, ○○○"),
        ("김주무관에게 김 팀장이", "○○○주무관에게 ○○○ 팀장이"),
        ("가온 씨와 가온님", "○○○ 씨와 ○○○님"),
        ("Kim Ga-on, gaon kim, KIM GAON", "○○○, ○○○, ○○○"),
        ("MINJI PARK, Park, Minji", "○○○, ○○○"),
        ("온새미로가, '혁신'팀이", "○○○이, '○○○'팀이"),
        ("디지털정책과는, 디지털 정책과장", "○○○은, ○○○장"),
        ("정책과에서, 디정과 직원", "○○○에서, ○○○ 직원"),
        ("AI학습동아리에서", "○○○에서"),
        ("gaonkim77@gaon.example 또는 gaonkim77", "○○○ 또는 ○○○"),
        ("somebody.else@example.org", "○○○"),
        ("사번 2023-1234, ☎ 내선 1234", "사번 ○○○, ☎ ○○○"),
        ("https://github.com/someone/x", "○○○"),
        ("https://x.example/%EA%B9%80%EA%B0%80%EC%98%A8", "○○○"),
    ],
)
def test_masked(text, expected):
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "가온시는 가온시청에서",  # the given name in the name of the city
        "가온이가 좋다",  # a given name alone is a word too
        "이민정책", "디지털정책", "정책과 예산", "혁신을 이룹니다", "오늘도 김이 났다", "스페이스kimbap", "12023-12345",
        "https://www.law.go.kr/법령", "kim은 흔한 말이다",
    ],
)  # fmt: skip
def test_left(text):
    assert mask(text) == text


def test_name_inside_a_longer_word_stays():
    assert mask("이민정책을 폅니다. 이민정은", People(names=("이민정",))) == "이민정책을 폅니다. ○○○은"


def test_mask_tells_neither_length_nor_ending_of_the_name():
    names = ["이솔", "김가온", "남궁민정"]

    told = {
        mask(f"{name}{particle} 했다", People(names=(name,)))
        for name, particle in zip(names, "은은은", strict=True)
    }
    also = mask("박누리는 했다", People(names=("박누리",)))

    assert told == {also} == {f"{MASK}은 했다"}


def test_surname_of_two_syllables_is_read_both_ways():
    people = People(names=("황보람",))

    assert mask("보람 씨, Hwang Boram, 황 주무관", people) == "○○○ 씨, ○○○, ○○○ 주무관"


def test_word_of_the_organiser_is_masked_anywhere():
    assert mask("별명은 온새, 온 새이다", People(words=("온새",))) == "별명은 ○○○, 온 새이다"


def test_mentions_name_their_place_and_the_copy_masks_them():
    content = {
        "case": {
            "title": "김가온의 사례",
            "steps": [{"text": "먼저"}, {"text": "김가온이 씁니다"}],
            "work_field": "김가온",
        },
        "prompts": [{"messages": [{"role": "user", "content": "Minji Park"}]}],
        "answers": {"why": "혁신 팀"},
        "links": ["https://blog.naver.com/gaonkim77"],
    }

    found = mentions(content, PEOPLE)
    copy = redacted(content, found)

    assert [(each.place, each.what, each.text) for each in found] == [
        ("case.title", "name", "김가온"),
        ("case.steps.1.text", "name", "김가온"),
        ("prompts.0.messages.0.content", "name", "Minji Park"),
        ("answers.why", "team", "혁신"),
        ("links.0", "link", "https://blog.naver.com/gaonkim77"),
    ]
    assert mentions(copy, PEOPLE) == []
    assert copy["case"]["steps"][1]["text"] == "○○○이 씁니다"
    assert copy["case"]["work_field"] == "김가온"  # a code, which nobody writes
    assert content["case"]["title"] == "김가온의 사례"


def test_mention_goes_to_json_and_back():
    mention = Mention("case.title", "name", "김가온", 0, 3)

    assert Mention.of_json(mention.as_json() | {"kept": True}) == mention


def test_shown_part_has_neither_contact_nor_team_nor_personal_answers():
    content = {
        "case": {
            "title": "가",
            "department": "민원과",
            "contact": {"role": "나"},
            "attribution": "다",
            "award": None,
        },
        "prompts": [{"title": "라", "attribution": "마", "origin": {"title": "바"}}],
        "answers": {"phone": "사", "why": "아"},
        "team": [{"name": "자"}],
    }

    part = shown_part(content, personal={"phone"})

    assert texts_of(part) == {"case.title": "가", "prompts.0.title": "라", "answers.why": "아"}


def test_long_text_is_looked_through_in_a_moment():
    text = "오래 걸리던 민원 답변을 프롬프트로 줄였습니다. 김가온은 " * 1500
    begun = time.perf_counter()

    assert len(Finder(PEOPLE).find(text)) == 1500
    assert time.perf_counter() - begun < 5
