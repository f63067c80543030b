"""A published contest with a team that won, for the tests of what comes after."""

from competitions.models import Award, Competition, TeamMember
from tests.competitions.jury import make_published_competition
from tests.factories import AT, make_user


def make_finished(*, codes=("E1", "E2", "E3"), **fields):
    """E1 has the first award, its leader is 김가온; the later the code, the fewer the points."""
    points = {code: (str(39 - place), str(50 - place)) for place, code in enumerate(codes)}
    competition = make_published_competition(by=make_user(), **points)
    Competition.objects.filter(pk=competition.pk).update(**fields)
    competition.refresh_from_db()
    for code in codes:
        lead(competition, code, make_user(name="김가온" if code == "E1" else "이누리"))
    return competition


def lead(competition, code, person):
    competition.entries.filter(code=code).update(entrant=person)


def join(entry, person):
    return TeamMember.objects.create(
        entry=entry, user=person, state="accepted", invited_at=AT, answered_at=AT
    )


def award_of(competition):
    return Award.objects.select_related("tier__competition", "entry__entrant").get(
        tier__competition=competition
    )
