import statistics

from django.test import Client

from bench.entries import screened_contest
from bench.measure import Line, statements
from bench.people import organiser_of, sessions_of
from bench.site import running, timed_gets, timed_posts

LISTS = {
    "as it opens": "",
    "one state of one track, newest first": "?state=submitted&track=a&sort=newest",
    "waits for me, with a flag, by title": "?waiting=me&flag=similar&sort=title",
    "words": "?q=보도자료&sort=title",
    "the last page, by state": "?sort=state&page=200",
}
TABLE = {"kind": "entries", "reason": "", "format": "csv"}
TABLES = 5


def run(setting):
    competition = screened_contest(setting.size.entries)
    person = organiser_of(competition)
    [session] = sessions_of([person])
    address = f"/organise/{competition.slug}/entries/"
    client = Client()
    client.force_login(person)
    with running() as (port, _process):
        floor = statistics.median(timed_gets(port, "/bench/bare/", count=setting.size.requests)[0])
        for what, query in LISTS.items():
            path = address + query
            times, size = timed_gets(port, path, count=setting.size.requests, session=session)
            yield Line(
                what=f"50 of {setting.size.entries:,}, {what}",
                times=times,
                floor=floor,
                sql=statements(lambda: client.get(path)),  # noqa: B023
                note=f"{size / 1024:.0f} KB",
            )
        path = f"{address}export/"
        times, size = timed_posts(port, path, TABLE, count=TABLES, session=session)
        yield Line(
            what=f"{setting.size.entries:,} entries as CSV",
            times=times,
            floor=floor,
            sql=statements(lambda: b"".join(client.post(path, TABLE))),
            note=f"{size / 1024 / 1024:.1f} MB",
        )
