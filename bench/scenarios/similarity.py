"""One new entry against very many: remembering it, finding what is like it, and comparing two long texts.

The many are keys made by chance, as many as a real text has, with some that all of them hold; those the new entry is
like are real.
"""

from django.db import connection
from django.utils.timezone import now

from bench import fill, texts
from bench.measure import Line, statements, timed
from casebook.content import content_sha256
from competitions.actions.screening.similarities import look_for_similar, remember
from competitions.models import Entry, Snapshot
from competitions.similarity import compare

KEYS, COMMON = 110, 10
REPEATS = 5
LONG = 50_000
SNAPSHOTS = """
INSERT INTO competitions_snapshot (entry_id, number, content, content_sha256, receipt_number, submitted_at)
SELECT id, 1, '{}', '', 'B' || id, now() FROM competitions_entry WHERE competition_id = %s
"""
POINT = """
UPDATE competitions_entry SET snapshot_id = snapshot.id FROM competitions_snapshot AS snapshot
WHERE snapshot.entry_id = competitions_entry.id AND competition_id = %s
"""
FINGERPRINTS = """
INSERT INTO competitions_entryfingerprint (entry_id, snapshot_id, bands, files, compared_at)
SELECT entry_id, id, ARRAY(
    SELECT CASE WHEN n <= %s THEN n ELSE (hashtextextended(entry_id::text, n)) END FROM generate_series(1, %s) AS n
), '{}', now()
FROM competitions_snapshot WHERE entry_id IN (SELECT id FROM competitions_entry WHERE competition_id = %s)
"""
FLOOR = "SELECT count(*) FROM competitions_entryfingerprint WHERE bands @> ARRAY[%s::bigint]"


def run(setting):
    count = setting.size.compared
    competition = many(count)
    text = long_text(1, 3_000)
    for number in range(10):
        handed_in(competition, f"{text}\n{long_text(number + 2, 300)}", number)
    entry = handed_in(competition, text, 99)
    with connection.cursor() as cursor:
        [floor, *_more] = sorted(timed(lambda: cursor.execute(FLOOR, [1 << 40]), times=REPEATS))
    yield Line(
        what="an entry remembered", times=timed(lambda: remember(entry.snapshot), times=REPEATS), floor=floor
    )
    found = look_for_similar(entry, at=now())
    yield Line(
        what=f"one entry against {count:,}",
        times=timed(lambda: look_for_similar(entry, at=now()), times=REPEATS),
        floor=floor,
        sql=statements(lambda: look_for_similar(entry, at=now())),
        note=f"{len(found)} like it",
    )
    yield from two_long_texts()


def two_long_texts():
    one, other = long_text(1, LONG), long_text(2, LONG)
    [floor] = timed(lambda: (one.split(), other.split()))
    for what, against in (("the same", one), ("another", other)):
        times = timed(lambda: compare(one, against), times=REPEATS)  # noqa: B023
        yield Line(what=f"two texts of {LONG:,} characters, {what}", times=times, floor=floor)


def many(count):
    """Entries with snapshots and fingerprints, by plain SQL."""
    competition = fill.open_competition(f"bench-similarity-{count}")
    with connection.cursor() as cursor:
        cursor.execute(fill.ENTRIES, [competition.pk, competition.tracks.get().pk, count])
        cursor.execute(SNAPSHOTS, [competition.pk])
        cursor.execute(POINT, [competition.pk])
        cursor.execute(FINGERPRINTS, [COMMON, KEYS, competition.pk])
    fill.settle()
    return competition


def handed_in(competition, text, number):
    at = now()
    content = {"case": {"title": f"견본 {number}", "approach": text}, "prompts": []}
    entry = Entry.objects.create(
        competition=competition,
        title=f"견본 {number}",
        code=f"S{number}",
        state="submitted",
        submitted_at=at,
        created_at=at,
        saved_at=at,
    )
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=1,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"BS{entry.pk}",
        submitted_at=at,
    )
    entry.save(update_fields=["snapshot"])
    remember(entry.snapshot)
    return entry


def long_text(number, length):
    return texts.body(number, sentences=length // 25)[:length]
