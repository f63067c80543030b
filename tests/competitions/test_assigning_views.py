"""The organiser's pages that give entries to judges."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Job
from accounts.roles import Role
from accounts.tasks import run_job
from competitions.actions.assigning.automatic import plan
from competitions.models import Assignment, Judge
from competitions.states import CompetitionState
from competitions.views.assigning import automatic as assigning
from tests.competitions.assigned import make_panel, pairs_of
from tests.competitions.test_automatic_assigning import assign, judge_of
from tests.factories import grant, make_user

pytestmark = pytest.mark.django_db


def organiser_of(competition):
    person = make_user()
    grant(person, Role.ORGANISER, competition)
    return person


@pytest.fixture
def organised(as_user):
    """A round with something to assign, its organiser's client and the address of the plan."""
    round_ = make_panel()
    client = as_user(organiser_of(round_.competition))
    return round_, client, address(round_)


def address(round_):
    return reverse("competitions:organise_assign_automatically", args=[round_.competition.slug, round_.code])


def importing(round_):
    return reverse("competitions:organise_import_assignments", args=[round_.competition.slug])


def handing(judge):
    return reverse("competitions:organise_hand_over", args=[judge.competition.slug, judge.pk])


def test_the_plan_is_shown_and_nothing_is_assigned(organised):
    _round, client, page = organised

    response = client.get(page)

    shown = response.context["plan"]
    assert (shown["new"], shown["before"]["pairs"], shown["after"]["pairs"]) == (8, 0, 8)
    assert sum(row["after"] for row in shown["loads"]) == 8
    assert not Assignment.objects.exists()


def test_confirming_makes_the_sheets_of_the_plan(organised):
    round_, client, page = organised
    shown = client.get(page).context["plan"]

    response = client.post(page, {"wanted": 2, "sha256": shown["sha256"]})

    assert response.status_code == 302
    assert pairs_of(round_) == set(plan(round_).assigned.pairs)


def test_a_stale_plan_answers_with_the_new_one(organised):
    round_, client, page = organised

    response = client.post(page, {"wanted": 2, "sha256": "0" * 64})

    assert response.status_code == 422
    assert response.context["plan"]["sha256"] == plan(round_).sha256
    assert not Assignment.objects.exists()


def test_the_declared_number_cannot_be_changed_by_the_address(organised):
    _round, client, page = organised

    assert client.get(page, {"wanted": 3}).context["plan"]["wanted"] == 2


def test_the_number_is_asked_for_where_none_is_declared(organised):
    round_, client, page = organised
    type(round_).objects.update(judges_per_entry=None)

    first, wrong, right = (client.get(page, given) for given in ({}, {"wanted": "0"}, {"wanted": "3"}))

    assert "plan" not in first.context
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["wanted"])
    assert right.context["plan"]["new"] == 12


def test_nothing_to_assign_is_said(as_user):
    round_ = make_panel(judges=0)

    response = as_user(organiser_of(round_.competition)).get(address(round_))

    assert response.status_code == 422
    assert response.context["refusal"]


def test_a_decided_contest_shows_no_plan(as_user):
    round_ = make_panel(state=CompetitionState.DECIDED)
    client = as_user(organiser_of(round_.competition))

    assert "plan" not in client.get(address(round_)).context
    assert client.post(address(round_), {"wanted": 2, "sha256": ""}).status_code == 422


@pytest.mark.parametrize("who", ["stranger", "judge", "other_organiser"])
def test_only_the_organiser_may(as_user, who):
    round_ = make_panel()
    judge = judge_of(round_, "J0")
    person = {
        "stranger": make_user,
        "judge": lambda: judge.user,
        "other_organiser": lambda: organiser_of(make_panel().competition),
    }[who]()
    client = as_user(person)

    for page in (address(round_), importing(round_), handing(judge)):
        assert client.get(page).status_code == 403
        assert client.post(page, {"wanted": 2, "sha256": plan(round_).sha256}).status_code == 403
    assert not Assignment.objects.filter(round=round_).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_plan_page_query_count(as_user, count, django_assert_num_queries):
    round_ = make_panel(entries=count, judges=count, per_entry=1)
    client = as_user(organiser_of(round_.competition))

    with django_assert_num_queries(16):
        client.get(address(round_))


@pytest.fixture
def large(organised, monkeypatch):
    monkeypatch.setattr(assigning, "AT_ONCE", 1)
    return organised


def test_a_large_plan_is_worked_out_and_made_as_jobs(large, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    round_, client, page = large
    assert "plan" not in client.get(page).context

    client.post(page, {"wanted": 2})
    client.post(page, {"wanted": 2})
    job = Job.objects.get()
    part = reverse("competitions:organise_assigning_job", args=[round_.competition.slug, round_.code, job.pk])
    assert page in client.get(page).content.decode()
    assert "hx-get" in client.get(part).content.decode()
    run_job(str(job.pk))
    assert "hx-get" not in client.get(part).content.decode()
    assert not Assignment.objects.exists()

    shown = client.get(page).context["plan"]
    client.post(page, {"wanted": 2, "sha256": shown["sha256"]})
    run_job(str(Job.objects.get(params__sha256=shown["sha256"]).pk))

    assert len(pairs_of(round_)) == 8


def test_a_job_with_a_stale_plan_fails_with_its_sentence(large, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    _round, client, page = large

    client.post(page, {"wanted": 2, "sha256": "0" * 64})
    run_job(str(Job.objects.get().pk))

    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert job.error in client.get(page).content.decode()
    assert not Assignment.objects.exists()


def test_the_job_of_another_is_not_found(large, as_user):
    round_, client, page = large
    client.post(page, {"wanted": 2})
    other = as_user(organiser_of(round_.competition))

    part = reverse(
        "competitions:organise_assigning_job",
        args=[round_.competition.slug, round_.code, Job.objects.get().pk],
    )

    assert other.get(part).status_code == 404


def test_handing_over_shows_first_and_then_does(organised):
    round_, client, _page = organised
    assign(round_)
    judge = judge_of(round_, "J0")

    [shown] = client.get(handing(judge)).context["rounds"]
    assert pairs_of(round_, judge=judge)
    response = client.post(handing(judge), {"reason": "건강"})

    assert response.status_code == 302
    assert shown["freed"] == shown["given"] >= 2
    assert len(pairs_of(round_)) == 8
    assert not pairs_of(round_, judge=judge)
    judge.refresh_from_db()
    assert judge.state == Judge.State.DROPPED


def test_handing_over_without_a_reason_is_refused(organised):
    round_, client, _page = organised
    assign(round_)
    before = pairs_of(round_)

    response = client.post(handing(judge_of(round_, "J0")), {"reason": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert pairs_of(round_) == before


def test_handing_over_of_who_left_is_not_found(organised):
    round_, client, _page = organised
    round_.competition.judges.update(state=Judge.State.DROPPED)

    assert client.get(handing(judge_of(round_, "J0"))).status_code == 404


def table(text):
    return SimpleUploadedFile("배정.csv", text.encode())


def test_a_file_is_looked_through_and_then_brought_in(organised):
    round_, client, _page = organised
    text = "round,judge,entry\nwritten,J0,E0\n"

    looked = client.post(importing(round_), {"file": table(text), "only_look": "on"})
    assert looked.context["looked"].new == 1
    assert not Assignment.objects.exists()
    brought = client.post(importing(round_), {"file": table(text)})

    assert brought.status_code == 302
    assert pairs_of(round_) == {("J0", "E0")}


def test_a_faulty_file_names_its_faults(organised):
    round_, client, _page = organised

    response = client.post(importing(round_), {"file": table("round,judge,entry\nwritten,J9,E9\n")})

    assert response.status_code == 422
    assert len(response.context["problems"]) == 2


def test_no_file_is_refused(organised):
    round_, client, _page = organised

    assert client.post(importing(round_), {}).status_code == 422


def test_the_committee_and_the_judges_page_lead_there(organised):
    round_, client, page = organised
    committee = reverse("competitions:organise_committee", args=[round_.competition.slug])
    judge = judge_of(round_, "J0")
    entries = reverse("competitions:organise_assignments", args=[round_.competition.slug, judge.pk])

    shown = client.get(committee).content.decode()

    assert page in shown
    assert importing(round_) in shown
    assert handing(judge) in client.get(entries).content.decode()
