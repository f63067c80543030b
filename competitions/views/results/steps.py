"""Steps of the tie chain and why an entry has no place, in words."""

from django.utils.translation import gettext as _


def rounds_by_code(contest):
    return {each.code: each.name or each.code for each in contest.rounds}


def step_words(step, contest):
    """Say what parted an entry from its equals; step: of the rule's tie chain."""
    kind, _colon, name = step.partition(":")
    if kind == "submitted":
        return _("tie decided by the time of submission")
    if kind == "round":
        return _("tie decided by the round “%(round)s”") % {"round": rounds_by_code(contest)[name]}
    round_code, _slash, criterion = name.rpartition("/")
    names = {
        one.code: one.name or one.code
        for each in contest.rounds
        if round_code in {"", each.code}
        for one in each.criteria
    }
    return _("tie decided by “%(criterion)s”") % {"criterion": names.get(criterion, criterion)}


def why_out(status, round_name):
    """Say why an entry takes no place; "" for one that does."""
    sentences = {
        "below_floor": _("below the least score of “%(round)s”"),
        "not_advanced": _("not among those who go on from “%(round)s”"),
        "unscored": _("no complete score in “%(round)s”"),
    }
    if status not in sentences:
        return ""
    return sentences[status] % {"round": round_name} if round_name else _("no complete score")
