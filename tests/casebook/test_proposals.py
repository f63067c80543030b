"""Changes proposed against prompts: making, rebasing, deciding, and who may do which."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.hindrances import Hindered
from casebook.actions.proposals import accept_proposal, decline_proposal, propose, rebased, withdraw_proposal
from casebook.content import content_sha256
from casebook.errors import CasebookError
from casebook.forms.proposal import ProposalForm, changed_content
from casebook.models import Prompt, PromptVersion, Proposal
from tests.casebook.reviewing import next_published, published_prompt, ready_content
from tests.factories import AT, make_prompt, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TEXT = "하나\n가운데\n둘\n{{민원요지}}에 답해 주세요."


def message(text):
    return [{"role": "user", "content": text}]


def proposed(record=None, *, by=None, base=None, **fields):
    record = record or published_prompt()
    base = base or record.current
    base.record = record
    content = base.content | (fields or {"purpose": "빠른 답변"})
    given = {"note": "목적을 적습니다.", "idempotency_key": uuid4()}
    return propose(base, content, by=by or make_user("staff"), at=AT, **given)


def accept(proposal, *, by=None, **given):
    against = given.pop("against", proposal.prompt.current_id)
    return accept_proposal(proposal, by=by or make_user("editor"), at=AT, against=against, **given)


def url(name, of):
    return reverse(f"casebook:{name}", args=[of.slug if isinstance(of, Prompt) else of.pk])


# Making one


def test_proposal_keeps_content_base_and_note():
    record, author = published_prompt(), make_user("staff")

    proposal = proposed(record, by=author)

    assert (proposal.base, proposal.state, proposal.by) == (record.current, "open", author)
    assert proposal.content["purpose"] == "빠른 답변"
    assert AuditRecord.objects.filter(verb="proposal.made", by=author).count() == 1


def test_sent_twice_is_one_proposal():
    record, author, key = published_prompt(), make_user("staff"), uuid4()
    content = record.current.content | {"purpose": "x"}

    both = [
        propose(record.current, content, by=author, at=AT, note="n", idempotency_key=key) for _ in range(2)
    ]

    assert both[0] == both[1]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "note", "error"),
    [({}, "이유", CasebookError), ({"purpose": "x"}, "  ", CasebookError)],
    ids=["nothing changed", "no note"],
)
def test_proposing_is_refused(change, note, error):
    record = published_prompt()
    content = record.current.content | change

    with pytest.raises(error):
        propose(record.current, content, by=make_user("staff"), at=AT, note=note, idempotency_key=uuid4())


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_proposing_against_what_is_not_published_is_refused(state):
    record = published_prompt() if state == "retired" else make_prompt()
    record.retired_at = AT if state == "retired" else None

    with pytest.raises(IllegalMove):
        proposed(record, base=record.versions.get())


# Rebasing


def test_against_the_shown_version_it_stands_as_it_is():
    proposal = proposed()

    assert rebased(proposal).is_clean
    assert rebased(proposal).content == proposal.content


def test_newer_version_elsewhere_is_merged():
    record = published_prompt(title="제목", messages=message(TEXT))
    proposal = proposed(record, messages=message(TEXT.replace("둘", "둘째")))
    next_published(record, title="새 제목", messages=message(TEXT.replace("하나", "첫째")))
    proposal.prompt.refresh_from_db()

    own = rebased(proposal)

    assert own.is_clean
    assert own.content["title"] == "새 제목"
    assert own.content["messages"][0]["content"] == "첫째\n가운데\n둘째\n{{민원요지}}에 답해 주세요."


def test_newer_version_of_the_same_line_is_flagged():
    record = published_prompt(messages=message(TEXT))
    proposal = proposed(record, messages=message(TEXT.replace("둘", "둘째")))
    next_published(record, messages=message(TEXT.replace("둘", "두 번째")))
    proposal.prompt.refresh_from_db()

    own = rebased(proposal)

    assert [conflict.path for conflict in own.conflicts] == ["messages.0.content"]
    with pytest.raises(CasebookError, match="no longer fits"):
        accept(proposal)


# Deciding


def test_accepted_as_it_is_becomes_the_shown_version_with_credit():
    author, editor = make_user("staff"), make_user("editor")
    proposal = proposed(by=author)

    version = accept(proposal, by=editor, reply="고맙습니다.")

    proposal.refresh_from_db()
    record = Prompt.objects.get()
    assert (proposal.state, proposal.result, proposal.reply) == ("accepted", version, "고맙습니다.")
    assert record.current == version
    assert (version.number, version.created_by, version.published_by) == (2, author, editor)
    assert version.content["purpose"] == "빠른 답변"
    assert version.reviews.get().reviewer == editor
    assert AuditRecord.objects.filter(verb="proposal.accepted", about=author).count() == 1


def test_edited_and_accepted_waits_for_another_editor():
    author, editor = make_user("staff"), make_user("editor")
    proposal = proposed(by=author)

    version = accept(proposal, by=editor, content=proposal.content | {"purpose": "정확한 답변"})

    version.refresh_from_db()
    assert (version.state, version.created_by, version.edited_by) == ("in_review", author, editor)
    assert Prompt.objects.get().current.number == 1
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_editing_nothing_is_accepting_as_it_is():
    proposal = proposed()

    assert accept(proposal, content=proposal.content).state == "published"


def test_conflict_is_settled_by_editing():
    record = published_prompt(messages=message(TEXT))
    proposal = proposed(record, messages=message(TEXT.replace("둘", "둘째")))
    next_published(record, messages=message(TEXT.replace("둘", "두 번째")))
    proposal.prompt.refresh_from_db()
    settled = rebased(proposal).content | {"messages": message(TEXT.replace("둘", "두 번째로"))}

    assert accept(proposal, content=settled).state == "in_review"


def test_what_the_shown_version_says_already_is_not_accepted():
    record = published_prompt(title="제목")
    proposal = proposed(record)
    next_published(record, title="제목", purpose="빠른 답변")
    proposal.prompt.refresh_from_db()

    with pytest.raises(CasebookError, match="already"):
        accept(proposal)


def test_read_against_an_older_version_is_refused():
    record = published_prompt()
    read = record.current_id
    proposal = proposed(record)
    next_published(record)

    with pytest.raises(IllegalMove, match="newer version"):
        accept(proposal, against=read)


def test_blocking_findings_refuse_and_nothing_is_left_behind():
    proposal = proposed(purpose="문의 홍길동 900101-" + "1234567")

    with pytest.raises(Hindered):
        accept(proposal)

    proposal.refresh_from_db()
    assert (proposal.state, PromptVersion.objects.count()) == ("open", 1)


def test_decline_answers():
    author = make_user("staff")
    proposal = proposed(by=author)

    decline_proposal(proposal, by=make_user("editor"), at=AT, reply="이미 다른 프롬프트가 있습니다.")

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reply) == ("declined", "이미 다른 프롬프트가 있습니다.")
    assert AuditRecord.objects.filter(verb="proposal.declined", about=author).count() == 1


def test_decline_needs_a_reply():
    with pytest.raises(CasebookError):
        decline_proposal(proposed(), by=make_user("editor"), at=AT, reply=" ")


def test_proposer_withdraws():
    author = make_user("staff")
    proposal = proposed(by=author)

    withdraw_proposal(proposal, by=author, at=AT)

    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    with pytest.raises(IllegalMove):
        accept(proposal)


def test_others_do_not_withdraw_it():
    with pytest.raises(CasebookError):
        withdraw_proposal(proposed(), by=make_user("editor"), at=AT)


@pytest.mark.parametrize(
    "act",
    [accept, lambda proposal, by: decline_proposal(proposal, by=by, at=AT, reply="x")],
    ids=["accept", "decline"],
)
def test_nobody_decides_on_their_own(act):
    editor = make_user("editor")
    proposal = proposed(by=editor)

    with pytest.raises(CasebookError, match="another editor"):
        act(proposal, by=editor)

    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_retired_prompt_only_lets_decline():
    record = published_prompt()
    proposal = proposed(record)
    Prompt.objects.update(retired_at=AT)

    with pytest.raises(IllegalMove, match="retired"):
        accept(proposal)
    decline_proposal(proposal, by=make_user("editor"), at=AT, reply="폐기되었습니다.")

    assert Prompt.objects.get().retired_at is not None


def test_deciding_twice_is_refused():
    proposal = proposed()
    accept(proposal)

    with pytest.raises(IllegalMove):
        decline_proposal(proposal, by=make_user("editor"), at=AT, reply="늦음")


@pytest.mark.django_db(transaction=True)
def test_two_editors_decide_at_once_and_one_wins():
    proposal = proposed()
    editors = [make_user("editor"), make_user("editor")]
    against = proposal.prompt.current_id
    outcomes, start = [], threading.Barrier(2)

    def decide(act):
        mine = Proposal.objects.select_related("prompt").get(pk=proposal.pk)
        start.wait()
        try:
            act(mine)
            outcomes.append("decided")
        except IllegalMove:
            outcomes.append("refused")
        finally:
            connection.close()

    acts = [
        lambda mine: accept(mine, by=editors[0], against=against),
        lambda mine: decline_proposal(mine, by=editors[1], at=AT, reply="아님"),
    ]
    threads = [threading.Thread(target=decide, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["decided", "refused"]
    proposal.refresh_from_db()
    assert (proposal.state == "accepted") == (PromptVersion.objects.count() == 2)


# The form


def values_of(content, **changed):
    return ProposalForm(content).initial | changed


def test_form_unchanged_gives_the_same_content():
    content = ready_content(
        verification_checklist=["법령", "날짜"], tags=["민원"], messages=message("  앞뒤 빈칸 {{민원요지}}\n")
    )

    assert changed_content(content, values_of(content)) == content


def test_blanks_follow_the_text():
    content = ready_content(messages=message("{{민원요지}}"))

    changed = changed_content(content, values_of(content, **{"message-0": "{{사건}}에 답한다"}))

    assert [variable["key"] for variable in changed["variables"]] == ["사건"]


def test_label_and_help_of_a_blank_change():
    content = ready_content()

    changed = changed_content(
        content, values_of(content, **{"blank-0-label": "요지", "blank-0-help": "세 줄로"})
    )

    assert (changed["variables"][0]["label"], changed["variables"][0]["help"]) == ("요지", "세 줄로")


# The pages


def typed(record, **changed):
    form = ProposalForm(record.current.content, initial={"base": record.current_id})
    values = {name: form[name].value() or "" for name in form.fields}
    return values | {"note": "목적을 적습니다."} | changed


def test_member_of_staff_sees_the_differences_before_sending(as_user):
    record, author = published_prompt(), make_user("staff")
    client = as_user(author)
    assert client.get(url("propose", record)).status_code == 200

    preview = client.post(url("propose", record), typed(record, purpose="빠른 답변"))
    assert (preview.status_code, preview.context["changes"], Proposal.objects.count()) == (200, 1, 0)

    previewed = preview.context["previewed"]
    sent = client.post(url("propose", record), typed(record, purpose="빠른 답변", previewed=previewed))
    proposal = Proposal.objects.get()
    assert sent["Location"] == url("proposal", proposal)
    assert (proposal.by, proposal.note) == (author, "목적을 적습니다.")


def test_what_was_not_shown_is_not_sent(as_user):
    record = published_prompt()
    previewed = content_sha256(record.current.content | {"purpose": "빠른 답변"})

    response = as_user(make_user("staff")).post(
        url("propose", record), typed(record, purpose="다른 글", previewed=previewed)
    )

    assert (response.status_code, Proposal.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    "changed",
    [{}, {"note": "", "purpose": "x"}, {"title": ""}, {"message-0": ""}, {"title": "가" * 201}],
    ids=["nothing", "no note", "no title", "no text", "long title"],
)
def test_refused_proposal_keeps_what_was_typed(as_user, changed):
    record = published_prompt()

    response = as_user(make_user("staff")).post(url("propose", record), typed(record, **changed))

    assert response.status_code == 422
    assert response.context["form"].errors
    assert Proposal.objects.count() == 0


def test_form_opened_before_a_newer_version_goes_against_its_own(as_user):
    record = published_prompt()
    opened = typed(record, purpose="빠른 답변")
    base = record.current
    next_published(record)
    client = as_user(make_user("staff"))

    previewed = client.post(url("propose", record), opened).context["previewed"]
    client.post(url("propose", record), opened | {"previewed": previewed})

    assert Proposal.objects.get().base == base


@pytest.mark.parametrize("role", ["organiser", "facilitator", "judge"])
def test_proposing_is_for_staff(as_user, role):
    record = published_prompt()
    client = as_user(make_user(role))

    assert client.get(url("propose", record)).status_code == 403
    assert client.post(url("propose", record), typed(record, purpose="x")).status_code == 403
    assert client.get("/proposals/").status_code == 403


def test_visitors_log_in_first(client):
    assert client.get(url("propose", published_prompt())).status_code == 302


def test_proposing_on_unpublished_is_refused(as_user):
    record, author = published_prompt(), make_user("staff")
    Prompt.objects.update(retired_at=AT, created_by=author)

    assert as_user(make_user("staff")).get(url("propose", record)).status_code == 404
    response = as_user(author).post(url("propose", record), {})
    assert response.status_code == 302
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("staff", 7), ("editor", 11)])
def test_proposals_query_count(as_user, count, role, queries, django_assert_num_queries):
    person = make_user(role)
    for _ in range(count):
        proposed(by=person)
    client = as_user(person)

    with django_assert_num_queries(queries):
        response = client.get("/proposals/")

    assert len(response.context["page_obj"].object_list) == count


def test_staff_see_their_own_and_those_to_their_prompts(as_user):
    author = make_user("staff")
    mine = proposed(by=author)
    to_mine = proposed(published_prompt(by=author))
    others = proposed()
    client = as_user(author)

    shown = client.get("/proposals/").context["page_obj"].object_list

    assert set(shown) == {mine, to_mine}
    assert client.get(url("proposal", others)).status_code == 404


@pytest.mark.parametrize(("query", "number"), [({}, 1), ({"state": "declined"}, 1), ({"state": "all"}, 2)])
def test_editors_filter_by_state(as_user, query, number):
    proposed()
    decline_proposal(proposed(), by=make_user("editor"), at=AT, reply="아님")

    page = as_user(make_user("editor")).get("/proposals/", query).context["page_obj"]

    assert len(page.object_list) == number


def test_editor_accepts_on_the_page(as_user):
    proposal = proposed()
    client = as_user(make_user("editor"))
    assert client.get(url("proposal", proposal)).context["changes"] == 1

    response = client.post(url("proposal_accept", proposal), {"base": proposal.base_id, "reply": "좋습니다"})

    assert response["Location"] == url("proposal", proposal)
    assert Prompt.objects.get().current.number == 2
    assert "좋습니다" in client.get(url("proposal", proposal)).content.decode()


def test_editor_edits_on_the_page(as_user):
    proposal = proposed()
    client = as_user(make_user("editor"))
    form = client.get(url("proposal", proposal), {"edit": 1}).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {
        "edited": 1,
        "purpose": "정확한 답변",
    }

    client.post(url("proposal_accept", proposal), values)

    assert PromptVersion.objects.get(state="in_review").content["purpose"] == "정확한 답변"


def test_refused_edit_keeps_what_was_typed(as_user):
    proposal = proposed()
    client = as_user(make_user("editor"))
    form = client.get(url("proposal", proposal), {"edit": 1}).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {
        "edited": 1,
        "title": "",
        "purpose": "새 목적",
    }

    response = client.post(url("proposal_accept", proposal), values)

    assert response.status_code == 422
    assert response.context["form"]["purpose"].value() == "새 목적"


def test_refused_acceptance_says_why_on_the_page(as_user):
    proposal = proposed(purpose="문의 홍길동 900101-" + "1234567")

    response = as_user(make_user("editor")).post(url("proposal_accept", proposal), {"base": proposal.base_id})

    assert response.status_code == 422
    assert len(response.context["reasons"]) >= 1


def test_decline_without_reply_is_told_so(as_user):
    response = as_user(make_user("editor")).post(url("proposal_decline", proposed()), {"reply": ""})

    assert response.status_code == 422


def test_second_decision_is_told_so(as_user):
    proposal = proposed()
    accept(proposal)

    response = as_user(make_user("editor")).post(
        url("proposal_decline", proposal), {"reply": "늦음"}, follow=True
    )

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_proposer_withdraws_on_the_page(as_user):
    author = make_user("staff")
    proposal = proposed(by=author)

    as_user(author).post(url("proposal_withdraw", proposal))

    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


@pytest.mark.parametrize("name", ["proposal_accept", "proposal_decline"])
def test_deciding_is_for_other_editors(as_user, name):
    editor = make_user("editor")
    proposal = proposed(by=editor)
    client = as_user(editor)

    assert client.post(url(name, proposal), {"reply": "x", "base": proposal.base_id}).status_code == 403
    client.force_login(make_user("staff"))
    assert client.post(url(name, proposal)).status_code == 404
    assert client.get(url(name, proposal)).status_code == 405


def test_editor_does_not_withdraw_for_others(as_user):
    assert as_user(make_user("editor")).post(url("proposal_withdraw", proposed())).status_code == 403


def test_conflict_shows_both_texts(as_user):
    record = published_prompt(messages=message(TEXT))
    proposal = proposed(record, messages=message(TEXT.replace("둘", "제안에서")))
    next_published(record, messages=message(TEXT.replace("둘", "새로쓴말")))

    response = as_user(make_user("editor")).get(url("proposal", proposal))

    assert len(response.context["conflicts"]) == 1
    assert "제안에서" in response.content.decode()
    assert "새로쓴말" in response.content.decode()


def test_credit_stands_in_the_list_of_versions(client):
    proposal = proposed(by=make_user("staff", name="가온 주무관"))
    accept(proposal)

    newest = client.get(url("versions", proposal.prompt)).context["page_obj"].object_list[0]

    assert newest.is_proposed
    assert newest.author != "가온 주무관"
