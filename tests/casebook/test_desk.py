import pytest
from django.urls import reverse

from casebook.actions.versions import ask_review
from casebook.models import Prompt
from tests.factories import AT, make_case, make_prompt, make_user

pytestmark = pytest.mark.django_db

DESK = "/desk/"


def waiting(make=make_prompt, *, by=None, **fields):
    version = make(by=by, **fields).versions.get()
    ask_review(version, by=by, at=AT)
    return version


def url(name, version):
    return reverse(f"casebook:{name}", args=[version.record.kind, version.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_desk_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        waiting(make_prompt)
        waiting(make_case)
    client = as_user(make_user("editor"))

    with django_assert_num_queries(7):
        response = client.get(DESK)

    assert len(response.context["page_obj"].object_list) == 2 * count


@pytest.mark.parametrize("role", ["staff", "organiser", "judge", "facilitator"])
def test_desk_is_closed_to_other_roles(as_user, role):
    version = waiting()
    client = as_user(make_user(role))

    assert client.get(DESK).status_code == 403
    assert client.get(url("review", version)).status_code == 403
    assert client.post(url("publish", version)).status_code == 403
    assert client.post(url("send_back", version), {"reason": "x"}).status_code == 403


def test_desk_sends_visitors_to_the_login(client):
    assert client.get(DESK).status_code == 302


def test_editor_publishes(as_user):
    version = waiting(title="민원 답변")

    response = as_user(make_user("editor")).post(url("publish", version), follow=True)

    assert response.redirect_chain[-1][0] == DESK
    assert Prompt.objects.get().current_id == version.pk


def test_editor_never_publishes_their_own(as_user):
    editor = make_user("editor")
    version = waiting(by=editor)

    assert as_user(editor).post(url("publish", version)).status_code == 403


def test_publish_by_get_is_refused(as_user):
    assert as_user(make_user("editor")).get(url("publish", waiting())).status_code == 405


def test_second_publish_is_told_so(as_user):
    version = waiting()
    client = as_user(make_user("editor"))
    client.post(url("publish", version), follow=True)

    response = client.post(url("publish", version), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_send_back_without_reason_keeps_what_was_typed(as_user):
    response = as_user(make_user("editor")).post(url("send_back", waiting()), {"reason": "   "})

    assert response.status_code == 422
    assert response.context["reason_error"]


def test_send_back_returns_to_the_author(as_user):
    version = waiting()

    as_user(make_user("editor")).post(url("send_back", version), {"reason": "예시를 더해 주세요."})

    version.refresh_from_db()
    assert version.state == "draft"


def test_unknown_kind_is_not_found(as_user):
    assert as_user(make_user("editor")).get("/desk/song/1/").status_code == 404


def test_retire_needs_a_reason(as_user):
    record = make_prompt(published=True)
    client = as_user(make_user("editor"))
    retire = reverse("casebook:retire", args=["prompt", record.slug])

    client.post(retire, {"reason": ""})
    record.refresh_from_db()
    assert record.retired_at is None

    client.post(retire, {"reason": "법이 바뀜"})
    record.refresh_from_db()
    assert record.retired_at is not None
