import statistics
import time

from django.db import connection
from django.test import Client

from bench import fill
from bench.measure import Line, statements, timed
from bench.people import organiser_of, sessions_of
from bench.scenarios.tally import CRITERIA, JUDGES, aggregate
from bench.site import running, timed_gets
from competitions.actions.judging.sums import recompute_sums
from competitions.models import AwardTier, Round
from competitions.standings import standings

RULES = {
    "mean": {},
    "trimmed mean of totals": {
        "over": "judge_totals",
        "method": "trimmed_mean",
        "drop_high": 1,
        "drop_low": 1,
    },
    "median of totals": {"over": "judge_totals", "method": "median"},
}
PAGES = {
    "as it opens": "",
    "one track, by code": "?track=a&sort=code",
    "the last page": "?page=40",
}
REPEATS = 5


def run(setting):
    entries = setting.size.entries
    competition = fill.judged_competition(entries, judges=JUDGES, criteria=CRITERIA, name="standing")
    AwardTier.objects.create(competition=competition, code="grand", name="대상", count=3)
    what = f"{entries:,} entries x {JUDGES} judges x {CRITERIA} criteria"
    for name, rule in RULES.items():
        Round.objects.filter(competition=competition).update(aggregate=rule)
        aggregate(competition), standings(competition)  # both warm
        floor = statistics.median(time_of(lambda: aggregate(competition)))
        yield Line(
            what=f"{what}, {name}",
            times=time_of(lambda: standings(competition)),
            floor=floor,
            sql=statements(lambda: standings(competition)),
        )
    Round.objects.filter(competition=competition).update(aggregate={})
    yield from pages(setting, competition)
    yield reweighed(competition)


def time_of(act):
    return [second for _ in range(REPEATS) for second in timed(act)]


def pages(setting, competition):
    person = organiser_of(competition)
    [session] = sessions_of([person])
    client = Client()
    client.force_login(person)
    with running() as (port, _process):
        floor = statistics.median(timed_gets(port, "/bench/bare/", count=setting.size.requests)[0])
        for what, query in PAGES.items():
            path = f"/organise/{competition.slug}/result/order/{query}"
            times, size = timed_gets(port, path, count=min(setting.size.requests, 30), session=session)
            yield Line(
                what=f"board, 250 of {setting.size.entries:,}, {what}",
                times=times,
                floor=floor,
                sql=statements(lambda: client.get(path)),  # noqa: B023
                note=f"{size / 1024:.0f} KB",
            )


def reweighed(competition):
    """From new weights to the right order on the board: every sheet summed up again, then ranked."""
    competition.rounds.get().criteria.filter(code="c0").update(weight=3)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    start = time.perf_counter()
    changed = recompute_sums(competition)
    standings(competition)
    return Line(
        what=f"new weights: {changed:,} sheets summed up and ranked",
        times=[time.perf_counter() - start],
        sql=statements(lambda: (recompute_sums(competition), standings(competition))),
    )
