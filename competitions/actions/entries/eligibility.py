"""What the site knows of a person, held against the limits of a call."""

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import is_official
from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility import PersonFacts, check, check_team
from competitions.errors import CompetitionError
from competitions.models import TeamMember
from learning.models import Membership

LIMITS = ("who", "departments", "groups", "districts", "email_domains", "invited", "min_age", "max_age")


class NotEligible(CompetitionError):
    """The call does not let this person enter; `findings` say why."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(" ".join(finding.text(_) for finding in findings))


def facts_of(user, declared, *, record):
    """What the record asks about; four queries at most. declared: {"district", "birth_year"} as the person wrote them.

    An official is staff; every other account is a resident's. An address counts once it is confirmed.
    """
    slugs, emails = frozenset(), frozenset()
    if record.groups or "learning_group" in record.who:
        groups = Membership.objects.current().filter(user=user)
        slugs = frozenset(groups.values_list("group__slug", flat=True))
    if record.email_domains or record.invited:
        confirmed = EmailAddress.objects.filter(user=user, verified=True)
        emails = frozenset(confirmed.values_list("email", flat=True))
    kinds = {"staff" if is_official(user) else "resident"} | ({"learning_group"} if slugs else set())
    return PersonFacts(
        kinds=frozenset(kinds),
        department=user.department.code if user.department_id else "",
        groups=slugs,
        emails=emails,
        district=declared.get("district") or "",
        birth_year=declared.get("birth_year"),
    )


def findings_of(competition, user, declared):
    """Every limit of the call this person does not meet, the unsure ones too. No query where the call sets none."""
    record = competition.eligibility_record
    if not _sets_limits(record):
        return ()
    on = timezone.localtime(competition.opens_at).date()
    return check(record, facts_of(user, declared, record=record), on=on)


def findings_of_entry(competition, entry):
    """[(number, finding)] of everybody in the entry and of the size of the team; [] for one without an account.

    number: of the member, from 2 as they are listed when the organiser looks who entered; 0 of leader and team.
    """
    if entry.entrant_id is None:
        return []
    rows = entry.members.filter(state=TeamMember.State.ACCEPTED, user__isnull=False)
    members = list(rows.exclude(user=entry.entrant_id).select_related("user__department"))
    record = competition.eligibility_record
    found = [(0, finding) for finding in check_team(record, len(members) + 1)]
    if not _sets_limits(record):
        return found
    people = [(0, entry.entrant, entry.declared)]
    people += [(number, row.user, row.declared) for number, row in enumerate(members, start=2)]
    return found + [
        (number, finding)
        for number, person, declared in people
        for finding in findings_of(competition, person, declared)
    ]


def _sets_limits(record):
    """Whether the call says who may enter; the size of a team is another matter."""
    unlimited = EligibilityRecord()
    return any(getattr(record, name) != getattr(unlimited, name) for name in LIMITS)


def require_eligible(competition, user, declared):
    """Raise NotEligible when the person is certainly outside; what is unsure is for the screening."""
    certain = [each for each in findings_of(competition, user, declared) if each.is_certain]
    if certain:
        raise NotEligible(certain)
