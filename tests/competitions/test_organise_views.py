from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from competitions.models import Competition
from competitions.states import CompetitionState, EntryState, SheetState
from tests.factories import (
    AT,
    grant,
    make_assignment,
    make_closed_competition,
    make_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def address(name, *arguments):
    return reverse(f"competitions:{name}", args=arguments)


def organiser_of(competition):
    person = make_user()
    grant(person, Role.ORGANISER, competition)
    return person


def posted(**changes):
    values = {
        "title": "새 공모전",
        "slug": "",
        "kind": "resident",
        "profile": "full",
        "opens_at": "2099-01-01T09:00",
        "closes_at": "2099-02-01T18:00",
        "call": "## 목적",
        "idempotency_key": "5f0c9b3e-6a50-4f3e-9a2e-0d4b7f6f1a11",
        "tracks-TOTAL_FORMS": "3", "tracks-INITIAL_FORMS": "0",
        "tracks-0-name": "주민",
        "rounds-TOTAL_FORMS": "2", "rounds-INITIAL_FORMS": "1",
        "rounds-0-code": "written", "rounds-0-name": "서면 심사", "rounds-0-kind": "written", "rounds-0-weight": "100",
        "rounds-1-kind": "written", "rounds-1-weight": "100",
        "criteria-TOTAL_FORMS": "2", "criteria-INITIAL_FORMS": "0",
        "criteria-0-name": "창의성", "criteria-0-round": "1", "criteria-0-max": "40", "criteria-0-weight": "1",
        "criteria-0-required": "on",
        "criteria-1-round": "1", "criteria-1-weight": "1", "criteria-1-required": "on",
        "awards-TOTAL_FORMS": "1", "awards-INITIAL_FORMS": "0",
        "awards-0-name": "대상", "awards-0-count": "1",
    }  # fmt: skip
    return values | changes


@pytest.mark.parametrize("count", [1, 3])
def test_board_query_count(as_user, count, django_assert_num_queries):
    for _number in range(count):
        competition = make_closed_competition()
        entry = make_entry(competition, state=EntryState.SUBMITTED)
        make_assignment(make_judge(competition), entry, state=SheetState.SIGNED, signed_at=AT)
    client = as_user(make_user(Role.ORGANISER))

    with django_assert_num_queries(8):
        response = client.get(address("organise"))

    counts = [
        (c.entry_count, c.waiting_count, c.sheet_count, c.signed_count) for c in response.context["page_obj"]
    ]
    assert counts == [(1, 1, 1, 1)] * count


def test_board_shows_only_managed_competitions(as_user):
    mine = make_competition()
    make_competition()

    response = as_user(organiser_of(mine)).get(address("organise"))

    assert list(response.context["page_obj"]) == [mine]
    assert response.context["can_create"] is False


def test_board_without_competitions_leads_to_creating_one(as_user):
    response = as_user(make_user(Role.ORGANISER)).get(address("organise"))

    assert address("organise_start") in response.text


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.EDITOR, Role.JUDGE])
def test_board_is_closed_to_others(as_user, role):
    person = make_user(role) if role else make_user()

    assert as_user(person).get(address("organise")).status_code == 403
    assert as_user(person).get(address("organise_new")).status_code == 403
    assert as_user(person).post(address("organise_preview"), {"call": "x"}).status_code == 403


def test_visitors_log_in_first(client):
    assert client.get(address("organise")).status_code == 302


def test_new_competition_is_created_once_from_a_double_click(as_user):
    client = as_user(make_user(Role.ORGANISER))

    responses = [client.post(address("organise_new"), posted()) for _ in range(2)]

    competition = Competition.objects.get()
    assert [response.url for response in responses] == [address("organise_competition", competition.slug)] * 2
    assert competition.slug == "새-공모전"
    assert competition.opens_at == datetime(2099, 1, 1, 0, 0, tzinfo=UTC)
    assert list(competition.tracks.values_list("code", "name")) == [("t1", "주민")]
    assert list(competition.rounds.get().criteria.values_list("code", "max_points")) == [("c1", 40)]


def test_new_competition_with_two_rounds(as_user):
    second = {
        "rounds-1-name": "발표",
        "rounds-1-kind": "presentation",
        "criteria-1-name": "전달력",
        "criteria-1-round": "2",
        "criteria-1-max": "10",
    }

    as_user(make_user(Role.ORGANISER)).post(address("organise_new"), posted(**second))

    rounds = Competition.objects.get().rounds.values_list("code", "kind", "criteria__name")
    assert list(rounds) == [("written", "written", "창의성"), ("r1", "presentation", "전달력")]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"slug": "new"},
        {"slug": "a b"},
        {"closes_at": "2099-01-01T09:00"},
        {"opens_at": "내일"},
        {"opens_at": "0001-01-01T00:00"},
        {"closes_at": "9999-12-31T23:59"},
        {"call": "가" * 50_001},
        {"tracks-0-name": ""},
        {"tracks-0-code": "x", "tracks-1-code": "x", "tracks-1-name": "둘"},
        {"criteria-0-max": "0"},
        {"criteria-0-max": "많이"},
        {"criteria-0-name": "", "criteria-0-max": ""},
        {"criteria-0-round": "2"},
        {"rounds-1-name": "기준 없는 단계"},
        {"rounds-0-weight": "-1"},
        {"awards-0-count": "0"},
        {"kind": "nothing"},
        {"tracks-TOTAL_FORMS": "x"},
    ],
)
def test_new_competition_with_bad_input_is_refused_and_keeps_what_was_typed(as_user, changes):
    client = as_user(make_user(Role.ORGANISER))

    response = client.post(address("organise_new"), posted(**changes))

    assert response.status_code == 422
    assert not Competition.objects.exists()
    assert "서면 심사" in response.text
    assert 'class="error-summary"' in response.text


def test_new_competition_with_a_two_megabyte_call_gives_it_back(as_user):
    bomb = "[" * 2_000_000

    response = as_user(make_user(Role.ORGANISER)).post(address("organise_new"), posted(call=bomb))

    assert response.status_code == 422
    assert bomb in response.text


def test_new_competition_counts_a_line_break_as_one_sign(as_user):
    as_user(make_user(Role.ORGANISER)).post(address("organise_new"), posted(call="가\r\n" * 20_000 + "끝"))

    assert Competition.objects.get().call == "가\n" * 20_000 + "끝"


def test_new_competition_with_a_taken_address_is_refused(as_user):
    taken = make_competition()

    response = as_user(make_user(Role.ORGANISER)).post(address("organise_new"), posted(slug=taken.slug))

    assert response.status_code == 422
    assert Competition.objects.count() == 1


def test_more_rows_keeps_what_was_typed_and_judges_nothing(as_user):
    response = as_user(make_user(Role.ORGANISER)).post(
        address("organise_new"), posted(more="tracks", title="")
    )

    assert response.status_code == 200
    assert 'name="tracks-5-name"' in response.text
    assert "주민" in response.text
    assert 'class="error-summary"' not in response.text
    assert not Competition.objects.exists()


def test_preview_escapes_html(as_user):
    response = as_user(make_user(Role.ORGANISER)).post(
        address("organise_preview"), {"call": f"# 제목\n\n{SCRIPT}"}
    )

    assert SCRIPT not in response.text
    assert "<h2>제목</h2>" in response.text


def test_html_in_every_field_is_escaped(as_user):
    fields = (
        "title",
        "call",
        "tracks-0-name",
        "rounds-0-name",
        "criteria-0-name",
        "criteria-0-description",
        "awards-0-name",
    )
    person = make_user(Role.ORGANISER)
    client = as_user(person)
    client.post(address("organise_new"), posted(**dict.fromkeys(fields, SCRIPT)))
    competition = Competition.objects.get()

    pages = [
        address("organise"),
        address("organise_competition", competition.slug),
        address("organise_edit", competition.slug),
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert SCRIPT not in response.text


def test_edit_saves_a_draft(as_user):
    client = as_user(make_user(Role.ORGANISER))
    client.post(address("organise_new"), posted())
    competition = Competition.objects.get()
    seen = client.get(address("organise_edit", competition.slug)).context["page"].call.initial["seen"]
    changes = {
        "title": "바뀐 이름", "slug": competition.slug, "seen": seen,
        "tracks-INITIAL_FORMS": "1", "tracks-0-code": "t1",
        "criteria-INITIAL_FORMS": "1", "criteria-0-code": "c1", "awards-INITIAL_FORMS": "1", "awards-0-code": "a1",
    }  # fmt: skip

    response = client.post(address("organise_edit", competition.slug), posted(**changes))

    competition.refresh_from_db()
    assert response.url == address("organise_competition", competition.slug)
    assert competition.title == "바뀐 이름"
    assert competition.tracks.get().code == "t1"


def test_edit_of_what_somebody_else_changed_keeps_what_was_typed(as_user):
    client = as_user(make_user(Role.ORGANISER))
    client.post(address("organise_new"), posted())
    competition = Competition.objects.get()
    changes = {"title": "바뀐 이름", "slug": competition.slug, "seen": "older"}

    response = client.post(address("organise_edit", competition.slug), posted(**changes))

    assert response.status_code == 422
    assert "바뀐 이름" in response.text
    assert Competition.objects.get().title == "새 공모전"


def test_edit_after_the_close_leads_back(as_user):
    competition = make_closed_competition()

    response = as_user(organiser_of(competition)).get(address("organise_edit", competition.slug))

    assert response.url == address("organise_competition", competition.slug)


PAGES = ["organise_competition", "organise_edit", "organise_cancel", "organise_entries", "organise_committee"]
ACTS = [
    "organise_announce",
    "organise_begin_judging",
    "organise_import_entries",
    "organise_import_scores",
    "organise_add_judge",
]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_competition_are_closed_to_strangers(as_user, name):
    public, draft = make_competition(), make_competition(state=CompetitionState.DRAFT)
    client = as_user(organiser_of(make_competition()))

    assert client.get(address(name, public.slug)).status_code == 403
    assert client.get(address(name, draft.slug)).status_code == 404
    assert client.get(address(name, "없음")).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_acts_on_a_competition_are_closed_to_strangers(as_user, name):
    competition = make_closed_competition()
    judge = make_user()
    make_judge(competition, user=judge)
    grant(judge, Role.JUDGE, competition)

    assert as_user(judge).post(address(name, competition.slug)).status_code == 403
    assert as_user(judge).get(address(name, competition.slug)).status_code in {403, 405}


def test_announce_and_begin_judging_from_the_overview(as_user):
    competition = make_competition(state=CompetitionState.DRAFT)
    client = as_user(organiser_of(competition))

    page = client.get(address("organise_competition", competition.slug))
    client.post(address("organise_announce", competition.slug))
    Competition.objects.update(closes_at=AT)
    make_entry(competition, state=EntryState.ACCEPTED)
    make_judge(competition)
    client.post(address("organise_begin_judging", competition.slug))

    competition.refresh_from_db()
    assert page.context["is_ready"]
    assert competition.state == CompetitionState.JUDGING


def test_refused_act_is_told(as_user):
    competition = make_competition(state=CompetitionState.DRAFT, call="")

    response = as_user(organiser_of(competition)).post(
        address("organise_announce", competition.slug), follow=True
    )

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_cancel_needs_a_reason(as_user):
    competition = make_competition()
    client = as_user(organiser_of(competition))

    refused = client.post(address("organise_cancel", competition.slug), {"reason": " "})
    client.post(address("organise_cancel", competition.slug), {"reason": "예산"})

    competition.refresh_from_db()
    assert refused.status_code == 422
    assert competition.state == CompetitionState.CANCELLED


@pytest.mark.parametrize("count", [1, 3])
def test_committee_query_count(as_user, count, django_assert_num_queries):
    competition = make_closed_competition()
    for _number in range(count):
        make_judge(competition, user=make_user())
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(10):
        response = client.get(address("organise_committee", competition.slug))

    assert len(response.context["judges"]) == count


def test_add_and_remove_a_judge(as_user):
    competition, judge = make_closed_competition(), make_user()
    client = as_user(organiser_of(competition))

    client.post(address("organise_add_judge", competition.slug), {"email": judge.email})
    row = competition.judges.get()
    client.post(address("organise_drop_judge", competition.slug, row.pk))

    assert row.user == judge
    assert not competition.judges.exists()


@pytest.mark.parametrize("who", [{}, {"email": "kein"}, {"email": "nobody@example.org"}])
def test_add_nobody_is_refused_and_keeps_what_was_typed(as_user, who):
    competition = make_closed_competition()

    response = as_user(organiser_of(competition)).post(address("organise_add_judge", competition.slug), who)

    assert response.status_code == 422
    assert who.get("email", "") in response.text
    assert not competition.judges.exists()


def test_assign_all_tells_what_was_left_out(as_user):
    competition, entrant = make_closed_competition(), make_user()
    make_judge(competition, user=entrant, name="겹친 위원")
    make_entry(competition, entrant=entrant, state=EntryState.ACCEPTED)
    make_entry(competition, state=EntryState.ACCEPTED)
    act = address("organise_assign_all", competition.slug, "written")

    response = as_user(organiser_of(competition)).post(act, follow=True)

    told = [str(message) for message in response.context["messages"]]
    assert len(told) == 2
    assert "겹친 위원" in told[1]


@pytest.mark.parametrize("count", [1, 3])
def test_assignments_query_count(as_user, count, django_assert_num_queries):
    competition = make_closed_competition()
    judge = make_judge(competition)
    for _number in range(count):
        make_assignment(judge, make_entry(competition, state=EntryState.ACCEPTED))
    client = as_user(organiser_of(competition))

    with django_assert_num_queries(11):
        response = client.get(address("organise_assignments", competition.slug, judge.pk))

    assert len(response.context["page_obj"].object_list) == count


def test_assignments_are_set_by_ticking(as_user):
    competition = make_closed_competition()
    judge, entry = make_judge(competition), make_entry(competition, state=EntryState.ACCEPTED)
    act = address("organise_assignments", competition.slug, judge.pk)

    as_user(organiser_of(competition)).post(
        act, {"round": "written", "shown": [entry.pk], "entries": [entry.pk]}
    )

    assert judge.assignments.get().entry == entry


def upload(text, name="file.csv", encoding="cp949"):
    return {"file": SimpleUploadedFile(name, text.encode(encoding))}


def test_no_file_is_refused(as_user):
    competition = make_closed_competition()
    client = as_user(organiser_of(competition))

    for name in ("organise_import_entries", "organise_import_scores"):
        assert client.post(address(name, competition.slug)).status_code == 422


def test_scores_come_in_from_a_file(as_user):
    competition = make_closed_competition()
    make_judge(competition, code="J1")
    make_entry(competition, code="E1", state=EntryState.ACCEPTED)
    text = "round,judge,entry,criterion,points\nwritten,J1,E1,idea,40\n"

    as_user(organiser_of(competition)).post(address("organise_import_scores", competition.slug), upload(text))

    assert competition.judges.get().assignments.get().state == SheetState.SIGNED


@pytest.mark.parametrize(
    ("state", "is_done"), [("accepted", True), ("invited", True), ("declined", False), ("dropped", False)]
)
def test_overview_counts_who_is_on_the_committee(as_user, state, is_done):
    competition = make_closed_competition()
    make_judge(competition, user=make_user(), state=state)

    steps = (
        as_user(organiser_of(competition))
        .get(address("organise_competition", competition.slug))
        .context["checklist"]
    )

    committee = next(step for step in steps if step["address"].endswith("/committee/"))
    assert committee["done"] is is_done
