"""A person in the last minutes: sends the same form twice at once, and again when the server breaks off."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode
from uuid import uuid4

CSRF = "b" * 32
PATIENCE = 60
TEXTS = {
    "case-title": "민원 답변 초안",
    "case-summary": "답변 초안을 5분 만에 씁니다.",
    "case-problem": "30분씩 걸렸습니다.",
    "case-approach": "민원 요지를 넣어 초안을 받습니다.",
    "prompts-0-title": "답변 초안",
    "prompts-0-user": "{{민원요지}}에 답해 주세요.",
    "entry-privacy": "on",
    "entry-pledge": "on",
    "entry-licence": "on",
    "track": "a",
    "act": "submit",
    "revision": "0",
    "prompt_count": "1",
    "task_count": "1",
}


def hand_in(port, slug, session):
    """Return the answers (status, location, page) to the form sent twice at once; each is sent until answered."""
    form = urlencode(TEXTS | {"idempotency_key": str(uuid4())})
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda _turn: _answered(port, slug, session, form), range(2)))


def _answered(port, slug, session, form):
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            status, location, page = _send(port, slug, session, form)
        except (OSError, http.client.HTTPException):
            status = 503  # broken off: nobody knows whether it was stored
        if status < 500 or time.monotonic() > give_up:
            return status, location, page
        time.sleep(0.1)


def _send(port, slug, session, form):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {
        "Cookie": f"csrftoken={CSRF}; sessionid={session}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", quote(f"/competitions/{slug}/enter/"), form, headers)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read().decode()
