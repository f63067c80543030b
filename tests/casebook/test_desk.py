import pytest
from django.urls import reverse

from casebook.actions.review import send_back
from casebook.actions.versions import ask_review
from casebook.models import Prompt, PromptVersion
from casebook.reviewing.points import POINTS
from tests.casebook.reviewing import ALL_POINTS, READY, next_version, published_prompt, waiting_prompt
from tests.factories import AT, make_case, make_prompt, make_user, make_work_field

pytestmark = pytest.mark.django_db

DESK = "/desk/"
AGAIN = "/desk/again/"
DONE = {"points": ALL_POINTS}


def waiting(make=make_prompt, *, by=None, **fields):
    given = READY | fields if make is make_prompt else fields
    version = make(by=by, **given).versions.get()
    ask_review(version, by=by, at=AT)
    return version


def url(name, version):
    return reverse(f"casebook:{name}", args=[version.record.kind, version.pk])


def titles(response):
    return [row["record__title"] for row in response.context["page_obj"].object_list]


@pytest.mark.parametrize("count", [1, 3])
def test_desk_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        waiting(make_prompt)
        waiting(make_case)
    client = as_user(make_user("editor"))

    with django_assert_num_queries(11):
        response = client.get(DESK)

    assert len(response.context["page_obj"].object_list) == 2 * count


@pytest.mark.parametrize("role", ["staff", "organiser", "judge", "facilitator"])
def test_desk_is_closed_to_other_roles(as_user, role):
    version = waiting()
    client = as_user(make_user(role))

    assert client.get(DESK).status_code == 403
    assert client.get(AGAIN).status_code == 403
    assert client.get(url("review", version)).status_code == 403
    for name in ("publish", "send_back", "decline"):
        assert client.post(url(name, version), DONE | {"note": "x"}).status_code == 403
    assert PromptVersion.objects.get().state == "in_review"


def test_desk_sends_visitors_to_the_login(client):
    assert client.get(DESK).status_code == 302


def test_desk_says_who_asked_and_how_often(as_user):
    author = make_user("staff", name="가온 주무관")
    version = waiting(by=author)
    send_back(version, by=make_user("editor"), at=AT, reason="예시를 더해 주세요.")
    ask_review(version, by=author, at=AT)

    [row] = as_user(make_user("editor")).get(DESK).context["page_obj"].object_list

    assert (row["asker"], row["submission"]) == ("가온 주무관", 2)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "case"}, ["다"]),
        ({"field": "tax"}, ["나"]),
        ({"whose": "mine"}, ["가"]),
        ({"whose": "others"}, ["다", "나"]),
        ({"overdue": "1"}, ["다", "가"]),
        ({"sort": "due"}, ["나", "다", "가"]),
        ({"kind": "song", "field": "없음"}, []),
    ],
)
def test_desk_filters_and_sorts(as_user, query, found):
    editor, field = make_user("editor"), make_work_field(code="tax")
    mine = waiting(by=editor, title="가")
    other = waiting(title="나", work_field=field.code)
    waiting(make_case, title="다")
    PromptVersion.objects.filter(pk=mine.pk).update(
        review_due="2020-01-01" if "overdue" in query else "2099-09-09"
    )
    PromptVersion.objects.filter(pk=other.pk).update(
        review_due="2099-01-01" if "sort" not in query else "2020-01-01"
    )

    assert titles(as_user(editor).get(DESK, query)) == found


def test_editor_publishes_and_goes_on_to_the_next(as_user):
    first, second = waiting(title="민원 답변"), waiting(title="보도자료")
    client = as_user(make_user("editor"))

    response = client.post(url("publish", first), DONE)
    assert response["Location"] == url("review", second)

    response = client.post(url("publish", second), DONE)
    assert response["Location"] == DESK
    assert Prompt.objects.published().count() == 2


def test_next_one_is_never_the_editors_own(as_user):
    editor = make_user("editor")
    waiting(by=editor)
    version = waiting()

    assert as_user(editor).post(url("publish", version), DONE)["Location"] == DESK


def test_editor_publishes_a_case(as_user):
    version = waiting(make_case)

    as_user(make_user("editor")).post(url("publish", version), {"points": list(POINTS["case"])})

    version.refresh_from_db()
    assert version.state == "published"


def test_editor_never_publishes_their_own(as_user):
    editor = make_user("editor")
    version = waiting(by=editor)

    assert as_user(editor).post(url("publish", version), DONE).status_code == 403


@pytest.mark.parametrize("name", ["publish", "send_back", "decline", "still_good"])
def test_deciding_by_get_is_refused(as_user, name):
    version = waiting()
    key = version.record.slug if name == "still_good" else version.pk

    assert (
        as_user(make_user("editor")).get(reverse(f"casebook:{name}", args=["prompt", key])).status_code == 405
    )


def test_second_decision_is_told_so(as_user):
    version = waiting()
    client = as_user(make_user("editor"))
    client.post(url("publish", version), DONE)

    response = client.post(url("send_back", version), {"note": "늦음"}, follow=True)

    assert "error" in [message.level_tag for message in response.context["messages"]]
    version.refresh_from_db()
    assert version.state == "published"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("publish", {"points": ALL_POINTS[:2]}),
        ("publish", {"points": ALL_POINTS, "review_by": "2020-01-01"}),
        ("publish", {"points": ["no such point"]}),
        ("send_back", {"note": "   "}),
        ("decline", {"note": ""}),
    ],
)
def test_refused_decision_keeps_what_was_typed(as_user, name, given):
    version = waiting()
    remark = {"remark:title": "제목을 짧게"}

    response = as_user(make_user("editor")).post(
        url(name, version), given | (remark if name != "send_back" else {})
    )

    assert response.status_code == 422
    assert response.context["form"].errors
    assert name == "send_back" or "제목을 짧게" in response.content.decode()
    version.refresh_from_db()
    assert version.state == "in_review"


def test_findings_that_block_stand_on_the_page_and_refuse(as_user):
    version = waiting(variables=[])
    client = as_user(make_user("editor"))

    assert len(client.get(url("review", version)).context["hindrances"]) == 1
    assert client.post(url("publish", version), DONE).status_code == 422


def test_send_back_with_remarks_returns_to_the_author(as_user):
    record = published_prompt(title="민원 답변", purpose="빠른 답변")
    version = next_version(record, title="민원 회신", purpose="빠른 답변")
    given = {"remark:title": "앞의 제목이 낫습니다.", "remark:nothing": "x"}
    given |= {"other_field_0": "purpose", "other_text_0": "더 자세히"}

    as_user(make_user("editor")).post(url("send_back", version), given)

    version.refresh_from_db()
    assert version.state == "draft"
    assert version.reviews.get().remarks == [
        {"path": "title", "text": "앞의 제목이 낫습니다."},
        {"path": "purpose", "text": "더 자세히"},
    ]


def test_decline_is_kept(as_user):
    version = waiting()

    as_user(make_user("editor")).post(url("decline", version), {"note": "같은 것이 있습니다."})

    version.refresh_from_db()
    assert version.state == "declined"


def test_changed_after_it_was_opened_is_told_so(as_user):
    version = waiting()

    response = as_user(make_user("editor")).post(url("publish", version), DONE | {"seen": "0" * 64})

    assert response["Location"] == url("review", version)
    version.refresh_from_db()
    assert version.state == "in_review"


def test_review_shows_only_what_differs_from_the_shown_version(as_user):
    record = published_prompt(title="민원 답변")
    version = next_version(record, title="민원 회신")

    context = as_user(make_user("editor")).get(url("review", version)).context

    assert (context["current"].number, context["changes"]) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_review_query_count(as_user, count, django_assert_num_queries):
    version = waiting_prompt()
    for _ in range(count):
        send_back(version, by=make_user("editor"), at=AT, reason="다시")
        ask_review(version, by=None, at=AT)
    client = as_user(make_user("editor"))

    with django_assert_num_queries(7):
        response = client.get(url("review", version))

    assert len(response.context["decisions"]) == count


def test_unknown_kind_is_not_found(as_user):
    client = as_user(make_user("editor"))

    assert client.get("/desk/song/1/").status_code == 404
    assert client.post("/desk/song/a/still-good/").status_code == 404


def due(title="오래된 프롬프트"):
    record = published_prompt(title=title)
    Prompt.objects.filter(pk=record.pk).update(review_by="2020-01-01")
    return record


@pytest.mark.parametrize("count", [1, 3])
def test_due_again_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        due()
    published_prompt()
    client = as_user(make_user("editor"))

    with django_assert_num_queries(9):
        response = client.get(AGAIN)

    assert len(response.context["page_obj"].object_list) == count


@pytest.mark.parametrize(("day", "kept"), [("2099-01-01", "2099-01-01"), ("2020-02-02", "2020-01-01")])
def test_still_good_needs_a_day_to_come(as_user, day, kept):
    record = due()
    client = as_user(make_user("editor"))

    client.post(reverse("casebook:still_good", args=["prompt", record.slug]), {"review_by": day})

    record.refresh_from_db()
    assert record.review_by.isoformat() == kept


def test_still_good_is_for_editors(as_user):
    record = due()

    address = reverse("casebook:still_good", args=["prompt", record.slug])

    assert as_user(make_user("staff")).post(address).status_code == 403


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
