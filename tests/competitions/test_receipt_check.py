import io

import pypdf
import pytest
from django.core.cache import cache
from django.urls import reverse

from competitions.models import Competition, Snapshot, TeamMember
from competitions.receipts import receipt_number
from competitions.states import CompetitionState, EntryState
from competitions.views.entering.receipt_check import MOST_A_MINUTE
from tests.competitions.test_call_views import queries_of
from tests.factories import AT, entry_content, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
FORM = "/receipts/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def sent(entry, *, number=1):
    """A submission that counts from now on."""
    sha256 = f"{number:064x}"
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=number,
        content=entry_content(title="비밀스러운 제목"),
        content_sha256=sha256,
        receipt_number=receipt_number(entry.pk, entry.competition_id, number, AT, sha256),
        submitted_at=AT,
    )
    entry.save()
    return entry.snapshot


@pytest.fixture
def user():
    return make_user(name="응모한 사람")


@pytest.fixture
def entry(user):
    return make_entry(
        make_competition(), entrant=user, state=EntryState.SUBMITTED, team="새벽별팀", code="응모번호-칠"
    )


def check(client, number, **query):
    return client.get(reverse("competitions:check_receipt", args=[number]), query)


def test_receipt_check_shows_what_is_public(client, entry):
    snapshot = sent(entry)

    response = check(client, snapshot.receipt_number)

    page = response.content.decode()
    for text in (snapshot.receipt_number, entry.competition.title, "18:00:00 (KST", snapshot.content_sha256):
        assert text in page
    for text in ("비밀스러운", "응모한 사람", "새벽별팀", entry.title, entry.code):
        assert text not in page
    assert response.context["receipt"]["standing"] == "counts"
    assert response["X-Robots-Tag"] == "noindex"


def test_receipt_check_of_a_replaced_submission(client, entry):
    first = sent(entry)
    sent(entry, number=2)

    receipt = check(client, first.receipt_number).context["receipt"]

    assert (receipt["standing"], receipt["place"], receipt["of"]) == ("replaced", 1, 2)


def test_receipt_check_of_a_withdrawn_entry(client, entry):
    snapshot = sent(entry)
    entry.state = EntryState.WITHDRAWN
    entry.save()

    assert check(client, snapshot.receipt_number).context["receipt"]["standing"] == "withdrawn"


def test_receipt_check_of_erased_content(client, entry):
    snapshot = sent(entry)
    Snapshot.objects.filter(pk=snapshot.pk).update(content={}, erased_at=AT)

    receipt = check(client, snapshot.receipt_number).context["receipt"]

    assert receipt["is_erased"]
    assert receipt["sha256"] == snapshot.content_sha256


def test_receipt_check_of_an_old_number(client, entry):
    snapshot = sent(entry)
    old = Snapshot.objects.create(
        entry=entry,
        number=9,
        content={},
        content_sha256="9",
        receipt_number="P2026-003-000012",
        submitted_at=AT,
    )

    assert check(client, "p2026-003-000012").context["receipt"]["number"] == old.receipt_number
    assert check(client, snapshot.receipt_number.lower()).status_code == 200


def test_receipt_check_of_an_unknown_number(client, entry):
    number = sent(entry).receipt_number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")

    for unknown in (wrong, number[:-5], "<b>"):
        response = check(client, unknown)
        assert response.status_code == 404
        assert response.context["unknown"] == unknown
        assert response["X-Robots-Tag"] == "noindex"


def test_receipt_check_does_not_tell_of_a_hidden_competition(client, entry):
    number = sent(entry).receipt_number
    Competition.objects.update(state=CompetitionState.DRAFT)

    assert check(client, number).status_code == 404


@pytest.mark.parametrize(("typed", "same"), [("{}", True), ("0{}", False), ("", False)])
def test_receipt_check_compares_a_hash(client, entry, typed, same):
    snapshot = sent(entry)

    response = check(client, snapshot.receipt_number, sha256=typed.format(snapshot.content_sha256))

    assert response.context["is_same"] is same


def test_receipt_check_refuses_too_many_questions(client, entry, monkeypatch):
    number = sent(entry).receipt_number
    monkeypatch.setattr("competitions.rate_limit._this_minute", lambda: 1)

    answers = [check(client, number).status_code for _ in range(MOST_A_MINUTE + 1)]
    elsewhere = client.get(reverse("competitions:check_receipt", args=[number]), REMOTE_ADDR="10.0.0.9")

    assert answers == [200] * MOST_A_MINUTE + [429]
    assert check(client, number)["Retry-After"] == "60"
    assert elsewhere.status_code == 200


def test_receipt_form_leads_to_the_receipt(client, entry):
    snapshot = sent(entry)
    typed = {"number": f" {snapshot.receipt_number} ", "sha256": "AB " * 32}

    response = client.get(FORM, typed)

    address = reverse("competitions:check_receipt", args=[snapshot.receipt_number])
    assert response.url == f"{address}?sha256={'ab' * 32}"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": "a/b"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "R1", "sha256": "xyz"}, "sha256"),
    ],
)
def test_receipt_form_refuses_what_is_no_receipt(client, typed, field):
    response = client.get(FORM, typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["number"].value() == typed["number"]


@pytest.mark.parametrize("count", [1, 3])
def test_receipt_check_query_count(client, entry, count, django_assert_max_num_queries):
    for number in range(1, count + 1):
        snapshot = sent(entry, number=number)

    with django_assert_max_num_queries(12):
        check(client, snapshot.receipt_number)


# The entrant's own


def pdf_text(response):
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_receipt_page_shows_qr_and_address(as_user, user, entry):
    snapshot = sent(entry)

    page = as_user(user).get(reverse("competitions:receipt", args=[entry.pk])).content.decode()

    assert 'src="data:image/svg+xml' in page
    assert f"/receipts/{snapshot.receipt_number}/" in page


def test_receipt_pdf_says_what_the_page_says(as_user, user, entry):
    snapshot = sent(entry)

    response = as_user(user).get(reverse("competitions:receipt_pdf", args=[entry.pk]))

    text = pdf_text(response)
    for said in (
        snapshot.receipt_number,
        entry.competition.title,
        "비밀스러운 제목",
        "18:00:00 (KST",
        "새벽별팀",
    ):
        assert said in text
    assert f'filename="{snapshot.receipt_number}.pdf"' in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["receipt", "receipt_pdf"])
def test_receipt_is_seen_by_a_team_member_and_no_stranger(as_user, entry, name):
    sent(entry)
    member = make_user()
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    address = reverse(f"competitions:{name}", args=[entry.pk])

    assert as_user(make_user()).get(address).status_code == 404
    response = as_user(member).get(address)

    said = response.content.decode() if name == "receipt" else pdf_text(response)
    assert "응모한 사람" in said


@pytest.mark.parametrize("name", ["receipt", "receipt_pdf"])
def test_receipt_of_erased_content_is_still_shown(as_user, user, entry, name):
    snapshot = sent(entry)
    Snapshot.objects.filter(pk=snapshot.pk).update(content={}, erased_at=AT)

    assert as_user(user).get(reverse(f"competitions:{name}", args=[entry.pk])).status_code == 200


def test_receipt_pdf_of_a_draft_does_not_exist(as_user, user):
    draft = make_entry(make_competition(), entrant=user)

    assert as_user(user).get(reverse("competitions:receipt_pdf", args=[draft.pk])).status_code == 404


def test_receipt_pdf_asks_a_visitor_to_sign_in(client, entry):
    assert client.get(reverse("competitions:receipt_pdf", args=[entry.pk])).status_code == 302


def test_receipt_page_query_count(as_user, user, entry):
    address = reverse("competitions:receipt", args=[entry.pk])
    sent(entry)
    one = queries_of(as_user(user), address)
    for number in (2, 3):
        sent(entry, number=number)

    assert queries_of(as_user(user), address) == one <= 14
