"""Asking a model service that speaks the OpenAI protocol for one answer.

Only the host an administrator wrote down is called: redirects and proxies are not followed. What the service says
in an error is never passed on, because it may repeat the key.
"""

import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from django.utils.translation import gettext as _

from casebook.errors import CasebookError

SECONDS = 60
BODY_SECONDS = 10  # between two pieces of an answer that has begun
MOST_BYTES = 2 * 1024 * 1024
LONGEST_WAIT = 30  # seconds a busy service may ask for
KEY_VARIABLE = re.compile(r"CASEBOOK_KEY_[A-Z0-9_]+")
_KEY = re.compile(r"[\x21-\x7e]{1,500}")


class NoAnswer(CasebookError):
    """The service gave no answer that can be used; the message says why."""


class Busy(NoAnswer):
    def __init__(self, message, *, wait):
        self.wait = wait
        super().__init__(message)


@dataclass(frozen=True)
class Answer:
    """text: what the model wrote. model: what the service calls the model that answered, or ""."""

    text: str
    model: str


def open_client(*, seconds=SECONDS):
    return httpx2.Client(
        timeout=httpx2.Timeout(seconds, connect=min(seconds, 10)),
        verify=httpx2.create_ssl_context(),
        follow_redirects=False,
        trust_env=False,
    )


def ask(client, endpoint, messages, options, *, key, wait=time.sleep):
    """Return the Answer to some messages; a busy service is asked once more. Raises NoAnswer.

    options: temperature and the like, sent as they are. key: "" for a service without one.
    """
    try:
        return _ask_once(client, endpoint, messages, options, key)
    except Busy as busy:
        if busy.wait > LONGEST_WAIT:
            raise
        wait(busy.wait)
    return _ask_once(client, endpoint, messages, options, key)


def key_of(endpoint, environment):
    """The key from the environment. Raises NoAnswer when it is named but not there."""
    name = endpoint.key_variable
    if not name:
        return ""
    key = environment.get(name, "").strip() if KEY_VARIABLE.fullmatch(name) else ""
    if not _KEY.fullmatch(key):
        raise NoAnswer(
            _("The key of the service is missing. Set the variable %(name)s where the worker runs.")
            % {"name": name}
        )
    return key


def _ask_once(client, endpoint, messages, options, key):
    headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {key}"} if key else {})}
    body = {"model": endpoint.model, "messages": messages, "stream": False, **options}
    address = f"{endpoint.base_url.rstrip('/')}/chat/completions"
    # Errors of the client may quote a header, so none is passed on.
    try:
        with client.stream("POST", address, json=body, headers=headers) as response:
            _refuse_status(response)
            return _read(_body(response))
    except httpx2.TimeoutException:
        raise NoAnswer(_("The service did not answer in time.")) from None
    except httpx2.ConnectError:
        raise NoAnswer(
            _("The service cannot be reached. Check its address, its certificate and whether it runs.")
        ) from None
    except (httpx2.HTTPError, httpx2.InvalidURL):
        raise NoAnswer(_("The service broke off or does not speak HTTP.")) from None


def _refuse_status(response):
    status = response.status_code
    if status == 429:
        wait = _seconds(response.headers.get("Retry-After", ""))
        raise Busy(_("The service takes no more questions for now. Try again later."), wait=wait)
    if status in {401, 403}:
        raise NoAnswer(_("The service refused the key (%(status)s). Check it.") % {"status": status})
    if status == 404:
        raise NoAnswer(_("The service knows no such address or model (404). Check both."))
    if 300 <= status < 400:
        raise NoAnswer(
            _("The service sends on to another address, which is not followed. Enter the final one.")
        )
    if status >= 500:
        raise NoAnswer(_("The service has a fault of its own (%(status)s).") % {"status": status})
    if status != 200:
        raise NoAnswer(_("The service refused the question (%(status)s).") % {"status": status})


def _body(response):
    """The bytes of an answer, bounded in size and time."""
    until = time.monotonic() + SECONDS
    limits = response.request.extensions.get("timeout", {})
    limits["read"] = min(limits.get("read") or BODY_SECONDS, BODY_SECONDS)
    whole = bytearray()
    for piece in response.iter_raw():
        whole += piece
        if len(whole) > MOST_BYTES:
            raise NoAnswer(_("The answer is larger than 2 MB and was not read."))
        if time.monotonic() > until:
            raise NoAnswer(_("The service did not answer in time."))
    return bytes(whole)


def _read(body):
    try:
        given = json.loads(body)
        text, model = given["choices"][0]["message"]["content"], given.get("model", "")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise NoAnswer(_("The service's answer has not the expected form.")) from None
    if not isinstance(text, str) or not text.strip():
        raise NoAnswer(_("The service's answer is empty."))
    return Answer(text, model[:100] if isinstance(model, str) else "")


def _seconds(text):
    """What Retry-After says, in seconds from now; a second when it says nothing."""
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 1
    return max(0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
