"""The gates of the rules at one competition: what is open, what refuses an act, what an organiser lets pass."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.calls.gate_words import gate_sentence
from competitions.errors import CompetitionError
from competitions.models import CandidateReport, Competition, Criterion, GateOverride, Judge, Motion
from competitions.rules.changes import is_material
from competitions.rules.facts import Facts, JudgeFact, RoundFact
from competitions.rules.gates import BY_CODE, evaluate

SIMILAR_VERB = "competition.similar_checked"


class GateRefused(CompetitionError):
    """Gates of the rules stand in the way; `findings` are those."""

    def __init__(self, findings, *, names):
        self.findings = findings
        head = _("The rules do not allow this yet.")
        super().__init__(" ".join([head, *(gate_sentence(each, names=names) for each in findings)]))


def facts_of(competition, *, at):
    """Return what the gates know of a competition at that moment. Nine queries."""
    tracks = list(competition.tracks.values_list("code", "closes_at"))
    return Facts(
        profile=competition.profile,
        now=at,
        deadlines=deadlines_of(competition, tracks),
        announced_at=competition.announced_at,
        material_at=_material_at(competition),
        call=competition.call,
        plan=competition.plan,
        terms=tuple(competition.consent_terms.filter(replaced_at=None)),
        tracks=tuple(code for code, _closes_at in tracks),
        criteria=Criterion.objects.filter(round__competition=competition).count(),
        rounds=tuple(
            RoundFact(kind=kind, carries=carries)
            for kind, carries in competition.rounds.values_list("kind", "carries")
        ),
        has_similar_checked=similar_checks(competition).exists(),
        judges=judge_facts(competition),
        verification_from=competition.verification_from,
        verification_until=competition.verification_until,
        open_reports=CandidateReport.objects.filter(entry__competition=competition, answered_at=None).count(),
        awards_moved=_awards_moved(competition),
    )


def _awards_moved(competition):
    """Whether a motion on the awards was carried about the result as it is now. One query."""
    return (
        Motion.objects.filter(
            meeting__competition=competition,
            meeting__result_sha256=F("meeting__competition__result__inputs_sha256"),
            outcome=Motion.Outcome.CARRIED,
        )
        .exclude(kind=Motion.Kind.OTHER)
        .exists()
    )


def judge_facts(competition):
    """Those appointed and those invited; who declined or left is no member. One query."""
    rows = competition.judges.on_committee().values_list("side", "is_chair", "track__code", "state")
    return tuple(
        JudgeFact(side=side, is_chair=is_chair, track=track or "", is_invited=state == Judge.State.INVITED)
        for side, is_chair, track, state in rows
    )


def deadlines_of(competition, tracks):
    """Return every deadline; the competition's counts only for tracks without one of their own."""
    own = [closes_at for _code, closes_at in tracks if closes_at]
    return tuple(own) if own and len(own) == len(tracks) else (*own, competition.closes_at)


def similar_checks(competition):
    """The trail's records of who looked for similar contests, newest first."""
    return AuditRecord.objects.filter(
        target_kind="competition", target_id=str(competition.pk), verb=SIMILAR_VERB
    )


def _material_at(competition):
    notices = competition.call_notices.order_by("-number").values_list("kind", "changes", "at")
    moments = (
        at for kind, changes, at in notices if is_material(kind, [change["field"] for change in changes])
    )
    return next(moments, None)


def refuse_gates(competition, stage, *, at, facts=None):
    """Raise GateRefused with every gate before the act that is neither met nor overridden."""
    facts = facts or facts_of(competition, at=at)
    passed = overridden_codes(competition)
    refused = [each for each in evaluate(facts, stage) if each.is_open and each.gate.code not in passed]
    if refused:
        raise GateRefused(refused, names=track_names(competition))


def track_names(competition):
    return dict(competition.tracks.values_list("code", "name"))


def overridden_codes(competition):
    rows = competition.gate_overrides.filter(withdrawn_at=None)
    return set(rows.values_list("gate", flat=True))


@transaction.atomic
def override_gate(competition, code, *, reason, by, at):
    """Let a gate pass for a reason that everybody can read. Returns the GateOverride."""
    gate = BY_CODE.get(code)
    if gate is None or not gate.can_override:
        raise CompetitionError(_("The rules let nobody pass this condition. Meet it; the page says how."))
    reason = reason.strip()
    _check_reason(gate, reason)
    competition = Competition.objects.select_for_update(no_key=True).get(pk=competition.pk)
    rows = GateOverride.objects.filter(competition=competition, gate=code, withdrawn_at=None)
    if rows.exists():
        raise CompetitionError(
            _("This condition is passed already. Withdraw that first to change the reason.")
        )
    override = GateOverride.objects.create(competition=competition, gate=code, reason=reason, by=by, at=at)
    article = gate.override_article or gate.article
    audit.record("competition.gate_overridden", by=by, target=competition, gate=code, article=article)
    return override


def _check_reason(gate, reason):
    if not reason:
        raise CompetitionError(_("Write why this condition is passed; everybody can read it."))
    if len(reason) < gate.reason_length:
        raise CompetitionError(
            _("Write the reason in at least %(count)s characters: %(article)s asks for it.")
            % {"count": gate.reason_length, "article": gate.override_article}
        )
    most = GateOverride._meta.get_field("reason").max_length
    if len(reason) > most:
        raise CompetitionError(_("Write the reason in at most %(count)s characters.") % {"count": most})


@transaction.atomic
def withdraw_override(override, *, by, at):
    """Let the gate stand in the way again; what was done meanwhile stays done."""
    rows = GateOverride.objects.filter(pk=override.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at):
        raise IllegalMove(_("This was withdrawn already. Open the page again."))
    audit.record(
        "competition.gate_override_withdrawn", by=by, target=override.competition, gate=override.gate
    )


@transaction.atomic
def note_similar_checked(competition, *, found, by):
    """Record that somebody looked for similar contests, and what was found (제4조제1항)."""
    found = found.strip()
    if not found:
        raise CompetitionError(_("Write which similar contests you found, or that there are none."))
    audit.record(SIMILAR_VERB, by=by, target=competition, found=found[:1000])
