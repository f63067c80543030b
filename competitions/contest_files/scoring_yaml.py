"""How places come about, in a competition file, and whether the parts of the rule fit together."""

from collections.abc import Sequence
from decimal import Decimal

import yaml

from competitions.contest_files.errors import FileProblem, gettext_noop, shown
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import RoundRecord, ScoringRecord
from competitions.contest_files.rule_records import TOTALS
from competitions.contest_files.words import one_line
from competitions.contest_files.yaml_fields import Fields

SCORING_KEYS = ("total", "places", "tie_break")
MOST_PLACES = 6
LONGEST_STEP = 120
PERCENT = Decimal(100)
# Weights such as 1, 2 or 0.5 are plainly shares; above this they look like percent.
LARGEST_SHARES = Decimal(3)


def scoring(block: Fields, *, rounds: Sequence[RoundRecord]) -> ScoringRecord:
    """Read how round scores become places. rounds: which steps of the tie chain there can be."""
    return ScoringRecord(
        total=block.choice("total", allowed=TOTALS, default="weighted_percent"),
        places=block.whole_or_none("places", most=MOST_PLACES),
        tie_break=tie_break(block, rounds=rounds),
    )


def tie_break(block: Fields, *, rounds: Sequence[RoundRecord]) -> tuple[str, ...]:
    """Read the steps that part equal totals; refuse unknown and ambiguous ones, and what follows “joint”."""
    steps = block.words("tie_break", longest=LONGEST_STEP)
    node = block.values.get("tie_break")
    nodes = node.value if isinstance(node, yaml.SequenceNode) else []
    places = {one_line(str(each.value)): number for number, each in enumerate(nodes)}
    known = known_steps(rounds)
    for number, step in enumerate(steps):
        at = places[step]
        if "joint" in steps[:number]:
            message = gettext_noop(
                "“joint” ends the chain, so this is never reached. Move “joint” to the end."
            )
            block.refuse_word(f"tie_break[{at + 1}]", nodes[at], message)
        elif step not in known:
            refuse_step(block, step, number=at, node=nodes[at], rounds=rounds)
    return steps


def known_steps(rounds: Sequence[RoundRecord]) -> tuple[str, ...]:
    """Return every step that can be written: a criterion that several rounds have needs its round."""
    codes = [criterion.code for round_ in rounds for criterion in round_.criteria]
    alone = [f"criterion:{code}" for code in codes if codes.count(code) == 1]
    of_rounds = [f"criterion:{r.code}/{c.code}" for r in rounds for c in r.criteria]
    return (*alone, *of_rounds, *(f"round:{r.code}" for r in rounds), "submitted", "joint")


def refuse_step(
    block: Fields, step: str, *, number: int, node: yaml.Node, rounds: Sequence[RoundRecord]
) -> None:
    """Collect a step that the rounds do not have, with those they have."""
    _, _, code = step.partition(":")
    ways = [f"criterion:{r.code}/{code}" for r in rounds for c in r.criteria if c.code == code]
    place = f"tie_break[{number + 1}]"
    if step.startswith("criterion:") and len(ways) > 1:
        message = gettext_noop("Several rounds have the criterion of “{value}”. Write one of: {allowed}.")
        params = {"value": shown(step), "allowed": ", ".join(ways)}
        block.refuse_at(block.line_of_node(node), place, message, **params)
        return
    allowed = [each for each in known_steps(rounds) if "/" not in each]
    block.refuse_unknown_word(block.line_of_node(node), place, step, allowed=allowed)


def check_rounds(
    items: Sequence[Fields], *, rounds: Sequence[RoundRecord], notices: list[FileProblem]
) -> None:
    """Collect what contradicts itself between rounds, and a vote on several criteria."""
    for item, round_ in zip(items, rounds, strict=True):
        if round_.advance and round_ is rounds[-1]:
            message = gettext_noop("No round follows this one, so advance has no effect here.")
            notices.append(FileProblem(item.line_of("advance"), item.place("advance"), message))
        if round_.kind == "public_vote" and len(round_.criteria) > 1:
            message = gettext_noop("A public vote has one criterion or none. Remove the others.")
            item.refuse("criteria", message)
    if rounds and not any(round_.carries for round_ in rounds):
        message = gettext_noop("No round counts towards the total. Write carry_over: true for at least one.")
        items[0].refuse("carry_over", message)


def note_weights(
    items: Sequence[Fields],
    *,
    rounds: Sequence[RoundRecord],
    scoring: ScoringRecord,
    notices: list[FileProblem],
) -> None:
    """Tell when the weights of several rounds look like percent and do not add up to 100: each is its share."""
    carrying = [(item, round_) for item, round_ in zip(items, rounds, strict=True) if round_.carries]
    total = sum((round_.weight for _, round_ in carrying), Decimal(0))
    is_percent = all(item.has("weight") for item, _ in carrying) and total > LARGEST_SHARES
    if len(carrying) > 1 and scoring.total == "weighted_percent" and is_percent and total != PERCENT:
        item = carrying[0][0]
        message = gettext_noop(
            "The weights of the rounds add up to {sum}, not to 100. Each counts as its share of {sum}."
        )
        notices.append(
            FileProblem(item.line_of("weight"), item.place("weight"), message, {"sum": plain_text(total)})
        )
