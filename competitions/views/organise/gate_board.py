"""The gates of the rules as pages show them: rows by stage, overrides, and what stands before the next act."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.actions.calls.gate_words import remedy_words
from competitions.actions.calls.gates import facts_of, overridden_codes, track_names
from competitions.forms.rules import OverrideForm
from competitions.rules.facts import FULL
from competitions.rules.findings import GateState, Stage
from competitions.rules.gates import BY_CODE, evaluate
from competitions.states import CompetitionState

STAGE_WORDS = {
    Stage.ANNOUNCE: gettext_lazy("Before the call is announced"),
    Stage.CHANGE: gettext_lazy("Before the call is changed"),
    Stage.JUDGE: gettext_lazy("Before judging begins"),
    Stage.DECIDE: gettext_lazy("Before awards are decided"),
}
STATE_WORDS = {
    GateState.MET: ("success", gettext_lazy("met")),
    GateState.MISSING: ("danger", gettext_lazy("not met")),
    GateState.WAITING: ("warning", gettext_lazy("waiting")),
    GateState.NOT_APPLICABLE: ("neutral", gettext_lazy("not asked")),
}
PASSED = ("information", gettext_lazy("passed with a reason"))
NEXT_STAGE = {
    CompetitionState.DRAFT: Stage.ANNOUNCE,
    CompetitionState.ANNOUNCED: Stage.JUDGE,
    CompetitionState.JUDGING: Stage.DECIDE,
    CompetitionState.VERIFICATION: Stage.DECIDE,
}
# Where what a gate asks is done: the tab, and the part of it. The others are passed on the page of the rules.
GATE_PLACES = {
    "similar": ("rules", "#similar-title"),
    "plan": ("edit", "#step-plan"),
    "agreed": ("edit", "#step-consents"),
    "notice_period": ("edit", "#step-dates"),
    "committee_size": ("committee", ""),
    "candidates_public": ("rules", "#verify-title"),
    "verified": ("rules", "#verify-title"),
    "committee_decided": ("meetings", ""),
}


def gate_rows(competition, *, at, overrides, refused=None):
    """Return [{"label", "rows", "met", "asked"}] by stage. refused: an override form to show again at its gate."""
    facts, names = facts_of(competition, at=at), track_names(competition)
    passed = {each["code"] for each in overrides}
    return [
        _stage(label, evaluate(facts, stage), names=names, passed=passed, refused=refused)
        for stage, label in STAGE_WORDS.items()
    ]


def _stage(label, findings, *, passed, **given):
    asked = [each for each in findings if each.verdict.state != GateState.NOT_APPLICABLE]
    return {
        "label": label,
        "rows": [_row(each, passed=passed, **given) for each in findings],
        "met": sum(not each.is_open or each.gate.code in passed for each in asked),
        "asked": len(asked),
    }


def finding_row(finding, *, names):
    """What a gate says of a call that is still written."""
    return _row(finding, names=names, passed=frozenset(), refused=None)


def finding_rows(facts, stage):
    """Rows for organise/_gate.html of the gates before one act, nothing passed."""
    return [_row(each, names={}, passed=set(), refused=None) for each in evaluate(facts, stage)]


def _row(finding, *, names, passed, refused):
    gate, is_passed = finding.gate, finding.gate.code in passed
    tone, state = PASSED if is_passed else STATE_WORDS[finding.verdict.state]
    return {
        "gate": gate,
        "label": _(gate.label),
        "tone": tone,
        "state": state,
        "is_asked": is_passed or finding.verdict.state != GateState.NOT_APPLICABLE,
        "remedy": "" if is_passed else remedy_words(finding.verdict, names=names),
        "form": _form(finding, refused) if gate.can_override and finding.is_open and not is_passed else None,
    }


def _form(finding, refused):
    code = finding.gate.code
    if refused is not None and refused.data.get("gate") == code:
        return refused
    return OverrideForm(initial={"gate": code}, auto_id=f"id_{code}_%s")


def overrides_of(competition):
    """Return the overrides in force as rows for pages, newest first."""
    rows = competition.gate_overrides.filter(withdrawn_at=None).select_related("by")
    return [
        {
            "pk": row.pk,
            "code": row.gate,
            "label": _(BY_CODE[row.gate].label),
            "article": BY_CODE[row.gate].override_article or BY_CODE[row.gate].article,
            "reason": row.reason,
            "by": row.by,
            "at": row.at,
        }
        for row in rows
        if row.gate in BY_CODE
    ]


def next_gates(competition, *, at):
    """Return what the rules ask before the next act, as lines of the overview's checklist."""
    stage = NEXT_STAGE.get(competition.state)
    if stage is None or competition.profile != FULL:
        return []
    facts, names, passed = (
        facts_of(competition, at=at),
        track_names(competition),
        overridden_codes(competition),
    )
    return [
        _line(each, names=names, is_passed=each.gate.code in passed)
        for each in evaluate(facts, stage)
        if each.gate.article and each.verdict.state != GateState.NOT_APPLICABLE
    ]


def _line(finding, *, names, is_passed):
    is_done = is_passed or not finding.is_open
    words = _(finding.gate.label) if is_done else remedy_words(finding.verdict, names=names)
    return {
        "label": f"{finding.gate.article} {words}",
        "done": is_done,
        "place": GATE_PLACES.get(finding.gate.code, ("rules", "")),
    }
