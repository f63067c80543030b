"""What a contest on paper asks for: all score sheets as CSV, a judge's workbook, and the same file brought in again."""

from django.db import connection
from django.test import Client

from bench import fill
from bench.measure import Line, peak, statements, timed
from bench.people import organiser_of, sessions_of
from bench.site import running, timed_posts
from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.paper.workbooks import Desk
from competitions.models import Competition

JUDGES, CRITERIA = 5, 4
TABLES = 5
GIVEN = {"which": "signed", "reason": "측정"}
# The same sheets and points as one statement can read them, unsorted and without the columns of a person's table.
BARE = """
COPY (
    SELECT sheet.id, sheet.signed_sha256, array_agg(score.points)
    FROM competitions_assignment AS sheet JOIN competitions_score AS score ON score.assignment_id = sheet.id
    JOIN competitions_round AS round ON round.id = sheet.round_id
    WHERE round.competition_id = {} AND sheet.state = 'signed' GROUP BY sheet.id
) TO STDOUT WITH (FORMAT csv)
"""


def run(setting):
    competition = _contest(setting.size.entries)
    person = organiser_of(competition)
    [session] = sessions_of([person])
    path = f"/organise/{competition.slug}/sheets/export/"
    client = Client()
    client.force_login(person)
    [floor] = timed(lambda: _bare(competition))
    with running() as (port, _process):
        times, size = timed_posts(port, path, GIVEN, count=TABLES, session=session)
    table = b"".join(client.post(path, GIVEN))
    with peak() as highest:
        sql = statements(lambda: sum(len(piece) for piece in client.post(path, GIVEN)))
    yield Line(
        what=f"{setting.size.entries * JUDGES:,} sheets of {CRITERIA} criteria as CSV",
        times=times,
        floor=floor,
        sql=sql,
        memory=highest[0],
        note=f"{size / 1024 / 1024:.1f} MB",
    )
    yield Line(
        what="  read again as scores", times=timed(lambda: scores_from_bytes(competition, table)), floor=floor
    )
    judge = competition.judges.first()
    yield Line(
        what="a judge's workbook of all entries", times=timed(lambda: Desk(competition).workbook_of(judge))
    )


def _contest(entries):
    made = Competition.objects.filter(slug=f"bench-tally-{entries}").first()
    return made or fill.judged_competition(entries, judges=JUDGES, criteria=CRITERIA)


def _bare(competition):
    with connection.cursor() as cursor, cursor.copy(BARE.format(competition.pk)) as copy:
        return sum(len(row) for row in copy)
