"""Who is to have a certificate: everybody in the team of an award that stands, or the team itself."""

from dataclasses import dataclass

from django.db.models import Prefetch

from competitions.models import Award, Certificate, TeamMember


@dataclass(frozen=True)
class Holder:
    """One person of an award; person is None where an entry on paper names a team only."""

    award: object
    person: object
    name: str  # as it is proposed

    @property
    def key(self):
        """Names the holder in a form."""
        return f"{self.award.pk}-{self.person.pk if self.person else 0}"


def holders_without(competition, *, award=None):
    """Return the Holders without a certificate that is valid, in the order of the awards. Three queries."""
    return [holder for each in _awards(competition, award) for holder in _waiting(each)]


def _awards(competition, award):
    members = TeamMember.objects.filter(state=TeamMember.State.ACCEPTED, user__isnull=False)
    valid = Certificate.objects.filter(withdrawn_at=None)
    rows = (
        Award.objects.filter(tier__competition=competition)
        .exclude(revocation__is_upheld=True)
        .select_related("tier", "entry__entrant__department")
        .defer("entry__draft")
        .prefetch_related(
            Prefetch("entry__members", members.select_related("user__department"), to_attr="joined"),
            Prefetch("certificates", valid, to_attr="valid"),
        )
    )
    return rows.filter(pk=award.pk) if award else rows


def _waiting(award):
    known = {certificate.person_id for certificate in award.valid}
    return [holder for holder in holders_of(award) if (holder.person and holder.person.pk) not in known]


def holders_of(award):
    people = people_of(award.entry)
    if not people:
        return [Holder(award=award, person=None, name=award.entry.team)]
    return [Holder(award=award, person=person, name=person.name.strip()) for person in people]


def people_of(entry):
    """The leader first, then who accepted to be in the team; `entry.joined` is loaded."""
    people = {entry.entrant.pk: entry.entrant} if entry.entrant else {}
    return list(
        (
            people | {member.user_id: member.user for member in entry.joined if member.user_id not in people}
        ).values()
    )
