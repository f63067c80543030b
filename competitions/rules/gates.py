"""The table of gates, by article of the decree (대통령령 제32628호), and what they say of a competition."""

from collections.abc import Callable
from dataclasses import dataclass

from casebook.content.markers import N_
from competitions.rules import afterwards, before_announcing, committee
from competitions.rules.facts import FULL, Facts
from competitions.rules.findings import NOT_APPLICABLE, GateState, Stage, Verdict

LONG_REASON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A rule before an act. article: "" = common sense, for every profile.

    override_article: what allows passing it unmet, when that is an article of its own; reason_length: characters of
    the reason at least.
    """

    code: str
    article: str
    stage: Stage
    label: str
    check: Callable[[Facts], Verdict]
    can_override: bool = True
    override_article: str = ""
    reason_length: int = 1

    @property
    def is_of_every_profile(self) -> bool:
        return not self.article


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one gate says of a competition."""

    gate: Gate
    verdict: Verdict

    @property
    def is_open(self) -> bool:
        """Whether the gate stands in the way."""
        return self.verdict.state in {GateState.MISSING, GateState.WAITING}


def _common(code: str, label: str, check: Callable[[Facts], Verdict]) -> Gate:
    return Gate(code=code, article="", stage=Stage.ANNOUNCE, label=label, check=check, can_override=False)


GATES = (
    _common("call", N_("The call is written."), before_announcing.call_text),
    _common("track", N_("There is at least one track."), before_announcing.track),
    _common("criterion", N_("Each round has a criterion with points."), before_announcing.criterion),
    _common("closing", N_("The closing time lies ahead."), before_announcing.closing),
    Gate(
        code="similar",
        article="제4조제1항",
        stage=Stage.ANNOUNCE,
        label=N_("Similar contests were looked for."),
        check=before_announcing.similar,
    ),
    Gate(
        code="plan",
        article="제4조제2항",
        stage=Stage.ANNOUNCE,
        label=N_("The plan has its ten items."),
        check=before_announcing.plan,
    ),
    Gate(
        code="agreed",
        article="제6조제2항",
        stage=Stage.ANNOUNCE,
        label=N_("Entrants are told of items 5 to 9 of the plan and agree to them."),
        check=before_announcing.agreed,
    ),
    Gate(
        code="notice_period",
        article="제5조제1항",
        stage=Stage.ANNOUNCE,
        label=N_("The call stands at least 5 days before entries close."),
        check=before_announcing.notice_period,
    ),
    Gate(
        code="renotice",
        article="제5조제3항",
        stage=Stage.CHANGE,
        label=N_("A change of the call stands at least 5 days before entries close."),
        check=before_announcing.renotice_period,
    ),
    Gate(
        code="committee_size",
        article="제7조제4항",
        stage=Stage.JUDGE,
        label=N_("The committee has at least 5 judges, or 3 for each track."),
        check=committee.size,
    ),
    Gate(
        code="committee_chair",
        article="제7조제4항",
        stage=Stage.JUDGE,
        label=N_("Each committee has one chair."),
        check=committee.chair,
    ),
    Gate(
        code="committee_balance",
        article="제7조제5항",
        stage=Stage.JUDGE,
        label=N_("At least half of the committee comes from the private sector."),
        check=committee.balance,
    ),
    Gate(
        code="vote_added",
        article="제9조제2항",
        stage=Stage.ANNOUNCE,
        label=N_("A public vote is added to the committee's judgement and does not replace it."),
        check=before_announcing.vote_added,
        can_override=False,
    ),
    Gate(
        code="candidates_public",
        article="제9조제3항",
        stage=Stage.DECIDE,
        label=N_("The candidates were public for at least 10 days."),
        check=afterwards.candidates_public,
        override_article="제9조제4항",
        reason_length=LONG_REASON,
    ),
    Gate(
        code="verified",
        article="제9조제5항",
        stage=Stage.DECIDE,
        label=N_("The verification is over."),
        check=afterwards.verified,
        can_override=False,
    ),
    Gate(
        code="committee_decided",
        article="제8조제1항",
        stage=Stage.DECIDE,
        label=N_(
            "The committee voted for the awards: a majority of its members present, a majority of them in favour."
        ),
        check=afterwards.committee_decided,
        reason_length=LONG_REASON,
    ),
    Gate(
        code="revocation_notice",
        article="제11조제4항",
        stage=Stage.REVOKE,
        label=N_("The winner had notice of the revocation at least 10 days before."),
        check=afterwards.revocation_noticed,
        can_override=False,
    ),
    Gate(
        code="revocation_opinion",
        article="제11조제4항",
        stage=Stage.REVOKE,
        label=N_("The winner was heard, or the time for it is over."),
        check=afterwards.revocation_heard,
        can_override=False,
    ),
)
BY_CODE = {gate.code: gate for gate in GATES}


def check(gate: Gate, facts: Facts) -> Verdict:
    """Return what a gate says; of the light profile only common sense is asked."""
    if facts.profile != FULL and not gate.is_of_every_profile:
        return NOT_APPLICABLE
    return gate.check(facts)


def evaluate(facts: Facts, stage: Stage) -> tuple[Finding, ...]:
    """Return what every gate before an act says, in the order of the table."""
    return tuple(Finding(gate=gate, verdict=check(gate, facts)) for gate in GATES if gate.stage == stage)
