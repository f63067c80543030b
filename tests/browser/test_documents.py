"""A call and a receipt in a real browser: nothing is refused by the policy, and a file is compared here."""

import hashlib

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from competitions.models import Snapshot
from competitions.receipts import receipt_number
from tests.factories import AT, make_competition, make_entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BYTES = b'{"case":{}}'


def receipt_address():
    entry = make_entry(make_competition(), state="submitted")
    sha256 = hashlib.sha256(BYTES).hexdigest()
    number = receipt_number(entry.pk, entry.competition_id, 1, AT, sha256)
    entry.snapshot = Snapshot.objects.create(
        entry=entry, number=1, content={}, content_sha256=sha256, receipt_number=number, submitted_at=AT
    )
    entry.save()
    return reverse("competitions:check_receipt", args=[number])


def test_call_page_breaks_no_policy(visit):
    page = visit()

    page.goto(make_competition().get_absolute_url())

    assert page.locator("script[type='application/ld+json']").count() == 1


def test_receipt_check_compares_a_file_without_sending_it(visit):
    page, sent = visit(), []
    page.goto(receipt_address())
    page.on("request", lambda request: sent.append(request.url))  # the icon may still come

    for content, tone in ((BYTES, "notice-success"), (b"{}", "notice-error")):
        file = {"name": "submission.json", "mimeType": "application/json", "buffer": content}
        page.locator("#receipt-file").set_input_files(file)
        expect(page.locator(f".receipt-answer.{tone}")).not_to_be_empty()

    assert [address for address in sent if "/static/" not in address] == []
