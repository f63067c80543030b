import pytest

from accounts.middleware import client_address
from accounts.models import AuditRecord
from tests.factories import make_prompt, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/prompts/%00/", "/competitions/%00/", "/search/?q=a%00b", "/prompts/?work_field=%00"]
)
def test_nul_in_an_address_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


def test_audit_record_holds_the_address_of_its_request(as_user):
    client = as_user(make_user("editor"))
    record = make_prompt(published=True)

    client.post(f"/desk/prompt/{record.slug}/retire/", {"reason": "낡음"}, REMOTE_ADDR="192.0.2.7")

    assert AuditRecord.objects.get(verb="record.retired").address == "192.0.2.7"


@pytest.mark.parametrize(
    ("behind_proxy", "expected"),
    [(True, "198.51.100.2"), (False, "192.0.2.7")],
    ids=["behind proxy", "direct"],
)
def test_forwarded_address_counts_only_behind_our_proxy(settings, behind_proxy, expected):
    settings.BEHIND_PROXY = behind_proxy
    meta = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.2"}

    assert client_address(meta) == expected


def test_address_that_is_none_is_left_out():
    assert client_address({"REMOTE_ADDR": ""}) is None
