"""Short ways to read a text in the tests."""

import textwrap

from casebook.interchange import Item, Refused, read_file


def read_text(name, text, **options):
    return read_file(name, textwrap.dedent(text).lstrip("\n").encode(), **options)


def one_item(name, text, **options):
    (item,) = read_text(name, text, **options)
    assert isinstance(item, Item), [problem.text() for problem in item.problems]
    return item


def reasons(name, text, **options):
    (refused,) = read_text(name, text, **options)
    assert isinstance(refused, Refused)
    return [problem.text() for problem in refused.problems]


def said(item):
    return [notice.text() for notice in item.notices]


def messages(item):
    return [(message["role"], message["content"]) for message in item.content["messages"]]


def blank(item, key):
    return next(each for each in item.content["variables"] if each["key"] == key)
