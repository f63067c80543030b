import statistics
from uuid import uuid4

from django.db import connection
from django.test import Client as LoginClient
from django.utils.timezone import now

from accounts.models import User
from bench import fill, floors, texts
from bench.measure import Line, percentile, shown, statements, timed
from bench.site import Client, running, rush
from casebook.content import clean_case, clean_prompt
from competitions.actions.entries.consents import ENTRY_CONSENTS
from competitions.actions.entries.drafts import save_draft
from competitions.actions.entries.submissions import submit_entry
from competitions.forms.entry_content import flat
from competitions.models import Entry, Snapshot

CLIENTS = 8


def run(setting):
    with connection.cursor() as cursor:
        cursor.execute(floors.TABLE)
    competition = fill.open_competition(f"bench-submit-{uuid4().hex[:8]}")
    people = made_people(2 * setting.size.submissions + 1)
    counted, alone, together = (
        people[0],
        people[1 : 1 + setting.size.submissions],
        people[1 + setting.size.submissions :],
    )
    times = [timed(lambda: complete(competition, person))[0] for person in alone]  # noqa: B023
    yield Line(
        what="save and submit, the action alone",
        times=times,
        sql=statements(lambda: complete(competition, counted)),
    )
    with running() as (port, _process):
        yield from over_http(competition, together, port=port)


def over_http(competition, people, *, port):
    sessions = [session_of(person) for person in people]
    path = f"/competitions/{competition.slug}/enter/"
    before = Snapshot.objects.count()
    floor_total, floor = rush(
        [posting(port, "/bench/insert/", each, 200) for each in sessions], clients=CLIENTS
    )
    total, times = rush([posting(port, path, each, 302) for each in sessions], clients=CLIENTS)
    stored = Snapshot.objects.count() - before
    yield Line(
        what=f"submit over HTTP, {CLIENTS} clients",
        times=times,
        floor=statistics.median(floor),
        note=f"{len(times) / total:.0f}/s beside {len(times) / floor_total:.0f}/s; {stored} of {len(times)} stored",
    )
    _total, twice = rush([posting(port, path, sessions[0], 302)] * CLIENTS, clients=CLIENTS)
    entries = Entry.objects.filter(competition=competition, entrant=people[0]).count()
    yield Line(
        what=f"one person, {CLIENTS} times at once",
        times=twice,
        note=f"{entries} entry; slowest {shown(percentile(twice, 100))}",
    )


def posting(port, path, session, wanted):
    def act():
        status, body = Client(port, session=session).post(path, form())
        if status != wanted:
            raise RuntimeError(f"{path} answered {status}: {body[:2000].decode(errors='replace')}")

    return act


def made_people(count):
    batch = uuid4().hex[:8]
    people = [
        User(email=f"{batch}-{number}@example.org", name="견본", password="!") for number in range(count)
    ]
    return User.objects.bulk_create(people)


def session_of(person):
    client = LoginClient()
    client.force_login(person)
    return client.cookies["sessionid"].value


def content():
    return {"case": clean_case(texts.case(1)), "prompts": [clean_prompt(texts.prompt(1))]}


def complete(competition, person):
    track = competition.tracks.get()
    entry = save_draft(competition, content(), by=person, at=now(), track=track, idempotency_key=uuid4())
    return submit_entry(entry, by=person)


def form():
    chosen = dict.fromkeys(ENTRY_CONSENTS, "on")
    counts = {"prompt_count": "1", "task_count": "1", "revision": "0", "idempotency_key": str(uuid4())}
    return flat(content()) | counts | chosen | {"track": "a", "act": "submit"}
