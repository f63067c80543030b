"""Saving a draft, with and without script: nothing typed is ever lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from casebook.actions.versions import ask_review
from casebook.models import Prompt, PromptVersion
from casebook.states import VersionState
from tests.casebook.drafting import COMPLETE, fields_of, ids_in, make_draft, save_elsewhere
from tests.factories import AT, make_prompt, make_user, make_work_field

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def send(client, name, version, *, json=False, **changes):
    address = reverse(f"casebook:{name}", args=[version.pk])
    return client.post(address, fields_of(version, **changes), headers=JSON if json else {})


def stored():
    return PromptVersion.objects.select_related("record").latest("pk")


def keys(version):
    return [variable["key"] for variable in version.content["variables"]]


# A new prompt


def begin(client, *, json=False, **fields):
    new = {
        "idempotency_key": fields.pop("key", uuid4()),
        "revision": "0",
        "sensitivity": "open",
        "channel": "public_ai",
        "licence": "none",
        "messages-0-role": "user",
        "messages-0-content": "{{민원요지}}에 답합니다",
    }
    return client.post("/write/new/", new | fields, headers=JSON if json else {})


def test_the_first_save_makes_the_prompt(as_user):
    author = make_user("staff")

    response = begin(as_user(author), title="민원 답변", command="", command_offered="")

    version = stored()
    assert response["Location"] == reverse("casebook:draft", args=[version.pk])
    assert (version.record.created_by, version.state) == (author, VersionState.DRAFT)
    assert version.content["command"] == "minwon-dapbyeon"
    assert keys(version) == ["민원요지"]


def test_the_first_save_by_script_tells_the_address(as_user):
    told = begin(as_user(make_user("staff")), json=True, title="민원 답변").json()

    assert told["address"] == reverse("casebook:draft", args=[stored().pk])


def test_a_form_sent_twice_makes_one_prompt(as_user):
    client, key = as_user(make_user("staff")), uuid4()

    begin(client, key=key, title="민원")
    begin(client, key=key, title="민원 답변")

    assert [prompt.title for prompt in Prompt.objects.all()] == ["민원 답변"]


def test_a_form_sent_again_never_writes_over_newer_text(as_user):
    client, key = as_user(make_user("staff")), uuid4()
    begin(client, key=key, title="민원")
    save_elsewhere(stored(), title="더 새로운 글")

    assert begin(client, key=key, title="민원 답변").status_code == 409
    assert stored().content["title"] == "더 새로운 글"


def test_a_prompt_without_a_title_is_kept(as_user):
    client = as_user(make_user("staff"))

    response = begin(client, title="")

    page = client.get(response["Location"]).content.decode()
    assert 'name="title" value=' not in " ".join(page.split())


@pytest.mark.parametrize("role", ["judge", "organiser"])
def test_only_staff_begins_a_prompt(as_user, role):
    assert begin(as_user(make_user(role)), title="민원").status_code == 403
    assert not Prompt.objects.exists()


# Saving


def test_save_keeps_every_field(as_user):
    make_work_field("민원", code="complaints")
    version = make_draft(
        **COMPLETE,
        command="reply",
        task_type="draft",
        audience="담당자",
        sensitivity="internal",
        channel="agency_ai",
        advice={"deidentify": True},
        trust="high",
        legal_basis=["민원 처리에 관한 법률"],
        tags=["민원", "답변"],
        model={"name": "solar", "temperature": "0.2"},
        output_schema="{}",
        reusable=True,
        forked_from={"uid": str(uuid4()), "version": 1, "title": "원본"},
        ai_mark=True,
        language="ko",
    )

    send(as_user(version.created_by), "draft_save", version, note="처음")

    after = stored()
    assert after.content == version.content
    assert (after.revision, after.note) == (1, "처음")


def test_autosave_answers_with_the_parts_that_changed(as_user, django_assert_max_num_queries):
    version = make_draft()
    client = as_user(version.created_by)

    with django_assert_max_num_queries(12):  # two are the test's own savepoint
        response = send(client, "draft_save", version, json=True, messages__0__content="{{이름}} ${호칭}")

    told = response.json()
    assert (told["revision"], told["held"]) == (1, [])
    assert "<mark>{{이름}}</mark>" in told["preview"]
    assert "fix:foreign" in told["findings"]


def test_autosave_with_parts_and_steps_stays_in_its_queries(as_user, django_assert_max_num_queries):
    parts = [make_prompt(published=True, title=f"부분 {name}") for name in "가나다"]
    links = [{"name": part.title.replace(" ", "_"), "uid": str(part.uid), "version": 1} for part in parts]
    text = " ".join(f"{{{{> {link['name']}}}}}" for link in links)
    version = make_draft(parts=links, messages=[{"role": "user", "content": text}])
    client = as_user(version.created_by)

    with django_assert_max_num_queries(18):
        told = send(client, "draft_save", version, json=True, summary="요약").json()

    assert told["held"] == ["민원요지"]
    assert told["preview"].count("<mark>{{민원요지}}</mark>") == 3


def test_the_order_of_rows_is_the_order_sent(as_user):
    version = make_draft(messages=[{"role": "system", "content": "가"}, {"role": "user", "content": "나"}])
    fields = fields_of(version)
    moved = {name: fields.pop(name) for name in list(fields) if name.startswith("messages-0")}

    as_user(version.created_by).post(reverse("casebook:draft_save", args=[version.pk]), fields | moved)

    assert [message["content"] for message in stored().content["messages"]] == ["나", "가"]


@pytest.mark.parametrize(
    ("op", "texts"),
    [
        ("up:messages:1", ["나", "가"]),
        ("down:messages:0", ["나", "가"]),
        ("remove:messages:0", ["나"]),
        ("up:messages:9", ["가", "나"]),
        ("remove:others:0", ["가", "나"]),
        ("up:messages:" + "9" * 30, ["가", "나"]),
    ],
)
def test_buttons_move_and_remove_without_script(as_user, op, texts):
    version = make_draft(messages=[{"role": "system", "content": "가"}, {"role": "user", "content": "나"}])

    response = send(as_user(version.created_by), "draft_save", version, op=op)

    assert response.status_code == 302
    assert [message["content"] for message in stored().content["messages"]] == texts


def test_a_part_is_held_at_its_published_version(as_user):
    part = make_prompt(published=True, title="공통 인사말")
    version = make_draft(messages=[{"role": "user", "content": "본문"}])
    client = as_user(version.created_by)

    response = send(client, "draft_save", version, op=f"hold:parts:{part.current_id}")

    after = stored()
    assert response["Location"].endswith("#row-parts-0")
    assert after.content["parts"] == [{"name": "공통_인사말", "uid": str(part.uid), "version": 1}]
    assert after.content["messages"][0]["content"] == "본문\n\n{{> 공통_인사말}}"
    page = client.get(response["Location"])
    assert "공통 인사말" in page.content.decode()


def test_a_step_is_held_at_its_published_version(as_user):
    step = make_prompt(published=True, title="요약하기")
    version = make_draft()

    send(as_user(version.created_by), "draft_save", version, op=f"hold:steps:{step.current_id}")

    held = {"uid": str(step.uid), "version": 1}
    assert stored().content["steps"] == [{"title": "요약하기", "prompt": held, "gate": "human", "check": ""}]


def test_a_draft_is_never_held(as_user):
    other, version = make_draft(title="남의 초안"), make_draft()

    response = send(
        as_user(version.created_by), "draft_save", version, summary="고침", op=f"hold:parts:{other.pk}"
    )

    assert response.status_code == 422
    assert "고침" in response.content.decode()


def test_text_of_somebody_elses_draft_is_never_shown(as_user):
    secret = make_draft(messages=[{"role": "user", "content": "비밀스러운 글"}])
    version = make_draft(
        messages=[{"role": "user", "content": "{{> 남의것}}"}],
        parts=[{"name": "남의것", "uid": str(secret.record.uid), "version": 1}],
    )

    page = as_user(version.created_by).get(reverse("casebook:draft", args=[version.pk])).content.decode()

    assert "비밀스러운" not in page


def test_search_without_script_keeps_the_text_and_shows_what_was_found(as_user):
    make_prompt(published=True, title="공통 인사말", reusable=True)
    version = make_draft()

    response = as_user(version.created_by).post(
        reverse("casebook:draft_save", args=[version.pk]),
        fields_of(version, summary="고침") | {"op": "find:part", "find_part": "인사말"},
        follow=True,
    )

    assert stored().content["summary"] == "고침"
    assert [prompt.title for prompt in response.context["found_part"]] == ["공통 인사말"]


def test_a_prompt_never_holds_itself(as_user):
    author = make_user("staff")
    record = make_prompt(published=True, by=author)
    client = as_user(author)
    client.post(reverse("casebook:edit", args=[record.slug]))
    version = stored()

    response = send(
        client,
        "draft_save",
        version,
        parts__0__name="나",
        parts__0__uid=str(record.uid),
        parts__0__version="1",
        summary="잃지 않을 글",
    )

    assert response.status_code == 422
    assert "잃지 않을 글" in response.content.decode()


# Mending


def test_one_click_mends_a_finding(as_user):
    version = make_draft(messages=[{"role": "user", "content": "${이름} 님께"}])
    client = as_user(version.created_by)
    groups = client.get(reverse("casebook:draft", args=[version.pk])).context["groups"]
    key = next(
        found.key for _n, _l, group, _m in groups for found in group if found.fix and "foreign" in found.key
    )

    response = send(client, "draft_save", version, op=f"fix:{key}")

    assert response["Location"].endswith("#findings")
    assert stored().content["messages"][0]["content"] == "{{이름}} 님께"
    assert "이름" in keys(stored())


def test_a_finding_that_is_gone_is_said(as_user):
    version = make_draft()

    response = send(as_user(version.created_by), "draft_save", version, summary="고침", op="fix:no:such:0")

    assert response.status_code == 422
    assert "고침" in response.content.decode()


# What cannot be stored


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"command": "한글 명령"}, "id_command"),
        ({"variables__0__key": "빈 칸"}, "id_variables-0-key"),
        ({"variables__0__type": "select"}, "id_variables-0-options"),
        ({"variables__0__max_length": "많이"}, "id_variables-0-max_length"),
        ({"sensitivity": "personal"}, "id_channel_0"),
        ({"work_field": "없는 분야"}, "id_work_field"),
        ({"model-temperature": "뜨겁게"}, "id_model-temperature"),
        ({"note": "가" * 501}, "id_note"),
        ({"title": "가" * 201}, "id_title"),
        ({"messages__0__content": "가" * 200_001}, "id_messages-0-content"),
    ],
)
@pytest.mark.parametrize("json", [False, True])
def test_what_cannot_be_stored_is_said_at_its_field(as_user, changes, target, json):
    version = make_draft(**COMPLETE)

    response = send(
        as_user(version.created_by), "draft_save", version, json=json, summary="잃지 않을 글", **changes
    )

    assert (response.status_code, stored().revision) == (422, 0)
    if json:
        assert target in [error["target"] for error in response.json()["errors"]]
    else:
        page = response.content.decode()
        assert f'href="#{target}"' in page
        assert target in ids_in(page)
        assert "잃지 않을 글" in page


@pytest.mark.parametrize(
    "text", ["{{민원 요지}}", "{{" + "가" * 200 + "}}", "글\u202e뒤집힘\u200b", "{{", "{{}}"]
)
def test_odd_text_is_saved_and_found_by_lint(as_user, text):
    version = make_draft()

    told = send(
        as_user(version.created_by), "draft_save", version, json=True, messages__0__content=text
    ).json()

    assert stored().content["messages"][0]["content"] == text
    assert "is-blocking" in told["findings"] or "is-warning" in told["findings"]


def test_five_hundred_blanks_and_a_very_long_text(as_user):
    version = make_draft()
    text = " ".join(f"{{{{빈칸{number}}}}}" for number in range(500)) + "가" * 140_000

    send(as_user(version.created_by), "draft_save", version, messages__0__content=text)
    after = stored()
    response = send(as_user(version.created_by), "draft_save", after, summary="다시")

    assert response.status_code == 302
    assert len(keys(stored())) == 500


def test_a_thousand_described_blanks_are_one_form(as_user):
    variables = [{"key": f"빈칸{number}", "help": "설명"} for number in range(999)]
    version = make_draft(variables=variables)

    response = send(as_user(version.created_by), "draft_save", version, summary="고침")

    assert response.status_code == 302
    assert len(keys(stored())) == 1000  # with the blank of the text


# Two who write


@pytest.mark.parametrize("json", [False, True])
def test_the_loser_sees_both_texts(as_user, json):
    version = make_draft(summary="처음")
    save_elsewhere(version, summary="다른 창의 글")

    response = send(as_user(version.created_by), "draft_save", version, json=json, summary="내 글")

    page = response.json()["conflict"] if json else response.content.decode()
    assert response.status_code == 409
    assert "다른 창의 글" in page
    assert "내 글" in page
    assert stored().content["summary"] == "다른 창의 글"


def test_the_loser_may_keep_their_own_text(as_user):
    version = make_draft(summary="처음")
    save_elsewhere(version, summary="다른 창의 글")
    client = as_user(version.created_by)
    page = send(client, "draft_save", version, summary="내 글")
    kept = dict(page.context["fields"]) | {"revision": str(page.context["version"].revision)}

    response = client.post(reverse("casebook:draft_save", args=[version.pk]), kept)

    assert response.status_code == 302
    assert stored().content["summary"] == "내 글"


def test_an_editor_who_wrote_is_remembered(as_user):
    version, editor = make_draft(), make_user("editor")

    send(as_user(editor), "draft_save", version, summary="편집자가 고침")

    assert stored().edited_by == editor


@pytest.mark.parametrize("name", ["draft_save", "draft_submit"])
def test_what_is_no_longer_a_draft_keeps_the_text_on_the_page(as_user, name):
    version = make_draft(**COMPLETE)
    ask_review(PromptVersion.objects.get(pk=version.pk), by=version.created_by, at=AT)

    response = send(as_user(version.created_by), name, version, summary="늦은 글")

    assert response.status_code == 422
    assert "늦은 글" in response.content.decode()
    assert stored().content["summary"] != "늦은 글"


@pytest.mark.parametrize("name", ["draft_save", "draft_submit"])
def test_strangers_save_nothing(as_user, name):
    version = make_draft()

    assert send(as_user(make_user("staff")), name, version, summary="남의 글").status_code == 404
    assert stored().revision == 0


@pytest.mark.parametrize("name", ["draft_save", "draft_submit"])
def test_who_is_no_longer_staff_saves_nothing(as_user, name):
    author = make_user()
    version = make_draft(author)

    assert send(as_user(author), name, version, summary="늦은 글").status_code == 403
    assert stored().revision == 0


# A session that ended


def test_a_script_is_told_that_the_session_ended(client):
    version = make_draft()

    response = send(client, "draft_save", version, json=True)

    assert response.status_code == 401
    assert response.json()["login"].startswith("/accounts/login/")


@pytest.mark.parametrize("is_new", [False, True])
def test_text_sent_after_the_session_ended_comes_back(client, is_new):
    version = make_draft()
    client.force_login(version.created_by)
    address = reverse("casebook:write_new") if is_new else reverse("casebook:draft", args=[version.pk])
    writer = client.get(address).context["writer"]
    client.logout()
    target = address if is_new else reverse("casebook:draft_save", args=[version.pk])

    response = client.post(target, fields_of(version, summary="잃지 않을 글", writer=writer))
    client.force_login(version.created_by)
    page = client.get(address).content.decode()

    assert response["Location"].startswith("/accounts/login/")
    assert "잃지 않을 글" in page


@pytest.mark.parametrize("writer", ["", "forged"])
def test_text_of_strangers_is_not_kept(client, writer):
    version = make_draft()

    send(client, "draft_save", version, summary="낯선 글", writer=writer)

    assert "kept_draft" not in client.session


# Asking for review


def test_submit_asks_for_review(as_user):
    version = make_draft(**COMPLETE)

    response = send(as_user(version.created_by), "draft_submit", version, summary="마지막 글")

    after = stored()
    assert response["Location"] == "/write/"
    assert (after.state, after.content["summary"]) == (VersionState.IN_REVIEW, "마지막 글")
    assert AuditRecord.objects.filter(verb="version.review_asked").count() == 1


def test_submit_names_the_prompt_by_its_title(as_user):
    version = make_draft(**COMPLETE, title="민")

    send(as_user(version.created_by), "draft_submit", version, title="민원 답변")

    assert Prompt.objects.get().slug == "민원-답변"


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"title": ""}, "id_title"),
        ({"messages__0__content": None, "variables__0__key": None, "variables__0__label": None}, "text"),
    ],
)
def test_submit_says_what_is_missing(as_user, changes, target):
    version = make_draft(title="민원")

    response = send(as_user(version.created_by), "draft_submit", version, summary="저장된 글", **changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{target}"' in page
    assert target in ids_in(page)
    assert (stored().state, stored().content["summary"]) == (VersionState.DRAFT, "저장된 글")


def test_lint_stops_review(as_user):
    version = make_draft(**COMPLETE)

    response = send(
        as_user(version.created_by),
        "draft_submit",
        version,
        messages__0__content="{{민원 요지}} {{민원요지}}",
    )

    page = response.content.decode()
    summary = page[page.index("error-summary") : page.index("</ul>", page.index("error-summary"))]
    assert response.status_code == 422
    assert "#id_messages-0-content" in summary
    assert stored().state == VersionState.DRAFT


@pytest.mark.parametrize(
    ("note", "state"), [("", VersionState.DRAFT), ("높임말로 고침", VersionState.IN_REVIEW)]
)
def test_a_second_version_says_what_changed(as_user, note, state):
    author = make_user("staff")
    record = make_prompt(published=True, by=author, **COMPLETE)
    client = as_user(author)
    client.post(reverse("casebook:edit", args=[record.slug]))

    send(client, "draft_submit", stored(), note=note)

    assert stored().state == state
    assert Prompt.objects.get().slug == record.slug


def test_something_very_like_it_is_shown(as_user):
    text = (
        "민원 요지를 읽고 {{민원요지}}에 대한 답변 초안을 세 문단으로, 높임말로, 근거 법령과 함께 써 주세요."
    )
    messages = [{"role": "user", "content": text}]
    known = make_prompt(published=True, title="먼저 있던 것", messages=messages)
    version = make_draft(messages=messages)

    told = send(as_user(version.created_by), "draft_save", version, json=True).json()

    assert known.get_absolute_url() in told["alike"] or "먼저 있던 것" in told["alike"]
