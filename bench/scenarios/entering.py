import statistics
from uuid import uuid4

from django.test import Client

from bench import fill
from bench.crowd import Way, rush
from bench.measure import Line, statements
from bench.people import made_people, sessions_of
from bench.scenarios.burst import form
from bench.site import running, timed_gets
from competitions.models import Entry


def run(setting):
    competition = fill.open_competition(f"bench-entering-{uuid4().hex[:8]}")
    address = competition.get_absolute_url()
    new, entered = made_people(2)
    sessions = dict(zip((new, entered), sessions_of([new, entered]), strict=True))
    with running() as (port, _process):
        floor = statistics.median(timed_gets(port, "/bench/bare/", count=setting.size.requests)[0])
        way = Way(port=port, opened=f"{address}enter/", sent=f"{address}enter/", form=form)
        rush(way, [sessions[entered]], clients=1)
        entry = Entry.objects.get(entrant=entered).get_absolute_url()
        pages = {
            "the call, nobody logged in": (address, None),
            "the call": (address, new),
            "the form, empty": (f"{address}enter/", new),
            "the form, what is handed in": (entry, entered),
            "the receipt": (f"{entry}receipt/", entered),
        }
        for what, (path, person) in pages.items():
            session = sessions[person] if person else ""
            times, size = timed_gets(port, path, count=setting.size.requests, session=session)
            sql = page_statements(path, person)
            yield Line(what=what, times=times, floor=floor, sql=sql, note=f"{size / 1024:.0f} KB")


def page_statements(path, person):
    client = Client()
    if person:
        client.force_login(person)
    client.get(path)
    return statements(lambda: client.get(path))
