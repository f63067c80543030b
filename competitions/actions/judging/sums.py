"""What a sheet reaches of what can be reached: weight x points and weight x maximum of the criteria with points.

Kept on the sheet for boards and standings; both are null where no criterion has points. Written by one statement,
so one save, a file of scores and a change of weights can never sum up in different ways.
"""

from django.db import connection

SUM_UP = """
UPDATE competitions_assignment AS sheet SET reached = sums.reached, reachable = sums.reachable
FROM (
    SELECT each.id,
           SUM(criterion.weight * score.points) AS reached,
           SUM(criterion.weight * criterion.max_points) FILTER (WHERE score.points IS NOT NULL) AS reachable
    FROM competitions_assignment AS each
    JOIN competitions_round AS round ON round.id = each.round_id
    JOIN competitions_entry AS entry ON entry.id = each.entry_id
    LEFT JOIN competitions_score AS score ON score.assignment_id = each.id
    LEFT JOIN competitions_criterion AS criterion ON criterion.id = score.criterion_id
    WHERE {chosen} AND (criterion.track_id IS NULL OR criterion.track_id = entry.track_id)
    GROUP BY each.id
) AS sums
WHERE sheet.id = sums.id
  AND (sheet.reached IS DISTINCT FROM sums.reached OR sheet.reachable IS DISTINCT FROM sums.reachable)
"""
OF_COMPETITION = SUM_UP.format(chosen="round.competition_id = %s")
OF_SHEETS = SUM_UP.format(chosen="each.id = ANY(%s)")


def recompute_sums(competition):
    """Sum up every sheet of the competition again, after its weights changed. Returns how many sheets changed."""
    return _run(OF_COMPETITION, competition.pk)


def sum_up(sheet_ids):
    """Sum up these sheets, in the transaction of what changed their points."""
    return _run(OF_SHEETS, list(sheet_ids))


def _run(statement, value):
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return cursor.rowcount
