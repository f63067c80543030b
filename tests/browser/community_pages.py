"""What people say about a prompt and keep of the casebook, and the pages that show it."""

from django.urls import reverse
from django.utils.timezone import now

from casebook.actions.collections import add_item
from casebook.actions.favourites import set_favourite
from casebook.actions.feedback import answer_report, rate, remove_comment
from casebook.actions.follows import follow
from casebook.models import Case, Collection, WorkField
from tests.casebook.talking import make_collection, make_comment, make_report

TITLE = "모두의 모음"


def load_community(prompt, *, staff, editor, resident):
    for person, stars, minutes in ((staff, 5, 20), (editor, 3, None)):
        rate(prompt, by=person, at=now(), stars=stars, minutes_saved=minutes)
        for number in range(11):
            make_comment(prompt, by=person, text=f"{number + 1}번째 의견입니다.")
    remove_comment(prompt.comments.first(), by=editor, at=now(), reason="중복")
    make_report(prompt, by=resident, kind="unsafe")
    answered = make_report(prompt, by=staff, kind="outdated")
    answer_report(answered, by=editor, at=now(), state="resolved", resolution="고쳤습니다.")
    case = Case.objects.published().first()
    collection = make_collection(prompt, by=staff, title=TITLE, sharing="public")
    add_item(collection, case, at=now(), note="비슷한 일을 한 사례")
    for record in (prompt, case):
        set_favourite(record, by=staff, at=now(), keep=True)
    follow(WorkField.objects.first(), by=staff, at=case.published_at.replace(year=2020))


def public_pages(prompt):
    collection = Collection.objects.get(title=TITLE)
    return [_of("talk", prompt), "/collections/", collection.get_absolute_url()]


def resident_pages(prompt):
    return [_of("report", prompt), "/reports/", "/favourites/", "/following/", "/collections/"]


def staff_pages(prompt):
    collection = Collection.objects.get(title=TITLE)
    own = [reverse(f"casebook:collection{name}", args=[collection.uid]) for name in ("", "_edit", "_delete")]
    case = Case.objects.published().first()
    return [
        *(_of(name, prompt) for name in ("talk", "fork", "collect")),
        reverse("casebook:case_collect", args=[case.slug]),
        reverse("casebook:problem_report", args=[prompt.problem_reports.get(state="resolved").pk]),
        "/reports/",
        "/favourites/",
        "/following/",
        "/collections/",
        "/collections/new/",
        *own,
    ]


def editor_pages(prompt):
    waiting = prompt.problem_reports.get(state="open")
    return [
        f"{_of('talk', prompt)}?page=2",
        "/reports/",
        reverse("casebook:problem_report", args=[waiting.pk]),
    ]


def _of(name, prompt):
    return reverse(f"casebook:{name}", args=[prompt.slug])
