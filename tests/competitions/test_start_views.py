from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.calls.clone import cloned
from competitions.actions.calls.records import record_of
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.write_yaml import written
from competitions.models import Competition
from tests.competitions.contest_files.test_call_yaml import PARTS
from tests.competitions.contest_files.test_competition_yaml import FULL
from tests.competitions.test_organise_views import address, organiser_of, posted
from tests.factories import AT, make_competition, make_user

pytestmark = pytest.mark.django_db

CALL = FULL + PARTS.replace("[a]", "[life]")


def brought_in(text=CALL):
    return bring_in_competition(read_competition(text.encode()), by=None, at=AT)[0]


def uploaded(text):
    return {"file": SimpleUploadedFile("call.yaml", text if isinstance(text, bytes) else text.encode())}


def as_sent(page, **changes):
    """What a browser sends of the form as it is shown."""
    bound = [field for form in page.forms for field in form]
    bound += [field for formset in page.rows.values() for field in formset.management_form]
    values = {field.html_name: field.value() for field in bound}
    moments = {
        name: values[name].astimezone().strftime("%Y-%m-%dT%H:%M") for name in ("opens_at", "closes_at")
    }
    sent = {
        name: value for name, value in (values | moments).items() if value is not None and value is not False
    }
    return sent | changes


def test_files_of_a_competition_read_back_as_it_is():
    competition = brought_in()

    record = record_of(competition)

    assert read_competition(written(record).encode()) == record
    assert record == replace(read_competition(CALL.encode()), notices=())


def test_organiser_downloads_the_file(as_user):
    competition = brought_in()

    response = as_user(organiser_of(competition)).get(address("organise_call_file", competition.slug))

    assert read_competition(response.content) == record_of(competition)
    assert "attachment" in response["Content-Disposition"]


def test_file_is_closed_to_others(as_user):
    competition = brought_in()

    assert (
        as_user(make_user(Role.STAFF)).get(address("organise_call_file", competition.slug)).status_code == 403
    )


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.JUDGE])
def test_starts_are_closed_to_others(as_user, role):
    client = as_user(make_user(role) if role else make_user())

    assert client.get(address("organise_start")).status_code == 403
    assert client.post(address("organise_start"), uploaded(CALL)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_starts_query_count(as_user, count, django_assert_num_queries):
    mine = [make_competition() for _number in range(count)]
    client = as_user(make_user(Role.ORGANISER))
    client.get(address("organise_start"))

    with django_assert_num_queries(7):
        response = client.get(address("organise_start"))

    assert set(response.context["page_obj"]) == set(mine)
    assert len(response.context["templates"]) == 4


def test_starts_are_found_by_title(as_user):
    found, _other = make_competition(title="찾는 공모전"), make_competition(title="다른 것")

    response = as_user(make_user(Role.ORGANISER)).get(address("organise_start"), {"q": "찾는"})

    assert list(response.context["page_obj"]) == [found]


def test_template_fills_the_form_and_what_it_does_not_show_is_saved(as_user):
    client = as_user(make_user(Role.ORGANISER))
    page = client.get(address("organise_new"), {"template": "resident"}).context["page"]
    assert not Competition.objects.exists()

    response = client.post(address("organise_new"), as_sent(page, title="우리 공모전"))

    competition = Competition.objects.get()
    assert response.url == address("organise_competition", competition.slug)
    record = record_of(competition)
    assert (record.title, record.slug) == ("우리 공모전", "우리-공모전")
    assert record == replace(page.base, title=record.title, slug=record.slug)
    assert competition.copied_from is None


def test_copy_of_a_contest_is_saved_with_its_source(as_user):
    source = brought_in()
    client = as_user(make_user(Role.ORGANISER))
    page = client.get(address("organise_new"), {"copy": source.slug}).context["page"]

    client.post(address("organise_new"), as_sent(page))

    copy = Competition.objects.exclude(pk=source.pk).get()
    assert copy.copied_from == source
    assert copy.state == "draft"
    assert not copy.judges.exists()
    assert record_of(copy).terms == record_of(source).terms


def test_copy_of_a_contest_of_others_is_refused(as_user):
    mine, other = make_competition(), make_competition()
    client = as_user(make_user(Role.ORGANISER))
    Competition.objects.filter(pk=mine.pk).delete()
    Competition.objects.filter(pk=other.pk).update(slug="gone")

    response = client.get(address("organise_new"), {"copy": other.slug})

    assert response.status_code == 422
    assert len(response.context["problems"]) == 1


def test_unknown_template_is_refused(as_user):
    response = as_user(make_user(Role.ORGANISER)).get(address("organise_new"), {"template": "x"})

    assert response.status_code == 422


def test_file_fills_the_form_and_is_saved_whole(as_user):
    client = as_user(make_user(Role.ORGANISER))
    page = client.post(address("organise_start"), uploaded(CALL.encode("cp949"))).context["page"]
    assert not Competition.objects.exists()

    client.post(address("organise_new"), as_sent(page))

    expected = replace(read_competition(CALL.encode()), judges=(), announced_at=None, notices=())
    assert record_of(Competition.objects.get()) == expected


def test_refused_file_shows_every_fault_with_its_line(as_user):
    client = as_user(make_user(Role.ORGANISER))
    broken = CALL.replace("kind: resident", "kind: residents").replace("keep_days: 180", "keep_days: long")

    response = client.post(address("organise_start"), uploaded(broken))

    assert response.status_code == 422
    numbers = [
        line for line, text in enumerate(broken.split("\n"), start=1) if "residents" in text or "long" in text
    ]
    problems = response.context["problems"]
    assert len(problems) == len(numbers) == 2
    assert all(str(number) in problem for number, problem in zip(numbers, problems, strict=True))
    assert not Competition.objects.exists()


@pytest.mark.parametrize("content", [b"", b"title: \xff\xfe"])
def test_file_that_is_none_is_refused(as_user, content):
    response = as_user(make_user(Role.ORGANISER)).post(address("organise_start"), uploaded(content))

    assert response.status_code == 422


def test_start_that_was_tampered_with_is_refused(as_user):
    response = as_user(make_user(Role.ORGANISER)).post(address("organise_new"), posted(start="forged"))

    assert response.status_code == 422
    assert not Competition.objects.exists()


def test_track_taken_out_takes_what_belongs_to_it(as_user):
    client = as_user(make_user(Role.ORGANISER))
    page = client.get(address("organise_new"), {"template": "departmental"}).context["page"]

    client.post(address("organise_new"), as_sent(page, **{"tracks-0-DELETE": "on"}))

    codes = Competition.objects.get().form_fields.values_list("code", flat=True)
    assert list(codes) == ["times", "steps", "spread"]


def test_clone_moves_every_date_by_whole_weeks_into_the_future():
    source = brought_in()
    at = datetime(2027, 6, 1, tzinfo=UTC)

    record, before = cloned(source, at), record_of(source)

    moved = record.opens_at - before.opens_at
    assert moved == timedelta(weeks=104)
    assert record.opens_at > at
    assert record.closes_at - before.closes_at == moved
    assert [each.at - old.at for each, old in zip(record.dates, before.dates, strict=True)] == [moved]
    assert (record.slug, record.judges, record.announced_at) == ("", (), None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2026 공모전", "2027 공모전"),
        ("공모전(2026년)", "공모전(2027년)"),
        ("12026호", "12026호"),
        ("봄", "봄"),
    ],
)
def test_clone_moves_the_year_of_the_title(title, expected):
    source = make_competition(title=title, opens_at=AT, closes_at=AT + timedelta(days=1))

    assert cloned(source, AT).title == expected
