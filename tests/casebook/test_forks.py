"""Copies of one's own: licence, provenance, and what the copy must keep."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditRecord
from casebook.actions.drafts import save_draft
from casebook.actions.forks import fork, refusal_of_copy, suggested_attribution, terms_broken_by
from casebook.actions.hindrances import hindrances
from casebook.actions.submitting import NotReady, submit_draft
from casebook.actions.versions import ask_review, publish_version, retire_record
from casebook.community import published_copies
from casebook.content.licences import broken_terms, may_derive, must_name_source
from casebook.errors import CasebookError
from casebook.models import Prompt
from casebook.views.forks import _copied
from tests.casebook.reviewing import next_published, published_prompt
from tests.factories import AT, make_government, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db
NAMED = "원저작: 가온시"


def original(licence="KOGL-1", *, government=None, **fields):
    prompt = published_prompt(licence=licence, **fields)
    Prompt.objects.filter(pk=prompt.pk).update(government=government)
    prompt.refresh_from_db()
    prompt.current.record = prompt
    return prompt


def copied(prompt, *, by=None, attribution=NAMED, key=None):
    return fork(
        prompt.current,
        by=by or make_user("staff"),
        at=AT,
        idempotency_key=key or uuid4(),
        attribution=attribution,
    )


def url(prompt):
    return reverse("casebook:fork", args=[prompt.slug])


@pytest.mark.parametrize(
    ("licence", "derives", "names"),
    [
        ("none", True, False),
        ("KOGL-0", True, False),
        ("KOGL-1", True, True),
        ("KOGL-2", True, True),
        ("KOGL-3", False, True),
        ("KOGL-4", False, True),
    ],
)
def test_what_licences_allow(licence, derives, names):
    assert (may_derive(licence), must_name_source(licence)) == (derives, names)


@pytest.mark.parametrize(
    ("copy", "of", "broken"),
    [
        ({"licence": "KOGL-2", "attribution": NAMED}, "KOGL-2", 0),
        ({"licence": "KOGL-1", "attribution": NAMED}, "KOGL-2", 1),
        ({"licence": "none", "attribution": " "}, "KOGL-2", 2),
        ({"licence": "KOGL-1", "attribution": ""}, "KOGL-1", 1),
        ({"licence": "none", "attribution": ""}, "KOGL-0", 0),
        ({"licence": "KOGL-3", "attribution": NAMED}, "KOGL-3", 1),
    ],
)
def test_terms_of_the_original(copy, of, broken):
    assert len(broken_terms(copy, {"licence": of})) == broken


def test_a_copy_says_where_it_comes_from():
    prompt, person = original(tags=["민원"], command="reply"), make_user("staff")
    own = make_government()

    draft = copied(prompt, by=person)

    content = draft.content
    assert content["forked_from"] == {
        "uid": str(prompt.uid),
        "version": 1,
        "title": prompt.title,
        "attribution": NAMED,
    }
    assert (content["messages"], content["tags"]) == (prompt.current.content["messages"], ["민원"])
    assert "command" not in content
    assert (draft.state, draft.record.created_by, draft.record.government) == ("draft", person, own)
    assert draft.record.forked_from == prompt.current
    assert AuditRecord.objects.get(verb="prompt.forked").detail["uid"] == str(prompt.uid)


@pytest.mark.parametrize("licence", ["KOGL-3", "KOGL-4"])
def test_no_copies_where_the_licence_refuses_changes(licence):
    prompt = original(licence)

    with pytest.raises(CasebookError):
        copied(prompt)

    assert Prompt.objects.get() == prompt


@pytest.mark.parametrize(("government", "allowed"), [(None, True), (True, True), (False, False)])
def test_without_a_licence_copies_stay_in_the_house(government, allowed):
    owner = None if government is None else make_government(is_self=government)

    assert (refusal_of_copy(original("none", government=owner).current) == "") is allowed


def test_another_governments_open_licence_is_enough():
    assert refusal_of_copy(original("KOGL-1", government=make_government(is_self=False)).current) == ""


def test_retired_prompts_and_drafts_are_not_copied():
    retired, draft = original(), make_prompt().versions.get()
    retire_record(retired, by=None, at=AT, reason="낡음")
    retired.refresh_from_db()
    retired.current.record = retired

    assert refusal_of_copy(retired.current) != ""
    assert refusal_of_copy(draft) != ""


@pytest.mark.parametrize(("licence", "refused"), [("KOGL-1", True), ("KOGL-0", False)])
def test_the_original_is_named_where_the_licence_asks(licence, refused):
    prompt = original(licence)

    if refused:
        with pytest.raises(CasebookError):
            copied(prompt, attribution=" ")
    else:
        copied(prompt, attribution=" ")

    assert Prompt.objects.count() == (1 if refused else 2)


def test_the_suggested_attribution_keeps_what_the_original_names():
    prompt = original(
        "KOGL-2",
        title="답변",
        attribution="원저작: 나래시",
        government=make_government(name="가온시", is_self=False),
    )

    assert suggested_attribution(prompt.current) == (
        "원저작: 가온시, 「답변」 제1판, 공공누리 제2유형\n원저작: 나래시"
    )


def test_a_copy_sent_twice_is_one():
    prompt, person, key = original(), make_user("staff"), uuid4()

    drafts = {copied(prompt, by=person, key=key) for _ in range(2)}

    assert len(drafts) == 1
    assert AuditRecord.objects.filter(verb="prompt.forked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_copy():
    prompt, person, key = original(), make_user("staff"), uuid4()
    barrier = Barrier(2)

    def press(_number):
        try:
            barrier.wait()
            return _copied(prompt.current, person, {"idempotency_key": key, "attribution": NAMED}).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(press, range(2)))

    assert len(made) == 1
    assert Prompt.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "broken"), [({"licence": "KOGL-1"}, 1), ({"attribution": ""}, 1), ({}, 0)]
)
def test_a_copy_goes_to_review_under_the_terms_of_its_original(changed, broken):
    person = make_user("staff")
    draft = copied(original("KOGL-2"), by=person)
    save_draft(draft, draft.content | changed, by=person, at=AT, revision=0)

    assert len(terms_broken_by(draft)) == broken
    assert len(hindrances(draft)) == broken
    if broken:
        with pytest.raises(NotReady):
            submit_draft(draft, by=person, at=AT, blocked=False)


def test_published_copies_are_counted():
    prompt = original("KOGL-1")
    first = copied(prompt)
    copied(prompt)
    ask_review(first, by=None, at=AT)
    publish_version(first, by=None, at=AT)

    assert Prompt.objects.annotate(copies=published_copies()).get(pk=prompt.pk).copies == 1


def test_fork_page_opens_the_draft(as_user):
    prompt = original()
    client = as_user(make_user("staff"))
    given = client.get(url(prompt)).context["form"].initial

    response = client.post(url(prompt), given)

    draft = Prompt.objects.exclude(pk=prompt.pk).get().versions.get()
    assert response.url == reverse("casebook:draft", args=[draft.pk])
    assert client.get(response.url).status_code == 200


def test_the_version_that_was_looked_at_is_copied(as_user):
    prompt = original(summary="첫 판")
    next_published(prompt, licence="KOGL-1", summary="둘째 판")
    form = {"idempotency_key": uuid4(), "attribution": NAMED, "version": "1"}

    as_user(make_user("staff")).post(url(prompt), form)

    assert Prompt.objects.exclude(pk=prompt.pk).get().versions.get().content["summary"] == "첫 판"


@pytest.mark.parametrize(
    ("role", "status"), [("resident", 403), ("judge", 403), ("staff", 200), ("editor", 200)]
)
def test_who_makes_copies(as_user, role, status):
    assert as_user(make_user(role)).get(url(original())).status_code == status


def test_a_refused_copy_says_what_to_do_instead(as_user):
    prompt = original("KOGL-4")
    client = as_user(make_user("staff"))

    page = client.get(url(prompt)).content.decode()
    response = client.post(url(prompt), {"idempotency_key": uuid4(), "attribution": NAMED})

    assert reverse("casebook:propose", args=[prompt.slug]) in page
    assert "<textarea" not in page
    assert response.status_code == 422
    assert Prompt.objects.count() == 1


def test_an_empty_attribution_is_refused(as_user):
    prompt = original()

    response = as_user(make_user("staff")).post(url(prompt), {"idempotency_key": uuid4(), "attribution": " "})

    assert response.status_code == 422
    assert Prompt.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_unpublished_prompts_lead_back(as_user, state):
    editor = make_user("editor")
    prompt = original() if state == "retired" else make_prompt(by=editor)
    if state == "retired":
        retire_record(prompt, by=None, at=AT, reason="낡음")

    assert as_user(editor).get(url(prompt)).url == prompt.get_absolute_url()


def test_a_hidden_prompt_is_not_found(as_user):
    prompt = make_prompt(**{"title": "숨은 프롬프트"})

    assert as_user(make_user("staff")).get(url(prompt)).status_code == 404


def test_a_copy_keeps_its_content_valid():
    draft = copied(original(messages=prompt_content()["messages"]))

    assert draft.content["title"]
    assert draft.content["licence"] == "KOGL-1"
