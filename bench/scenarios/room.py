import json
import statistics
import time
from urllib.parse import urlencode

from django.test import Client as TestClient

from bench.entries import screened_contest
from bench.measure import Line, statements
from bench.people import made_people, sessions_of
from bench.site import Client, running, timed_gets
from competitions.actions.judging.sums import recompute_sums
from competitions.models import Assignment, Competition, Criterion, Judge, Round, Score
from competitions.views.judging.queue import ORDER

ENTRIES = 200  # of which three in five are judged
CRITERIA = 4
REWEIGHED = 5_000  # sheets whose sums are right again after a change of weights
LEVELS = [{"points": str(points), "text": "견본 수준을 설명하는 문장입니다."} for points in (25, 20, 15, 10)]


def run(setting):
    competition, person = judged_contest()
    [session] = sessions_of([person])
    sheet = Assignment.objects.filter(judge__user=person).order_by(*ORDER)[1]
    address = f"/judging/{sheet.pk}/"
    test_client = TestClient()
    test_client.force_login(person)
    with running() as (port, _process):
        floor = statistics.median(timed_gets(port, "/bench/bare/", count=setting.size.requests)[0])
        pages = {"judge's queue": "/judging/", "judge's form": address}
        for what, path in pages.items():
            times, size = timed_gets(port, path, count=setting.size.requests, session=session)
            sql = statements(lambda: test_client.get(path))  # noqa: B023
            yield Line(what=what, times=times, floor=floor, sql=sql, note=f"{size / 1024:.0f} KB")
        times = saves(port, address, form_of(sheet), session=session, count=setting.size.requests)
        given = form_of(sheet) | {"revision": revision_of(sheet)}
        sql = statements(lambda: test_client.post(address, given, headers={"accept": "application/json"}))
        yield Line(what="judge's save", times=times, floor=floor, sql=sql)
    yield reweighed(competition)


def judged_contest():
    """A contest in judging and the person who judges all of its accepted entries."""
    competition = screened_contest(ENTRIES)
    Competition.objects.filter(pk=competition.pk).update(state="judging")
    competition.entries.filter(state__in=["accepted", "submitted"]).update(state="accepted")
    [person] = made_people(1)
    round_ = Round.objects.create(competition=competition, code="written", name="서면 심사")
    for number in range(CRITERIA):
        Criterion.objects.create(
            round=round_,
            code=f"c{number}",
            name=f"기준 {number}",
            max_points=25,
            levels=LEVELS,
            position=number,
        )
    judge = Judge.objects.create(
        competition=competition, code="J1", name="심사위원", user=person, pledged_at=competition.created_at
    )
    entries = competition.entries.filter(state="accepted")
    Assignment.objects.bulk_create(Assignment(judge=judge, entry=entry, round=round_) for entry in entries)
    return competition, person


def form_of(sheet):
    given = {}
    for criterion in sheet.round.criteria.all():
        given |= {f"points_{criterion.pk}": "20", f"comment_{criterion.pk}": "근거가 뚜렷합니다. " * 5}
    return given | {
        "comment_committee": "다시 볼 만합니다.",
        "comment_entrant": "시민이 바로 쓸 수 있습니다.",
    }


def saves(port, address, given, *, session, count):
    """Seconds of each save, one after the other, each with the revision the one before answered."""
    client, revision, times = Client(port, session=session), "", []
    client.headers |= {"Accept": "application/json"}
    for number in range(count + 6):
        start = time.perf_counter()
        status, body = client.post(address, given | {"revision": revision})
        if number >= 6:  # the first ones warm up
            times.append(time.perf_counter() - start)
        if status != 200:
            raise RuntimeError(f"{address} answered {status}: {urlencode(given)}")
        revision = json.loads(body)["revision"]
    return times


def revision_of(sheet):
    sheet.refresh_from_db()
    return sheet.saved_at.isoformat()


def reweighed(competition):
    """Every sheet summed up again, as after a change of weights."""
    round_ = competition.rounds.get()
    criteria = list(round_.criteria.all())
    entries = list(competition.entries.filter(state="accepted"))
    missing = REWEIGHED - Assignment.objects.filter(round=round_).count()
    judges = Judge.objects.bulk_create(
        Judge(competition=competition, code=f"P{number}", name="심사위원")
        for number in range(-(-missing // len(entries)))
    )
    sheets = Assignment.objects.bulk_create(
        Assignment(judge=judge, entry=entry, round=round_) for judge in judges for entry in entries
    )
    Score.objects.bulk_create(
        (Score(assignment=sheet, criterion=each, points=20) for sheet in sheets for each in criteria),
        batch_size=5_000,
    )
    round_.criteria.update(weight=2)
    start = time.perf_counter()
    changed = recompute_sums(competition)
    return Line(
        what=f"{changed:,} sheets right after new weights", times=[time.perf_counter() - start], sql=1
    )
