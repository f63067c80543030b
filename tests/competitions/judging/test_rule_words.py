"""The declared rule in words."""

from decimal import Decimal

import pytest

from competitions.judging.records import Advance, Aggregate, Criterion, Limit, Scoring
from competitions.judging.tally import compute
from competitions.judging.words import RULE_TEXT, rule_words
from tests.competitions.judging.declared import a_contest, a_round

IDEA = (Criterion(code="idea", name="Idea", max=Decimal(40)),)


def test_plain_rule_is_said_as_before():
    assert compute(a_contest()).method["text"] == RULE_TEXT


def test_plain_rule_in_sentences():
    assert rule_words(a_contest(rounds=[a_round(name="Written")])) == [
        "Written: each criterion counts with the mean of the points of the judges who scored it; the criteria add up "
        "by their weight to a score out of 100.",
        "The total is the score of “Written”.",
        "A missing score is left out and never counts as zero; an entry without any score on a required criterion is "
        "unscored and takes no place.",
        "Totals are compared exactly, without rounding.",
        "Equal totals share a place, and the places behind them are skipped (1, 2, 2, 4).",
    ]


def test_declared_rule_in_sentences():
    rounds = (
        a_round(
            "written",
            name="Written",
            criteria=IDEA,
            weight=Decimal(60),
            aggregate=Aggregate(over="judge_totals", method="trimmed_mean", drop_high=1, drop_low=2),
            floor=Limit(percent=Decimal("85.50")),
            advance=Advance(top=10, least=Limit(points=Decimal(20)), per_track=True),
        ),
        a_round("vote", kind="public_vote", criteria=(), weight=Decimal(30)),
        a_round("trial", kind="measured", carries=False),
    )
    contest = a_contest(
        rounds=rounds,
        scoring=Scoring(
            places=2,
            tie_break=("criterion:idea", "round:vote", "submitted", "joint"),
            one_prize_per_person=True,
        ),
        awards=[{"code": "grand", "name": "Grand", "count": 1}, {"code": "x", "count": 2, "track": "life"}],
    )

    words = rule_words(contest, tracks={"life": "Life"})

    assert words[1:8] == [
        "Exactly so many are left out, even when several judges gave the same; where none would remain, the mean of "
        "all counts.",
        "A judge who left a required criterion of an entry unmarked does not count for that entry.",
        "Written: an entry with a score below 85.5 of 100 takes no place.",
        "Written: only entries with at least 20 points go on to the next round.",
        "Written: the best 10 of each track go on to the next round; equals at the line all go on.",
        "vote: by public vote; the entry with the most votes of its track has 100, the others in proportion to their "
        "votes.",
        "trial: the points are measured or counted, not judged, and become a score out of 100.",
    ]
    assert "the 1 highest and the 2 lowest of these totals are left out" in words[0]
    assert words[8:10] == [
        "trial: its score is not part of the total.",
        "The total is the mean of the scores, each counting with its share: Written 66.67 %, vote 33.33 %.",
    ]
    assert words[11:] == [
        "The total is rounded to 2 decimals, halves up, and places follow from the rounded total.",
        "Equal totals are told apart by these steps, in this order: (1) higher points in “Idea”, (2) higher score in "
        "“vote”, (3) submitted earlier.",
        "Entries that are equal even then share a place, and the places behind are skipped (1, 2, 2, 4).",
        "Awards are proposed by place, in this order: Grand (1), x (2, track “Life”).",
        "When entries that share a place do not all fit in an award, the committee decides.",
        "One person receives one prize, the highest; further entries of that person are passed over.",
    ]
    assert compute(contest).method["text"].startswith("Written: each judge's points")


@pytest.mark.parametrize("over", ["judge_totals", "criteria"])
@pytest.mark.parametrize("method", ["mean", "median", "trimmed_mean", "rank_sum", "t_score"])
def test_every_way_to_join_marks_has_its_words(over, method):
    drops = {"drop_low": 1} if method == "trimmed_mean" else {}
    rule = Aggregate(over=over, method=method, **drops)

    first = rule_words(a_contest(rounds=[a_round(aggregate=rule)]))[0]

    assert first.startswith("r: ")
    assert ("the 1 lowest" in first) == bool(drops)


def test_sentences_are_translated_before_they_are_filled():
    asked = []

    def translate(sentence):
        asked.append(sentence)
        return f"«{sentence}»"

    words = rule_words(a_contest(rounds=[a_round(name="Written")]), translate)

    assert "«The total is the score of “Written”.»" in words
    assert "The total is the score of “{round}”." in asked
