"""Comments of judges: withheld, looked through, released, and read by the entrant."""

import pytest
from django.urls import reverse

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from competitions.actions.afterwards.feedback import (
    LooksPersonal,
    comments_of,
    let_through,
    release_feedback,
    withheld_of,
    withhold,
)
from competitions.errors import CompetitionError
from competitions.models import Assignment, Competition, EntryNote, Judge
from tests.competitions.afterwards.finished import make_finished
from tests.competitions.jury import make_sheet
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db
GOOD = "근거가 분명합니다."


def commented(**comments):
    """E1 to E3 of one judge; comments by code."""
    competition = make_finished()
    for code, text in comments.items():
        Assignment.objects.filter(entry__competition=competition, entry__code=code).update(
            comment_entrant=text
        )
    return competition


def sheet_of(competition, code="E1"):
    return comments_of(competition).select_related("entry__competition").get(entry__code=code)


def release(competition, **fields):
    return release_feedback(competition, **{"by": None, "at": AT} | fields)


def released(competition):
    notes = EntryNote.objects.filter(entry__competition=competition, audience="entrant")
    return list(notes.order_by("entry__code").values_list("entry__code", "text"))


def test_release_makes_a_note_for_each_and_tells_the_entrants():
    competition = commented(E1=GOOD, E2="효과를 더 보여 주십시오.")

    assert release(competition) == 2

    competition.refresh_from_db()
    assert released(competition) == [("E1", GOOD), ("E2", "효과를 더 보여 주십시오.")]
    assert competition.feedback_released_at == AT
    assert Message.objects.filter(kind="entry.feedback").count() == 2


def test_withheld_comment_does_not_go_out():
    competition = commented(E1=GOOD, E2="이 사람은 전에도 그랬습니다.")
    withhold(sheet_of(competition, "E2"), reason="사람에 대한 말", by=None, at=AT)

    release(competition)

    assert released(competition) == [("E1", GOOD)]
    assert list(withheld_of(competition).values()) == ["사람에 대한 말"]


def test_withholding_is_taken_back():
    competition = commented(E1=GOOD)
    sheet = sheet_of(competition)
    withhold(sheet, reason="잘못 골랐음", by=None, at=AT)

    let_through(sheet, by=None)

    assert release(competition) == 1
    assert AuditRecord.objects.filter(verb="feedback.let_through").exists()


@pytest.mark.parametrize("reason", ["", " ", "가" * 501])
def test_withholding_without_a_reason_is_refused(reason):
    with pytest.raises(CompetitionError):
        withhold(sheet_of(commented(E1=GOOD)), reason=reason, by=None, at=AT)


def test_withholding_twice_and_letting_through_nothing_is_refused():
    sheet = sheet_of(commented(E1=GOOD))
    with pytest.raises(IllegalMove):
        let_through(sheet, by=None)
    withhold(sheet, reason="이유", by=None, at=AT)

    with pytest.raises(IllegalMove):
        withhold(sheet, reason="이유", by=None, at=AT)


def test_after_the_release_nothing_is_withheld_or_released_again():
    competition = commented(E1=GOOD)
    release(competition)
    sheet = sheet_of(competition)

    for act in (
        lambda: release(competition),
        lambda: withhold(sheet, reason="이유", by=None, at=AT),
        lambda: let_through(sheet, by=None),
    ):
        with pytest.raises(IllegalMove):
            act()


def test_before_the_publication_it_is_refused():
    with pytest.raises(IllegalMove):
        release(make_sheet().entry.competition)


def test_without_a_comment_there_is_nothing_to_release():
    competition = commented()

    with pytest.raises(CompetitionError):
        release(competition)

    assert Competition.objects.get(pk=competition.pk).feedback_released_at is None


def test_identity_number_is_never_released():
    competition = commented(E1="900101-1234567 님의 글")

    with pytest.raises(CompetitionError) as refusal:
        release(competition, has_looked=True)

    assert "E1" in str(refusal.value)
    assert released(competition) == []


@pytest.mark.parametrize("text", ["문의는 010-1234-5678로 주십시오.", "이심사 위원의 의견과 같습니다."])
def test_what_may_tell_of_people_asks_for_a_look(text):
    competition = commented(E1=text)
    Judge.objects.filter(competition=competition).update(name="이심사")

    with pytest.raises(LooksPersonal):
        release(competition)

    assert release(competition, has_looked=True) == 1


def test_sheet_that_is_not_signed_is_no_comment():
    competition = commented(E1=GOOD)
    Assignment.objects.filter(entry__competition=competition).update(state="started", signed_at=None)

    assert list(comments_of(competition)) == []


def test_release_costs_the_same_however_many(django_assert_max_num_queries):
    competition = commented(E1=GOOD, E2=GOOD, E3=GOOD)

    with django_assert_max_num_queries(15):
        release(competition)


def page(competition):
    return reverse("competitions:organise_feedback", args=[competition.slug])


def act(name, sheet):
    return reverse(f"competitions:{name}", args=[sheet.entry.competition.slug, sheet.pk])


def test_organiser_withholds_lets_through_and_releases(as_user):
    competition = commented(E1=GOOD)
    client, sheet = as_user(organiser_of(competition)), sheet_of(competition)

    client.post(act("organise_withhold", sheet), {"reason": "이유", "page": "1"})
    shown = client.get(page(competition))
    client.post(act("organise_let_through", sheet), {})
    response = client.post(page(competition))

    assert shown.context["withheld_count"] == 1
    assert shown.context["rows"][0]["reason"] == "이유"
    assert response.status_code == 302
    assert released(competition) == [("E1", GOOD)]


def test_refused_reason_is_kept(as_user):
    competition = commented(E1=GOOD)

    response = as_user(organiser_of(competition)).post(
        act("organise_withhold", sheet_of(competition)), {"reason": "가" * 501}
    )

    assert response.status_code == 422
    assert response.context["rows"][0]["reason"] == "가" * 501


def test_marked_comments_ask_for_the_box(as_user):
    competition = commented(E1="문의는 010-1234-5678로 주십시오.")
    client = as_user(organiser_of(competition))

    asked = client.post(page(competition))
    done = client.post(page(competition), {"has_looked": "yes"})

    assert (asked.status_code, asked.context["asks_look"]) == (422, True)
    assert asked.context["rows"][0]["found"]
    assert done.status_code == 302


def test_other_organisers_are_refused(as_user):
    competition, other = commented(E1=GOOD), commented(E1=GOOD)
    client, sheet = as_user(organiser_of(other)), sheet_of(competition)

    assert client.get(page(competition)).status_code == 403
    assert client.post(act("organise_withhold", sheet), {"reason": "이유"}).status_code == 403
    foreign = reverse("competitions:organise_withhold", args=[other.slug, sheet.pk])
    assert client.post(foreign, {"reason": "이유"}).status_code == 404


def test_entrant_reads_the_comment_without_the_judge(as_user):
    competition = commented(E1=GOOD)
    Judge.objects.filter(competition=competition).update(name="이심사")
    entry = competition.entries.get(code="E1")
    before = as_user(entry.entrant).get(entry.get_absolute_url()).content.decode()
    release(competition)

    response = as_user(entry.entrant).get(entry.get_absolute_url())

    assert GOOD not in before
    assert [note.text for note in response.context["comments"]] == [GOOD]
    assert response.context["notes"] == []
    assert "이심사" not in response.content.decode()
    assert as_user(make_user()).get(entry.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("codes", [["E1"], ["E1", "E2", "E3"]])
def test_page_costs_the_same_however_long(as_user, codes):
    competition = commented(**dict.fromkeys(codes, GOOD))
    withhold(sheet_of(competition), reason="이유", by=None, at=AT)

    assert queries_of(as_user(organiser_of(competition)), page(competition)) == 11
