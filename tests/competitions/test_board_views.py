"""The organiser's board of scores, live progress, and how firm a result is."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions.actions.results.advising import advise
from competitions.actions.results.results import compute
from competitions.judging.records import Criterion
from competitions.models import Assignment, Result, Round, Score
from competitions.states import SheetState
from tests.competitions.conflicting import make_conflict
from tests.competitions.judging.declared import a_contest, a_round
from tests.competitions.judging.declared import given as table
from tests.competitions.jury import make_published_competition, make_scored_competition
from tests.competitions.stored import store
from tests.factories import AT, grant, make_competition, make_user

pytestmark = pytest.mark.django_db
PAGES = ["organise_standings", "organise_firmness", "result_progress"]
FOUR = {"P": ["74", "80", None], "Q": [None, "78", "84"], "R": ["70", None, "82"], "S": [None, "74", "80"]}


def at(competition, name):
    return reverse(f"competitions:{name}", args=[competition.slug])


@pytest.fixture
def organiser_at(as_user):
    """A logged-in organiser of the competition."""

    def log_in(competition):
        user = make_user()
        grant(user, Role.ORGANISER, competition)
        return as_user(user)

    return log_in


def stored(rows, *, slug="stored", rounds=None, awards=({"code": "grand", "count": 1},)):
    contest = a_contest(table(rows), rounds=rounds or [a_round()], awards=awards)
    entries = [{"code": each.code, "track": "a"} for each in contest.entries]
    contest = a_contest(
        contest.marks,
        rounds=contest.rounds,
        entries=[type(contest.entries[0])(**each) for each in entries],
        awards=awards,
    )
    return store(contest, slug=slug)


@pytest.mark.parametrize("name", PAGES)
def test_page_of_somebody_who_does_not_organise(as_user, name):
    competition = make_scored_competition(E1=("20", "40"))

    assert as_user(make_user()).get(at(competition, name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_page_of_an_unknown_competition(as_user, name):
    assert as_user(make_user()).get(reverse(f"competitions:{name}", args=["없음"])).status_code == 404


def test_board_shows_the_order_and_draws_the_award_line(organiser_at):
    competition = stored({"A": ["60", "90"], "B": ["99", "80"], "C": ["50", "50"]})

    response = organiser_at(competition).get(at(competition, "organise_standings"))

    rows = response.context["rows"]
    assert [(row["code"], row["total"], row["award"]) for row in rows] == [
        ("B", "89.5", "grand"),
        ("A", "75", ""),
        ("C", "50", ""),
    ]
    assert response.context["line"] == "B"
    assert response.content.decode().count('class="award-line"') == 1


def test_board_opens_the_sheets_behind_a_number(organiser_at):
    competition = stored({"A": ["60", "90"]})
    client = organiser_at(competition)

    (row,) = client.get(at(competition, "organise_standings")).context["rows"]
    ((_name, number, strip),) = row["rounds"]
    address = f"{at(competition, 'organise_sheets')}?q=A&amp;round=r"
    sheets = client.get(address.replace("&amp;", "&")).context["page_obj"]

    assert address in number
    assert strip.count("<circle") == 2
    assert "j1 60, j2 90" in strip
    assert [sheet.entry.code for sheet in sheets] == ["A", "A"]


def test_board_shows_which_marks_are_left_out(organiser_at):
    rule = a_round(aggregate=trimmed_of_one())
    competition = stored({"A": ["10", "50", "90"]}, rounds=[rule])

    (row,) = organiser_at(competition).get(at(competition, "organise_standings")).context["rows"]

    assert row["rounds"][0][2].count('class="out"') == 2
    assert row["total"] == "50"


def test_board_shows_points_where_points_are_added_up(organiser_at):
    halves = a_round(criteria=(Criterion(code="all", max=Decimal(100), weight=Decimal("0.5")),))
    competition = stored({"A": ["60", "90"]}, rounds=[halves])
    competition.scoring = {"total": "sum_of_points"}
    competition.save()

    (row,) = organiser_at(competition).get(at(competition, "organise_standings")).context["rows"]

    assert (row["total"], ">37.5<" in row["rounds"][0][1]) == ("37.5", True)


def trimmed_of_one():
    record = a_round().aggregate
    return type(record)(over="judge_totals", method="trimmed_mean", drop_high=1, drop_low=1)


def test_board_filters_searches_and_sorts(organiser_at):
    competition = stored({"A": ["60"], "B": ["99"], "C": [None]})
    client, address = organiser_at(competition), at(competition, "organise_standings")

    def codes(query):
        return [row["code"] for row in client.get(address + query).context["rows"]]

    assert codes("") == ["B", "A", "C"]
    assert codes("?sort=code") == ["A", "B", "C"]
    assert codes("?sort=round:r") == ["B", "A", "C"]
    assert codes("?status=unscored") == ["C"]
    assert codes("?track=a") == ["B", "A", "C"]
    assert codes("?track=b") == []
    assert codes("?q=b") == ["B"]
    assert codes("?sort=nonsense&page=99") == ["B", "A", "C"]
    assert client.get(f"{address}?sort=code").context["line"] is None


def test_board_says_why_an_entry_has_no_place(organiser_at):
    competition = stored({"A": ["60"], "B": [None]})

    rows = organiser_at(competition).get(at(competition, "organise_standings")).context["rows"]

    assert [bool(row["why"]) for row in rows] == [False, True]
    assert "r" in rows[1]["why"]


def test_board_counts_open_sheets_nowhere_and_says_so(organiser_at):
    competition = make_scored_competition(E1=("20", "40"), E2=None)

    response = organiser_at(competition).get(at(competition, "organise_standings"))

    assert response.context["counts"] == {"signed": 1, "waiting": 1}
    assert [(row["code"], row["total"]) for row in response.context["rows"]] == [("E1", "60"), ("E2", "–")]


def test_board_of_a_competition_without_entries(organiser_at):
    competition = make_competition()

    response = organiser_at(competition).get(at(competition, "organise_standings"))

    assert (response.status_code, response.context["rows"]) == (200, [])


@pytest.mark.parametrize("count", [1, 3])
def test_board_query_count(organiser_at, count, django_assert_num_queries):
    competition = stored({f"E{n}": ["60", "70"] for n in range(count)})
    client = organiser_at(competition)

    with django_assert_num_queries(15):
        client.get(at(competition, "organise_standings"))


def test_progress_is_asked_again_only_while_the_competition_is_judged(organiser_at):
    judged = make_scored_competition(E1=("20", "40"), E2=None)
    over = make_published_competition(by=None, E1=("20", "40"))

    live = organiser_at(judged).get(at(judged, "result_progress"))
    still = organiser_at(over).get(at(over, "result_progress"))

    assert "hx-trigger" in live.content.decode()
    assert "hx-trigger" not in still.content.decode()


def test_progress_names_late_and_missing_sheets(organiser_at):
    competition = make_scored_competition(E1=("20", "40"), E2=None, E3=None)
    Round.objects.filter(competition=competition).update(due_at=AT)
    Assignment.objects.filter(entry__code="E3").update(state=SheetState.RECUSED)

    context = organiser_at(competition).get(at(competition, "result_progress")).context

    ((part,),) = [judge.rounds for judge in context["progress"]]
    assert (part.signed, part.waiting, part.late, part.recused) == (1, 1, 1, 1)
    assert part.waiting_codes == "E2"


def test_progress_counts_no_signed_sheet_of_a_judge_with_a_conflict(organiser_at):
    competition = make_scored_competition(E1=("20", "40"), E2=("30", "40"))
    sheet = Assignment.objects.get(entry__code="E1")
    make_conflict(sheet.judge, sheet.entry)

    context = organiser_at(competition).get(at(competition, "result_progress")).context

    ((part,),) = [judge.rounds for judge in context["progress"]]
    assert (part.signed, part.recused) == (1, 1)
    assert (context["signed"], context["sheets"]) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_progress_query_count(organiser_at, count, django_assert_num_queries):
    competition = stored({"A": ["60"] * count})
    client = organiser_at(competition)

    with django_assert_num_queries(5):
        client.get(at(competition, "result_progress"))


# How firm is it


def advised(rows=FOUR):
    competition = stored(rows)
    compute(competition, by=None, at=AT)
    advise(competition)
    return competition


def test_firmness_before_there_is_a_result(organiser_at):
    competition = make_scored_competition(E1=("20", "40"))

    response = organiser_at(competition).get(at(competition, "organise_firmness"))

    assert response.status_code == 200
    assert "advice" not in response.context


def test_firmness_shows_severity_and_the_calibrated_order(organiser_at):
    competition = advised()

    context = organiser_at(competition).get(at(competition, "organise_firmness")).context

    assert [(row["code"], row["severity"]) for row in context["judges"]] == [
        ("j3", "+6"),
        ("j2", "0"),
        ("j1", "−6"),
    ]
    assert [(row["code"], row["place"], row["calibrated_place"]) for row in context["entries"]] == [
        ("Q", 1, 2),
        ("P", 2, 1),
        ("S", 2, 4),
        ("R", 4, 3),
    ]
    assert context["changes"] == (["P"], ["Q"])
    assert all("<svg" in row["picture"] for row in context["judges"])


def test_firmness_says_what_the_marks_do_not_bear(organiser_at):
    competition = advised({"A": ["60"], "B": ["70"]})

    context = organiser_at(competition).get(at(competition, "organise_firmness")).context

    assert context["judges"] == []
    assert len(context["refused"]) > 0
    assert all(why and "%" not in why for _what, _where, why in context["refused"])


def test_firmness_links_an_outlying_sheet(organiser_at):
    rows = {f"E{n}": [str(40 + 3 * n + (n * judge * 7) % 5) for judge in (1, 2, 3)] for n in range(12)}
    rows["E5"][0] = "5"
    competition = advised(rows)

    outliers = organiser_at(competition).get(at(competition, "organise_firmness")).context["outliers"]

    assert (outliers[0]["entry"], outliers[0]["judge"]) == ("E5", "j1")
    assert outliers[0]["address"].endswith("?q=E5&judge=j1&round=r")


def test_advice_is_not_kept_beside_a_result_of_other_inputs():
    competition = advised()
    assert Result.objects.get().advice is not None
    Assignment.objects.filter(judge__code="j1").update(state=SheetState.RECUSED, signed_at=None)

    assert advise(competition) is None
    compute(competition, by=None, at=AT)

    assert Result.objects.get().advice is None


def test_computing_again_keeps_the_advice_on_the_same_inputs():
    competition = advised()
    before = Result.objects.get().advice

    compute(competition, by=None, at=AT)

    assert Result.objects.get().advice == before


def test_advice_on_a_published_result_stays():
    competition = make_published_competition(by=None, E1=("20", "40"))

    assert advise(competition) is None


@pytest.mark.parametrize("count", [2, 4])
def test_firmness_query_count(organiser_at, count, django_assert_num_queries):
    competition = advised(dict(list(FOUR.items())[:count]))
    client = organiser_at(competition)

    with django_assert_num_queries(9):
        client.get(at(competition, "organise_firmness"))


# The judge's sheets in the published file


def published():
    competition = make_published_competition(by=None, E1=("20", "40"), E2=("40", "50"))
    return competition, competition.judges.get().user


def test_judge_finds_every_signed_sheet_in_the_file(as_user):
    competition, judge = published()

    context = as_user(judge).get(at(competition, "judging_in_file")).context

    assert [(row.sheet.entry.code, row.is_in_file, row.is_unchanged) for row in context["rows"]] == [
        ("E1", True, True),
        ("E2", True, True),
    ]
    assert context["wrong"] == []


def test_judge_is_told_of_points_that_changed_after_the_signing(as_user):
    competition, judge = published()
    Score.objects.filter(assignment__entry__code="E1", criterion__code="idea").update(points=39)

    context = as_user(judge).get(at(competition, "judging_in_file")).context

    assert [row.sheet.entry.code for row in context["wrong"]] == ["E1"]


def test_judge_is_told_of_a_sheet_that_is_another_one_in_the_file(as_user):
    competition, judge = published()
    Assignment.objects.filter(entry__code="E2").update(signed_sha256="0" * 64)

    context = as_user(judge).get(at(competition, "judging_in_file")).context

    assert [row.sheet.entry.code for row in context["wrong"]] == ["E2"]


def test_sheets_in_the_file_of_somebody_who_judged_nothing(as_user):
    competition, _judge = published()

    assert as_user(make_user()).get(at(competition, "judging_in_file")).status_code == 404


def test_sheets_in_the_file_before_publishing(as_user):
    competition = make_scored_competition(E1=("20", "40"))

    response = as_user(competition.judges.get().user).get(at(competition, "judging_in_file"))

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_in_the_file_query_count(as_user, count, django_assert_num_queries):
    competition = make_published_competition(by=None, **{f"E{n}": (str(n), "1") for n in range(count)})
    client = as_user(competition.judges.get().user)

    with django_assert_num_queries(9):
        client.get(at(competition, "judging_in_file"))


@pytest.mark.parametrize(("is_judge", "shown"), [(True, True), (False, False)])
def test_results_lead_a_judge_to_the_own_sheets(as_user, is_judge, shown):
    competition, judge = published()

    response = as_user(judge if is_judge else make_user()).get(at(competition, "results"))

    assert (at(competition, "judging_in_file") in response.content.decode()) is shown
