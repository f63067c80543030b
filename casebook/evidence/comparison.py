"""What the pages about tests show, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import Left, RowNumber
from django.utils.translation import gettext as _

from casebook.actions.runs import asks_person
from casebook.evidence.assertions import ASSERTIONS
from casebook.evidence.numbers import Rate, difference, pass_rate, stability
from casebook.evidence.summary import standing
from casebook.models import PromptRun

ALIKE_RUNS, ALIKE_SIGNS = 5, 1_000  # answers of a test that are compared, and how far they are read
COMPARED_RUNS = 20  # the latest of a test and version
SHOWN_VERSIONS = 3  # of a test, the newest


@dataclass(frozen=True)
class Result:
    """How one version did on one test."""

    version: object
    rate: Rate
    last: object
    models: list
    stability: int | None  # percent


@dataclass
class Side:
    """One of two versions on one test."""

    rate: Rate
    last: object = None
    stability: int | None = None
    verdicts: dict = field(default_factory=dict)  # (kind, value) -> Rate


@dataclass(frozen=True)
class Compared:
    test: object
    before: Side
    after: Side
    difference: str
    points: list  # [(words, Rate before, Rate after, difference)]


def with_results(tests, versions):
    """[(test, assertions in words, its results by version, newest first)]; two queries."""
    runs = _runs(tests, versions)
    alike = _stabilities(runs)
    by_number = {version.pk: version for version in versions}
    sums = runs.values("test_id", "version_id").annotate(
        runs=Count("pk"),
        judged=Count("passed"),
        good=Count("pk", filter=Q(passed=True)),
        last=Max("ran_on"),
        models=ArrayAgg("model", distinct=True),
    )
    found = defaultdict(list)
    for each in sums:
        key = each["test_id"], each["version_id"]
        rate = Rate(each["good"], each["judged"], each["runs"] - each["judged"])
        found[each["test_id"]].append(
            Result(by_number[each["version_id"]], rate, each["last"], each["models"], alike.get(key))
        )
    return [(test, points_of(test), _newest(found[test.pk])) for test in tests]


def points_of(test):
    """What the test checks, in words."""
    return [_words(each["kind"], each["value"]) for each in test.assertions]


def verdict_lines(run):
    return [(_words(each["kind"], each["value"]), each["passed"]) for each in run.verdicts]


def compare(tests, before, after):
    """[Compared] of each test; two queries."""
    runs = _runs(tests, [before, after])
    alike = _stabilities(runs)
    found = defaultdict(list)
    rows = _latest(runs, COMPARED_RUNS)
    for row in rows.values("test_id", "version_id", "passed", "verdicts", "judgement", "ran_on"):
        found[row["test_id"], row["version_id"]].append(row)
    return [
        _compared(test, *(_side(found[test.pk, v.pk], alike.get((test.pk, v.pk))) for v in (before, after)))
        for test in tests
    ]


def compare_whole(tests, before, after):
    """Both versions on all tests that both have judged runs of; one query."""
    found = defaultdict(list)
    rows = _latest(_runs(tests, [before, after]), COMPARED_RUNS)
    for test, version, passed in rows.values_list("test_id", "version_id", "passed"):
        found[test, version].append(passed)
    rates = {key: pass_rate(results) for key, results in found.items()}
    judged = {key for key, rate in rates.items() if rate.judged}
    shared = [test for test, version in judged if version == before.pk and (test, after.pk) in judged]
    one = sum((rates[test, before.pk] for test in shared), Rate(0, 0))
    other = sum((rates[test, after.pk] for test in shared), Rate(0, 0))
    return {"tests": len(shared), "before": one, "after": other, "difference": difference(one, other)}


def _compared(test, before, after):
    asked = [(each["kind"], each["value"]) for each in test.assertions]
    asked += [("judgement", "")] if asks_person(test) else []
    none = Rate(0, 0)
    points = []
    for point in dict.fromkeys(asked):
        one, other = before.verdicts.get(point, none), after.verdicts.get(point, none)
        words = test.judgement if point == ("judgement", "") and test.judgement else _words(*point)
        points.append((words, one, other, difference(one, other)))
    return Compared(test, before, after, difference(before.rate, after.rate), points)


def _side(rows, alike):
    results = defaultdict(list)
    for row in rows:
        for verdict in row["verdicts"]:
            results[verdict["kind"], verdict["value"]].append(verdict["passed"])
        results["judgement", ""].append({"pass": True, "fail": False}.get(row["judgement"]))
    return Side(
        rate=pass_rate(row["passed"] for row in rows),
        last=max((row["ran_on"] for row in rows), default=None),
        stability=alike,
        verdicts={point: pass_rate(found) for point, found in results.items()},
    )


def _words(kind, value):
    if kind == "judgement":
        return _("Judged by a person")
    label = _(ASSERTIONS[kind].label) if kind in ASSERTIONS else kind
    return f"{label}: {value}" if value else label


def _runs(tests, versions):
    return standing(PromptRun.objects.filter(test__in=tests, version__in=versions)).order_by()


def _latest(runs, count):
    """The latest runs of each test and version."""
    rank = Window(
        RowNumber(),
        partition_by=["test_id", "version_id"],
        order_by=[F("at").desc(), F("pk").desc()],
    )
    return runs.annotate(rank=rank).filter(rank__lte=count).order_by("rank")


def _stabilities(runs):
    """{(test, version): percent} over the latest answers of the model that answered last; one query."""
    rows = _latest(runs, ALIKE_RUNS).annotate(start=Left("output", ALIKE_SIGNS))
    found = defaultdict(list)
    for test, version, model, start in rows.values_list("test_id", "version_id", "model", "start"):
        found[test, version].append((model, start))
    measured = {
        key: stability([start for model, start in given if model == given[0][0]])
        for key, given in found.items()
    }
    return {key: round(100 * value) for key, value in measured.items() if value is not None}


def _newest(results):
    return sorted(results, key=lambda result: -result.version.number)[:SHOWN_VERSIONS]
