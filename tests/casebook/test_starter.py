"""The starter library: what every prompt of it promises, and that it comes in once."""

from itertools import combinations

import pytest
from django.core.management import call_command

from accounts.privacy import find
from casebook.actions.starter import load_starter, starter_records
from casebook.blanks import blanks_in, fill
from casebook.lint import lint
from casebook.models import Prompt, WorkField
from casebook.search.query import search
from casebook.search.similarity import THRESHOLD, similarity, text_of
from tests.factories import AT

RECORDS = list(starter_records())
CONTENTS = [record.content for record in RECORDS]
NEEDED = [
    "summary",
    "purpose",
    "audience",
    "output_format",
    "example_input",
    "example_output",
    "prohibited_inputs",
    "known_limitations",
    "ai_disclosure",
    "command",
    "verification_checklist",
    "variables",
]
each_prompt = pytest.mark.parametrize("content", CONTENTS, ids=[record.external_id for record in RECORDS])


def test_it_is_large_and_touches_every_field_of_work():
    assert len(RECORDS) >= 40
    for name in ("title", "command"):
        assert len({content[name] for content in CONTENTS}) == len(RECORDS)


@each_prompt
def test_nothing_is_missing_and_the_lint_finds_nothing(content):
    assert [name for name in NEEDED if not content.get(name)] == []
    assert lint(content) == []


@each_prompt
def test_examples_fill_every_blank(content):
    values = {variable["key"]: variable["example"] for variable in content["variables"]}
    filled = [{"content": fill(message["content"], values)} for message in content["messages"]]

    assert blanks_in(filled) == []
    assert not any(find(message["content"]) for message in filled)


def test_no_two_are_alike():
    texts = [text_of(content) for content in CONTENTS]

    assert max(similarity(a, b) for a, b in combinations(texts, 2)) < THRESHOLD


@pytest.mark.django_db
def test_it_comes_in_once_and_every_prompt_is_found_by_its_title():
    first = load_starter(by=None, at=AT, publish=True)
    again = load_starter(by=None, at=AT, publish=True)

    assert (first.counts()["created"], again.counts()["unchanged"]) == (len(RECORDS), len(RECORDS))
    for content in CONTENTS:
        found = search(content["title"]).documents[:3]
        assert content["title"] in [document.title for document in found]
    roots = WorkField.objects.filter(parent=None)
    used = {field.parent or field for field in WorkField.objects.filter(prompt__isnull=False)}
    assert set(roots) == used


@pytest.mark.django_db
def test_command_leaves_drafts_unless_an_editor_vouches(capsys):
    call_command("load_starter")

    assert Prompt.objects.published().count() == 0
    assert Prompt.objects.count() == len(RECORDS)
