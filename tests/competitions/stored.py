"""A made-up contest of the pure tests, stored as rows."""

from datetime import datetime, timedelta

from competitions.actions.judging.sums import recompute_sums
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.models import (
    Assignment,
    AwardTier,
    Ballot,
    BallotChoice,
    Competition,
    Criterion,
    Entry,
    Judge,
    Measurement,
    Round,
    Score,
    Track,
)
from competitions.states import CompetitionState, EntryState, SheetState
from tests.factories import AT, make_user


def store(contest, *, slug):
    """Store a contest record with a signed sheet for each judge, entry and round that has marks."""
    scoring = contest.scoring
    competition = Competition.objects.create(
        slug=slug,
        title=slug,
        kind=Competition.Kind.RESIDENT,
        call="공고",
        created_at=AT,
        announced_at=AT,
        opens_at=AT - timedelta(days=30),
        closes_at=AT,
        state=CompetitionState.JUDGING,
        scoring=ScoringRecord(
            total=scoring.total, places=scoring.places, tie_break=scoring.tie_break
        ).as_json(),
        one_prize_per_person=scoring.one_prize_per_person,
    )
    tracks = {code: Track.objects.create(competition=competition, code=code, name=code) for code in "ab"}
    rounds = {each.code: _round(competition, each, n) for n, each in enumerate(contest.rounds)}
    criteria = {
        (each.code, one.code): Criterion.objects.create(
            round=rounds[each.code],
            code=one.code,
            name=one.code,
            max_points=one.max,
            weight=one.weight,
            required=one.required,
            track=tracks.get(one.track),
            position=n,
        )
        for each in contest.rounds
        for n, one in enumerate(each.criteria)
    }
    for n, award in enumerate(contest.awards):
        AwardTier.objects.create(
            competition=competition,
            code=award.code,
            name=award.code,
            count=award.count,
            position=n,
            track=tracks.get(award.track),
        )
    judges = {
        code: Judge.objects.create(competition=competition, code=code, name=code) for code in contest.judges
    }
    entries = {each.code: _entry(competition, each, tracks) for each in contest.entries}
    _store_marks(contest, rounds=rounds, criteria=criteria, judges=judges, entries=entries)
    _store_votes(contest, rounds=rounds, entries=entries)
    recompute_sums(competition)
    return competition


def _round(competition, each, position):
    limit = each.floor and LimitRecord(percent=each.floor.percent, points=each.floor.points)
    advance, least = each.advance, each.advance and each.advance.least
    advance = advance and AdvanceRecord(
        top=advance.top,
        percent=least.percent if least else None,
        points=least.points if least else None,
        per_track=advance.per_track,
    )
    rule = each.aggregate
    is_vote = each.kind == "public_vote"
    return Round.objects.create(
        competition=competition,
        code=each.code,
        name=each.code,
        kind=each.kind,
        weight=each.weight,
        position=position,
        carries=each.carries,
        aggregate=AggregateRecord(
            over=rule.over, method=rule.method, drop_high=rule.drop_high, drop_low=rule.drop_low
        ).as_json(),
        floor=limit and limit.as_json(),
        advance=advance and advance.as_json(),
        votes_from=AT - timedelta(days=1) if is_vote else None,
        votes_until=AT if is_vote else None,
    )


def _entry(competition, each, tracks):
    submitted = datetime.fromisoformat(each.submitted_at) if each.submitted_at else AT
    return Entry.objects.create(
        competition=competition,
        track=tracks[each.track],
        code=each.code,
        title=each.code,
        team=each.people[0] if each.people else "",
        state=EntryState.ACCEPTED,
        submitted_at=submitted if submitted.tzinfo else submitted.replace(tzinfo=AT.tzinfo),
        created_at=AT,
        saved_at=AT,
    )


def _store_marks(contest, *, rounds, criteria, judges, entries):
    sheets, scores, measured = {}, [], []
    for mark in contest.marks:
        criterion = criteria[mark.round, mark.criterion]
        if not mark.judge:
            if mark.points is not None:
                measured.append(
                    Measurement(entry=entries[mark.entry], criterion=criterion, points=mark.points, at=AT)
                )
            continue
        key = (mark.judge, mark.entry, mark.round)
        if key not in sheets:
            sheets[key] = Assignment(
                judge=judges[mark.judge],
                entry=entries[mark.entry],
                round=rounds[mark.round],
                state=SheetState.SIGNED,
                signed_at=AT,
            )
        scores.append(Score(assignment=sheets[key], criterion=criterion, points=mark.points))
    Assignment.objects.bulk_create(sheets.values())
    Score.objects.bulk_create(scores)
    Measurement.objects.bulk_create(measured)


def _store_votes(contest, *, rounds, entries):
    for round_ in {vote.round for vote in contest.votes}:
        votes = [vote for vote in contest.votes if vote.round == round_]
        for number in range(max(vote.count for vote in votes)):
            ballot = Ballot.objects.create(round=rounds[round_], voter=make_user(), at=AT)
            BallotChoice.objects.bulk_create(
                BallotChoice(ballot=ballot, entry=entries[vote.entry])
                for vote in votes
                if vote.count > number
            )
