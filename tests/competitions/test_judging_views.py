import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from competitions.models import Assignment, Score
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet, sign
from tests.factories import make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db
QUEUE = reverse("competitions:judging")


def page(sheet, name="judging_sheet"):
    return reverse(f"competitions:{name}", args=[sheet.pk])


def typed(sheet, *points, act="save", revision=""):
    given = {"act": act, "revision": revision}
    for criterion, value in zip(sheet.round.criteria.all(), points, strict=True):
        given |= {f"points_{criterion.pk}": value, f"comment_{criterion.pk}": f"{criterion.name} 의견"}
    return given


def make_sheets(count):
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user())
    return [make_sheet(competition, code=f"E{n}", judge=judge) for n in range(1, count + 1)]


def test_queue_of_a_person_who_judges_nothing(as_user):
    assert as_user(make_user()).get(QUEUE).status_code == 403


def test_queue_of_a_visitor_leads_to_login(client):
    assert client.get(QUEUE).url.startswith(reverse("account_login"))


def test_queue_of_a_judge_without_sheets(as_user):
    judge = make_judge(make_judging_competition(), user=make_user())

    response = as_user(judge.user).get(QUEUE)

    assert response.context["groups"] == []


def test_queue_shows_progress_and_the_next_sheet(as_user):
    first, second, third = make_sheets(3)
    sign(first, "30", "40")

    response = as_user(first.judge.user).get(QUEUE)

    ((competition, ((_round, progress, sheets),)),) = response.context["groups"]
    assert (competition, progress.signed, progress.total) == (first.entry.competition, 1, 3)
    assert [sheet.reached_text for sheet in sheets] == ["70", None, None]
    assert sheets == [first, second, third]
    assert response.context["next_sheet"] == second


def test_queue_leaves_out_other_judges_and_own_entries(as_user):
    (mine,) = make_sheets(1)
    competition, me = mine.entry.competition, mine.judge.user
    make_assignment(make_judge(competition, user=make_user()), mine.entry)
    make_sheet(competition, code="E9", judge=mine.judge, entrant=me)

    response = as_user(me).get(QUEUE)

    assert list(response.context["page_obj"]) == [mine]


@pytest.mark.parametrize("count", [1, 3])
def test_queue_query_count(as_user, count, django_assert_max_num_queries):
    sheets = make_sheets(count)
    client = as_user(sheets[0].judge.user)

    with django_assert_max_num_queries(14):
        client.get(QUEUE)


def test_sheet_shows_the_entry_and_audits_it(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)

    response = client.get(page(sheet))

    assert sheet.entry.snapshot.content["prompts"][0]["title"] in response.content.decode()
    assert AuditRecord.objects.filter(verb="entry.seen_by_judge", by=sheet.judge.user).count() == 1


def test_sheet_hides_who_entered(as_user):
    competition = make_judging_competition()
    entrant = make_user(name="숨겨진 사람")
    sheet = make_sheet(competition, entrant=entrant)
    sheet.entry.team = "숨겨진 팀"
    sheet.entry.save()
    content = sheet.entry.snapshot.content
    content["case"] |= {"department": "숨겨진 부서", "attribution": "숨겨진 출처"}
    content["case"]["contact"] |= {"role": "숨겨진 담당"}
    type(sheet.entry.snapshot).objects.create(
        entry=sheet.entry, number=2, content=content, content_sha256="", receipt_number="R2",
        submitted_at=sheet.entry.submitted_at,
    )  # fmt: skip
    sheet.entry.snapshot = sheet.entry.snapshots.get(number=2)
    sheet.entry.save()

    text = as_user(sheet.judge.user).get(page(sheet)).content.decode()

    assert "숨겨진" not in text
    assert entrant.email not in text


@pytest.mark.parametrize("name", ["judging_sheet", "judging_sign", "judging_recuse"])
def test_sheet_of_another_judge(as_user, name):
    mine, other = make_sheets(1)[0], make_sheets(1)[0]

    assert as_user(mine.judge.user).get(page(other, name)).status_code == 404


def test_sheet_of_an_own_entry(as_user):
    (sheet,) = make_sheets(1)
    sheet.entry.entrant = sheet.judge.user
    sheet.entry.save()

    assert as_user(sheet.judge.user).get(page(sheet)).status_code == 404


def test_sheet_of_a_disqualified_entry(as_user):
    (sheet,) = make_sheets(1)
    type(sheet.entry).objects.update(state=EntryState.DISQUALIFIED, decision_reason="표절")

    assert as_user(sheet.judge.user).get(page(sheet)).status_code == 404


def test_saving_a_draft_keeps_it(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)

    response = client.post(page(sheet), typed(sheet, "12.5", ""))

    assert response.url == page(sheet)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.STARTED
    form = client.get(page(sheet)).context["form"]
    assert [points for _criterion, points in form.typed_points] == ["12.5", None]


@pytest.mark.parametrize("points", ["41", "-1", "NaN", "열", "1e400", "0.00001"])
def test_wrong_points_are_refused_beside_the_field_and_kept(as_user, points):
    (sheet,) = make_sheets(1)

    response = as_user(sheet.judge.user).post(page(sheet), typed(sheet, points, "60"))

    first = sheet.round.criteria.first()
    form = response.context["form"]
    assert list(form.errors) == [f"points_{first.pk}"]
    text = response.content.decode()
    assert f'value="{points}"' in text
    assert "창의성 의견" in text
    assert Score.objects.count() == 0


def test_saving_from_a_stale_page_keeps_what_was_typed(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)
    client.post(page(sheet), typed(sheet, "1", "1"))

    response = client.post(page(sheet), typed(sheet, "2", "2"))
    again = client.post(
        page(sheet), typed(sheet, "2", "2", revision=response.context["form"]["revision"].value())
    )

    assert response.status_code == 422
    assert 'value="2"' in response.content.decode()
    assert again.url == page(sheet)
    assert set(Score.objects.values_list("points", flat=True)) == {2}


def test_going_on_to_sign_without_required_points(as_user):
    (sheet,) = make_sheets(1)

    response = as_user(sheet.judge.user).post(page(sheet), typed(sheet, "30", "", act="sign"))

    last = sheet.round.criteria.last()
    assert list(response.context["form"].errors) == [f"points_{last.pk}"]


def test_signing_leads_to_the_next_sheet(as_user):
    first, second = make_sheets(2)
    client = as_user(first.judge.user)

    confirmation = client.post(page(first), typed(first, "30", "40", act="sign")).url
    seen_at = client.get(confirmation).context["seen_at"]
    response = client.post(confirmation, {"seen_at": seen_at})

    first.refresh_from_db()
    assert confirmation == page(first, "judging_sign")
    assert (first.state, len(first.signed_sha256)) == (SheetState.SIGNED, 64)
    assert response.url == page(second)


def test_signing_a_stale_confirmation_changes_nothing(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)
    client.post(page(sheet), typed(sheet, "30", "40", act="sign"))

    client.post(page(sheet, "judging_sign"), {"seen_at": "no stamp"})

    sheet.refresh_from_db()
    assert sheet.state == SheetState.STARTED


def test_signed_sheet_refuses_another_save(as_user):
    (sheet,) = make_sheets(1)
    sign(sheet, "30", "40")

    response = as_user(sheet.judge.user).post(page(sheet), typed(sheet, "1", "1"))

    assert response.status_code == 422
    assert set(Score.objects.values_list("points", flat=True)) == {30, 40}


def test_signed_sheet_is_shown_without_a_form(as_user):
    (sheet,) = make_sheets(1)
    sign(sheet, "30", "40")

    text = as_user(sheet.judge.user).get(page(sheet)).content.decode()

    assert "data-sheet" not in text
    assert sheet.signed_sha256 in text


def test_recusing_hides_the_entry(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)

    client.post(page(sheet, "judging_recuse"), {"reason": "같은 부서입니다."})

    assert Assignment.objects.get().state == SheetState.RECUSED
    assert client.get(page(sheet)).status_code == 404
    assert sheet.entry.title not in client.get(QUEUE).content.decode()


def test_recusing_without_a_reason(as_user):
    (sheet,) = make_sheets(1)

    response = as_user(sheet.judge.user).post(page(sheet, "judging_recuse"), {"reason": " "})

    assert list(response.context["form"].errors) == ["reason"]


@pytest.mark.parametrize("name", ["judging_sheet", "judging_sign", "judging_recuse"])
def test_sheet_before_judging_shows_no_entry_and_takes_no_points(as_user, name):
    competition = make_judging_competition(state=CompetitionState.ANNOUNCED)
    sheet = make_sheet(competition)
    client = as_user(sheet.judge.user)

    text = client.get(page(sheet)).content.decode()
    client.post(page(sheet, name), typed(sheet, "1", "1") | {"reason": "이유"})

    assert sheet.entry.title not in text
    assert Assignment.objects.get().state == SheetState.ASSIGNED
    assert not AuditRecord.objects.filter(verb="entry.seen_by_judge").exists()


def test_signing_page_of_a_closed_sheet_leads_back(as_user):
    sheet = make_sheet(make_judging_competition(state=CompetitionState.ANNOUNCED))

    assert as_user(sheet.judge.user).get(page(sheet, "judging_sign")).url == page(sheet)


@pytest.mark.parametrize("stamp", ["2026-01-01", "2026-13-01T00:00:00+09:00", "\x00", "'"])
def test_a_broken_stamp_is_never_an_error(as_user, stamp):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)
    client.post(page(sheet), typed(sheet, "1", "1"))

    response = client.post(page(sheet), typed(sheet, "2", "2", revision=stamp))

    assert response.status_code == 422
    assert set(Score.objects.values_list("points", flat=True)) == {1}


def test_sheet_after_judging_refuses_and_keeps_what_was_typed(as_user):
    sheet = make_sheet(make_judging_competition(state=CompetitionState.DECIDED))

    response = as_user(sheet.judge.user).post(page(sheet), typed(sheet, "17", "1"))

    assert response.status_code == 422
    assert 'value="17"' in response.content.decode()
    assert Score.objects.count() == 0


def test_sheet_of_an_entry_from_paper(as_user):
    sheet = make_sheet()
    sheet.entry.snapshot, sheet.entry.draft, sheet.entry.summary = None, {}, "종이로 받은 요약"
    sheet.entry.save()

    response = as_user(sheet.judge.user).get(page(sheet))

    assert "종이로 받은 요약" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_query_count(as_user, count, django_assert_max_num_queries):
    sheets = make_sheets(count)
    client = as_user(sheets[0].judge.user)

    with django_assert_max_num_queries(14):
        client.get(page(sheets[0]))


def test_text_in_an_entry_is_not_html(as_user):
    competition = make_judging_competition()
    entry = make_accepted_entry(competition, code="E1", title="<script>alert(1)</script>")
    sheet = make_assignment(make_judge(competition, user=make_user()), entry)

    text = as_user(sheet.judge.user).get(page(sheet)).content.decode()

    assert "<script>alert" not in text
