"""The declared rule in words: what a call says about how places come about."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from casebook.content.markers import N_
from competitions.judging.numbers import half_up, printed
from competitions.judging.records import Award, Contest, Round
from competitions.judging.rule import RULE_NAME, rule_of
from competitions.judging.ties import criterion_of
from competitions.judging.words_of_rounds import round_words

Translate = Callable[[str], str]

RULE_TEXT = (
    "Each criterion counts as the mean of the points of the judges who scored it. "
    "A round's score is 100 x (sum of weight x mean) / (sum of weight x maximum) over the "
    "criteria that have a mean. The total is the mean of the round scores by round weight. "
    "A criterion of one track is for entries of that track only; a round without any criterion for "
    "an entry is left out of its total. "
    "A missing score is left out and never counts as zero; an entry without any score on a "
    "required criterion is unscored and takes no place. Equal totals share a place. "
    "Arithmetic is exact; printed numbers are rounded half up to six decimals."
)

SHARE_PLACES = 2

ONE_ROUND = N_("The total is the score of “{round}”.")
SHARES = N_("The total is the mean of the scores, each counting with its share: {shares}.")
SHARE = N_("{round} {percent} %")
SUM = N_("The total is the sum of the points of these parts: {rounds}.")
TRACKS = N_(
    "A criterion of one track is for entries of that track only; a round without any criterion for an entry is "
    "left out of its total."
)
OPTIONAL = N_("An optional criterion without points is left out, so it lowers nothing.")
MISSING = N_(
    "A missing score is left out and never counts as zero; an entry without any score on a required criterion is "
    "unscored and takes no place."
)
EXACT = N_("Totals are compared exactly, without rounding.")
WHOLE = N_("The total is rounded to a whole number, halves up, and places follow from the rounded total.")
ROUNDED = N_(
    "The total is rounded to {places} decimals, halves up, and places follow from the rounded total."
)
JOINT = N_("Equal totals share a place, and the places behind them are skipped (1, 2, 2, 4).")
CHAIN = N_("Equal totals are told apart by these steps, in this order: {steps}.")
STILL_JOINT = N_(
    "Entries that are equal even then share a place, and the places behind are skipped (1, 2, 2, 4)."
)
STEPS = {
    "criterion": N_("higher points in “{criterion}”"),
    "criterion_of_round": N_("higher points in “{criterion}” of “{round}”"),
    "round": N_("higher score in “{round}”"),
    "submitted": N_("submitted earlier"),
}
AWARDS = N_("Awards are proposed by place, in this order: {awards}.")
AWARD = N_("{award} ({count})")
AWARD_OF_TRACK = N_("{award} ({count}, track “{track}”)")
LINE = N_("When entries that share a place do not all fit in an award, the committee decides.")
ONE_PRIZE = N_("One person receives one prize, the highest; further entries of that person are passed over.")


def rule_text(contest: Contest) -> str:
    """Return the rule in English on one line, as a result states its method."""
    if rule_of(contest)["name"] == RULE_NAME:
        return RULE_TEXT
    return " ".join(rule_words(contest))


def rule_words(
    contest: Contest, translate: Translate = str, *, tracks: Mapping[str, str] | None = None
) -> list[str]:
    """Return the whole rule in sentences, in the language of translate.

    Rounds, criteria and awards are named by their names, or by their codes where they have none.
    tracks: names by code. The entries, judges and marks of the contest do not matter.
    """
    return [
        *(
            sentence
            for round_ in contest.rounds
            for sentence in round_words(round_, translate, is_last=round_ is contest.rounds[-1])
        ),
        *total_words(contest, translate),
        *place_words(contest, translate),
        *award_words(contest, translate, tracks=tracks or {}),
    ]


def total_words(contest: Contest, translate: Translate) -> Iterator[str]:
    """Say how the rounds add up, and what a missing score means."""
    carrying = [round_ for round_ in contest.rounds if round_.carries]
    criteria = [criterion for round_ in contest.rounds for criterion in round_.criteria]
    if contest.scoring.total == "sum_of_points":
        yield translate(SUM).format(rounds=", ".join(name_of(each) for each in carrying))
    elif len(carrying) == 1:
        yield translate(ONE_ROUND).format(round=name_of(carrying[0]))
    elif carrying:
        yield translate(SHARES).format(shares=", ".join(shares(carrying, translate)))
    if any(criterion.track for criterion in criteria):
        yield translate(TRACKS)
    if not all(criterion.required for criterion in criteria):
        yield translate(OPTIONAL)
    yield translate(MISSING)


def shares(rounds: list[Round], translate: Translate) -> Iterator[str]:
    """Yield each round with its share of the total in percent."""
    weight = sum((Fraction(round_.weight) for round_ in rounds), Fraction(0))
    for round_ in rounds:
        percent = half_up(100 * Fraction(round_.weight) / weight, places=SHARE_PLACES)
        yield translate(SHARE).format(round=name_of(round_), percent=printed(percent))


def place_words(contest: Contest, translate: Translate) -> Iterator[str]:
    """Say how totals are compared and what happens to equals."""
    places = contest.scoring.places
    if places is None:
        yield translate(EXACT)
    else:
        yield translate(ROUNDED if places else WHOLE).format(places=places)
    steps = [step_words(step, contest=contest, translate=translate) for step in chain(contest)]
    if steps:
        yield translate(CHAIN).format(steps=", ".join(f"({n}) {step}" for n, step in enumerate(steps, 1)))
    yield translate(STILL_JOINT if steps else JOINT)


def chain(contest: Contest) -> list[str]:
    """Return the steps that tell equals apart."""
    return [step for step in contest.scoring.tie_break if step != "joint"]


def step_words(step: str, *, contest: Contest, translate: Translate) -> str:
    """Return one step of the tie chain in words."""
    kind, _, name = step.partition(":")
    rounds = {round_.code: round_ for round_ in contest.rounds}
    if kind == "round":
        return translate(STEPS["round"]).format(round=name_of(rounds[name]))
    if kind != "criterion":
        return translate(STEPS[kind])
    round_code, code = criterion_of(name, contest=contest)
    criterion = next(each for each in rounds[round_code].criteria if each.code == code)
    sentence = STEPS["criterion_of_round" if "/" in name else "criterion"]
    return translate(sentence).format(
        criterion=criterion.name or criterion.code, round=name_of(rounds[round_code])
    )


def award_words(contest: Contest, translate: Translate, *, tracks: Mapping[str, str]) -> Iterator[str]:
    """Say who is proposed for which award."""
    if contest.awards:
        named = ", ".join(award_name(award, translate, tracks=tracks) for award in contest.awards)
        yield translate(AWARDS).format(awards=named)
        yield translate(LINE)
    if contest.scoring.one_prize_per_person:
        yield translate(ONE_PRIZE)


def award_name(award: Award, translate: Translate, *, tracks: Mapping[str, str]) -> str:
    """Return an award with its count, and its track if it has one."""
    sentence = translate(AWARD_OF_TRACK if award.track else AWARD)
    track = tracks.get(award.track, award.track)
    return sentence.format(award=award.name or award.code, count=award.count, track=track)


def name_of(round_: Round) -> str:
    """Return the name of a round, or its code."""
    return round_.name or round_.code
