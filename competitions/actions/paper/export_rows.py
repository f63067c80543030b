"""All score sheets as CSV, written by PostgreSQL while it reads: a row for a sheet, a column for each criterion.

The heading is what import_scores reads as a table of sheets, so a file brought in again changes nothing.
"""

import csv
from io import StringIO

from django.conf import settings
from django.db import connection
from psycopg import sql

from competitions.states import SheetState

PIECE = 64 * 1024
BOM = "\ufeff"
FIXED = ("round", "judge", "entry", "track", "title", "state", "saved_at", "signed_at", "sha256")
LAST = ("total", "reachable", "comment", "comment_entrant")

ROWS = """
COPY (
    SELECT {round}, {judge}, {entry}, {track}, {title}, sheet.state, {saved_at}, {signed_at}, sheet.signed_sha256,
           {criteria}
           trim_scale(sheet.reached)::text, trim_scale(sheet.reachable)::text, {committee}, {entrant}
    FROM competitions_assignment AS sheet
    JOIN competitions_round AS round ON round.id = sheet.round_id
    JOIN competitions_judge AS judge ON judge.id = sheet.judge_id
    JOIN competitions_entry AS entry ON entry.id = sheet.entry_id
    LEFT JOIN competitions_track AS track ON track.id = entry.track_id
    LEFT JOIN (
        SELECT score.assignment_id{points}
        FROM competitions_score AS score
        WHERE score.criterion_id = ANY({asked})
        GROUP BY score.assignment_id
    ) AS given ON given.assignment_id = sheet.id
    WHERE {chosen}
    ORDER BY round.position, round.id, judge.code COLLATE "C", entry.code COLLATE "C"
) TO STDOUT WITH (FORMAT csv, NULL '')
"""
POINTS = ", max(score.points) FILTER (WHERE score.criterion_id = ANY({ids})) AS {alias}"
# What a spreadsheet program would take for a formula has an apostrophe before it.
SAFE = "CASE WHEN {column} ~ '^[-=+@\\t\\r\\n]' THEN '''' || {column} ELSE {column} END"
MOMENT = "to_char({column} AT TIME ZONE {zone}, 'YYYY-MM-DD\"T\"HH24:MI:SS')"


def sheet_pieces(competition, *, criteria, chosen):
    """Yield the file in pieces of bytes. criteria: {code: ids}, in order. chosen: {column: values}.

    columns: "round", "judge" (ids) and "state". One statement, and nothing of it is held in memory.
    """
    yield (BOM + _line([*FIXED, *criteria, *LAST])).encode()
    statement = _statement(competition, criteria=criteria, chosen=chosen)
    waiting, size = [], 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in copy:
            waiting.append(bytes(row))
            size += len(row)
            if size >= PIECE:
                yield b"".join(waiting)
                waiting, size = [], 0
    yield b"".join(waiting)


def _line(cells):
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(
        [f"'{cell}" if cell[0] in "=+-@" else cell for cell in cells]
    )
    return out.getvalue()


def _statement(competition, *, criteria, chosen):
    texts = {
        "round": "round.code",
        "judge": "judge.code",
        "entry": "entry.code",
        "track": "track.code",
        "title": "entry.title",
        "committee": "sheet.comment_committee",
        "entrant": "sheet.comment_entrant",
    }
    columns = {name: sql.SQL(SAFE.replace("{column}", column)) for name, column in texts.items()}
    columns |= {name: _moment(f"sheet.{name}") for name in ("saved_at", "signed_at")}
    aliases = [sql.Identifier(f"c{number}") for number in range(len(criteria))]
    points = [
        sql.SQL(POINTS).format(ids=sql.Literal(ids), alias=alias)
        for ids, alias in zip(criteria.values(), aliases, strict=True)
    ]
    return sql.SQL(ROWS).format(
        **columns,
        criteria=sql.Composed([sql.SQL("trim_scale(given.{})::text, ").format(alias) for alias in aliases]),
        points=sql.Composed(points),
        asked=sql.Literal([pk for ids in criteria.values() for pk in ids]),
        chosen=_chosen(competition, chosen),
    )


def _moment(column):
    return sql.SQL(MOMENT.replace("{column}", column)).format(zone=sql.Literal(settings.TIME_ZONE))


def _chosen(competition, chosen):
    of = {"round": "round.id", "judge": "judge.id", "state": "sheet.state"}
    parts = [sql.SQL("round.competition_id = {}").format(sql.Literal(competition.pk))]
    for name, values in chosen.items():
        if values:
            parts.append(sql.SQL(of[name] + " = ANY({})").format(sql.Literal(list(values))))
    return sql.SQL(" AND ").join(parts)


SIGNED = [SheetState.SIGNED.value]
