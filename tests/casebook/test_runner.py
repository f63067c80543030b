"""The client of model services, against a real HTTP server."""

import json
import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from casebook.evidence.runner import KEY_VARIABLE, Answer, NoAnswer, ask, key_of, open_client
from tests.casebook.model_service import answer, breaks_off, model_service, says, slow

pytestmark = pytest.mark.usefixtures("english")
KEY = "sk-secret-0123456789"
MESSAGES = [{"role": "system", "content": "너는 담당자다."}, {"role": "user", "content": "가로등 고장"}]


def asked(service, *, key=KEY, seconds=5, wait=None, base_url=None, **options):
    endpoint = SimpleNamespace(base_url=base_url or service.address, model="가온-1")
    with open_client(seconds=seconds) as client:
        return ask(client, endpoint, MESSAGES, options, key=key, wait=wait or (lambda seconds: None))


def test_what_is_sent_and_read():
    with model_service(says("고칩니다.", model="gaon-1-2026")) as service:
        found = asked(service, temperature=0.2, max_tokens=100)

    path, headers, body = service.requests[0]
    assert found == Answer("고칩니다.", "gaon-1-2026")
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert body == {
        "model": "가온-1",
        "messages": MESSAGES,
        "stream": False,
        "temperature": 0.2,
        "max_tokens": 100,
    }


def test_a_service_without_a_key_gets_none():
    with model_service() as service:
        asked(service, key="", base_url=f"{service.address}/")

    path, headers, _body = service.requests[0]
    assert (path, "Authorization" in headers) == ("/v1/chat/completions", False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer(KEY, status=401), "refused the key"),
        (answer(KEY, status=403), "refused the key"),
        (answer(status=404), "no such address or model"),
        (answer(status=400), r"refused the question \(400\)"),
        (answer(KEY, status=500), "fault of its own"),
        (answer(status=503), "fault of its own"),
        (answer(status=302, Location="http://127.0.0.1:1/"), "sends on to another"),
        (answer(status=307, Location="http://127.0.0.1:1/"), "sends on to another"),
        (answer(status=204), r"refused the question \(204\)"),
        (answer("<html>"), "not the expected form"),
        (answer("[]"), "not the expected form"),
        (answer("null"), "not the expected form"),
        (answer("[" * 100_000), "not the expected form"),
        (answer('{"choices": []}'), "not the expected form"),
        (answer('{"choices": [{"message": null}]}'), "not the expected form"),
        (answer(b"\xff\xfe\x00"), "not the expected form"),
        (answer(b"\x1f\x8b", Content_Encoding="gzip"), "not the expected form"),
        (says(""), "is empty"),
        (says(None), "is empty"),
        (says([{"text": "x"}]), "is empty"),
        (says("가" * 1_000_000), "larger than 2 MB"),
        (breaks_off, "broke off"),
    ],
)
def test_answers_that_cannot_be_used(given, words, caplog):
    caplog.set_level(logging.DEBUG)
    with model_service(given) as service, pytest.raises(NoAnswer, match=words) as refusal:
        asked(service)

    assert len(service.requests) == 1
    assert KEY not in str(refusal.value)
    assert KEY not in caplog.text
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize("after_headers", [False, True])
def test_a_slow_service(after_headers):
    begun = datetime.now(UTC)
    with (
        model_service(slow(3, after_headers=after_headers)) as service,
        pytest.raises(NoAnswer, match="in time"),
    ):
        asked(service, seconds=0.3)

    assert datetime.now(UTC) - begun < timedelta(seconds=5)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://no-such-host.invalid/v1"])
def test_a_service_that_is_not_there(address):
    with pytest.raises(NoAnswer, match="cannot be reached"):
        asked(None, base_url=address)


@pytest.mark.parametrize(
    ("after", "least", "most"), [("2", 2, 2), ("", 1, 1), ("soon", 1, 1), ("date", 3, 6)]
)
def test_a_busy_service_is_asked_once_more(after, least, most):
    if after == "date":
        after = format_datetime(datetime.now(UTC) + timedelta(seconds=6), usegmt=True)
    waits = []
    with model_service(answer(status=429, Retry_After=after), says("고칩니다.")) as service:
        found = asked(service, wait=waits.append)

    assert (found.text, len(service.requests)) == ("고칩니다.", 2)
    assert least <= waits[0] <= most


@pytest.mark.parametrize(("after", "requests"), [("1", 2), ("3600", 1)])
def test_a_service_that_stays_busy(after, requests):
    with (
        model_service(answer(status=429, Retry_After=after)) as service,
        pytest.raises(NoAnswer, match="no more"),
    ):
        asked(service)

    assert len(service.requests) == requests


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with model_service() as service:
        assert asked(service).text


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [("", None, ""), ("CASEBOOK_KEY_AGENCY", f"{KEY}\n", KEY), ("CASEBOOK_KEY_1", KEY, KEY)],
)
def test_the_key_stands_in_the_environment(name, value, key):
    assert key_of(SimpleNamespace(key_variable=name), {name: value} if value else {}) == key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASEBOOK_KEY_AGENCY", None),
        ("CASEBOOK_KEY_AGENCY", " "),
        ("CASEBOOK_KEY_AGENCY", f"{KEY}\r\nX-Other: 1"),
        ("CASEBOOK_KEY_AGENCY", "열쇠"),
        ("SECRET_KEY", "of the site"),
        ("DATABASE_URL", "postgres"),
    ],
)
def test_keys_that_are_not_used(name, value):
    with pytest.raises(NoAnswer, match=name) as refusal:
        key_of(SimpleNamespace(key_variable=name), {name: value} if value else {})

    assert not value or value.strip() not in str(refusal.value) or not value.strip()


@pytest.mark.parametrize(
    "name", ["casebook_key_a", "CASEBOOK_KEY_", "CASEBOOK_KEY_A B", "CASEBOOK_KEY_열쇠", KEY]
)
def test_names_of_variables_that_are_refused(name):
    assert not KEY_VARIABLE.fullmatch(name)


def test_the_answer_is_no_file_of_json_only():
    with model_service(says(json.dumps({"제목": "가로등"}))) as service:
        assert json.loads(asked(service).text) == {"제목": "가로등"}
