"""How the browser tests read and use a page: by the words a person reads there."""

from django.utils import translation

from accounts.models import Job
from accounts.tasks import run_job

TIMEOUT = 30_000  # milliseconds; the machine may be busy
# htmx calls it an error when a page asks anew before the answer is there; a real one has a name of its own besides.
REPLACED = ("htmx:afterRequest", "htmx:sendAbort")
REFUSED = ("responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_RESET")


def watch(page, faults, *, refusals=False):
    """Note every error of a page: of scripts, of the content security policy, of requests.

    refusals: whether the site is made to refuse something, or the network is cut: Chromium reports both as errors.
    What a test itself runs in the page, such as axe, has no address and is no fault of the page.
    """

    def note(message):
        expected = (*REPLACED, *REFUSED) if refusals else REPLACED
        is_expected = any(words in message.text for words in expected)
        if message.type == "error" and message.location["url"] and not is_expected:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    return page


def ko(msgid, **values):
    """The Korean words of a sentence of the site."""
    with translation.override("ko"):
        return translation.gettext(msgid) % values if values else translation.gettext(msgid)


def press(page, msgid, *, exact=True):
    page.get_by_role("button", name=ko(msgid), exact=exact).click()


def press_and_agree(page, msgid, *, exact=True):
    """Press a button that asks back, and say yes."""
    press(page, msgid, exact=exact)
    page.get_by_role("dialog").get_by_role("button", name=ko("Yes, go on")).click()


def follow(page, msgid, *, exact=True):
    page.get_by_role("main").get_by_role("link", name=ko(msgid), exact=exact).click()


def write(page, **fields):
    """Fill fields by their name; "__" stands for "-"."""
    for name, value in fields.items():
        page.locator(f"[name='{name.replace('__', '-')}']").fill(value)


def tick(page, name, value=None):
    """Tick a box by its label, as the box itself is drawn by the label."""
    selector = f"[name='{name}']" + (f"[value='{value}']" if value else "")
    box = page.locator(selector)
    page.locator(f"label[for='{box.get_attribute('id')}']").click()


def run_waiting_jobs():
    """Do in this process what a worker would do."""
    for job in Job.objects.filter(state=Job.State.QUEUED):
        run_job(str(job.pk))
