import pytest

from accounts.errors import IllegalMove
from casebook.models import Case, Prompt
from casebook.states import VersionState
from competitions.actions.results.publication import linked_steps, publish_as_case
from competitions.actions.results.results import Choice, decide_awards
from competitions.errors import CompetitionError
from competitions.models import Publication, Snapshot
from tests.competitions.jury import make_published_competition, make_scored_competition
from tests.factories import AT, make_government, make_prompt, make_user

pytestmark = pytest.mark.django_db


def published_entry(by=None, *, code="E2"):
    return make_published_competition(by=by, E1=("20", "40"), E2=("40", "50")).entries.get(code=code)


def test_publish_as_case_makes_a_case_and_its_prompts_in_review():
    by, government = make_user(), make_government()
    entry = published_entry(by)

    publication = publish_as_case(entry, by=by, at=AT)

    case, prompt = Case.objects.get(), Prompt.objects.get()
    version = case.versions.get()
    assert publication.case == case
    assert [version.state, prompt.versions.get().state] == [VersionState.IN_REVIEW, VersionState.IN_REVIEW]
    assert version.content["steps"] == [
        {"text": prompt.title, "prompt": {"uid": str(prompt.uid), "version": 1}}
    ]
    assert version.content["award"] == {
        "competition": entry.competition.title,
        "track": "주민 부문",
        "tier": "대상",
        "entry": "E2",
    }
    assert version.prompt_links.get().prompt_version == prompt.versions.get()
    assert (case.government, case.created_by) == (government, by)
    assert case.origin_path == f"/competitions/{entry.competition.slug}/results/#E2"


def test_publish_as_case_retypes_nothing():
    entry = published_entry()
    handed_in = entry.snapshot.content

    publish_as_case(entry, by=make_user(), at=AT)

    assert Prompt.objects.get().versions.get().content == handed_in["prompts"][0]
    kept = Case.objects.get().versions.get().content | {"award": None, "steps": []}
    assert kept == handed_in["case"]


def test_publish_as_case_of_an_entry_from_paper():
    entry = published_entry()
    entry.snapshot, entry.draft, entry.summary = None, {}, "한 줄 요약"
    entry.save()

    publish_as_case(entry, by=make_user(), at=AT)

    content = Case.objects.get().versions.get().content
    assert (content["title"], content["summary"], content["steps"]) == (entry.title, "한 줄 요약", [])


def test_publish_as_case_twice():
    entry, by = published_entry(), make_user()
    publish_as_case(entry, by=by, at=AT)

    with pytest.raises(IllegalMove):
        publish_as_case(entry, by=by, at=AT)

    assert (Publication.objects.count(), Case.objects.count()) == (1, 1)


def test_publish_as_case_of_an_entry_without_award():
    with pytest.raises(IllegalMove):
        publish_as_case(published_entry(code="E1"), by=make_user(), at=AT)


def test_publish_as_case_before_results_are_published():
    competition = make_scored_competition(E1=("20", "40"))
    decide_awards(competition, {"E1": Choice("grand")}, by=None, at=AT)

    with pytest.raises(IllegalMove):
        publish_as_case(competition.entries.get(), by=make_user(), at=AT)


def test_publish_as_case_of_content_the_casebook_refuses():
    entry = published_entry()
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=2,
        content={"case": {"title": ""}, "prompts": []},
        content_sha256="",
        receipt_number="R-x",
        submitted_at=AT,
    )
    entry.save()

    with pytest.raises(CompetitionError):
        publish_as_case(entry, by=make_user(), at=AT)

    assert Case.objects.count() == 0


def test_linked_steps_follow_positions_and_add_what_is_missing():
    first, second = make_prompt(), make_prompt()
    steps = [
        {"text": "자료를 모읍니다.", "prompt": None},
        {"text": "돌립니다.", "prompt": {"uid": "2", "version": None}},
    ]

    linked = linked_steps(steps, [first, second])

    assert [step["prompt"] and step["prompt"]["uid"] for step in linked] == [
        None,
        str(second.uid),
        str(first.uid),
    ]
