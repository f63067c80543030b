from datetime import UTC, date, datetime, timedelta

import pytest

from competitions.actions.calls.record_checks import check_record
from competitions.actions.calls.templates import CODES, call_templates, from_template, working_day
from competitions.contest_files.call_records import AGREED_ITEMS, PLAN_ITEMS
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.moments import SEOUL
from competitions.contest_files.write_yaml import written
from competitions.errors import CompetitionError

AT = datetime(2026, 12, 20, 3, tzinfo=UTC)


@pytest.mark.parametrize("code", CODES)
def test_template_is_a_call_that_could_be_stored(code):
    record = from_template(code, AT)

    check_record(record)
    assert record.slug == ""
    assert record.call
    assert record.contact.office
    assert record.awards
    assert record.faq
    assert {item for term in record.terms for item in term.covers} == set(AGREED_ITEMS)
    assert all(sum(each.max for each in row.criteria) == 100 for row in record.rounds)


@pytest.mark.parametrize("code", CODES)
def test_template_reads_back_from_its_own_file(code):
    record = from_template(code, AT)
    text = written(record).replace("slug: ''\n", "").removeprefix("\n")

    assert read_competition(f"slug: x\n{text}".encode()).terms == record.terms


@pytest.mark.parametrize("code", CODES)
def test_template_opens_and_closes_in_office_hours_of_working_days(code):
    record = from_template(code, AT)

    opens_at, closes_at = record.opens_at.astimezone(SEOUL), record.closes_at.astimezone(SEOUL)
    assert (opens_at.hour, opens_at.minute, closes_at.hour, closes_at.minute) == (9, 0, 18, 0)
    assert [working_day(day) for day in (opens_at.date(), closes_at.date())] == [
        opens_at.date(),
        closes_at.date(),
    ]
    assert record.opens_at > AT + timedelta(days=5)
    assert record.title.startswith(f"{opens_at.year} ")
    assert all(record.closes_at < each.at for each in record.dates if "심사" in each.name)


def test_resident_template_has_the_whole_plan():
    record = from_template("resident", AT)

    assert (record.profile, tuple(record.plan)) == ("full", PLAN_ITEMS)
    assert record.verification_days >= 10
    assert [term.purpose for term in record.terms] == ["privacy", "judging", "integrity", "licence"]


def test_learning_group_template_takes_teams_of_three_or_four():
    eligibility = from_template("learning_group", AT).eligibility

    assert (eligibility.entrants, eligibility.team_min, eligibility.team_max) == ("team", 3, 4)


def test_showcase_template_has_two_rounds():
    assert [row.kind for row in from_template("showcase", AT).rounds] == ["written", "presentation"]


def test_unknown_template_is_refused():
    with pytest.raises(CompetitionError):
        from_template("../secret", AT)


def test_templates_say_what_they_are():
    assert [template.code for template in call_templates()] == list(CODES)
    assert all(template.name and template.summary for template in call_templates())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 25), date(2026, 12, 28)),  # a holiday before a weekend
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_working_day_passes_over_weekends_and_holidays(day, expected):
    assert working_day(day) == expected
