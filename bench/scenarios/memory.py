import psutil

from bench import fill, texts
from bench.measure import MEBIBYTE, Line, timed
from bench.site import running, timed_gets
from casebook.search.tokens import kiwi, tokens, warm_up


def run(setting):
    fill.records("prompt", setting.size.lists[0])
    with running() as (port, process):
        for path in ("/", "/prompts/", "/search/?q=보도자료 초안"):
            timed_gets(port, path, count=setting.size.requests)
        processes = [process, *process.children(recursive=True)]
        each = [share_of(one) for one in processes]
    parts = " + ".join(f"{size / MEBIBYTE:.0f}" for size in each)
    yield Line(what=f"web, {len(each)} processes, proportional", memory=sum(each), note=f"= {parts}")
    yield from speed(setting.size.imported)


def share_of(process):
    """Proportional size: pages shared by n processes count one n-th in each; resident size where unknown."""
    try:
        return process.memory_full_info().pss
    except (AttributeError, psutil.AccessDenied):
        return process.memory_info().rss


def speed(count):
    given = [texts.body(number) for number in range(count)]
    warm_up()
    lines = [line for text in given for line in text.splitlines()]
    [floor] = timed(lambda: [kiwi().tokenize(line) for line in lines])
    [total] = timed(lambda: [tokens(text) for text in given])
    found = sum(len(tokens(text)) for text in given)
    yield Line(
        what=f"tokens of {count:,} texts", times=[total], floor=floor, note=f"{found / total:,.0f} tokens/s"
    )
