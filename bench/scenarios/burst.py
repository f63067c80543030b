"""Many people hand in at once: how fast, and whether what they were told is what is stored, whatever breaks."""

import statistics
from uuid import uuid4

from django.db import connection
from django.test import Client

from bench import fill, floors, texts
from bench.crowd import Way, rush
from bench.measure import Line, cpu_seconds, percentile, shown, statements
from bench.people import made_people, sessions_of
from bench.site import running
from bench.throwaway import database_process, restart_database
from casebook.content import clean_case, clean_prompt
from competitions.actions.entries.consents import ENTRY_CONSENTS
from competitions.forms.entry_content import flat
from competitions.models import Entry, Snapshot

CLIENTS = 50
TAKEN = 302


def run(setting):
    with connection.cursor() as cursor:
        cursor.execute(floors.TABLE)
    yield from statements_of_each_step()
    for variant in (once, twice, worker_killed, database_restarted, deadline_in_the_middle):
        with running() as (port, web):
            yield from variant(setting, port, web)


def once(setting, port, web):
    """The forms open already, as at a deadline; then everybody opens the form first."""
    floor_way = Way(port=port, opened="", sent="/bench/insert/", form=form)
    warm_up(floor_way)
    for what, is_open in (("the form open already", True), ("from opening the form", False)):
        yield from measured_once(setting, port, web, floor_way, what=what, is_open=is_open)


def measured_once(setting, port, web, floor_way, *, what, is_open):
    count, database = setting.size.burst, database_process(setting.environment)
    sessions = sessions_of(made_people(count))
    floor_total, floor = rush(floor_way, sessions, clients=CLIENTS)
    competition, way = contest(port, is_open=is_open)
    before = cpu_seconds(web), cpu_seconds(database)
    total, handed = rush(way, sessions, clients=CLIENTS)
    web_ms, database_ms = (
        (cpu_seconds(process) - start) * 1000 / count
        for process, start in zip((web, database), before, strict=True)
    )
    yield Line(
        what=f"{count} by {CLIENTS} clients, {what}",
        times=[each.seconds for each in handed],
        floor=statistics.median(each.seconds for each in floor),
        note=f"{count / total:.0f}/s beside {count / floor_total:.0f}/s; {kept(competition, handed)}",
    )
    yield Line(what="  CPU of one", note=f"web {web_ms:.1f} ms, PostgreSQL {database_ms:.1f} ms")


def warm_up(way):
    """Every thread opens its database connection."""
    rush(way, sessions_of(made_people(CLIENTS)), clients=CLIENTS)


def twice(setting, port, web):
    yield from variant_line(setting, port, "each sent twice at once")


def worker_killed(setting, port, web):
    yield from variant_line(
        setting, port, "twice, a web worker killed -9", lambda _: web.children()[0].kill()
    )


def database_restarted(setting, port, web):
    if database_process(setting.environment, only_ours=True):
        act = lambda _competition: restart_database(setting.environment)  # noqa: E731
        yield from variant_line(setting, port, "twice, the database restarted", act)


def deadline_in_the_middle(setting, port, web):
    yield from variant_line(setting, port, "twice, the deadline in the middle", fill.close_now)


def variant_line(setting, port, what, act=None):
    competition, way = contest(port, copies=2)
    sessions = sessions_of(made_people(setting.size.burst))
    warm_up(Way(port=port, opened="", sent="/bench/insert/", form=form))
    halfway = (lambda: act(competition)) if act else None
    total, handed = rush(way, sessions, clients=CLIENTS, halfway=halfway)
    connection.close()  # where the database was restarted it is dead
    note = f"{len(handed) / total:.0f}/s; slowest {shown(percentile([each.seconds for each in handed], 100))}"
    yield Line(
        what=what, times=[each.seconds for each in handed], note=f"{note}; {kept(competition, handed)}"
    )


def contest(port, *, copies=1, is_open=True):
    competition = fill.open_competition(f"bench-burst-{uuid4().hex[:8]}")
    address = f"/competitions/{competition.slug}/enter/"
    opened = "" if is_open else address
    return competition, Way(port=port, opened=opened, sent=address, form=form, copies=copies)


def kept(competition, handed):
    """What people were told beside what is stored: a receipt each, the same for both copies, or a refusal."""
    stored = Snapshot.objects.filter(entry__competition=competition)
    receipts = {twin.location for each in handed for twin in each.twins if twin.status == TAKEN}
    entrants = stored.values("entry__entrant").distinct().count()
    unclear = sum(not (each.is_taken or each.is_refused) for each in handed)
    differing = sum(
        len({twin.location for twin in each.twins if twin.status == TAKEN}) > 1 for each in handed
    )
    return (
        f"{len(receipts)} taken, {sum(each.is_refused for each in handed)} refused, "
        f"{len(receipts) - entrants} lost, {stored.count() - entrants} doubled, {unclear + differing} unclear"
    )


def statements_of_each_step():
    _competition, way = contest(0)
    person = made_people(1)[0]
    client = Client()
    client.force_login(person)
    client.get(way.sent)
    steps = {
        "the empty form": lambda: client.get(way.sent),
        "save": lambda: client.post(way.sent, form(1) | {"act": "save"}),
        "submit what is saved": lambda: client.post(saved_address(person), form(1) | {"revision": "1"}),
        "the receipt": lambda: client.get(f"{saved_address(person)}receipt/"),
    }
    for what, act in steps.items():
        yield Line(what=f"SQL: {what}", sql=statements(act))
    other = Client()
    other.force_login(made_people(1)[0])
    yield Line(what="SQL: saved and submitted in one", sql=statements(lambda: other.post(way.sent, form(2))))


def saved_address(person):
    return Entry.objects.get(entrant=person).get_absolute_url()


def form(number):
    content = {"case": clean_case(texts.case(number)), "prompts": [clean_prompt(texts.prompt(number))]}
    counts = {"prompt_count": "1", "task_count": "1", "revision": "0", "idempotency_key": str(uuid4())}
    return flat(content) | counts | dict.fromkeys(ENTRY_CONSENTS, "on") | {"track": "a", "act": "submit"}
