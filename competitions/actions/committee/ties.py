"""What a judge pledges, agrees to and declares before the first sheet opens."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import Consent
from competitions.actions.committee.jury import COMMITTEE_STATES, lock_committee
from competitions.actions.conflicts.finding import find_conflicts
from competitions.errors import CompetitionError
from competitions.models import Judge, JudgeRelation

CONSENT_PURPOSE = "judge"
# Of the texts in templates/competitions/judging/: _pledge.html and _consent.html. A changed meaning is a new version.
PLEDGE_VERSION = "2026-11"
MOST_TIES = 100


@transaction.atomic
def pledge(judge, ties, *, by, at):
    """Keep the pledge of a member who was named without an invitation; a second one changes nothing of it."""
    judge = _locked(judge)
    if judge.pledged_at:
        raise IllegalMove(_("You have given the pledge already. Further ties can be declared at any time."))
    keep_pledge(judge, ties, by=by, at=at)
    return judge


def keep_pledge(judge, ties, *, by, at):
    """The consent, the pledge and the ties; an empty list says that there is nothing to declare."""
    Consent.objects.bulk_create(
        [Consent(user=by, purpose=CONSENT_PURPOSE, text_version=PLEDGE_VERSION, given_at=at)],
        ignore_conflicts=True,
    )
    Judge.objects.filter(pk=judge.pk).update(pledged_at=at)
    judge.pledged_at = at
    ties = _keep(judge, ties, at=at)
    audit.record(
        "judge.pledged",
        by=by,
        target=judge.competition,
        about=by,
        judge=judge.code,
        version=PLEDGE_VERSION,
        ties=len(ties),
    )
    find_conflicts(judge.competition, judge=judge, at=at)


@transaction.atomic
def declare_ties(judge, ties, *, by, at):
    """Add what became known later. ties: mappings with kind, name, email, organisation; at least one."""
    judge = _locked(judge)
    if not ties:
        raise CompetitionError(_("Write whom or which office the tie is to."))
    made = _keep(judge, ties, at=at)
    audit.record(
        "judge.ties_declared", by=by, target=judge.competition, about=by, judge=judge.code, ties=len(made)
    )
    find_conflicts(judge.competition, judge=judge, at=at)
    return made


def _locked(judge):
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    judge = Judge.objects.select_for_update(of=["self"]).get(pk=judge.pk)
    judge.competition = competition
    if judge.state != Judge.State.ACCEPTED:
        raise IllegalMove(_("You are no longer on this committee, so nothing is to be declared."))
    return judge


def _keep(judge, ties, *, at):
    """One that is declared already is not kept twice."""
    known = set(judge.relations.values_list("kind", "name", "email", "organisation"))
    rows = []
    for tie in ties:
        key = tuple(tie.get(field, "") for field in ("kind", "name", "email", "organisation"))
        if not any(key[1:]):
            raise CompetitionError(_("Write at least a name, an e-mail address or an office for each tie."))
        if key not in known:
            known.add(key)
            kind, name, email, organisation = key
            rows.append(
                JudgeRelation(
                    judge=judge, kind=kind, name=name, email=email, organisation=organisation, at=at
                )
            )
    if len(known) > MOST_TIES:
        raise CompetitionError(
            _("At most %(most)s ties are kept. Write to the organiser.") % {"most": MOST_TIES}
        )
    return JudgeRelation.objects.bulk_create(rows)
