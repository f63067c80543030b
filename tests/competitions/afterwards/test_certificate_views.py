"""Pages of certificates: the organiser's, the winner's and the public check."""

import io
import zipfile
from types import SimpleNamespace

import pypdf
import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Job
from competitions.actions.afterwards.certificates import issue_certificates, reissue_certificate
from competitions.jobs_afterwards import pack_certificates
from competitions.models import Certificate
from competitions.views.results.certificates import MOST_A_MINUTE
from tests.competitions.afterwards.finished import award_of, join, make_finished
from tests.competitions.test_call_views import queries_of
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def address(name, *arguments):
    return reverse(f"competitions:{name}", args=arguments)


def issued(competition=None):
    return issue_certificates(competition or make_finished(), by=None, at=AT)[0]


def words(response):
    return pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_organiser_issues_with_the_names_as_typed(as_user):
    competition = make_finished()
    award = award_of(competition)
    client = as_user(organiser_of(competition))
    page = address("organise_certificates", competition.slug)

    shown = client.get(page)
    response = client.post(page, {f"name-{award.pk}-{award.entry.entrant_id}": "김가온솔"})

    assert [award for award, _people in shown.context["awards"]] == [award]
    assert response.url == page
    assert Certificate.objects.get().name == "김가온솔"


def test_refused_name_is_kept_as_typed(as_user):
    competition = make_finished()
    award = award_of(competition)
    join(award.entry, make_user(name="박누리"))
    key, other = (
        f"{award.pk}-{person}" for person in (award.entry.entrant_id, award.entry.members.get().user_id)
    )

    response = as_user(organiser_of(competition)).post(
        address("organise_certificates", competition.slug), {f"name-{key}": "", f"name-{other}": "박솔"}
    )

    names = {holder.key: name for holder, name in response.context["awards"][0][1]}
    assert response.status_code == 422
    assert names == {key: "", other: "박솔"}


def test_certificates_of_one_award_alone(as_user):
    competition = make_finished()
    award = award_of(competition)

    as_user(organiser_of(competition)).post(
        address("organise_certificates", competition.slug), {"award": award.pk}
    )

    assert Certificate.objects.get().award == award


def test_correcting_a_name_issues_anew(as_user):
    row = issued()
    client = as_user(organiser_of(row.award.tier.competition))
    page = address("organise_certificate", row.award.tier.competition.slug, row.pk)

    assert client.post(page, {"name": ""}).status_code == 422
    assert client.post(page, {"name": row.name}).status_code == 422
    assert client.post(page, {"name": "김솔"}).status_code == 302
    assert list(Certificate.objects.filter(withdrawn_at=None).values_list("name", flat=True)) == ["김솔"]


def test_organiser_of_another_contest_and_stranger_see_nothing(as_user):
    row, other = issued(), issued()
    slug = row.award.tier.competition.slug
    foreign = organiser_of(other.award.tier.competition)

    for name, arguments in [
        ("organise_certificates", [slug]),
        ("organise_certificate", [slug, row.pk]),
        ("organise_certificate_pdf", [slug, row.pk]),
    ]:
        assert as_user(foreign).get(address(name, *arguments)).status_code == 403
    own = other.award.tier.competition.slug
    assert as_user(foreign).get(address("organise_certificate_pdf", own, row.pk)).status_code == 404


def test_winner_downloads_their_own_and_the_team_does_not(as_user):
    competition = make_finished()
    row = issued(competition)
    later = make_user(name="박누리")
    join(row.award.entry, later)
    page = address("own_certificate", row.award.entry_id)

    text = words(as_user(row.person).get(page))

    assert "김가온" in text
    assert row.number in text
    assert competition.title in text
    assert as_user(later).get(page).status_code == 404
    assert as_user(make_user()).get(page).status_code == 404


def test_withdrawn_certificate_cannot_be_downloaded(as_user):
    row = issued()
    Certificate.objects.update(withdrawn_at=AT)

    assert as_user(row.person).get(address("own_certificate", row.award.entry_id)).status_code == 404


def test_page_of_the_entry_leads_to_the_certificate(as_user):
    row = issued()

    page = as_user(row.person).get(row.award.entry.get_absolute_url())

    assert address("own_certificate", row.award.entry_id) in page.content.decode()


def test_anybody_checks_by_code_and_number_and_sees_part_of_the_name(client):
    row = issued()

    by_code = client.get(address("check_certificate", row.check_code))
    by_number = client.get(address("check_certificates"), {"number": f"제 {row.number} 호"})

    for response in (by_code, by_number):
        text = response.content.decode()
        assert response.status_code == 200
        assert "김○온" in text
        assert "김가온" not in text
        assert response["X-Robots-Tag"] == "noindex"


def test_check_says_that_one_is_withdrawn(client):
    row = issued()
    reissue_certificate(row, name="김솔", by=None, at=AT)

    page = client.get(address("check_certificate", row.check_code))

    assert page.context["certificate"].withdrawn_at
    assert 'class="notice notice-error"' in page.content.decode()


def test_unknown_certificate_is_not_found(client):
    assert client.get(address("check_certificate", "x" * 24)).status_code == 404
    assert client.get(address("check_certificates"), {"number": "2026-9999"}).status_code == 404
    assert client.get(address("check_certificates"), {"number": ""}).status_code == 422


def test_checking_too_often_is_refused(client):
    page = address("check_certificate", "x" * 24)
    for _time in range(MOST_A_MINUTE):
        client.get(page)

    response = client.get(page)

    assert (response.status_code, response["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(as_user, count):
    competition = make_finished()
    for number in range(count - 1):
        join(award_of(competition).entry, make_user(name=f"구성원{number}"))
    issued(competition)
    join(award_of(competition).entry, make_user(name="늦은사람"))

    page = address("organise_certificates", competition.slug)

    assert queries_of(as_user(organiser_of(competition)), page) == 12


def test_zip_is_asked_for_as_a_job(as_user):
    row = issued()
    competition = row.award.tier.competition

    response = as_user(organiser_of(competition)).post(
        address("organise_pack_certificates", competition.slug)
    )

    job = Job.objects.get(kind="pack_certificates")
    assert response.url == reverse("job", args=[job.pk])
    assert job.params == {"competition": competition.pk}


def test_zip_without_certificates_is_not_begun(as_user):
    competition = make_finished()

    as_user(organiser_of(competition)).post(address("organise_pack_certificates", competition.slug))

    assert not Job.objects.exists()


def test_zip_holds_the_valid_ones(tmp_path):
    competition = make_finished()
    row = issued(competition)
    new = reissue_certificate(row, name="김솔", by=None, at=AT)
    run = SimpleNamespace(params={"competition": competition.pk}, folder=tmp_path, report=lambda *_told: None)

    _message, path, name = pack_certificates(run)

    assert name.endswith(".zip")
    assert zipfile.ZipFile(path).namelist() == [f"{new.number}.pdf"]
