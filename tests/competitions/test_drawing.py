import subprocess
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from competitions import drawing

SEED = "0123456789abcdef0123-제1230회 1 5 9"
AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def test_the_order_follows_from_the_seed_and_not_from_the_rows():
    entries = [("E1", "a"), ("E2", "a"), ("E3", "a"), ("E4", "a")]

    order = drawing.drawn(SEED, entries, tracks=["a"])

    assert order == drawing.drawn(SEED, reversed(entries), tracks=["a"])
    assert list(order) == sorted(
        ["E1", "E2", "E3", "E4"], key=lambda code: sha256(f"{SEED}:{code}".encode()).hexdigest()
    )


def test_another_public_text_draws_another_order():
    entries = [(f"E{number}", "a") for number in range(20)]
    half = "0123456789abcdef0123"

    one, two = (
        drawing.drawn(drawing.seed_of(half, text), entries, tracks=["a"]) for text in ("1 2 3", "1 2 4")
    )

    assert one != two
    assert sorted(one) == sorted(two)


def test_each_track_is_a_block_in_the_order_of_the_call():
    entries = [("E1", "b"), ("E2", "a"), ("E3", "b"), ("E4", "a"), ("E5", "")]

    order = drawing.drawn(SEED, entries, tracks=["b", "a"])

    assert [set(order[:2]), set(order[2:4]), order[4]] == [{"E1", "E3"}, {"E2", "E4"}, "E5"]


def test_a_shell_computes_the_same_key():
    line = f"printf '%s' '{SEED}:E1' | sha256sum"

    found = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout

    assert found.split()[0] == drawing.key_of(SEED, "E1")


def test_the_public_text_is_composed_and_has_single_spaces():
    decomposed = unicodedata.normalize("NFD", "제")
    seed = drawing.seed_of("ab", f"  {decomposed}1회 \n 3  5 ")

    assert seed == "ab-제1회 3 5"
    assert drawing.halves_of(seed) == ("ab", "제1회 3 5")


def test_a_public_text_with_hyphens_stays_whole():
    assert drawing.halves_of(drawing.seed_of("ab", "2026-11-21")) == ("ab", "2026-11-21")


def test_turns_begin_after_minutes_and_pauses_and_later_where_a_track_begins():
    times = drawing.start_times(["a", "a", "b"], first=AT, minutes=10, pause=2, between=15)

    assert times == (AT, AT + timedelta(minutes=12), AT + timedelta(minutes=12 + 27))


def test_no_entry_has_no_times():
    assert drawing.start_times([], first=AT, minutes=10) == ()
    assert drawing.drawn(SEED, [], tracks=["a"]) == ()
