import pytest
from django.core.management import call_command
from django.utils.timezone import now

from accounts.models import Government, Message, User
from casebook.models import Case, Collection, Prompt, PromptLink, SearchDocument
from competitions.actions.demo.contests import load_demo
from competitions.models import CallQuestion, Competition, Entry, Publication
from competitions.states import EntryState, Phase

pytestmark = pytest.mark.django_db


def test_demo_shows_a_contest_in_each_stage():
    load_demo(at=now())

    phases = {(competition.kind, competition.phase(now())) for competition in Competition.objects.all()}
    assert phases == {
        ("departmental", Phase.PUBLISHED),
        ("resident", Phase.OPEN),
        ("learning_group", Phase.JUDGING),
        ("departmental", Phase.CLOSED),
    }
    assert Government.objects.get(is_self=True).is_fictional
    assert Prompt.objects.published().count() >= 12
    assert Case.objects.published().count() >= 8
    assert SearchDocument.objects.count() == Prompt.objects.published().count() + Case.objects.count()
    assert Publication.objects.filter(case__current__isnull=False).count() == 2


def test_demo_shows_a_desk_full_of_screening():
    load_demo(at=now())

    entries = Entry.objects.filter(competition__slug="2026-반복업무-개선-공모")
    states = {entry.code: entry.state for entry in entries}
    assert states["S-03"] == EntryState.RETURNED
    assert set(states.values()) == {EntryState.RETURNED, EntryState.SUBMITTED}
    assert entries.get(code="S-02").flags == ["similar"]
    assert (CallQuestion.objects.public().count(), CallQuestion.objects.count()) == (2, 3)
    assert Message.objects.filter(kind="entry.returned", person__email="staff@demo.example").exists()


def test_demo_shows_what_people_say_about_prompts():
    load_demo(at=now())

    prompt = Prompt.objects.get(external_id="demo-p-01")
    assert (prompt.current.number, prompt.rating_count) == (2, 3)
    assert set(prompt.current.runs.values_list("passed", flat=True)) == {True, False}
    assert Prompt.objects.get(external_id="demo-p-03").proposals.get().state == "open"
    assert PromptLink.objects.filter(relation="step").count() == 3
    assert Collection.objects.get().items.count() == 5


def test_demo_is_not_loaded_into_a_site_in_use(capsys):
    Government.objects.create(name="진짜시", is_self=True)

    with pytest.raises(SystemExit) as stop:
        call_command("load_demo")
    call_command("load_demo", "--if-empty")

    assert stop.value.code == 1
    assert not User.objects.exists()
