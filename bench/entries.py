"""A closed call with very many entries handed in, in all states of a screening."""

from datetime import timedelta
from functools import cache

from django.db import connection

from bench import fill, texts
from bench.people import made_people
from casebook.content import clean_case, clean_prompt, content_sha256
from competitions.models import Entry, Snapshot, Track

STATES = ("submitted", "submitted", "accepted", "disqualified", "returned")
TRACKS = ("a", "b", "c")
FLAGS = ([], [], [], ["similar"], ["files", "similar"])
AT_ONCE = 1_000
TEXTS = 500  # different ones; making a text takes longer than storing it
POINT = """
UPDATE competitions_entry SET snapshot_id = snapshot.id FROM competitions_snapshot AS snapshot
WHERE snapshot.entry_id = competitions_entry.id AND competition_id = %s
"""


def screened_contest(count):
    """Every line is made by its number, so two runs look at the same entries."""
    competition = fill.open_competition(f"bench-entries-{count}")
    for code in TRACKS[1:]:
        Track.objects.create(competition=competition, code=code, name=f"{code} 부문")
    tracks = {track.code: track for track in competition.tracks.all()}
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        people = made_people(len(numbers))
        entries = Entry.objects.bulk_create(
            _entry(competition, tracks, number, person)
            for number, person in zip(numbers, people, strict=True)
        )
        Snapshot.objects.bulk_create(
            _snapshot(entry, number) for number, entry in zip(numbers, entries, strict=True)
        )
    with connection.cursor() as cursor:
        cursor.execute(POINT, [competition.pk])
    fill.close_now(competition)
    fill.settle()
    competition.refresh_from_db()
    return competition


def _entry(competition, tracks, number, person):
    state = STATES[number % len(STATES)]
    at = fill.AT - timedelta(minutes=number)
    content, _sha256 = _content(number % TEXTS)
    return Entry(
        competition=competition,
        track=tracks[TRACKS[number % len(TRACKS)]],
        entrant=person,
        code=f"E{number:05d}",
        title=texts.title(number),
        summary=content["case"]["summary"],
        draft=content,
        team="견본 모임" if number % 4 == 0 else "",
        state=state,
        flags=FLAGS[number % len(FLAGS)],
        decision_reason="견본 사유입니다." if state == "disqualified" else "",
        correction_due=fill.AT if state == "returned" else None,
        submitted_at=at,
        created_at=at,
        saved_at=at,
    )


def _snapshot(entry, number):
    content, sha256 = _content(number % TEXTS)
    return Snapshot(
        entry=entry,
        number=1,
        content=content,
        content_sha256=sha256,
        receipt_number=f"B{entry.competition_id}-{number}",
        submitted_at=entry.submitted_at,
    )


@cache
def _content(number):
    content = {"case": clean_case(texts.case(number)), "prompts": [clean_prompt(texts.prompt(number))]}
    return content, content_sha256(content)
