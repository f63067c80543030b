"""What the pages of a draft share: finding it, its form, its page."""

from contextlib import suppress

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.kept_text import KeptText
from casebook.content import ContentRefused, choices, clean_prompt
from casebook.content.variables import BLANK_KEY
from casebook.models import PromptVersion, Review, WorkField
from casebook.permissions import can_review
from casebook.writing.checks import alike, check_draft
from casebook.writing.form import PromptForm
from casebook.writing.rows import blank_rows, mark_unused

KEPT_DRAFT = KeptText("kept_draft", salt="draft-writer", most=1_000_000)
CODES = {
    "roles": choices.ROLES,
    "types": choices.VARIABLE_TYPES,
    "gates": choices.GATES,
    "sensitivities": choices.SENSITIVITIES,
}
SPARE, TEMPLATE = 900_000, 999_999  # numbers of rows that no content comes near
EMPTY = clean_prompt({}, draft=True)
SECTIONS = (
    ("about", _("What it is")),
    ("text", _("Text")),
    ("blanks", _("Blanks")),
    ("answer", _("Answer")),
    ("safety", _("Safety")),
    ("rights", _("Rights")),
)


def own_version(user, pk):
    """A version of a prompt that the person made, or any for editors; 404 for everybody else."""
    version = PromptVersion.objects.select_related("record", "created_by").filter(pk=pk).first()
    if version is None or not (version.created_by_id == user.pk or can_review(user)):
        raise Http404
    return version


def form_of(version=None, data=None, *, revision=None):
    """The form of a stored draft, or of a prompt that is about to begin."""
    if version is None:
        return PromptForm(data, content=EMPTY, work_fields=work_field_choices())
    return PromptForm(
        data,
        content=version.content,
        work_fields=work_field_choices(),
        revision=version.revision if revision is None else revision,
        note=version.note,
        is_new=version.record.current_id is None,
    )


def work_field_choices():
    """(code, name) of all work fields, each followed by those below it."""
    fields = list(WorkField.objects.all())
    tops = [field for field in fields if field.parent_id is None]
    return [
        (field.code, str(field) if field is top else f"{top} › {field}")
        for top in tops
        for field in [top, *(each for each in fields if each.parent_id == top.pk)]
    ]


def draft_page(request, form, version=None, *, status=200, **more):
    """The editor page; a refusal shows it again with what was typed."""
    unsearched = dict.fromkeys(("find_part", "found_part", "find_step", "found_step"))
    context = unsearched | page_context(request.user, form, version) | more
    return render(request, "casebook/write.html", context, status=status)


def page_context(user, form, version):
    checks = look(user, form, version)
    review = last_review(version) if version else None
    return {
        "form": form,
        "version": version,
        "record": version.record if version else None,
        "review": review,
        "lost_remarks": form.remark(review.remarks) if review else [],
        "sections": SECTIONS,
        "checks": checks,
        "groups": checks.groups(form.target),
        "codes": {
            name: [(code, gettext(label)) for code, label in table.items()] for name, table in CODES.items()
        },
        "empty": blank_rows(0),
        "spare": blank_rows(SPARE),
        "template": blank_rows(TEMPLATE),
        "writer": KEPT_DRAFT.mark_of(user),
        "blank_pattern": BLANK_KEY.pattern.encode("ascii", "backslashreplace").decode(),
        "closed": " ".join(sorted(choices.CLOSED_SENSITIVITIES)),
        "saved_time": saved_time(version) if version else "",
        "alike": alike(checks.content, version.record if version else None, by=user),
    }


def look(user, form, version):
    """Check what the form says, or what is stored when that cannot be stored; tell the rows what was found."""
    content = version.content if version else EMPTY
    if not form.problems:
        with suppress(ContentRefused):  # an imported draft may be broken; saving its form says so
            content = clean_prompt(form.content, draft=True)
    checks = check_draft(content, by=user, uid=str(version.record.uid) if version else "")
    for row in [*form.rows["parts"], *form.rows["steps"]]:
        number = row.values["version"]
        held = checks.below.get((row.values["uid"], int(number) if number.isdecimal() else 0))
        row.title = held.content["title"] if held else ""
        row.newest = checks.newest.get(row.values["uid"])
    mark_unused(form.rows, checks.blanks)
    return checks


def last_review(version):
    return Review.objects.filter(prompt_version=version).select_related("reviewer").first()


def last_reviews(versions):
    """{version pk: its last review}, in one query."""
    rows = Review.objects.filter(prompt_version__in=versions).order_by("prompt_version_id", "-at", "-id")
    return {row.prompt_version_id: row for row in rows.distinct("prompt_version_id")}


def saved_time(version):
    return localtime(version.saved_at or version.created_at).strftime("%H:%M:%S")


def part(request, name, context):
    return render_to_string(f"casebook/_write_{name}.html", context, request)
