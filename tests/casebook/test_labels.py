"""Labels of versions: who sets them, and that at most one version of a prompt is recommended."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.labels import set_label
from casebook.errors import CasebookError
from casebook.models import PromptVersion, SearchDocument
from tests.casebook.reviewing import next_published, published_prompt
from tests.factories import AT, make_prompt, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def labels(record):
    return list(record.versions.order_by("number").values_list("label", flat=True))


def url(record):
    return reverse("casebook:label", args=[record.slug])


def test_recommended_moves_from_one_version_to_another():
    record = published_prompt()
    first, second = record.current, next_published(record)

    set_label(first, by=make_user("editor"), at=AT, label="recommended")
    assert (labels(record), SearchDocument.objects.get().label) == (["recommended", ""], "")

    set_label(second, by=make_user("editor"), at=AT, label="recommended")
    assert (labels(record), SearchDocument.objects.get().label) == (["", "recommended"], "recommended")
    assert AuditRecord.objects.filter(verb="version.labelled").count() == 2


def test_deprecated_names_what_to_use_instead():
    record, better = published_prompt(), published_prompt()

    set_label(record.current, by=None, at=AT, label="deprecated", replacement=better, reason="법이 바뀜")

    record.current.refresh_from_db()
    assert (record.current.label, record.current.replacement) == ("deprecated", better)
    assert SearchDocument.objects.get(prompt=record).label == "deprecated"
    assert AuditRecord.objects.get(verb="version.labelled").detail["reason"] == "법이 바뀜"


def test_label_is_taken_away_with_its_replacement():
    record, better = published_prompt(), published_prompt()
    set_label(record.current, by=None, at=AT, label="deprecated", replacement=better, reason="옛것")

    set_label(record.current, by=None, at=AT)

    record.current.refresh_from_db()
    assert (record.current.label, record.current.replacement) == ("", None)


@pytest.mark.parametrize(
    ("given", "make_replacement"),
    [
        ({"label": "deprecated"}, lambda record: None),
        ({"label": "deprecated", "reason": "옛것"}, lambda record: record),
        ({"label": "deprecated", "reason": "옛것"}, lambda record: make_prompt()),
    ],
    ids=["no reason", "itself", "not published"],
)
def test_deprecating_is_refused(given, make_replacement):
    record = published_prompt()

    with pytest.raises(CasebookError):
        set_label(record.current, by=None, at=AT, replacement=make_replacement(record), **given)

    assert labels(record) == [""]


def test_nobody_recommends_their_own():
    editor = make_user("editor")
    record = published_prompt(by=editor)

    with pytest.raises(CasebookError, match="another editor"):
        set_label(record.current, by=editor, at=AT, label="recommended")


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_published_versions_in_use_have_labels(state):
    record = published_prompt() if state == "retired" else make_prompt()
    if state == "retired":
        record.retired_at = AT
        record.save()

    with pytest.raises(IllegalMove):
        set_label(record.versions.get(), by=None, at=AT, label="recommended")


@pytest.mark.django_db(transaction=True)
def test_two_editors_recommend_at_once_and_one_is_left():
    record = published_prompt()
    versions = [record.current, next_published(record)]
    start = threading.Barrier(2)

    def recommend(key):
        version = PromptVersion.objects.get(pk=key)
        start.wait()
        try:
            set_label(version, by=None, at=AT, label="recommended")
        finally:
            connection.close()

    threads = [threading.Thread(target=recommend, args=[version.pk]) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(labels(record)) == ["", "recommended"]


def test_page_sets_a_label(as_user):
    record, better = published_prompt(), published_prompt(title="새 프롬프트")
    client = as_user(make_user("editor"))
    address = f"http://testserver/prompts/{better.slug}/"

    assert client.get(url(record), {"version": 1}).status_code == 200
    given = {"version": 1, "label": "deprecated", "reason": "옛것", "replacement": address}
    response = client.post(url(record), given)

    assert response.status_code == 302
    record.current.refresh_from_db()
    assert record.current.replacement == better


@pytest.mark.parametrize(
    "given", [{"label": "deprecated"}, {"label": "deprecated", "reason": "옛", "replacement": "없음"}]
)
def test_refused_label_keeps_what_was_typed(as_user, given):
    record = published_prompt()

    response = as_user(make_user("editor")).post(url(record), {"version": 1, **given})

    assert response.status_code == 422
    assert response.context["form"]["label"].value() == "deprecated"


@pytest.mark.parametrize("role", ["staff", "organiser", "facilitator"])
def test_labels_are_for_editors(as_user, role):
    record = published_prompt()
    client = as_user(make_user(role))

    assert client.get(url(record), {"version": 1}).status_code == 403
    assert client.post(url(record), {"version": 1, "label": "recommended"}).status_code == 403
    assert labels(record) == [""]


def test_unknown_version_is_not_found(as_user):
    assert as_user(make_user("editor")).get(url(published_prompt()), {"version": 9}).status_code == 404
