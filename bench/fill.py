"""Fills the throwaway database: the casebook through its own actions, the contest by plain SQL."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models.functions import Now

from accounts.models import Government
from bench import texts
from casebook.actions.versions import MODELS, NewRecord, ask_reviews, create_records, publish_versions
from casebook.content import clean_case, clean_prompt
from casebook.models import SearchDocument
from competitions.actions.judging.sums import recompute_sums
from competitions.models import Competition, Criterion, Judge, Round, Track

AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
MADE = {"prompt": lambda n: clean_prompt(texts.prompt(n)), "case": lambda n: clean_case(texts.case(n))}
AT_ONCE = 200


def records(kind, count):
    """Publish records until there are `count` of the kind; what is there stays."""
    there = MODELS[kind][0].objects.published().count()
    for start in range(there, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        news = [NewRecord(content=MADE[kind](number)) for number in numbers]
        versions = create_records(kind, news, by=None, at=AT)
        ask_reviews(versions, by=None, at=AT)
        publish_versions(versions, by=None, at=AT)
    settle()


def settle():
    """What autovacuum does some minutes after a large import."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('document_ts')")
        cursor.execute("ANALYZE")


def documents(count):
    """Have that many published records, half of them cases."""
    Government.objects.get_or_create(name="가온시", defaults={"is_self": True, "is_fictional": True})
    records("prompt", count - count // 2)
    records("case", count // 2)
    return SearchDocument.objects.count()


def competitions(count):
    """Announced competitions, a part of them closed."""
    there = Competition.objects.filter(slug__startswith="bench-list-").count()
    Competition.objects.bulk_create(
        (_competition(f"bench-list-{number}", closed=number % 3 == 0) for number in range(there, count)),
        batch_size=1000,
    )
    settle()


def _competition(slug, *, closed=False):
    return Competition(
        slug=slug,
        title=f"업무 프롬프트 공모전 {slug}",
        kind=Competition.Kind.OPEN,
        state="announced",
        call="## 목적\n\n견본 공고입니다.",
        opens_at=AT - timedelta(days=30),
        closes_at=AT if closed else datetime(2099, 1, 1, tzinfo=UTC),
        announced_at=AT,
        created_at=AT,
    )


def open_competition(slug):
    competition = _competition(slug)
    competition.save()
    Track.objects.create(competition=competition, code="a", name="일반 부문")
    return competition


def close_now(competition):
    """The deadline is now, by the clock of the database."""
    Competition.objects.filter(pk=competition.pk).update(closes_at=Now())


ENTRIES = """
INSERT INTO competitions_entry (competition_id, track_id, code, team, title, summary, draft, state, submitted_at,
                                decision_reason, revision, created_at, saved_at, ordinal, declared,
                                decision_article, correction_note, flags)
SELECT %s, %s, 'E' || lpad(n::text, 6, '0'), '', 'Entry ' || n, '', '{}', 'accepted', now(), '', 1, now(), now(),
       1, '{}', '', '', '{}'
FROM generate_series(1, %s) AS n
"""
SHEETS = """
INSERT INTO competitions_assignment (judge_id, entry_id, round_id, state, signed_at, signed_sha256, recused_reason,
                                     reopened_reason, comment_committee, comment_entrant, comment_private)
SELECT judge.id, entry.id, %s, 'signed', now(), '', '', '', '', '', ''
FROM competitions_judge AS judge JOIN competitions_entry AS entry USING (competition_id) WHERE competition_id = %s
"""
SCORES = """
INSERT INTO competitions_score (assignment_id, criterion_id, points, comment)
SELECT sheet.id, criterion.id,
       (sheet.id * 7919 + criterion.id * 104729) %% (criterion.max_points::int * 2 + 1) / 2.0, ''
FROM competitions_assignment AS sheet JOIN competitions_criterion AS criterion USING (round_id) WHERE round_id = %s
"""


def judged_competition(entries, *, judges, criteria, name="tally"):
    """A competition in judging in which every judge has signed a sheet for every entry."""
    competition = open_competition(f"bench-{name}-{entries}")
    round_ = Round.objects.create(competition=competition, code="written", name="서면 심사")
    for number in range(criteria):
        Criterion.objects.create(round=round_, code=f"c{number}", name=f"기준 {number}", max_points=25)
    for number in range(judges):
        Judge.objects.create(competition=competition, code=f"J{number}", name="심사위원")
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [competition.pk, competition.tracks.get().pk, entries])
        cursor.execute(SHEETS, [round_.pk, competition.pk])
        cursor.execute(SCORES, [round_.pk])
    recompute_sums(competition)
    settle()
    return competition
