from django.db import connection

from bench import fill
from bench.measure import Line, peak, statements, timed
from competitions.judging.tally import compute
from competitions.results import contest_of, tally

JUDGES, CRITERIA = 5, 4
# Rounded arithmetic and no check of the inputs: what the exact tally may cost is seen beside it.
AGGREGATE = """
SELECT entry_id, total, rank() OVER (ORDER BY total DESC) FROM (
    SELECT entry_id, 100 * sum(weight * mean) / sum(weight * max_points) AS total FROM (
        SELECT sheet.entry_id, score.criterion_id, avg(score.points) AS mean
        FROM competitions_score AS score JOIN competitions_assignment AS sheet ON sheet.id = score.assignment_id
        JOIN competitions_entry AS entry ON entry.id = sheet.entry_id
        WHERE entry.competition_id = %s AND sheet.state = 'signed' GROUP BY 1, 2
    ) AS means JOIN competitions_criterion AS criterion ON criterion.id = criterion_id GROUP BY 1
) AS totals ORDER BY total DESC
"""


def run(setting):
    competition = fill.judged_competition(setting.size.entries, judges=JUDGES, criteria=CRITERIA)
    [floor] = timed(lambda: aggregate(competition))
    times = timed(lambda: tally(competition))
    with peak() as highest:
        sql = statements(lambda: tally(competition))
    what = f"{setting.size.entries:,} entries x {JUDGES} judges x {CRITERIA} criteria"
    yield Line(
        what=what,
        times=times,
        floor=floor,
        sql=sql,
        memory=highest[0],
        note="at the peak",
    )
    contest = contest_of(competition)
    yield Line(what="  of it: reading the rows", times=timed(lambda: contest_of(competition)), floor=floor)
    yield Line(what="  of it: the arithmetic", times=timed(lambda: compute(contest)), floor=floor)


def aggregate(competition):
    with connection.cursor() as cursor:
        cursor.execute(AGGREGATE, [competition.pk])
        return cursor.fetchall()
