"""Reads a contest's rows into the records of competitions/judging, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC

from django.db.models import Exists, OuterRef

from casebook.content import content_sha256
from competitions.contest_files.words import spaceless
from competitions.declared import declared_rule
from competitions.judging.records import (
    Entry,
    Mark,
)
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from competitions.measured_and_votes import measured_marks, votes_of
from competitions.models import Conflict, Score, TeamMember
from competitions.states import JUDGED_STATES, SheetState


def contest_of(competition):
    """Return everything the result depends on: only signed sheets, only entries under judgement."""
    return replace(
        declared_rule(competition),
        judges=tuple(competition.judges.values_list("code", flat=True)),
        entries=_entries(competition),
        marks=(*signed_marks(competition), *measured_marks(competition)),
        votes=tuple(votes_of(competition)),
    )


def tally(competition):
    """Return the outcome as JSON values, with the awards the rule proposes. Raises a TallyError."""
    return contest_and_tally(competition)[1]


def contest_and_tally(competition):
    """Return (what the result depends on, its outcome as JSON values). Raises a TallyError."""
    contest = contest_of(competition)
    return contest, as_json(compute(contest))


def with_decided_awards(outcome, tiers_by_code):
    """Return the outcome with each entry's decided award instead of the proposed one.

    tiers_by_code: award tier code by entry code; an entry that is not in it has no award.
    """
    entries = [entry | {"award": tiers_by_code.get(entry["code"])} for entry in outcome["entries"]]
    return outcome | {"entries": entries}


def sheet_sha256(assignment):
    """Return the hash a judge signs: who judged what in which round, all points and comments, as stored."""
    return scored_sha256(assignment, assignment.scores.select_related("criterion"))


def scored_sha256(assignment, scores):
    """The same over scores already read, each with its criterion."""
    return content_sha256(signed_content(assignment, scores))


def signed_content(assignment, scores):
    """What a judge's hash is of. Comments on the entry are in it where they say something; never the private one."""
    comments = {"committee": assignment.comment_committee, "entrant": assignment.comment_entrant}
    said = {name: text for name, text in comments.items() if text}
    return {
        "competition": assignment.round.competition.slug,
        "round": assignment.round.code,
        "judge": assignment.judge.code,
        "entry": assignment.entry.code,
        "scores": {
            score.criterion.code: {"points": points_text(score.points), "comment": score.comment}
            for score in scores
        },
    } | ({"comments": said} if said else {})


def points_text(points):
    """Write points without trailing zeros; None stays None, because missing is never zero."""
    if points is None:
        return None
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _entries(competition):
    rows = competition.entries.judged().order_by("code").values_list("code", "track__code", "submitted_at")
    people = pseudonyms(competition) if competition.one_prize_per_person else {}
    return tuple(
        Entry(
            code=code,
            track=track or "",
            submitted_at=at.astimezone(UTC).isoformat() if at else "",
            people=people.get(code, ()),
        )
        for code, track, at in rows
    )


def pseudonyms(competition):
    """Return the pseudonyms of who made several entries, by entry code.

    A pseudonym stands for a set of entries that have a person in common, so it needs nobody's name. Entries without
    an account (a contest on paper) have their team or their e-mail address in common.
    """
    entries = competition.entries.judged()
    of_person = defaultdict(set)
    for code, entrant, team, email in entries.values_list("code", "entrant", "team", "declared__email"):
        words = [("team", spaceless(team)), ("email", spaceless(email or ""))] if not entrant else []
        for person in [("user", entrant), *words]:
            if person[1]:
                of_person[person].add(code)
    members = TeamMember.objects.filter(
        entry__in=entries, state=TeamMember.State.ACCEPTED, user__isnull=False
    )
    for code, user in members.values_list("entry__code", "user"):
        of_person["user", user].add(code)
    shared = sorted({tuple(sorted(codes)) for codes in of_person.values() if len(codes) > 1})
    people = defaultdict(list)
    for number, codes in enumerate(shared, start=1):
        for code in codes:
            people[code].append(f"P{number}")
    return {code: tuple(names) for code, names in people.items()}


def signed_marks(competition, **chosen):
    """Return the marks of signed sheets; chosen: filters of scores. One query."""
    return [_mark(row) for row in _signed_scores(competition).filter(**chosen)]


def _signed_scores(competition):
    """Points of signed sheets; a sheet with a conflict found after its signing is evidence, and counts nowhere."""
    conflicts = Conflict.objects.effective().filter(
        judge=OuterRef("assignment__judge"), entry=OuterRef("assignment__entry")
    )
    return Score.objects.filter(
        ~Exists(conflicts),
        assignment__state=SheetState.SIGNED,
        assignment__entry__competition=competition,
        assignment__entry__state__in=JUDGED_STATES,
        assignment__round__competition=competition,
        points__isnull=False,
    ).values_list(
        "assignment__round__code",
        "assignment__judge__code",
        "assignment__entry__code",
        "criterion__code",
        "points",
    )


def _mark(row):
    round_, judge, entry, criterion, points = row
    return Mark(round=round_, judge=judge, entry=entry, criterion=criterion, points=points)
