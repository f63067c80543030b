import hashlib
import json

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Job
from accounts.roles import Role
from accounts.tasks import run_job
from casebook.content import content_sha256
from casebook.models import Case
from competitions.actions.results.publication import publish_as_case
from competitions.actions.results.results import Choice, compute, decide_awards, publish_results
from competitions.declared import rule_sha256
from competitions.models import Assignment, Award, Result
from competitions.states import CompetitionState
from competitions.views.results.steps import why_out
from tests.competitions.jury import make_published_competition, make_scored_competition, sign
from tests.factories import AT, grant, make_competition, make_user

pytestmark = pytest.mark.django_db


def tab(competition, name="organise_result", *args):
    return reverse(f"competitions:{name}", args=[competition.slug, *args])


def organiser_of(competition):
    user = make_user()
    grant(user, Role.ORGANISER, competition)
    return user


def make_published_without_file():
    return make_competition(state=CompetitionState.PUBLISHED)


def computed(**points):
    competition = make_scored_competition(**points)
    compute(competition, by=None, at=AT)
    return competition


def chosen(competition, **awards):
    result = Result.objects.get(competition=competition)
    given = {"inputs_sha256": result.inputs_sha256}
    for entry in competition.entries.all():
        given[f"award_{entry.pk}"] = awards.get(entry.code, "")
        given[f"reason_{entry.pk}"] = awards.get(f"{entry.code}_reason", "")
    for tier in competition.award_tiers.all():
        given[f"none_{tier.pk}"] = "기준 미달"
    return given | {"confirmed": "yes"}


# The organiser's tab

ACTS = ["compute_result", "decide_result", "publish_result"]


def test_tab_of_somebody_who_does_not_organise(as_user):
    competition = computed(E1=("20", "40"))
    client = as_user(make_user())

    assert client.get(tab(competition)).status_code == 403
    assert [client.post(tab(competition, act)).status_code for act in ACTS] == [403, 403, 403]
    assert client.post(tab(competition, "publish_case", competition.entries.get().pk)).status_code == 403


def test_acts_of_the_tab_take_only_post(as_user):
    competition = computed(E1=("20", "40"))
    client = as_user(organiser_of(competition))

    assert [client.get(tab(competition, act)).status_code for act in ACTS] == [405, 200, 405]


def test_tab_of_an_unknown_competition(as_user):
    assert as_user(make_user()).get(reverse("competitions:organise_result", args=["없음"])).status_code == 404


def test_tab_before_there_is_a_result_names_waiting_sheets(as_user):
    competition = make_scored_competition(E1=("20", "40"), E2=None)

    response = as_user(organiser_of(competition)).get(tab(competition))

    (judge,) = response.context["progress"]
    (part,) = judge.rounds
    assert (part.signed, part.waiting, part.waiting_codes) == (1, 1, "E2")
    assert "result" not in response.context


def test_tab_shows_order_means_and_unscored_apart(as_user):
    competition = computed(E1=("20", "40"), E2=("40", "50.5"), E3=None)

    context = as_user(organiser_of(competition)).get(tab(competition)).context

    assert [(row.code, row.place, row.total) for row in context["candidates"]] == [
        ("E2", 1, "90.5"),
        ("E1", 2, "60"),
    ]
    assert context["candidates"][0].means == (("창의성", "40"), ("효과", "50.5"))
    assert [row.code for row in context["unscored"]] == ["E3"]


def test_tab_shows_joint_places(as_user):
    competition = computed(E1=("20", "40"), E2=("40", "20"))
    client = as_user(organiser_of(competition))
    client.cookies["language"] = "en"

    response = client.get(tab(competition))

    assert [(row.place, row.joint, row.award_code) for row in response.context["candidates"]] == [
        (1, True, None),
        (1, True, None),
    ]
    assert "Joint place 1" in response.content.decode()


def test_computing_runs_as_a_job(as_user, django_capture_on_commit_callbacks):
    competition = make_scored_competition(E1=("20", "40"))
    client = as_user(organiser_of(competition))

    client.post(tab(competition, "compute_result"))
    client.post(tab(competition, "compute_result"))
    job = Job.objects.get()
    waiting = client.get(tab(competition, "result_job", job.pk))
    run_job(str(job.pk))

    job.refresh_from_db()
    assert "hx-trigger" in waiting.content.decode()
    assert (job.state, job.result_name) == (Job.State.DONE, f"{competition.slug}-results.json")
    assert competition.result.outcome["entries"][0]["total"] == "60"
    assert "hx-trigger" not in client.get(tab(competition, "result_job", job.pk)).content.decode()


def test_job_of_somebody_else(as_user):
    competition = make_scored_competition(E1=("20", "40"))
    as_user(organiser_of(competition)).post(tab(competition, "compute_result"))

    response = as_user(organiser_of(competition)).get(tab(competition, "result_job", Job.objects.get().pk))

    assert response.status_code == 404


def test_computing_what_cannot_be_computed_fails_with_a_sentence(as_user):
    competition = make_scored_competition(E1=("20", "40"))
    competition.rounds.get().criteria.all().delete()
    as_user(organiser_of(competition)).post(tab(competition, "compute_result"))

    run_job(str(Job.objects.get().pk))

    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert job.error != ""


def test_deciding_awards(as_user):
    competition = computed(E1=("20", "40"), E2=("40", "50"))

    response = as_user(organiser_of(competition)).post(
        tab(competition, "decide_result"), chosen(competition, E2="grand", E1="good")
    )

    competition.refresh_from_db()
    assert response.url == tab(competition)
    assert competition.state == CompetitionState.DECIDED
    assert dict(Award.objects.values_list("entry__code", "tier__code")) == {"E2": "grand", "E1": "good"}


def test_deciding_out_of_order_without_a_reason_keeps_the_choices(as_user):
    competition = computed(E1=("20", "40"), E2=("40", "50"))

    response = as_user(organiser_of(competition)).post(
        tab(competition, "decide_result"), chosen(competition, E1="grand")
    )

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [f"reason_{competition.entries.get(code='E1').pk}"]
    assert [award.value() for _row, award, _reason in form.rows] == ["", "grand"]
    assert Award.objects.count() == 0


def test_deciding_with_an_unknown_award(as_user):
    competition = computed(E1=("20", "40"))

    response = as_user(organiser_of(competition)).post(
        tab(competition, "decide_result"), chosen(competition, E1="<b>")
    )

    assert list(response.context["form"].errors) == [f"award_{competition.entries.get().pk}"]


def test_deciding_before_there_is_a_result(as_user):
    competition = make_scored_competition(E1=("20", "40"))

    response = as_user(organiser_of(competition)).post(tab(competition, "decide_result"), {})

    assert response.url == tab(competition)
    assert Award.objects.count() == 0


def test_deciding_on_an_order_that_has_changed_shows_the_new_one_and_keeps_the_choices(as_user):
    competition = computed(E1=("20", "40"), E2=None)
    client, given = as_user(organiser_of(competition)), chosen(competition, E1="grand")
    sign(Assignment.objects.get(entry__code="E2"), "40", "50")

    response = client.post(tab(competition, "decide_result"), given)

    form = response.context["form"]
    assert [(row.code, award.value()) for row, award, _reason in form.rows] == [("E2", ""), ("E1", "grand")]
    assert form["inputs_sha256"].value() == Result.objects.get().inputs_sha256
    assert len(form.non_field_errors()) == 1
    assert Award.objects.count() == 0


def test_publishing_before_deciding(as_user):
    competition = computed(E1=("20", "40"))

    as_user(organiser_of(competition)).post(tab(competition, "publish_result"))

    competition.refresh_from_db()
    assert competition.state == CompetitionState.JUDGING


def test_publishing_and_making_a_case(as_user):
    competition = computed(E1=("20", "40"), E2=("40", "50"))
    entry = competition.entries.get(code="E2")
    client = as_user(organiser_of(competition))
    client.post(tab(competition, "decide_result"), chosen(competition, E2="grand"))

    client.post(tab(competition, "publish_result"))
    client.post(tab(competition, "publish_case", entry.pk))
    client.post(tab(competition, "publish_case", entry.pk))

    competition.refresh_from_db()
    assert competition.state == CompetitionState.PUBLISHED
    assert Case.objects.get() == entry.publication.case
    assert client.get(tab(competition)).status_code == 200


def test_making_a_case_of_an_entry_of_another_competition(as_user):
    competition = make_published_competition(by=None, E1=("20", "40"))
    other = make_published_competition(by=None, E1=("20", "40"))

    response = as_user(organiser_of(competition)).post(
        tab(competition, "publish_case", other.entries.get().pk)
    )

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_tab_query_count(as_user, count, django_assert_max_num_queries):
    competition = computed(**{f"E{n}": ("1", "1") for n in range(count)})
    client = as_user(organiser_of(competition))

    with django_assert_max_num_queries(15):
        client.get(tab(competition))


# The public page


@pytest.mark.parametrize("name", ["results", "results_file"])
def test_results_before_publishing(client, name):
    assert client.get(tab(computed(E1=("20", "40")), name)).status_code == 404


def test_results_show_winners_first_and_the_others_without_title(client):
    competition = make_published_competition(by=None, E1=("20", "40"), E2=("40", "50"), E3=("1", "1"))
    winner, other = competition.entries.get(code="E2"), competition.entries.get(code="E1")

    response = client.get(tab(competition, "results"))

    text = response.content.decode()
    assert [row.code for row in response.context["winners"]] == ["E2"]
    assert [(row.code, row.total) for row in response.context["others"]] == [("E1", "60"), ("E3", "2")]
    assert winner.title in text
    assert other.title not in text
    assert 'id="E2"' in text


def test_results_state_the_declared_rule(client):
    competition = make_published_competition(by=None, E1=("20", "40"), E2=("40", "50"))
    plain = client.get(tab(competition, "results")).context["rule"]
    rule = {"over": "judge_totals", "method": "trimmed_mean", "drop_high": 1, "drop_low": 1}
    competition.rounds.update(aggregate=rule)

    response = client.get(tab(competition, "results"))

    trimmed = response.context["rule"]
    assert len(plain) > 1
    assert trimmed != plain
    assert all(f"<li>{escape(sentence)}</li>" in response.content.decode() for sentence in trimmed)


def test_results_name_no_entrant(client):
    competition = make_published_competition(by=None, E1=("20", "40"))
    entrant = make_user(name="숨겨진 사람")
    competition.entries.update(entrant=entrant)

    text = client.get(tab(competition, "results")).content.decode()

    assert "숨겨진" not in text


def test_results_lead_to_a_case_once_it_is_published(client):
    competition = make_published_competition(by=None, E1=("20", "40"))
    case = publish_as_case(competition.entries.get(), by=make_user(), at=AT).case

    before = client.get(tab(competition, "results")).content.decode()
    Case.objects.update(current=case.versions.get())
    after = client.get(tab(competition, "results")).content.decode()

    assert case.get_absolute_url() not in before
    assert case.get_absolute_url() in after


@pytest.mark.parametrize("count", [1, 3])
def test_results_query_count(client, count, django_assert_max_num_queries):
    competition = make_published_competition(by=None, **{f"E{n}": (str(n), "1") for n in range(count)})

    with django_assert_max_num_queries(15):
        client.get(tab(competition, "results"))


def test_results_file_has_the_hash_that_the_page_shows(client):
    competition = make_published_competition(by=None, E1=("20", "40"))

    response = client.get(tab(competition, "results_file"))

    document = json.loads(response.content)
    assert response.content == competition.result.file.encode()
    assert response["Content-Disposition"].startswith(
        "attachment"
    )  # a browser that shows it may save it changed
    assert document["sha256"] == competition.result.file_sha256
    assert document["sha256"] in client.get(tab(competition, "results")).content.decode()
    assert document["awards"] == [{"entry": "E1", "tier": "grand", "reason": ""}]


def test_results_name_what_parted_equals_and_why_entries_take_no_place(client):
    competition = make_scored_competition(E1=("30", "40"), E2=("40", "30"), E3=("1", "1"), E4=None)
    competition.rounds.update(floor={"percent": 10})
    type(competition).objects.update(scoring={"tie_break": ["criterion:idea"]})
    decide_awards(competition, {"E2": Choice("grand")}, by=None, at=AT)
    publish_results(competition, by=None, at=AT)

    context = client.get(tab(competition, "results")).context

    (winner,) = context["winners"]
    assert competition.rounds.get().criteria.get(code="idea").name in winner.tie
    assert context["without_place"] == [(1, why_out("below_floor")), (1, why_out("unscored"))]


@pytest.mark.parametrize(("announced", "said"), [("", None), ("0" * 64, False), ("right", True)])
def test_results_say_whether_the_rule_is_the_one_announced(client, announced, said):
    competition = make_published_competition(by=None, E1=("20", "40"))
    competition.rule_sha256 = rule_sha256(competition) if announced == "right" else announced
    competition.save()

    response = client.get(tab(competition, "results"))

    assert response.context["rule_is_as_announced"] is said


def test_results_file_of_a_result_from_before_there_were_such_files(client):
    competition = make_published_competition(by=None, E1=("20", "40"))
    outcome = competition.result.outcome
    Result.objects.bulk_create(
        [
            Result(
                competition=make_published_without_file(),
                outcome=outcome,
                outcome_sha256=content_sha256(outcome),
                inputs_sha256=outcome["inputs_sha256"],
                computed_at=AT,
                published_at=AT,
            )
        ]
    )
    old = Result.objects.get(file="")

    response = client.get(tab(old.competition, "results_file"))

    assert hashlib.sha256(response.content).hexdigest() == old.outcome_sha256
    assert old.outcome_sha256 in client.get(tab(old.competition, "results")).content.decode()


def test_results_file_unchanged_is_not_sent_again(client):
    competition = make_published_competition(by=None, E1=("20", "40"))
    etag = client.get(tab(competition, "results_file"))["ETag"]

    response = client.get(tab(competition, "results_file"), headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")
