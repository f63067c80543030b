import json
import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.interchange.safe_yaml import YamlRefused, load
from casebook.interchange.yaml_text import dump
from tests.casebook.interchange.contents import nasty_text


def reason(text, **options):
    with pytest.raises(YamlRefused) as refusal:
        load(text, **options)
    return refusal.value.problem.text()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", "1.10"),
        ("2026-01-02", "2026-01-02"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("'true'", "true"),
        ("!!str true", "true"),
        ("", None),
        ("[a, {b: 1}]", ["a", {"b": "1"}]),
        ("a: &x {b: c}\nd: *x", {"a": {"b": "c"}, "d": {"b": "c"}}),
        ("a: &x {b: c}\nd:\n  <<: *x\n  e: f", {"a": {"b": "c"}, "d": {"b": "c", "e": "f"}}),
        ("1: a", {"1": "a"}),
    ],
)
def test_words_stay_words(text, value):
    assert load(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: [", "Line 3: This is not valid YAML"),
        ("a: 1\na: 2", "Line 2: The name “a” stands twice."),
        ("a: !!python/name:os.system x", "Line 1: The tag “!!python/name:os.system” is not allowed."),
        ("a: !thing x", "Line 1: The tag “!thing” is not allowed."),
        ("a: !!binary eA==", "is not allowed"),
        ("[a]: b", "A name must be text"),
        ("a: 1\n--- \nb: 2", "Line 2: A second YAML document begins here"),
        ("[" * 60 + "]" * 60, "nests more than 50 levels deep"),
        ("a: *b", "refers to nothing above it"),
        ("a: &x [*x]", "refers to nothing above it"),
        ("a:\n\t- b", "Line 2: The line begins with a tab."),
        ("a: \x01", "This is not valid YAML"),
    ],
)
def test_refused_with_its_line(text, said):
    assert said in reason(text)


def test_lines_count_from_the_start_of_the_file():
    assert reason("a: 1\na: 2", first_line=10).startswith("Line 11:")


def test_a_bomb_is_refused_before_it_fills_the_memory():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    tracemalloc.start()
    said = reason("\n".join(lines))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "unfolds to more than 200000 values" in said
    assert peak < 20_000_000


def test_a_bomb_of_merges_is_refused():
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: v" for n in range(50)) + "}"]
    lines += [f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 40)}]" for n in range(1, 8)]

    assert "unfolds to more than" in reason("\n".join(lines))


def as_other_readers(text):
    return yaml.safe_load(text)


def deeper(each):
    return st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(["a", "나", "c d"]), each, max_size=3)


@given(st.recursive(nasty_text | st.booleans() | st.none(), deeper))
def test_what_we_write_every_reader_reads_the_same(value):
    text = dump({"value": value})

    assert load(text) == {"value": value}
    assert as_other_readers(text) == {"value": value}
    assert "---" not in text
    assert "+++" not in text


@pytest.mark.parametrize(
    "word", ["1", "1.0", "-", "0o7", "yes", "Null", "2026-01-01", "=", "<<", "~", "12:30", ".5"]
)
def test_risky_words_are_quoted(word):
    assert dump([word]) == f"- {json.dumps(word)}\n"
