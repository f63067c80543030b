"""Taking an award back (제11조): notice with a reason, the winner's opinion, then the decision."""

from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.time_words import moment
from competitions.actions.afterwards.certificates import withdraw_certificates
from competitions.actions.calls.gates import facts_of, refuse_gates
from competitions.actions.letters import tell_entrant
from competitions.actions.results.flagged_cases import flag_case
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Award, Competition, Entry, Revocation
from competitions.rules.afterwards import REVOCATION_NOTICE
from competitions.rules.findings import Stage
from competitions.states import ENTRY_MOVES, CompetitionState


@transaction.atomic
def notice_revocation(award, *, reason, article, asks_return, opinion_until, by, at):
    """Tell the winner that the award is to be cancelled, and until when an opinion may be given."""
    rows = Award.objects.select_for_update(of=("self",)).select_related(
        "entry__entrant", "entry__competition"
    )
    award = rows.get(pk=award.pk)
    competition = award.entry.competition
    reason = _needed(reason, _("Write why the award is to be cancelled; the winner is told."), field="reason")
    if competition.state != CompetitionState.PUBLISHED:
        raise IllegalMove(_("The results are not published yet. Decide the awards again instead."))
    if Revocation.objects.filter(award=award).exists():
        raise IllegalMove(_("The winner has notice of this already. Open the page again."))
    _check_opinion_time(competition, opinion_until, at=at)
    revocation = Revocation.objects.create(
        award=award,
        reason=reason,
        article=article.strip()[:100],
        asks_return=asks_return,
        noticed_at=at,
        noticed_by=by,
        opinion_until=opinion_until,
    )
    audit.record("award.revocation_noticed", by=by, target=award, opinion_until=opinion_until.isoformat())
    _tell(revocation, "award.revocation_noticed", at=at, by=by, due=opinion_until)
    return revocation


def _check_opinion_time(competition, opinion_until, *, at):
    is_full = competition.profile == Competition.Profile.FULL
    earliest = at + REVOCATION_NOTICE if is_full else at
    if opinion_until < earliest or opinion_until == at:
        raise CompetitionError(
            _("Give the winner time for an opinion until %(earliest)s or later.")
            % {"earliest": moment(earliest)}
        )


@transaction.atomic
def give_opinion(revocation, text, *, by, at):
    """Store what the winner says to it, in place of what was said before."""
    revocation = _locked(revocation)
    if by.pk is None or revocation.award.entry.entrant_id != by.pk:
        raise CompetitionError(_("Only who entered the entry may give an opinion."))
    _refuse_decided(revocation)
    if at >= revocation.opinion_until:
        raise TooLate(
            _("The time for an opinion ended at %(time)s.") % {"time": moment(revocation.opinion_until)}
        )
    revocation.opinion = _needed(text, _("Write your opinion."), field="opinion")
    revocation.opinion_at = at
    revocation.save(update_fields=["opinion", "opinion_at"])
    audit.record("award.opinion_given", by=by, target=revocation.award)
    return revocation


@transaction.atomic
def decide_revocation(revocation, *, is_upheld, decision, by, at):
    """Decide after the winner was heard. is_upheld: the award is cancelled; otherwise the winner keeps it.

    The published result stays as it is; the row of the award is kept, with this beside it. A case made of the entry
    stays published and comes back to the editors.
    """
    revocation = _locked(revocation)
    decision = _needed(decision, _("Write the decision and its reasons."), field="decision")
    _refuse_decided(revocation)
    if at < revocation.opinion_until and revocation.opinion_at is None:
        raise TooEarly(
            _("The winner may give an opinion until %(until)s. Decide after that.")
            % {"until": moment(revocation.opinion_until)}
        )
    competition = revocation.award.entry.competition
    refuse_gates(competition, Stage.REVOKE, at=at, facts=_facts(competition, revocation, at=at))
    revocation.decided_at, revocation.decided_by = at, by
    revocation.is_upheld, revocation.decision = is_upheld, decision
    revocation.save(update_fields=["decided_at", "decided_by", "is_upheld", "decision"])
    audit.record("award.revocation_decided", by=by, target=revocation.award, is_upheld=is_upheld)
    if is_upheld:
        _take_award(revocation, by=by, at=at)
    _tell(revocation, "award.revoked" if is_upheld else "award.kept", at=at, by=by, reason=decision)
    return revocation


def _take_award(revocation, *, by, at):
    entry = revocation.award.entry
    sources, target = ENTRY_MOVES["pass_over"]
    Entry.objects.filter(pk=entry.pk, state__in=sources).update(state=target)
    withdraw_certificates(revocation.award, by=by, at=at)
    flag_case(entry, by=by, at=at)


def _tell(revocation, kind, *, at, by, **facts):
    entry = revocation.award.entry
    words = {"reason": revocation.reason, "article": revocation.article} | facts
    link = reverse("competitions:entry_revocation", args=[entry.pk])
    tell_entrant(entry, kind, at=at, by=by, key=f"revocation:{revocation.pk}:{kind}", link=link, **words)


def revocation_facts(revocation, *, at):
    """What the gates before the decision know."""
    return _facts(revocation.award.entry.competition, revocation, at=at)


def _facts(competition, revocation, *, at):
    return replace(
        facts_of(competition, at=at),
        revocation_noticed_at=revocation.noticed_at,
        opinion_until=revocation.opinion_until,
        has_opinion=revocation.opinion_at is not None,
    )


def _locked(revocation):
    rows = Revocation.objects.select_for_update(of=("self",))
    return rows.select_related("award__entry__entrant", "award__entry__competition").get(pk=revocation.pk)


def _refuse_decided(revocation):
    if revocation.decided_at:
        raise IllegalMove(_("This is decided already. Open the page again."))


def _needed(text, problem, *, field):
    text = text.strip()
    if not text:
        raise CompetitionError(problem)
    most = Revocation._meta.get_field(field).max_length
    if len(text) > most:
        raise CompetitionError(
            _("The text has %(length)s characters; at most %(most)s are taken. Shorten it.")
            % {"length": f"{len(text):,}", "most": f"{most:,}"}
        )
    return text
