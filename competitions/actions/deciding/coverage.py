"""Which part of a decision on awards the committee has voted for (제8조제1항)."""

from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from competitions.actions.calls.gates import facts_of, refuse_gates
from competitions.models import Competition, Motion
from competitions.rules.findings import Stage

Kind = Motion.Kind
AWARD_KINDS = (Kind.ORDER, Kind.DEPARTURE, Kind.TIE, Kind.NO_AWARD)


class Need(NamedTuple):
    """A part of a decision that a motion has to carry. entry, tier: codes. track: of the entry or tier, "" = none."""

    kind: str
    entry: str
    tier: str
    track: str


class Carried(NamedTuple):
    """A motion that was carried. track: of the committee that met, "" = of the whole competition."""

    kind: str
    entry: str
    tier: str
    track: str

    def covers(self, need):
        """A departure or a tie put to the vote also covers the award itself; a motion without a tier any tier."""
        if self.track and self.track != need.track:
            return False
        if self.tier and self.tier != need.tier:
            return False
        if need.kind == Kind.ORDER:
            return self.kind == Kind.ORDER or (self.kind != Kind.NO_AWARD and self.entry == need.entry)
        return self.kind == need.kind and self.entry == need.entry


def refuse_undecided(competition, choices, found, *, outcome, tiers, at):
    """Refuse by the gates before a decision, among them that the committee voted for all of this one."""
    facts = facts_of(competition, at=at)
    if competition.profile == Competition.Profile.FULL:
        motions = carried(competition, outcome["inputs_sha256"])
        needs = needs_of(choices, found, outcome=outcome, tiers=tiers)
        open_ones = [each for each in needs if not any(one.covers(each) for one in motions)]
        words = tuple(need_words(each, tiers) for each in open_ones)
        facts = replace(facts, awards_moved=bool(motions), awards_unmoved=words)
    refuse_gates(competition, Stage.DECIDE, at=at, facts=facts)


def carried(competition, inputs_sha256):
    """The motions on awards that were carried about this very result. One query."""
    rows = Motion.objects.filter(
        meeting__competition=competition,
        meeting__result_sha256=inputs_sha256,
        outcome=Motion.Outcome.CARRIED,
        kind__in=AWARD_KINDS,
    ).order_by("pk")
    columns = ("kind", "entry__code", "tier__code", "meeting__track__code")
    return [Carried(*(value or "" for value in row)) for row in rows.values_list(*columns)]


def needs_of(choices, found, *, outcome, tiers):
    """What has to be voted for; every award at least as one in the order of the result."""
    tracks = {entry["code"]: entry["track"] for entry in outcome["entries"]}
    awards = [
        Need(_kind(code, found), entry=code, tier=choice.tier, track=tracks.get(code) or "")
        for code, choice in sorted(choices.items())
    ]
    empty = [
        Need(Kind.NO_AWARD, entry="", tier=code, track=tiers[code].track.code if tiers[code].track else "")
        for code in found.empty
    ]
    return awards + empty


def _kind(code, found):
    if code in found.departing:
        return Kind.DEPARTURE
    return Kind.TIE if code in found.tied else Kind.ORDER


def need_words(need, tiers):
    tier = tiers[need.tier].name
    if need.kind == Kind.NO_AWARD:
        return _("fewer winners of “%(tier)s”") % {"tier": tier}
    if need.kind == Kind.DEPARTURE:
        return _("%(code)s “%(tier)s” out of the order") % {"code": need.entry, "tier": tier}
    if need.kind == Kind.TIE:
        return _("%(code)s “%(tier)s” among equals") % {"code": need.entry, "tier": tier}
    return _("%(code)s “%(tier)s” in the order") % {"code": need.entry, "tier": tier}
