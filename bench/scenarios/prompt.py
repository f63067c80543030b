import statistics

from bench import fill
from bench.measure import Line
from bench.scenarios.lists import page_statements
from bench.site import running, timed_gets
from casebook.models import Prompt


def run(setting):
    fill.records("prompt", setting.size.lists[0])
    path = Prompt.objects.published().order_by("pk").first().get_absolute_url()
    with running() as (port, _process):
        floor, _size = timed_gets(port, "/bench/bare/", count=setting.size.requests)
        times, size = timed_gets(port, path, count=setting.size.requests)
    yield Line(
        what="/prompts/<slug>/",
        times=times,
        floor=statistics.median(floor),
        sql=page_statements(path),
        note=f"{size / 1024:.0f} KB",
    )
