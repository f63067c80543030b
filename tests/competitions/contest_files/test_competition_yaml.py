"""Competition files: what they say, and every way they are refused."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)

KST = timezone(timedelta(hours=9))
KEYS = (
    "slug, title, kind, profile, announced_at, opens_at, closes_at, call, tracks, judges, rounds, awards, "
    "grace_minutes, sealed, keep_days, verification_days, plan, eligibility, files, questions, terms, dates, "
    "faq, contact, scoring, one_prize_per_person"
)

FULL = """\
slug: 2026-봄-공모전
title: 봄 프롬프트 공모전
kind: resident
profile: full
announced_at: 2026-04-01
opens_at: 2026-04-20 09:00
closes_at: 2026-05-12T18:00:00+09:00
call: |
  # 공고

  누구나 참여할 수 있습니다.
tracks:
  - {code: life, name: 생활}
judges:
  - {code: J1, name: 심사위원 1}
rounds:
  - code: written
    name: 서면 심사
    kind: written
    weight: 60
    criteria:
      - {code: idea, name: 창의성, max: 40, weight: 1.10, required: no, description: 새로운가}
awards:
  - {code: grand, name: 대상, count: 1, prize: 상금 100만 원}
"""

SMALL = """\
slug: spring
title: Spring
kind: open
opens_at: 2026-04-20
closes_at: 2026-05-12 18:00
tracks:
  - {code: a, name: A}
rounds:
  - code: written
    name: Written
    kind: written
    criteria:
      - {code: idea, name: Idea, max: 40}
"""


def refusals(text):
    with pytest.raises(FileRefused) as refusal:
        read_competition(text if isinstance(text, bytes) else text.encode())
    return refusal.value.sentences()


def changed(old, new):
    assert old in SMALL
    return SMALL.replace(old, new)


def test_read_competition_with_every_key():
    assert read_competition(FULL.encode()) == CompetitionRecord(
        slug="2026-봄-공모전",
        title="봄 프롬프트 공모전",
        kind="resident",
        profile="full",
        announced_at=datetime(2026, 4, 1, tzinfo=KST),
        opens_at=datetime(2026, 4, 20, 9, tzinfo=KST),
        closes_at=datetime(2026, 5, 12, 18, tzinfo=KST),
        call="# 공고\n\n누구나 참여할 수 있습니다.",
        tracks=(TrackRecord(code="life", name="생활"),),
        judges=(JudgeRecord(code="J1", name="심사위원 1"),),
        rounds=(
            RoundRecord(
                code="written",
                name="서면 심사",
                kind="written",
                weight=Decimal(60),
                criteria=(
                    CriterionRecord(
                        code="idea",
                        name="창의성",
                        description="새로운가",
                        max=Decimal(40),
                        weight=Decimal("1.10"),
                        required=False,
                    ),
                ),
            ),
        ),
        awards=(AwardRecord(code="grand", name="대상", count=1, prize="상금 100만 원"),),
    )


def test_read_competition_takes_the_example_of_the_manual():
    manual = (Path(__file__).parents[3] / "docs" / "contest_files.md").read_text(encoding="utf-8")
    example = manual.split("```yaml\n")[1].split("```")[0]

    assert read_competition(example.encode()).slug == "spring-prompts"


def test_read_competition_fills_in_what_is_optional():
    competition = read_competition(SMALL.encode())

    assert (competition.profile, competition.announced_at, competition.call) == ("light", None, "")
    assert (competition.judges, competition.awards) == ((), ())
    assert (competition.rounds[0].weight, competition.rounds[0].criteria[0].weight) == (1, 1)
    assert competition.rounds[0].criteria[0].required is True


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_read_competition_in_each_encoding(encoding):
    assert read_competition(FULL.encode(encoding)).title == "봄 프롬프트 공모전"


def test_read_competition_keeps_codes_as_written():
    text = SMALL.replace("{code: a, name: A}", "{code: no, name: 2026-01-01}\n  - {code: 0010, name: 1.50}")

    tracks = read_competition(text.encode()).tracks

    assert tracks == (TrackRecord(code="no", name="2026-01-01"), TrackRecord(code="0010", name="1.50"))


def test_read_competition_composes_decomposed_hangul():
    text = SMALL.replace("title: Spring", "title: \u1112\u1161\u11ab")

    assert read_competition(text.encode()).title == "한"


def test_read_competition_takes_a_closing_day_without_time_to_its_end():
    competition = read_competition(changed("2026-05-12 18:00", "2026. 5. 12.").encode())

    assert competition.closes_at == datetime(2026, 5, 13, tzinfo=KST)
    assert [notice.text() for notice in competition.notices] == [
        "Line 5, closes_at: No time is given, so the end of that day (24:00) is meant."
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "title: Spring",
            "titel: Spring\ntitle: x",
            f"Line 2, titel: This key is not known. The allowed keys are: {KEYS}. Did you mean “title”?",
        ),
        (
            "max: 40",
            "max: 40, color: red",
            "Line 13, rounds[1].criteria[1].color: This key is not known. "
            "The allowed keys are: code, name, description, max, weight, required, track, levels.",
        ),
        (
            "title: Spring",
            "title: Spring\ntitle: Summer",
            "Line 3, title: This key already stands on line 2. Keep one of the two.",
        ),
        (
            "title: Spring\n",
            "",
            "Line 1, title: A value is missing here. This key is required.",
        ),
        ("Spring", "'  '", "Line 2, title: A value is missing here. This key is required."),
        ("Spring", "~", "Line 2, title: A value is missing here. This key is required."),
        ("Spring", "[a]", "Line 2, title: One value is expected here, not a list or further keys."),
        (
            "Spring",
            "x" * 201,
            "Line 2, title: The text has 201 characters; at most 200 are taken. Shorten it.",
        ),
        (
            "Spring",
            '"a\\0b"',
            "Line 2, title: The text holds control characters. Retype or remove them.",
        ),
        (
            "kind: open",
            "kind: residents",
            "Line 3, kind: “residents” is not known here. "
            "Use one of: departmental, resident, learning_group, open. Did you mean “resident”?",
        ),
        (
            "kind: open",
            "kind: open\nprofile: heavy",
            "Line 4, profile: “heavy” is not known here. Use one of: light, full.",
        ),
        (
            "kind: written",
            "kind: exam",
            "Line 11, rounds[1].kind: “exam” is not known here. "
            "Use one of: written, presentation, panel, public_vote, measured.",
        ),
        (
            "slug: spring",
            "slug: spring/2026",
            "Line 1, slug: “spring/2026” cannot stand in an address. "
            "Use letters, digits, - and _ without spaces.",
        ),
        (
            "code: a,",
            "code: a b,",
            "Line 7, tracks[1].code: “a b” cannot be a code. "
            "Use letters, digits and . _ - @ + without spaces.",
        ),
        (
            "{code: a, name: A}",
            "{code: a, name: A}\n  - {code: a, name: B}",
            "Line 8, tracks[2].code: The code “a” already stands on line 7. Give each a code of its own.",
        ),
        (
            "2026-04-20",
            "2026-02-30",
            "Line 4, opens_at: “2026-02-30” is not a date the calendar knows. "
            "Write it like 2026-05-12 18:00.",
        ),
        (
            "2026-05-12 18:00",
            "2026-04-20 00:00",
            "Line 5, closes_at: The competition closes before it opens. Set closes_at later than opens_at.",
        ),
        (
            "kind: open",
            "kind: open\nannounced_at: 2026-04-21",
            "Line 4, announced_at: The announcement comes after the opening. "
            "Set announced_at to opens_at or earlier.",
        ),
        *(
            (
                "max: 40",
                f"max: {number}",
                f"Line 13, rounds[1].criteria[1].max: “{number}” is not a number above zero. "
                "Write digits such as 40 or 2.5.",
            )
            for number in ("0", "-1", ".nan", "1e3", "0x10", "1_000", "forty")
        ),
        (
            "max: 40",
            "max: 40, required: maybe",
            "Line 13, rounds[1].criteria[1].required: “maybe” is neither true nor false. "
            "Write true or false.",
        ),
        *(
            (
                "rounds:",
                f"awards:\n  - {{code: g, name: G, count: {count}}}\nrounds:",
                f"Line 9, awards[1].count: “{count}” is not a count. Write a whole number of 1 or more.",
            )
            for count in ("0", "1.5", "-2", "many")
        ),
        (
            "  - {code: a, name: A}",
            "  code: a",
            "Line 7, tracks: A list is expected here. Start each item with “- ” on a line of its own.",
        ),
        ("\n  - {code: a, name: A}", " []", "Line 6, tracks: At least one item is needed here."),
        ("\n  - {code: a, name: A}", "", "Line 6, tracks: At least one item is needed here."),
        (
            "{code: a, name: A}",
            "a",
            "Line 7, tracks[1]: Keys are expected here, such as “code: …”. "
            "The allowed keys are: code, name, description, closes_at, most_entries.",
        ),
        (
            "\n    criteria:\n      - {code: idea, name: Idea, max: 40}",
            "",
            "Line 9, rounds[1].criteria: At least one item is needed here.",
        ),
    ],
)
def test_read_competition_refuses(old, new, sentence):
    assert refusals(changed(old, new)) == [sentence]


def test_read_competition_refuses_with_every_fault_in_order():
    text = changed("max: 40", "max: 0").replace("kind: open", "kind: closed").replace("title", "tilte")

    assert [sentence.split(": ")[0] for sentence in refusals(text)] == [
        "Line 1, title",
        "Line 2, tilte",
        "Line 3, kind",
        "Line 13, rounds[1].criteria[1].max",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Write the competition into it first."),
        (b"# nothing\n", "The file is empty. Write the competition into it first."),
        (
            b"x" * (2 * 1024 * 1024 + 1),
            "The file is larger than 2 MB. Shorten it, or check that it is the right file.",
        ),
        (b"title: \xff\xfe", "The file is neither UTF-8 nor CP949 text. Save it as UTF-8 text."),
        (b"title: \x00", "The file holds control characters. Retype or remove them."),
        (
            b"title: a\nkind: [open\n",
            "Line 3: This line cannot be read as YAML. "
            "Check indentation, quotes and the colon after each key.",
        ),
        (
            b"a: &x [1]\nb: *x\n",
            "Line 1: Anchors (&) and aliases (*) are not taken. Write the value out in full, or quote it.",
        ),
        (
            b"a: 1\nb: *x\n",
            "Line 2: Anchors (&) and aliases (*) are not taken. Write the value out in full, or quote it.",
        ),
        (
            b"a: !!python/object/apply:os.system [ls]\n",
            "Line 1: Tags (!) are not taken. Remove the tag, or quote the value.",
        ),
        (
            b"a: " + b"[" * 5000,
            "Line 1: Lists and keys are nested deeper than 20 levels. Check brackets and indentation.",
        ),
        (
            b"- a\n" * 20_001,
            "Line 19999: The file has more than 20000 parts. Check that it is the right file.",
        ),
        (
            b"a: 1\n---\nb: 2\n",
            "Line 2: The file holds more than one document. Remove the line --- and what follows it.",
        ),
        (
            b"- a\n",
            f"Line 1: Keys are expected here, such as “slug: …”. The allowed keys are: {KEYS}.",
        ),
    ],
)
def test_read_competition_refuses_the_whole_file(content, sentence):
    assert refusals(content) == [sentence]


def test_read_competition_suggests_for_the_first_faults_only():
    text = SMALL + "".join(f"title{number}: x\n" for number in range(30))

    assert sum("Did you mean" in sentence for sentence in refusals(text)) == 20
