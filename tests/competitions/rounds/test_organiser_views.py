"""The organiser's pages of a vote and of a measured round."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from accounts.roles import Role
from competitions.models import Ballot, Measurement
from tests.competitions.rounds.making import make_ballot, make_entries, make_round, make_vote
from tests.factories import AT, grant, make_user

pytestmark = pytest.mark.django_db


def place(name, round_):
    return reverse(f"competitions:{name}", args=[round_.competition.slug, round_.code])


@pytest.fixture
def organise(as_user):
    def login(round_):
        organiser = make_user()
        grant(organiser, Role.ORGANISER, round_.competition)
        return as_user(organiser)

    return login


def test_ballots_are_left_out_and_counted_again(organise):
    round_ = make_vote()
    one, two = make_ballot(round_), make_ballot(round_)
    client = organise(round_)

    client.post(place("organise_vote", round_), {"ballot": [one.pk], "act": "exclude", "reason": "한 사람"})
    assert list(Ballot.objects.filter(excluded_at=None)) == [two]

    client.post(place("organise_vote", round_), {"ballot": [one.pk], "act": "count"})
    assert Ballot.objects.filter(excluded_at=None).count() == 2


def test_all_ballots_behind_a_signal_are_left_out(organise):
    round_ = make_vote()
    make_ballot(round_, network_hash="n")
    make_ballot(round_, network_hash="n")
    other = make_ballot(round_)

    organise(round_).post(
        place("organise_vote", round_) + "?signal=network:n",
        {"all": "1", "act": "exclude", "reason": "한 사람"},
    )

    assert list(Ballot.objects.filter(excluded_at=None)) == [other]


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "한 사람", "ballot": ["x", "9" * 30]}])
def test_leaving_out_without_a_reason_or_a_ballot_is_refused(organise, sent):
    round_ = make_vote()
    ballot = make_ballot(round_)

    response = organise(round_).post(
        place("organise_vote", round_), {"ballot": [ballot.pk], "act": "exclude"} | sent
    )

    assert response.status_code == 422
    assert not Ballot.objects.exclude(excluded_at=None).exists()


def test_the_page_tells_neither_who_voted_nor_whom_a_ballot_chose(organise):
    round_ = make_vote()
    (entry,) = make_entries(round_.competition, "SECRET7")
    voter = make_user(name="홍길순")
    make_ballot(round_, entry, voter=voter)

    text = organise(round_).get(place("organise_vote", round_)).content.decode()

    assert "SECRET7" not in text
    assert entry.title not in text
    assert voter.name not in text
    assert voter.email not in text


@pytest.mark.parametrize("count", [1, 3])
def test_vote_query_count(organise, count, django_assert_num_queries):
    round_ = make_vote()
    for _number in range(count):
        make_ballot(round_, device_hash="d")
    client = organise(round_)
    client.get(place("organise_vote", round_))

    with django_assert_num_queries(15):
        assert len(client.get(place("organise_vote", round_)).context["page_obj"]) == count


def measured():
    round_ = make_round("measured")
    (entry,) = make_entries(round_.competition, "E1")
    return round_, entry, f"points_{entry.pk}_{round_.criteria.get().pk}"


def test_points_are_typed(organise):
    round_, entry, name = measured()
    client = organise(round_)
    seen = client.get(place("organise_measured", round_)).context["seen"]

    response = client.post(place("organise_measured", round_), {name: "８７.5", "note": "통계", "seen": seen})

    assert response.status_code == 302
    row = Measurement.objects.get()
    assert (row.entry, row.points, row.note) == (entry, Decimal("87.5"), "통계")


def test_a_note_stays_with_points_that_are_not_changed(organise):
    round_, entry, name = measured()
    Measurement.objects.create(entry=entry, criterion=round_.criteria.get(), points=5, note="통계", at=AT)
    client = organise(round_)
    seen = client.get(place("organise_measured", round_)).context["seen"]

    client.post(place("organise_measured", round_), {name: "5.0", "note": "다른 말", "seen": seen})

    assert Measurement.objects.get().note == "통계"


@pytest.mark.parametrize("typed", ["결시", "-1", "100.5", "1,000", "NaN"])
def test_what_is_no_points_comes_back_as_typed(organise, typed):
    round_, _entry, name = measured()
    client = organise(round_)
    seen = client.get(place("organise_measured", round_)).context["seen"]

    response = client.post(place("organise_measured", round_), {name: typed, "seen": seen})

    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert response.context["seen"] == seen
    assert not Measurement.objects.exists()


def test_a_stale_page_is_refused_and_can_be_saved_again(organise):
    round_, entry, name = measured()
    client = organise(round_)
    seen = client.get(place("organise_measured", round_)).context["seen"]
    Measurement.objects.create(entry=entry, criterion=round_.criteria.get(), points=5, at=AT)

    refused = client.post(place("organise_measured", round_), {name: "6", "seen": seen})
    assert refused.status_code == 422
    assert 'value="6"' in refused.content.decode()

    client.post(place("organise_measured", round_), {name: "6", "seen": refused.context["seen"]})
    assert Measurement.objects.get().points == 6


def upload(client, round_, raw, name):
    return client.post(place("organise_import_measured", round_), {"file": SimpleUploadedFile(name, raw)})


def workbook(*rows):
    raw = BytesIO()
    with Workbook(raw) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return raw.getvalue()


HEADERS = ("entry", "criterion", "points", "note")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("entry,criterion,points,note\nE1,result,87.5,통계\n".encode(), "points.csv"),
        (workbook(HEADERS, ("E1", "result", 87.5, "통계")), "points.xlsx"),
    ],
)
def test_points_are_brought_in_by_a_file(organise, raw, name):
    round_, _entry, _cell = measured()

    assert upload(organise(round_), round_, raw, name).status_code == 302

    assert Measurement.objects.get().points == Decimal("87.5")


def test_a_faulty_file_names_every_line_and_changes_nothing(organise):
    round_, _entry, _cell = measured()
    raw = b"entry,criterion,points\nE1,result,5\nE9,result,5\nE1,result,x\n"
    client = organise(round_)
    client.cookies["language"] = "en"

    response = upload(client, round_, raw, "points.csv")

    assert response.status_code == 422
    assert {problem.split(",")[0] for problem in response.context["problems"]} == {"Line 3", "Line 4"}
    assert not Measurement.objects.exists()


def test_no_file_is_refused(organise):
    round_, _entry, _cell = measured()

    assert organise(round_).post(place("organise_import_measured", round_)).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_measured_query_count(organise, count, django_assert_num_queries):
    round_ = make_round("measured")
    make_entries(round_.competition, *(f"E{number}" for number in range(count)))
    client = organise(round_)
    client.get(place("organise_measured", round_))

    with django_assert_num_queries(10):
        assert len(client.get(place("organise_measured", round_)).context["table"].rows) == count
