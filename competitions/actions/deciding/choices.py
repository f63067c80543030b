"""Awards as people decide them, beside the order of the result: what is not allowed, and what departs from it."""

from dataclasses import dataclass, field
from itertools import takewhile

from django.utils.translation import gettext as _

from competitions.errors import CompetitionError


class ReasonMissing(CompetitionError):
    """Something departs from the result and nobody wrote why; `code` is the entry's, `tier` the award's."""

    def __init__(self, message, *, code="", tier=""):
        self.code, self.tier = code, tier
        super().__init__(message)


class PrizeTwice(CompetitionError):
    """One person would get two prizes; `code` is of the entry with the lower one."""

    def __init__(self, message, *, code):
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Differences:
    """Where a decision is not what the order of the result gives. Codes of entries, and of award tiers.

    departing: a better placed entry has a lower award or none. tied: an equal has a lower one or none. empty: tiers
    with fewer winners than the ranked entries would fill.
    """

    departing: list = field(default_factory=list)
    tied: list = field(default_factory=list)
    empty: list = field(default_factory=list)


def check_choices(choices, *, outcome, tiers, people=None, no_award=None):
    """Refuse what the rule of the competition does not allow, and differences without a reason. Returns them.

    choices: with tier and reason, by entry code. tiers: AwardTier by code, highest first, with their tracks.
    people: pseudonyms by entry code where one person gets one prize. no_award: reason by tier code; None asks for
    no such reason.
    """
    entries = {entry["code"]: entry for entry in outcome["entries"]}
    for code, choice in choices.items():
        _check_choice(code, entry=entries.get(code), tier=tiers.get(choice.tier))
    _check_counts(choices, tiers=tiers)
    _check_one_prize(choices, tiers=tiers, people=people or {})
    found = differences(choices, outcome=outcome, tiers=tiers, people=people)
    for code in found.departing:
        if not choices[code].reason.strip():
            raise ReasonMissing(
                _("Entry %(code)s is given more than entries placed before it. Write the reason beside it.")
                % {"code": code},
                code=code,
            )
    if no_award is not None:
        _check_no_award(no_award, found.empty, tiers=tiers)
    return found


def _check_choice(code, *, entry, tier):
    if tier is None:
        raise CompetitionError(
            _("The award chosen for entry %(code)s does not exist. Choose again.") % {"code": code}
        )
    if entry is None:
        raise CompetitionError(_("Entry %(code)s is not among the judged entries.") % {"code": code})
    if entry["place"] is None:
        raise CompetitionError(
            _("Entry %(code)s has no complete score, so it cannot be given an award.") % {"code": code}
        )
    if not is_for(tier, entry):
        raise CompetitionError(
            _("“%(tier)s” is for entries of the track “%(track)s” only. Choose another award for %(code)s.")
            % {"tier": tier.name, "track": tier.track.name, "code": code}
        )


def is_for(tier, entry):
    """Whether the tier is for entries of its track. entry: of the outcome."""
    return tier.track is None or tier.track.code == entry["track"]


def _check_counts(choices, *, tiers):
    for tier in tiers.values():
        given = sum(choice.tier == tier.code for choice in choices.values())
        if given > tier.count:
            raise CompetitionError(
                _("“%(tier)s” has at most %(count)s winners, but %(given)s entries were chosen.")
                % {"tier": tier.name, "count": tier.count, "given": given}
            )


def _check_one_prize(choices, *, tiers, people):
    ranks = {code: rank for rank, code in enumerate(tiers)}
    holders = {}
    for code in sorted(choices, key=lambda each: (ranks[choices[each].tier], each)):
        for person in people.get(code, ()):
            if person in holders:
                raise PrizeTwice(_one_prize_words(code, holders[person], choices, tiers), code=code)
        holders |= dict.fromkeys(people.get(code, ()), code)


def _one_prize_words(code, holder, choices, tiers):
    return _(
        "Entry %(code)s has a person in common with entry %(holder)s, which is given “%(tier)s”. "
        "One person gets one prize: take one of the two out."
    ) % {"code": code, "holder": holder, "tier": tiers[choices[holder].tier].name}


def _check_no_award(no_award, empty, *, tiers):
    for code in empty:
        if not no_award.get(code, "").strip():
            raise ReasonMissing(
                _("“%(tier)s” is given to fewer entries than it could be. Write the reason.")
                % {"tier": tiers[code].name},
                tier=code,
            )


def differences(choices, *, outcome, tiers, people=None):
    """Return where the decision is not what the order gives.

    An entry is passed over rightly for a tier of another track, and where somebody of it has a prize already.
    """
    ranked = [entry for entry in outcome["entries"] if entry["place"] is not None]
    passed = _passed_over(choices, people or {})
    ranks = {code: rank for rank, code in enumerate(tiers)}

    def rank_of(code):
        return ranks[choices[code].tier] if code in choices else len(ranks)

    found = Differences()
    for entry in ranked:
        code = entry["code"]
        if code not in choices:
            continue
        tier = tiers[choices[code].tier]
        rivals = [
            each
            for each in takewhile(lambda each: each["place"] <= entry["place"], ranked)  # noqa: B023
            if rank_of(each["code"]) > rank_of(code) and each["code"] not in passed and is_for(tier, each)
        ]
        if any(each["place"] < entry["place"] for each in rivals):
            found.departing.append(code)
        elif rivals:
            found.tied.append(code)
    found.empty.extend(_empty(choices, ranked=ranked, tiers=tiers, passed=passed))
    return found


def departing(choices, *, outcome, tiers, people=None):
    """Return the codes of awarded entries of which a better placed entry has a lower award or none."""
    return differences(choices, outcome=outcome, tiers=tiers, people=people).departing


def _passed_over(choices, people):
    """Entries without an award of which somebody has a prize with another entry."""
    prized = {person for code in choices for person in people.get(code, ())}
    return {code for code, own in people.items() if code not in choices and prized & set(own)}


def _empty(choices, *, ranked, tiers, passed):
    ranks = {code: rank for rank, code in enumerate(tiers)}

    def could_rise(entry, tier):
        choice = choices.get(entry["code"])
        lower = ranks[choice.tier] > ranks[tier.code] if choice else entry["code"] not in passed
        return lower and is_for(tier, entry)

    for code, tier in tiers.items():
        given = sum(choice.tier == code for choice in choices.values())
        if given < tier.count and any(could_rise(each, tier) for each in ranked):
            yield code


def told_differences(found, no_award):
    """What of a decision is not in the order, for the trail; nothing where it follows the order."""
    reasons = {code: no_award[code].strip() for code in found.empty if no_award.get(code, "").strip()}
    told = {"departing": found.departing, "tied": found.tied, "no_award": reasons}
    return {name: value for name, value in told.items() if value}
