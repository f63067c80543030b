from bench import texts
from bench.measure import Line, timed
from casebook.content import clean_prompt
from casebook.lint import lint
from casebook.lint.fields import texts_of

LENGTH = 1_000_000
FIELD = 200_000  # the longest a field may be
HOSTILE = {"{{": "{{가 ", "{{#": "{{#if x}}", "[": "[가 나] ", "invisible signs": "글\u200b"}


def run(setting):
    plain = "\n".join(texts.body(number) for number in range(LENGTH // 100))[:LENGTH]
    yield line("plain Korean, all rules", content(plain))
    yield line("plain Korean, without the detector", content(plain), detect=nothing)
    blanks = [f"빈칸{number}" for number in range(500)]
    filled = "".join(
        f"{plain[at * 2_000 : at * 2_000 + 1_980]} {{{{{key}}}}} " for at, key in enumerate(blanks)
    )
    yield line("with 500 blanks, without the detector", content(filled, variables=blanks), detect=nothing)
    for name, part in HOSTILE.items():
        yield line(f"only {name}, without the detector", content((part * FIELD)[:FIELD]), detect=nothing)


def line(what, given, **options):
    fields = [text for _path, text in texts_of(given)]
    length = sum(map(len, fields))
    floor = timed(lambda: sum(text.count("\0") + len(text.split()) for text in fields), times=3)
    times = timed(lambda: lint(given, **options), times=3)
    note = f"{length / min(times) / 1e6:.2f} million characters/s"
    return Line(what=what, times=times, floor=min(floor), note=note)


def content(text, **others):
    """Four messages and an example hold the text."""
    pieces = [text[at : at + FIELD] for at in range(0, len(text), FIELD)]
    return clean_prompt({"messages": pieces[:4], "example_input": "".join(pieces[4:]), **others}, draft=True)


def nothing(text):
    return []
