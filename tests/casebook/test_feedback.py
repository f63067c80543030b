"""Ratings, comments and problem reports."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.feedback import add_comment, answer_report, rate, remove_comment, report_problem
from casebook.actions.versions import add_version, ask_review, publish_version, retire_record
from casebook.community import rating_figures, said_unsafe
from casebook.errors import CasebookError
from casebook.models import Comment, ProblemReport, Prompt, Rating, SearchDocument
from tests.casebook.talking import make_comment, make_report
from tests.factories import AT, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db
RRN = "900101-1234567"


def url(name, prompt):
    return reverse(f"casebook:{name}", args=[prompt.slug])


def sums(prompt):
    columns = ("rating_sum", "rating_count")
    stored = Prompt.objects.values_list(*columns).get(pk=prompt.pk)
    assert SearchDocument.objects.values_list(*columns).get(prompt=prompt) == stored
    return stored


def typed(text, **fields):
    return {"text": text, "idempotency_key": uuid4()} | fields


# Ratings


def test_ratings_of_several_people_add_up():
    prompt = make_prompt(published=True)
    for stars in (5, 2):
        rate(prompt, by=make_user("staff"), at=AT, stars=stars)

    assert sums(prompt) == (7, 2)


@pytest.mark.parametrize(("first", "second"), [(5, 1), (1, 5), (3, 3)])
def test_a_changed_rating_takes_the_place_of_the_first(first, second):
    prompt, person = make_prompt(published=True), make_user("staff")
    rate(prompt, by=person, at=AT, stars=first, minutes_saved=30)
    rate(prompt, by=person, at=AT, stars=second)

    assert sums(prompt) == (second, 1)
    assert Rating.objects.values_list("stars", "minutes_saved").get() == (second, None)


def test_a_new_version_keeps_the_sums():
    prompt = make_prompt(published=True)
    stale = Prompt.objects.get(pk=prompt.pk)
    rate(prompt, by=make_user("staff"), at=AT, stars=4)
    version = add_version(stale, prompt_content(), by=None, at=AT)
    ask_review(version, by=None, at=AT)
    publish_version(version, by=None, at=AT)

    assert sums(prompt) == (4, 1)


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_published_prompts_are_rated(state):
    prompt = make_prompt(published=state == "retired")
    if state == "retired":
        retire_record(prompt, by=None, at=AT, reason="낡음")

    with pytest.raises(IllegalMove):
        rate(prompt, by=make_user("staff"), at=AT, stars=4)

    assert not Rating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_ratings_of_one_person_at_once_count_once():
    prompt, person = make_prompt(published=True), make_user("staff")
    barrier = Barrier(2)

    def give(stars):
        try:
            barrier.wait()
            rate(prompt, by=person, at=AT, stars=stars)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(give, (1, 5)))

    assert sums(prompt) == (Rating.objects.get().stars, 1)


def test_figures_leave_out_who_said_nothing():
    prompt = make_prompt(published=True)
    for stars, minutes in ((5, 10), (5, 40), (4, 20), (1, None)):
        rate(prompt, by=make_user("staff"), at=AT, stars=stars, minutes_saved=minutes)

    figures = rating_figures(prompt)

    assert (figures["count"], figures["mean"]) == (4, 3.75)
    assert figures["bars"] == [(5, 2, 50), (4, 1, 25), (3, 0, 0), (2, 0, 0), (1, 1, 25)]
    assert (figures["minutes"], figures["minutes_count"]) == (20, 3)


def test_nothing_is_never_zero(client):
    prompt = make_prompt(published=True)

    figures = rating_figures(prompt)
    page = client.get(url("talk", prompt), headers={"cookie": "language=en"}).content.decode()

    assert (figures["mean"], figures["minutes"]) == (None, None)
    assert "Nobody has rated it yet." in page
    assert "of 5," not in page


@pytest.mark.parametrize("given", [{}, {"stars": "6"}, {"stars": "0"}, {"stars": "4", "minutes_saved": "-1"}])
def test_a_rating_out_of_range_is_refused(as_user, given):
    prompt = make_prompt(published=True)

    assert as_user(make_user("staff")).post(url("rate", prompt), given).status_code == 422
    assert not Rating.objects.exists()


def test_rating_page(as_user):
    prompt, client = make_prompt(published=True), as_user(make_user("staff"))

    response = client.post(url("rate", prompt), {"stars": "4", "minutes_saved": "15"})

    assert response.url == url("talk", prompt)
    assert client.get(response.url).context["rating_form"].initial == {"stars": 4, "minutes_saved": 15}


# Who


@pytest.mark.parametrize("name", ["rate", "comment"])
def test_residents_do_not_rate_or_comment(as_user, name):
    prompt = make_prompt(published=True)

    response = as_user(make_user()).post(url(name, prompt), typed("좋습니다", stars="4"))

    assert response.status_code == 403
    assert not Comment.objects.exists()
    assert not Rating.objects.exists()


@pytest.mark.parametrize("name", ["rate", "comment", "report"])
def test_visitors_are_asked_to_log_in(client, name):
    prompt = make_prompt(published=True)

    assert client.post(url(name, prompt), typed("좋습니다")).url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["talk", "rate", "comment", "report"])
def test_a_hidden_prompt_is_not_found(as_user, name):
    prompt, client = make_prompt(), as_user(make_user("staff"))

    answer = client.get if name == "talk" else client.post
    assert answer(url(name, prompt)).status_code == 404


# Comments


@pytest.mark.parametrize("count", [1, 3])
def test_talk_query_count(as_user, count, django_assert_num_queries):
    prompt = make_prompt(published=True)
    for _ in range(count):
        make_comment(prompt, by=make_user("staff"))
        rate(prompt, by=make_user("staff"), at=AT, stars=4)
    client = as_user(make_user("staff"))

    with django_assert_num_queries(9):
        response = client.get(url("talk", prompt))

    assert len(response.context["page_obj"].object_list) == count


def test_comments_stand_oldest_first_twenty_to_a_page(client):
    prompt, person = make_prompt(published=True), make_user("staff")
    for number in range(21):
        make_comment(prompt, by=person, text=f"의견 {number}")

    first, last = client.get(url("talk", prompt)), client.get(url("talk", prompt) + "?page=2")

    assert first.context["page_obj"].object_list[0].text == "의견 0"
    assert [each.text for each in last.context["page_obj"].object_list] == ["의견 20"]


def test_a_part_for_htmx(client):
    prompt = make_prompt(published=True)

    part = client.get(url("talk", prompt), headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div class="talk" id="talk">')
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize(
    ("role", "sees"), [("staff", True), ("editor", True), ("resident", False), (None, False)]
)
def test_names_are_for_colleagues(client, role, sees):
    prompt = make_prompt(published=True)
    make_comment(prompt, by=make_user("staff", name="가온 주무관"))
    if role:
        client.force_login(make_user(role))

    assert ("가온 주무관" in client.get(url("talk", prompt)).content.decode()) is sees


def test_a_comment_sent_twice_is_one():
    prompt, person, key = make_prompt(published=True), make_user("staff"), uuid4()

    made = {add_comment(prompt, "좋습니다", by=person, at=AT, idempotency_key=key).pk for _ in range(2)}

    assert len(made) == 1


def test_a_comment_leads_to_the_page_it_stands_on(as_user):
    prompt, person = make_prompt(published=True), make_user("staff")
    for _ in range(20):
        make_comment(prompt, by=person)

    response = as_user(person).post(url("comment", prompt), typed("마지막 의견"))

    assert response.url.endswith("?page=2#comments")


def test_a_comment_by_htmx_comes_back_as_a_part(as_user):
    prompt = make_prompt(published=True)

    response = as_user(make_user("staff")).post(
        url("comment", prompt), typed("새 의견"), headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert "새 의견" in response.content.decode()


def test_an_identity_number_is_refused_and_the_text_is_kept(as_user):
    prompt, text = make_prompt(published=True), f"담당자 번호는 {RRN} 입니다."

    response = as_user(make_user("staff")).post(url("comment", prompt), typed(text, checked="on"))

    assert response.status_code == 422
    assert text in response.content.decode()
    assert not Comment.objects.exists()


def test_a_telephone_number_is_asked_about_once(as_user):
    prompt, client = make_prompt(published=True), as_user(make_user("staff"))
    text = "문의는 010-1234-5678 로 하십시오."

    asked = client.post(url("comment", prompt), typed(text))
    client.post(url("comment", prompt), typed(text, checked="on"))

    assert asked.status_code == 422
    assert 'type="checkbox"' in asked.content.decode()
    assert Comment.objects.get().text == text


@pytest.mark.parametrize("text", ["", " \n ", "가" * 2_001])
def test_an_empty_or_overlong_comment_is_refused(as_user, text):
    prompt = make_prompt(published=True)

    assert as_user(make_user("staff")).post(url("comment", prompt), typed(text)).status_code == 422
    assert not Comment.objects.exists()


def test_who_wrote_a_comment_removes_it(as_user):
    prompt, person = make_prompt(published=True), make_user("staff")
    comment = make_comment(prompt, by=person, text="틀린 말")
    client = as_user(person)

    client.post(reverse("casebook:comment_remove", args=[comment.pk]))

    assert "틀린 말" not in client.get(url("talk", prompt)).content.decode()
    assert AuditRecord.objects.filter(verb="comment.removed").exists()


def test_an_editor_removes_with_a_reason(as_user):
    comment = make_comment(make_prompt(published=True), by=make_user("staff"))
    client, address = as_user(make_user("editor")), reverse("casebook:comment_remove", args=[comment.pk])

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "이름이 있음"}).status_code == 302
    record = AuditRecord.objects.get(verb="comment.removed")
    assert (record.about, record.detail) == (comment.by, {"reason": "이름이 있음"})


def test_colleagues_do_not_remove_others_comments(as_user):
    comment = make_comment(make_prompt(published=True), by=make_user("staff"))

    response = as_user(make_user("staff")).post(reverse("casebook:comment_remove", args=[comment.pk]))

    assert response.status_code == 403
    assert Comment.objects.get().removed_at is None


def test_a_comment_is_removed_once():
    person = make_user("staff")
    comment = make_comment(make_prompt(published=True), by=person)
    remove_comment(comment, by=person, at=AT)

    with pytest.raises(IllegalMove):
        remove_comment(comment, by=person, at=AT)


# Problem reports


@pytest.mark.parametrize("role", ["resident", "staff", "editor"])
def test_everybody_with_an_account_reports(as_user, role):
    prompt, client = make_prompt(published=True), as_user(make_user(role))

    response = client.post(url("report", prompt), typed("조문이 옛것입니다.", kind="outdated"))

    report = ProblemReport.objects.get()
    assert response.url == reverse("casebook:problem_report", args=[report.pk])
    assert (report.version, report.state) == (prompt.current, "open")
    assert client.get(response.url).status_code == 200


def test_a_report_names_the_version_that_was_looked_at(as_user):
    prompt = make_prompt(published=True)
    version = add_version(prompt, prompt_content(), by=None, at=AT)
    ask_review(version, by=None, at=AT)
    publish_version(version, by=None, at=AT)

    as_user(make_user()).post(url("report", prompt), typed("틀림", kind="wrong", version="1"))

    assert ProblemReport.objects.get().version.number == 1


@pytest.mark.parametrize(
    "given", [{"kind": "wrong", "text": ""}, {"kind": "", "text": "틀림"}, {"kind": "wrong", "text": RRN}]
)
def test_a_report_that_lacks_something_is_refused(as_user, given):
    prompt = make_prompt(published=True)

    response = as_user(make_user()).post(url("report", prompt), typed(**given))

    assert response.status_code == 422
    assert not ProblemReport.objects.exists()


def test_a_report_of_a_retired_prompt_leads_back(as_user):
    prompt, editor = make_prompt(published=True), make_user("editor")
    retire_record(prompt, by=None, at=AT, reason="낡음")

    assert as_user(editor).get(url("report", prompt)).status_code == 302
    with pytest.raises(IllegalMove):
        make_report(Prompt.objects.select_related("current").get(pk=prompt.pk), by=editor)


def test_the_same_report_waits_once():
    prompt, person, key = make_prompt(published=True), make_user(), uuid4()
    given = {"by": person, "at": AT, "kind": "wrong", "text": "틀림"}
    made = {report_problem(prompt.current, idempotency_key=key, **given).pk for _ in range(2)}

    with pytest.raises(CasebookError):
        report_problem(prompt.current, idempotency_key=uuid4(), **given)

    assert len(made) == 1


def test_a_prompt_is_said_to_be_unsafe_until_an_editor_answers():
    prompt, editor = make_prompt(published=True), make_user("editor")
    make_report(prompt, by=make_user(), kind="wrong")
    report = make_report(prompt, by=make_user(), kind="unsafe")
    said = Prompt.objects.annotate(unsafe=said_unsafe()).values_list("unsafe", flat=True)
    before = said.get(pk=prompt.pk)
    answer_report(report, by=editor, at=AT, state="dismissed", resolution="안전합니다.")

    assert (before, said.get(pk=prompt.pk)) == (True, False)


@pytest.mark.parametrize(("role", "queries"), [("editor", 8), ("staff", 7)])  # an editor's desk is counted
@pytest.mark.parametrize("count", [1, 3])
def test_reports_query_count(as_user, role, queries, count, django_assert_num_queries):
    person = make_user(role)
    reports = [make_report(make_prompt(published=True), by=person) for _ in range(count)]
    client = as_user(person)

    with django_assert_num_queries(queries):
        response = client.get("/reports/")

    assert set(response.context["page_obj"].object_list) == set(reports)


def test_people_see_their_own_reports(as_user):
    theirs = make_report(make_prompt(published=True), by=make_user("staff"))
    client = as_user(make_user("staff"))

    assert list(client.get("/reports/").context["page_obj"].object_list) == []
    assert client.get(reverse("casebook:problem_report", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["오래된", "새로운"]),
        ("?sort=newest", ["새로운", "오래된"]),
        ("?kind=unsafe", ["새로운"]),
        ("?state=resolved", ["답한"]),
        ("?state=all", ["오래된", "답한", "새로운"]),
    ],
)
def test_the_queue_is_filtered_and_sorted(as_user, query, found):
    for title, kind, day in (("오래된", "wrong", 1), ("답한", "wrong", 2), ("새로운", "unsafe", 3)):
        prompt = make_prompt(published=True, title=title)
        report = make_report(prompt, by=make_user(), kind=kind, at=AT.replace(day=day))
        if title == "답한":
            answer_report(report, by=make_user("editor"), at=AT, state="resolved", resolution="고침")

    page = as_user(make_user("editor")).get(f"/reports/{query}").context["page_obj"]

    assert [report.prompt.title for report in page.object_list] == found


def test_an_editor_answers_and_the_sender_reads_it(client):
    sender = make_user()
    report = make_report(make_prompt(published=True), by=sender)
    address = reverse("casebook:problem_report", args=[report.pk])
    client.force_login(make_user("editor"))
    refused = client.post(address, {"state": "resolved", "resolution": " "})
    client.post(address, {"state": "resolved", "resolution": "조문을 고쳤습니다."})
    client.force_login(sender)

    assert refused.status_code == 422
    assert "조문을 고쳤습니다." in client.get(address).content.decode()
    assert AuditRecord.objects.get(verb="problem.resolved").about == sender


@pytest.mark.parametrize("role", ["staff", "resident"])
def test_senders_do_not_answer_themselves(as_user, role):
    sender = make_user(role)
    report = make_report(make_prompt(published=True), by=sender)

    response = as_user(sender).post(
        reverse("casebook:problem_report", args=[report.pk]), {"state": "resolved", "resolution": "됨"}
    )

    assert response.status_code == 403
    assert ProblemReport.objects.get().state == "open"


def test_a_report_is_answered_once():
    report = make_report(make_prompt(published=True), by=make_user())
    given = {"by": make_user("editor"), "at": AT, "resolution": "고침"}
    answer_report(report, state="resolved", **given)

    with pytest.raises(IllegalMove):
        answer_report(report, state="dismissed", **given)

    assert ProblemReport.objects.get().state == "resolved"
