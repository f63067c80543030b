from random import Random

from accounts.privacy import find
from bench import texts
from bench.measure import Line, timed

LENGTH = 1_000_000
HOSTILE = {
    "digits": "1",
    "spaced digits": "9 ",
    "dashed digits": "9-",
    "registration numbers": "900101-1234567 ",
}


def run(setting):
    plain = "\n".join(texts.body(number) for number in range(setting.size.imported * 4))
    yield line("plain Korean", plain)
    random = Random(1)  # noqa: S311 (made-up texts, not secrets)
    yield line("Korean with a telephone number each 200 signs", with_numbers(plain, random))
    for name, part in HOSTILE.items():
        yield line(f"only {name}", (part * LENGTH)[: LENGTH // 10])


def line(what, text):
    floor = timed(lambda: sum(sign.isdigit() for sign in text), times=3)
    times = timed(lambda: find(text), times=3)
    return Line(
        what=what,
        times=times,
        floor=min(floor),
        note=f"{len(text) / min(times) / 1e6:.2f} million characters/s",
    )


def with_numbers(text, random):
    pieces = [text[at : at + 200] for at in range(0, len(text), 200)]
    return "".join(
        f"{piece} 010-{random.randint(1000, 9999)}-{random.randint(1000, 9999)} " for piece in pieces
    )
