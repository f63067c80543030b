"""The organiser's pages of copies, and what judges of a blind round read, find and are sent."""

import pytest
from django.urls import reverse

from accounts.models import Message
from accounts.roles import Role
from competitions.actions.judging.redacting import copy_of
from competitions.actions.judging.sheets import reopen_sheet
from competitions.models import Assignment, Competition, EntryNote, Redaction
from competitions.redacting import MASK
from tests.competitions.blind_entries import (
    EMAIL,
    MEMBER,
    NAME,
    OFFICE,
    TEAM,
    make_blind_competition,
    make_blind_entry,
)
from tests.competitions.jury import sign
from tests.factories import AT, grant, make_assignment, make_judge, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WHO = (NAME, MEMBER, TEAM, OFFICE, EMAIL)


@pytest.fixture
def competition():
    return make_blind_competition()


@pytest.fixture
def organiser(competition):
    user = make_user()
    grant(user, Role.ORGANISER, competition)
    return user


@pytest.fixture
def page(as_user, organiser):
    client = as_user(organiser)
    client.cookies["language"] = "en"
    return client


def address(competition, name="organise_blind", *more):
    return reverse(f"competitions:{name}", args=[competition.slug, *more])


def of_copy(entry, name="organise_blind_copy"):
    return address(entry.competition, name, entry.pk)


def judged(as_user, entry, **fields):
    """(client of a judge, the judge's sheet of the entry)."""
    judge = make_judge(entry.competition, user=make_user())
    return as_user(judge.user), make_assignment(judge, entry, **fields)


def text_of(response):
    return response.content.decode()


def says_who(response):
    return [word for word in WHO if word in text_of(response)]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(page, competition, count, django_assert_num_queries):
    entries = [make_blind_entry(competition, code=f"E{number}") for number in range(count)]
    copy_of(entries[0], at=AT)
    page.get(address(competition))

    with django_assert_num_queries(12):
        response = page.get(address(competition))

    rows = [(row.code, row.copy_state, bool(row.mention_count)) for row in response.context["page_obj"]]
    assert rows == [("E0", "proposed", True), *((f"E{n}", None, False) for n in range(1, count))]
    assert (response.context["total"], response.context["done"], response.context["missing"]) == (
        count,
        0,
        count - 1,
    )


@pytest.mark.parametrize(
    ("show", "codes"), [("", ["E1", "E2"]), ("checked", ["E2"]), ("unchecked", ["E1"]), ("x", ["E1", "E2"])]
)
def test_list_is_filtered(page, competition, show, codes):
    copies = [copy_of(make_blind_entry(competition, code=code), at=AT) for code in ("E1", "E2")]
    Redaction.objects.filter(pk=copies[1].pk).update(state="checked", checked_at=AT)

    response = page.get(address(competition), {"show": show})

    assert [row.code for row in response.context["page_obj"]] == codes


def test_list_without_a_blind_round_says_so(page, competition):
    make_blind_entry(competition)
    competition.rounds.update(blind=False)

    response = page.get(address(competition))

    assert "No round of this competition is blind." in text_of(response)
    assert list(response.context["page_obj"]) == []
    assert page.post(address(competition, "organise_blind_make")).status_code == 404


def test_sealed_entries_stay_closed(page, competition):
    entry = make_blind_entry(competition)
    Competition.objects.update(is_sealed=True, closes_at="2099-01-01T00:00Z", state="announced")

    assert list(page.get(address(competition)).context["page_obj"]) == []
    assert page.get(of_copy(entry)).status_code == 404
    assert page.post(of_copy(entry), {"revision": 1}).status_code == 404
    assert page.post(address(competition, "organise_blind_make")).status_code == 404


def test_copies_are_made_on_request(page, competition):
    make_blind_entry(competition)

    page.post(address(competition, "organise_blind_make"))

    assert Redaction.objects.count() == 1


def test_page_shows_what_was_handed_in_beside_the_copy(page, competition):
    entry = make_blind_entry(competition, files=[{"text": f"{NAME}의 보고"}])

    response = page.get(of_copy(entry))

    text = text_of(response)
    assert f"<mark>{NAME}" in text
    assert f"{MASK}의 은행나무 사례</textarea>" in text
    assert [(file["choice"], file["mentions"]) for file in response.context["files"]] == [("held", 1)]
    assert (f"team:{TEAM}", 1) in [
        (value, count) for value, _text, _what, count, _kept in response.context["masks"]
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count(page, competition, count, django_assert_num_queries):
    entry = make_blind_entry(competition, files=[{"text": "표"}] * count, steps=[{"text": "하나"}] * count)
    page.get(of_copy(entry))

    with django_assert_num_queries(16):
        page.get(of_copy(entry))


def test_checking_leads_to_the_next_copy(page, competition):
    first, second = (make_blind_entry(competition, code=code) for code in ("E1", "E2"))
    page.get(of_copy(first))

    response = page.post(
        of_copy(first), {"revision": 1, "act": "check", "text-case.approach": "저희가 만들었습니다."}
    )

    copy = Redaction.objects.get(snapshot__entry=first)
    assert (copy.state, copy.content["case"]["approach"]) == ("checked", "저희가 만들었습니다.")
    assert response.url == of_copy(second)
    assert page.post(of_copy(second), {"revision": 1, "act": "check"}).url == address(competition)


def test_saving_does_not_check(page, competition):
    entry = make_blind_entry(competition)

    response = page.post(
        of_copy(entry), {"revision": 1, "act": "save", "wrong": f"team:{TEAM}", "word": "은행나무"}
    )

    copy = Redaction.objects.get()
    assert (copy.state, response.url) == ("proposed", of_copy(entry))
    assert copy.content["case"]["approach"] == f"저희 {TEAM}이 만들었습니다."
    assert "은행나무" not in str(copy.content)


@pytest.mark.parametrize(
    "given", [{"revision": 7}, {"revision": "x"}, {"revision": ""}, {"revision": 1, "word": "없는낱말"}]
)
def test_refused_save_keeps_what_was_typed(page, competition, given):
    entry = make_blind_entry(competition)

    response = page.post(
        of_copy(entry), {"text-case.approach": "새로 쓴 글", "wrong": f"team:{TEAM}", "act": "save"} | given
    )

    assert response.status_code == 422
    assert "새로 쓴 글</textarea>" in text_of(response)
    assert [kept for value, _t, _w, _c, kept in response.context["masks"] if value == f"team:{TEAM}"] == [
        True
    ]
    assert 'role="alert"' in text_of(response)
    assert Redaction.objects.get().revision == 1


def test_after_judging_nothing_can_be_changed(page, competition):
    entry = make_blind_entry(competition)
    copy_of(entry, at=AT)
    Competition.objects.update(state="decided")

    assert 'name="act"' not in text_of(page.get(of_copy(entry)))
    assert page.post(of_copy(entry), {"revision": 1, "act": "check"}).status_code == 422
    page.post(of_copy(entry, "organise_blind_again"), {"revision": 1})
    assert Redaction.objects.get().revision == 1


def test_made_again(page, competition):
    entry = make_blind_entry(competition)
    page.post(of_copy(entry), {"revision": 1, "act": "check", "text-case.approach": "다른 글"})

    page.post(of_copy(entry, "organise_blind_again"), {"revision": 2})

    assert Redaction.objects.get().content["case"]["approach"] == f"저희 {MASK}이 만들었습니다."


def test_page_waits_for_files_that_are_examined(page, competition):
    entry = make_blind_entry(competition, files=[{"examination": "waiting"}])

    assert page.get(of_copy(entry)).url == address(competition)


@pytest.mark.parametrize(("blind", "warns"), [(True, True), (False, False)])
def test_overview_warns_of_copies_nobody_checked(page, competition, blind, warns):
    make_blind_entry(competition)
    competition.rounds.update(blind=blind)
    Competition.objects.update(closes_at=AT)

    response = page.get(reverse("competitions:organise_competition", args=[competition.slug]))

    assert (address(competition) in text_of(response)) is warns


def test_judge_reads_the_copy_on_every_page(as_user, competition):
    entry = make_blind_entry(competition, files=[{"text": f"{NAME}의 보고"}, {"text": "표"}])
    client, sheet = judged(as_user, entry)
    EntryNote.objects.create(
        entry=entry, audience="committee", text=f"{NAME}이 정정", at=AT, idempotency_key="0" * 32
    )

    pages = [
        client.get(reverse("competitions:judging_sheet", args=[sheet.pk])),
        client.get(reverse("competitions:judging")),
    ]
    pages.append(client.get(reverse("competitions:judging_recuse", args=[sheet.pk])))
    sign(Assignment.objects.get(pk=sheet.pk), "10", "20")
    pages.append(client.get(reverse("competitions:judging_sheet", args=[sheet.pk])))
    pages.append(client.get(reverse("competitions:judging_proof", args=[sheet.pk])))

    assert [says_who(each) for each in pages] == [[], [], [], [], []]
    assert f"{MASK}의 은행나무 사례" in text_of(pages[0])
    assert f"{MASK}이 정정" in text_of(pages[0])
    assert f"{MASK}의 은행나무 사례" in text_of(pages[1])


def test_round_that_is_not_blind_shows_what_was_handed_in(as_user, competition):
    entry = make_blind_entry(competition)
    competition.rounds.update(blind=False)
    client, sheet = judged(as_user, entry)

    response = client.get(reverse("competitions:judging_sheet", args=[sheet.pk]))

    assert f"{NAME}의 은행나무 사례" in text_of(response)
    assert not Redaction.objects.exists()


def test_queue_is_searched_by_the_title_judges_read(as_user, competition):
    entry = make_blind_entry(competition)
    client, _sheet = judged(as_user, entry)
    copy_of(entry, at=AT)

    found = {
        word: client.get(reverse("competitions:judging"), {"q": word}).context["page_obj"].paginator.count
        for word in (NAME, "은행나무")
    }

    assert found == {NAME: 0, "은행나무": 1}


@pytest.mark.parametrize(("choice", "status"), [("held", 404), ("text", 404), ("whole", 200)])
def test_file_that_names_somebody_goes_out_when_the_organiser_says_so(as_user, competition, choice, status):
    organiser = make_user()
    grant(organiser, Role.ORGANISER, competition)
    entry = make_blind_entry(competition, files=[{"text": f"{NAME}의 보고", "data": b"x"}])
    as_user(organiser).post(of_copy(entry), {"revision": 1, "act": "check", "file-0": choice})
    client, sheet = judged(as_user, entry)

    response = client.get(reverse("competitions:judging_file", args=[sheet.pk, 1]))
    shown = client.get(reverse("competitions:judging_sheet", args=[sheet.pk]))

    assert response.status_code == status
    assert (f"{MASK}의 보고" in text_of(shown)) is (choice == "text")
    assert NAME not in str(response.headers)


def test_letter_about_an_opened_sheet_has_the_title_of_the_copy(as_user, competition):
    entry = make_blind_entry(competition)
    _client, sheet = judged(as_user, entry)
    sign(sheet, "10", "20")

    reopen_sheet(Assignment.objects.get(pk=sheet.pk), "다시", by=make_user(), at=AT)

    message = Message.objects.get(person=sheet.judge.user, kind="sheet.reopened")
    assert NAME not in message.subject + message.body


def test_judging_a_blind_sheet_takes_few_queries(as_user, competition, django_assert_max_num_queries):
    entry = make_blind_entry(competition, files=[{"text": "표"}])
    client, sheet = judged(as_user, entry)
    client.get(reverse("competitions:judging_sheet", args=[sheet.pk]))

    with django_assert_max_num_queries(18):
        client.get(reverse("competitions:judging_sheet", args=[sheet.pk]))
