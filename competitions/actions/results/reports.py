"""Reports of candidates: anybody with an account reports while the candidates are public; the organiser answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.time_words import moment
from casebook.actions.feedback import refuse_identity
from competitions.actions.afterwards.evidence import checked_kinds, keep_evidence, kept_bytes
from competitions.actions.entries.window import lock_competition
from competitions.actions.letters import entry_facts, tell_organisers, tell_person
from competitions.actions.results.candidates import candidates_of
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import CandidateReport
from competitions.states import CompetitionState


def report_candidate(entry, *, kind, text, by, idempotency_key, evidence=()):
    """Keep what a person says of a candidate and tell the organisers; sent twice, it is one report.

    The database's clock decides whether the candidates are still public. evidence: uploads, looked at before.
    """
    kinds = checked_kinds(evidence)
    with kept_bytes() as kept, transaction.atomic():
        report, is_new = _report(entry, kind=kind, text=text, by=by, idempotency_key=idempotency_key)
        if is_new:
            keep_evidence(report, evidence, kinds, by=by, at=report.at, kept=kept)
    return report


def _report(entry, *, kind, text, by, idempotency_key):
    """Return (the report, whether it is new)."""
    known = CandidateReport.objects.filter(idempotency_key=idempotency_key, by=by).first()
    if known:
        return known, False
    competition = lock_competition(entry.competition_id)
    require_reports_taken(competition, at=competition.arrived_at)
    _require_candidate(competition, entry, by=by)
    text = _checked(text)
    _refuse_second(entry, by)
    given = {"entry": entry, "kind": kind, "text": text, "at": competition.arrived_at}
    report, made = CandidateReport.objects.get_or_create(
        idempotency_key=idempotency_key, by=by, defaults=given
    )
    if made:
        audit.record("candidate.reported", by=by, target=entry, kind=kind)
        facts = entry_facts(entry)
        tell_organisers(competition, "candidate.reported", key=f"report:{report.pk}", at=report.at, **facts)
    return report, made


def require_reports_taken(competition, *, at):
    """Raise TooEarly or TooLate unless the candidates are open to reports at that moment."""
    if competition.state in {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}:
        raise TooEarly(_("There are no candidates yet. They are shown once judging is over."))
    if competition.state != CompetitionState.VERIFICATION:
        raise TooLate(_("The candidates are no longer open to reports. Write to the organiser instead."))
    if at >= competition.verification_until:
        raise TooLate(
            _("Reports were taken until %(until)s. Write to the organiser instead.")
            % {"until": moment(competition.verification_until)}
        )


def _require_candidate(competition, entry, *, by):
    if entry.code not in candidates_of(competition):
        raise CompetitionError(_("This entry is not among the candidates. Choose one of them."))
    if entry.entrant_id == by.pk or entry.members.filter(user=by, state="accepted").exists():
        raise CompetitionError(_("This is your own entry. Write to the organiser about it instead."))


def _checked(text):
    text = text.strip()
    if not text:
        raise CompetitionError(_("Write what happened, and how you know."))
    most = CandidateReport._meta.get_field("text").max_length
    if len(text) > most:
        raise CompetitionError(_("Write at most %(count)s characters.") % {"count": f"{most:,}"})
    refuse_identity(text)
    return text


def _refuse_second(entry, by):
    if CandidateReport.objects.filter(entry=entry, by=by, answered_at=None).exists():
        raise CompetitionError(_("You have reported this candidate already; the organiser is looking at it."))


@transaction.atomic
def answer_report(report, *, outcome, answer, by, at):
    """Say what was found; who reported is told. What follows from it, the organiser does elsewhere."""
    answer = answer.strip()
    if not answer:
        raise CompetitionError(_("Write what you found; who reported it is told."))
    if outcome not in CandidateReport.Outcome.values:
        raise CompetitionError(_("Choose whether the report was found true."))
    values = {"outcome": outcome, "answer": answer[:2000], "answered_by": by, "answered_at": at}
    if not CandidateReport.objects.filter(pk=report.pk, answered_at=None).update(**values):
        raise IllegalMove(_("Somebody else has answered this report already. Open the page again."))
    entry = report.entry
    audit.record("candidate.report_answered", by=by, target=entry, outcome=outcome)
    tell_person(
        report.by,
        entry.competition,
        "report.answered",
        key=f"report:{report.pk}:answered",
        at=at,
        by=by,
        code=entry.code,
        answer=answer,
    )
