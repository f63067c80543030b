"""Any value of the file changed, any item taken out or doubled: the script says so, and where."""

import copy
import re

import pytest

from competitions.verifying import verify_results
from competitions.verifying.results_file import canonical_json
from tests.competitions.verifying.contests import document_of, small_city_contest

CITY = document_of(small_city_contest())


def leaves(value, path=()):
    """Every value that holds no other, with its keys and positions."""
    if isinstance(value, dict | list) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from leaves(item, (*path, key))
    elif not isinstance(value, dict | list):
        yield path, value


def lists(value, path=()):
    """Every list with something in it."""
    if isinstance(value, list) and value:
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from lists(item, (*path, key))


def changed_values(value):
    """Values that are nearly this one: a sign of a text another, a number one more, true for false."""
    if value is None:
        return [0, "0", False]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, -value - 1, str(value)]
    spots = range(len(value)) if len(value) < 6 else [len(value) // 2]
    return [value[:spot] + other_sign(value[spot]) + value[spot + 1 :] for spot in spots] or ["0"]


def other_sign(sign):
    return "1" if sign == "0" else "0"


def at(document, path):
    for key in path:
        document = document[key]
    return document


def put(document, path, value):
    at(document, path[:-1])[path[-1]] = value


def answer(document):
    """The script's lines about a file, empty when it agrees."""
    try:
        findings = verify_results.check(verify_results.read(canonical_json(document)))
    except verify_results.Unreadable as error:
        findings = [error.finding]
    return [(finding.place, finding.line("ko")) for finding in findings]


def is_named(place, path):
    """Say whether a place names the keys of a path, and the positions of what has no code."""
    rest = place
    for depth, key in enumerate(path):
        holder = at(CITY, path[:depth])
        if isinstance(key, int) and not isinstance(holder[0], dict | list):
            return True  # a row is named as a whole
        if isinstance(key, int) and "code" in holder[key]:
            continue
        wanted = re.escape(key) if isinstance(key, str) else rf"\[{key + 1}[:\]]"
        found = re.search(wanted, rest)
        if not found:
            return False
        rest = rest[found.end() :]
    return True


@pytest.mark.parametrize("part", sorted(CITY))
def test_a_changed_value_is_named(part):
    for path, value in leaves(CITY[part], (part,)):
        for changed in changed_values(value):
            document = copy.deepcopy(CITY)
            put(document, path, changed)

            lines = answer(document)

            assert any(is_named(place, path) for place, _ in lines), (path, changed, lines)


@pytest.mark.parametrize("part", sorted(key for key in CITY if isinstance(CITY[key], dict | list)))
@pytest.mark.parametrize("act", ["taken out", "doubled", "turned"])
def test_a_changed_list_is_named(part, act):
    for path in lists(CITY[part], (part,)):
        count = len(at(CITY, path))
        for position in sorted({0, count // 2, count - 1}):
            document = copy.deepcopy(CITY)
            items = at(document, path)
            if act == "taken out":
                del items[position]
            elif act == "doubled":
                items.insert(position, copy.deepcopy(items[position]))
            elif items[position] == items[0]:
                continue
            else:
                items[0], items[position] = items[position], items[0]

            places = [place for place, _ in answer(document)]

            names = {part, "outcome"} if part == "entries" else {part}
            assert any(name in place for name in names for place in places), (path, position, places)


def test_a_key_more_or_less_is_named():
    def objects(value, path=()):
        if isinstance(value, dict):
            yield path
        if isinstance(value, dict | list):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                yield from objects(item, (*path, key))

    for path in objects(CITY):
        for key in [*at(CITY, path), "새 항목"]:
            document = copy.deepcopy(CITY)
            if key in at(document, path):
                del at(document, path)[key]
            else:
                at(document, path)[key] = "1"

            assert any(place for place, _ in answer(document)), (path, key)
