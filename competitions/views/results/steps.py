"""Steps of the tie chain and why an entry has no place, in words."""

from django.utils.translation import gettext as _


def names_of(contest):
    """Return the names of rounds and criteria of a rule, as step_words takes them."""
    rounds = {each.code: each.name or each.code for each in contest.rounds}
    criteria = [
        (each.code, one.code, one.name or one.code) for each in contest.rounds for one in each.criteria
    ]
    return names(rounds, criteria)


def names_of_rows(criteria):
    """The same of stored criteria with their rounds."""
    rounds = {each.round.code: each.round.name for each in criteria}
    return names(rounds, [(each.round.code, each.code, each.name) for each in criteria])


def names(rounds, criteria):
    """Return a name by step: round:CODE, criterion:CODE and criterion:ROUND/CODE."""
    found = {f"round:{code}": name for code, name in rounds.items()}
    for round_code, code, name in criteria:
        found |= {f"criterion:{code}": name, f"criterion:{round_code}/{code}": name}
    return found


def step_words(step, found):
    """Say what parted an entry from its equals; step: of the rule's tie chain. found: names."""
    if step == "submitted":
        return _("tie decided by the time of submission")
    name = found.get(step, step.partition(":")[2])
    if step.startswith("round:"):
        return _("tie decided by the round “%(round)s”") % {"round": name}
    return _("tie decided by “%(criterion)s”") % {"criterion": name}


def why_out(status, round_name=""):
    """Say why an entry takes no place; "" for one that does."""
    if not round_name:
        return {
            "below_floor": _("below the least score of a round"),
            "not_advanced": _("not among those who went on to the next round"),
            "unscored": _("no complete score"),
        }.get(status, "")
    sentences = {
        "below_floor": _("below the least score of “%(round)s”"),
        "not_advanced": _("not among those who go on from “%(round)s”"),
        "unscored": _("no complete score in “%(round)s”"),
    }
    return sentences[status] % {"round": round_name} if status in sentences else ""


def left_out(rounds):
    """Say whose marks the rule left out, "" when none; rounds: of an entry of the outcome."""
    judges = set()
    for found in rounds.values():
        dropped = found.get("dropped") or []
        judges.update(
            dropped if isinstance(dropped, list) else (j for each in dropped.values() for j in each)
        )
    return _("left out: %(judges)s") % {"judges": ", ".join(sorted(judges))} if judges else ""
