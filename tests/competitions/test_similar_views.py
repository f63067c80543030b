"""The organiser's pages of similar texts: who sees how much of which side."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions.actions.screening.similarities import look_for_similar
from competitions.models import SimilarityFinding
from competitions.states import EntryState
from tests.competitions.similar_entries import handed_in
from tests.competitions.similarity.texts import OTHER, PARAGRAPHS, TEXT
from tests.factories import AT, grant, make_closed_competition, make_competition, make_prompt, make_user

pytestmark = pytest.mark.django_db
SECRET = "여기에만 있는 문장은 다른 공모전 담당자에게 보이지 않습니다."


def organiser_of(*competitions):
    person = make_user()
    for competition in competitions:
        grant(person, Role.ORGANISER, competition)
    return person


def in_english(client):
    client.cookies["language"] = "en"
    return client


def similar(entry):
    return reverse("competitions:organise_similar", args=[entry.competition.slug, entry.pk])


def side_by_side(finding):
    entry = finding.entry
    return reverse("competitions:organise_similarity", args=[entry.competition.slug, entry.pk, finding.pk])


def found_pair(**theirs):
    """(other entry, finding): the other says the same and one sentence more."""
    other = handed_in(f"{TEXT}\n\n{SECRET}", **theirs)
    [finding] = look_for_similar(handed_in(f"{TEXT}\n\n{OTHER[:60]}"), at=AT)
    return other, finding


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(as_user, count, django_assert_num_queries):
    for _number in range(count):
        handed_in(TEXT)
    entry = handed_in(TEXT)
    look_for_similar(entry, at=AT)
    client = as_user(organiser_of(entry.competition))

    with django_assert_num_queries(9):
        response = client.get(similar(entry))

    assert len(response.context["findings"]) == count


def test_list_says_kind_share_place_and_award(as_user):
    other, finding = found_pair(state=EntryState.AWARDED)

    client = in_english(as_user(organiser_of(finding.entry.competition)))

    page = client.get(similar(finding.entry)).text

    assert other.code in page
    assert other.title not in page  # of a contest of others
    assert other.competition.title in page
    assert "Lightly edited" in page
    assert f"{finding.share * 100:.0f} %" in page
    assert "Won an award" in page


def test_list_of_nothing_says_whether_it_was_compared(as_user):
    entry = handed_in(TEXT)
    client = in_english(as_user(organiser_of(entry.competition)))

    before = client.get(similar(entry)).text
    look_for_similar(entry, at=AT)
    after = client.get(similar(entry)).text

    assert "not compared yet" in before
    assert "Nothing alike was found" in after


def test_another_contest_shows_the_shared_passages_alone(as_user):
    other, finding = found_pair()

    page = as_user(organiser_of(finding.entry.competition)).get(side_by_side(finding)).text

    assert page.count("<mark>") >= 2
    assert SECRET not in page
    assert other.title not in page
    assert other.code in page


def test_who_runs_both_contests_reads_both_texts(as_user):
    other, finding = found_pair()
    person = organiser_of(finding.entry.competition, other.competition)

    page = as_user(person).get(side_by_side(finding)).text

    assert SECRET in page
    assert other.title in page


def test_a_withdrawn_entry_shows_the_shared_passages_alone(as_user):
    other, finding = found_pair(state=EntryState.WITHDRAWN)

    page = as_user(organiser_of(finding.entry.competition, other.competition)).get(side_by_side(finding)).text

    assert SECRET not in page


def test_sealed_texts_stay_closed_until_the_deadline(as_user):
    competition = make_competition(is_sealed=True)
    one = handed_in(TEXT, competition=competition)
    two = handed_in(TEXT, competition=competition)
    [finding] = look_for_similar(two, at=AT)
    client = as_user(organiser_of(competition))

    page, beside = client.get(similar(two)), client.get(side_by_side(finding))
    competition.closes_at = AT
    competition.save()
    opened = client.get(side_by_side(finding)).text

    assert page.context["findings"] == []
    assert beside.url == similar(two)
    assert not any(text in page.text for text in (one.code, one.title, two.title, PARAGRAPHS[0], "<mark>"))
    assert one.title in opened


def test_another_sealed_contest_shows_its_code_alone(as_user):
    other, finding = found_pair(competition=make_competition(is_sealed=True))
    person = organiser_of(finding.entry.competition, other.competition)

    page = as_user(person).get(side_by_side(finding)).text

    assert other.code in page
    assert "<mark>" not in page
    assert other.title not in page


def test_marks_have_numbers_and_what_was_typed_stays_text(as_user):
    script = "<script>alert(1)</script>"
    handed_in(f"{script} {TEXT}")
    [finding] = look_for_similar(handed_in(f"{script} {TEXT}"), at=AT)

    page = as_user(organiser_of(finding.entry.competition)).get(side_by_side(finding)).text

    assert script not in page
    assert "alert(1)" in page
    assert '<span aria-hidden="true">1</span>' in page


def test_a_prompt_of_the_casebook_is_shown_whole(as_user):
    prompt = make_prompt(published=True, messages=[{"role": "user", "content": f"{TEXT} {SECRET}"}])
    entry = handed_in(TEXT)
    finding = SimilarityFinding.objects.create(entry=entry, prompt=prompt, kind="copy", share=1, found_at=AT)

    page = as_user(organiser_of(entry.competition)).get(side_by_side(finding)).text

    assert SECRET in page
    assert prompt.get_absolute_url() in page


def test_settling_goes_back_to_the_list(as_user):
    _other, finding = found_pair()
    person = organiser_of(finding.entry.competition)

    response = as_user(person).post(side_by_side(finding), {"reason": "같은 팀의 글"})

    finding.refresh_from_db()
    assert response.url == similar(finding.entry)
    assert (finding.settled_by, finding.settled_reason) == (person, "같은 팀의 글")


@pytest.mark.parametrize("reason", ["", "가" * 501])
def test_a_refused_reason_stays_typed(as_user, reason):
    _other, finding = found_pair()

    response = as_user(organiser_of(finding.entry.competition)).post(
        side_by_side(finding), {"reason": reason}
    )

    assert response.status_code == 422
    assert reason in response.text
    assert SimilarityFinding.objects.get(pk=finding.pk).settled_at is None


def test_settling_what_another_settled_is_refused(as_user):
    _other, finding = found_pair()
    client = as_user(organiser_of(finding.entry.competition))
    client.post(side_by_side(finding), {"reason": "먼저"})

    response = client.post(side_by_side(finding), {"reason": "나중"})

    assert (response.status_code, "나중" in response.text) == (422, True)
    assert SimilarityFinding.objects.get(pk=finding.pk).settled_reason == "먼저"


@pytest.mark.parametrize("page", [similar, side_by_side])
def test_strangers_and_other_organisers_are_refused(as_user, client, page):
    other, finding = found_pair()
    address = page(finding.entry if page is similar else finding)

    assert client.get(address).status_code == 302
    assert as_user(make_user()).get(address).status_code == 403
    assert as_user(organiser_of(other.competition)).get(address).status_code == 403
    assert as_user(organiser_of(other.competition)).post(address, {"reason": "가"}).status_code in {403, 405}


def test_a_finding_of_another_entry_is_not_there(as_user):
    _other, finding = found_pair()
    competition = make_closed_competition()
    entry = handed_in(OTHER, competition=competition)
    address = reverse("competitions:organise_similarity", args=[competition.slug, entry.pk, finding.pk])

    assert as_user(organiser_of(competition)).get(address).status_code == 404
