import statistics

from django.test import Client

from bench import fill
from bench.measure import Line, statements
from bench.site import running, timed_gets

PAGES = ("/prompts/", "/cases/", "/search/?q=보도자료 초안", "/competitions/")


def run(setting):
    for rows in setting.size.lists:
        fill.records("prompt", rows)
        fill.records("case", rows)
        fill.competitions(rows)
        yield from at_size(rows, requests=setting.size.requests)


def at_size(rows, *, requests):
    with running() as (port, _process):
        floor, _size = timed_gets(port, "/bench/bare/", count=requests)
        for path in PAGES:
            times, size = timed_gets(port, path, count=requests)
            yield Line(
                what=f"{path}, {rows:,} rows",
                times=times,
                floor=statistics.median(floor),
                sql=page_statements(path),
                note=f"{size / 1024:.0f} KB",
            )


def page_statements(path):
    client = Client()
    client.get(path)
    return statements(lambda: client.get(path))
