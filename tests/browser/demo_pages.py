"""The demo city with something on every page, and every page of it by who looks at it."""

from urllib.parse import unquote, urlsplit
from uuid import uuid4

from django.urls import resolve, reverse
from django.utils.timezone import now

from accounts.models import Department, Job, User
from casebook.actions.versions import ask_review
from casebook.models import Case, CaseVersion, Prompt, PromptVersion
from casebook.states import VersionState
from competitions.actions.demo import load_demo
from competitions.actions.entries import save_draft, submit_entry
from competitions.actions.entry_consents import ENTRY_CONSENTS
from competitions.actions.results import Choice, compute, decide_awards
from competitions.models import Assignment, Competition, Entry, Judge
from competitions.states import CompetitionState, SheetState
from learning.models import LearningGroup
from tests.competitions.jury import make_scored_competition
from tests.config.url_table import ROWS
from tests.factories import (
    entry_content,
    make_case,
    make_closed_competition,
    make_competition,
    make_entry,
    make_prompt,
)

VISITOR = "visitor"
# Files, and parts of a page.
NO_PAGES = {
    "healthz",
    "job_part",
    "casebook:prompt_text",
    "competitions:result_job",
    "competitions:results_file",
    "competitions:submission",
}


def load():
    load_demo(at=now())
    _hand_in(person("resident"))
    _hand_in(person("staff"))
    for record in (make_prompt(title="검토를 기다리는 프롬프트"), make_case(title="검토를 기다리는 사례")):
        ask_review(record.versions.get(), by=None, at=now())
    for state in Job.State:
        Job.objects.create(
            kind="export_casebook",
            params={"format": "json"},
            asked_by=person("staff"),
            state=state,
            progress=40,
            result="jobs/book.json",
            result_name="book.json",
            error="파일을 쓰지 못했습니다." if state == Job.State.FAILED else "",
        )
    compute(_contest("judging"), by=person("organiser"), at=now())
    make_competition(title="준비하는 공모전", state=CompetitionState.DRAFT)
    make_entry(make_closed_competition(title="마감된 공모전"), state="submitted")
    decided = make_scored_competition(E1=("20", "40"), E2=("10", "30"), E3=None)
    compute(decided, by=None, at=now())
    decide_awards(decided, {"E1": Choice("grand")}, by=None, at=now())


def _hand_in(user):
    """An entry with two receipts, in the contest that is open."""
    competition = _contest("announced")
    entry = Entry.objects.filter(competition=competition, entrant=user).first()
    for title in ("처음 낸 응모작", "고쳐 낸 응모작"):
        entry = save_draft(
            competition,
            entry_content(title=title),
            by=user,
            at=now(),
            track=competition.tracks.first(),
            idempotency_key=uuid4(),
            entry=entry,
            revision=entry.revision if entry else 0,
        )
        submit_entry(entry, by=user, consents=list(ENTRY_CONSENTS))
        entry.refresh_from_db()


def person(role):
    return User.objects.get(email=f"{role}@demo.example")


def _contest(state):
    """The first in this state; the demo has one announced, one in judging and one published."""
    return Competition.objects.filter(state=CompetitionState(state)).order_by("pk")[0]


def pages():
    """Return role -> addresses of every page worth looking at."""
    return {
        VISITOR: _public(),
        "resident": _resident(),
        "staff": _staff(),
        "judge": _judge(),
        "organiser": _organiser(),
        "facilitator": _facilitator(),
        "editor": _editor(),
        "administrator": _administrator(),
    }


def _public():
    case = Case.objects.exclude(origin_path="").filter(current__isnull=False).first()
    prompt = Prompt.objects.exclude(current=None).first()
    return [
        "/",
        "/prompts/",
        "/prompts/?q=민원&sort=title",
        prompt.get_absolute_url(),
        "/cases/",
        case.get_absolute_url(),
        "/search/?q=민원",
        "/search/?q=없는낱말입니다",
        "/editions/",
        "/competitions/",
        *(_contest(state).get_absolute_url() for state in ("announced", "judging", "published")),
        reverse("competitions:results", args=[_contest("published").slug]),
        "/learning/",
        _group("group"),
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        *_about(),
    ]


def _about():
    """Pages that only say something."""
    names = ("help", "accessibility", "licence", "account_inactive", "account_email_verification_sent")
    resets = ("account_reset_password_done", "account_reset_password_from_key_done")
    return [
        *(reverse(name) for name in (*names, *resets)),
        reverse("account_reset_password_from_key", args=["1", "used-up"]),
        reverse("account_confirm_email", args=["used-up"]),
    ]


def _resident():
    entry = Entry.objects.get(entrant=person("resident"))
    return [
        "/",
        "/entries/",
        entry.get_absolute_url(),
        reverse("competitions:receipt", args=[entry.pk]),
        reverse("competitions:withdraw", args=[entry.pk]),
        "/accounts/profile/",
        "/accounts/access/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ]


def _staff():
    return [
        "/editions/",
        "/jobs/",
        *(reverse("job", args=[job.pk]) for job in Job.objects.filter(asked_by=person("staff"))),
    ]


def _judge():
    sheets = Assignment.objects.filter(judge__user=person("judge"))
    started = sheets.filter(state__in=[SheetState.STARTED, SheetState.ASSIGNED]).last()
    signed = sheets.filter(state=SheetState.SIGNED).first()
    return [
        "/judging/",
        reverse("competitions:judging_sheet", args=[started.pk]),
        reverse("competitions:judging_sign", args=[started.pk]),
        reverse("competitions:judging_recuse", args=[started.pk]),
        *([reverse("competitions:judging_sheet", args=[signed.pk])] if signed else []),
    ]


def _organiser():
    judged, closed = _contest("judging"), Competition.objects.get(title="마감된 공모전")
    judge = Judge.objects.filter(competition=judged).first()
    entry = closed.entries.get()
    return [
        "/organise/",
        "/organise/new/",
        *_tabs(judged, "competition", "entries", "committee", "result"),
        *_tabs(closed, "competition", "entries", "committee", "cancel"),
        *_tabs(_contest("published"), "competition", "result"),
        *_tabs(_contest("decided"), "competition", "result"),
        *_tabs(_contest("draft"), "competition", "edit"),
        reverse("competitions:organise_assignments", args=[judged.slug, judge.pk]),
        reverse("competitions:organise_entry", args=[closed.slug, entry.pk]),
    ]


def _tabs(competition, *names):
    return [reverse(f"competitions:organise_{name}", args=[competition.slug]) for name in names]


def _facilitator():
    return [_group("group"), _group("edit"), "/entries/", "/jobs/", _enter()]


def _enter():
    return reverse("competitions:enter", args=[_contest("announced").slug])


def _group(name):
    return reverse(f"learning:{name}", args=[LearningGroup.objects.get().slug])


def _editor():
    waiting = {
        kind: model.objects.get(state=VersionState.IN_REVIEW)
        for kind, model in (("prompt", PromptVersion), ("case", CaseVersion))
    }
    return [
        "/desk/",
        *(reverse("casebook:review", args=[kind, version.pk]) for kind, version in waiting.items()),
        "/editions/",
        "/editions/import/",
    ]


def _administrator():
    return [
        "/accounts/people/",
        reverse("person", args=[person("staff").pk]),
        "/accounts/departments/",
        reverse("department", args=[Department.objects.first().pk]),
        "/accounts/audit/",
        "/learning/new/",
    ]


def names_of_pages():
    """Names of all addresses that show somebody a page."""
    shown = {key.split()[0] for key, row in ROWS.items() if 200 in row.get.values()}
    return {name for name in shown if not name.startswith("api:")} - NO_PAGES


def names_looked_at():
    addresses = [unquote(urlsplit(address).path) for own in pages().values() for address in own]
    return {resolve(address).view_name for address in addresses}


def refused():
    """Return (role, address, button) of forms that refuse to be sent with nothing in them."""
    sheet = Assignment.objects.filter(judge__user=person("judge"), state=SheetState.ASSIGNED).first()
    return [
        (VISITOR, "/accounts/login/", "Log in"),
        (VISITOR, "/accounts/signup/", "Sign up"),
        ("facilitator", _enter(), "Submit"),
        ("judge", reverse("competitions:judging_sheet", args=[sheet.pk]), "Go on to sign"),
        ("organiser", "/organise/new/", "Save as a draft"),
        ("editor", "/editions/import/", "Import"),
        ("administrator", "/learning/new/", "Save"),
    ]


def asking():
    """The address of a page whose main button asks back."""
    return _tabs(_contest("draft"), "competition")[0]
