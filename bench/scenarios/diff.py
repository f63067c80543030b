from bench import texts
from bench.measure import Line, timed
from casebook.content import clean_prompt
from casebook.diff import diff_contents, diff_texts
from casebook.diff.merge import merge_contents

LENGTH = 20_000
REPEATS = 5


def run(setting):
    old = texts.body(1, sentences=LENGTH // 30)[:LENGTH]
    pairs = {
        "one line in twenty edited": (old, edited(old, every=20)),
        "every line edited, one put in": (old, "새 줄\n" + edited(old, every=1)),
        "another text": (old, texts.body(2, sentences=LENGTH // 30)[:LENGTH]),
        "one line without a line end": (old.replace("\n", " "), edited(old, every=3).replace("\n", " ")),
        "10,000 short lines": ("가\n나\n" * (LENGTH // 4), "나\n다\n" * (LENGTH // 4)),
    }
    for what, (a, b) in pairs.items():
        [floor] = timed(lambda: (a.split(), b.split()))  # noqa: B023
        yield Line(what=what, times=timed(lambda: diff_texts(a, b), times=REPEATS), floor=floor)  # noqa: B023
    yield from whole(old)


def whole(text):
    base, mine, theirs = (
        clean_prompt(texts.prompt(1) | {"messages": [each], "purpose": purpose})
        for each, purpose in ((text, ""), (edited(text, every=20), ""), (text + "\n마지막 줄", "다른 목적"))
    )
    yield Line(what="two contents", times=timed(lambda: diff_contents(base, mine), times=REPEATS))
    yield Line(
        what="three contents merged", times=timed(lambda: merge_contents(base, mine, theirs), times=REPEATS)
    )


def edited(text, *, every):
    lines = text.split("\n")
    return "\n".join(
        line.replace("합니다", "했다") + " 끝." if number % every == 0 else line
        for number, line in enumerate(lines)
    )
