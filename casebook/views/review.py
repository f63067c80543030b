"""One version before its reviewer: what changed beside the checklist, and the decision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import IllegalMove, Refusal
from accounts.permissions import require
from casebook.actions.hindrances import hindrances
from casebook.actions.review import decline_version, publish_reviewed, send_back
from casebook.content.problems import place_of
from casebook.diff import diff_contents
from casebook.forms.review import ReviewForm, typed_remarks
from casebook.permissions import can_publish_version, can_review
from casebook.reviewing.diff_view import SHAPES, count_of, difference
from casebook.reviewing.points import POINTS
from casebook.reviewing.queue import next_waiting
from casebook.states import VersionState
from casebook.views.desk_parts import version_of


@require_safe
def review(request, kind, pk):
    require(can_review(request.user))
    version = version_of(kind, pk)
    return _page(request, version, _form(version))


@require_POST
def publish(request, kind, pk):
    version = version_of(kind, pk)
    require(can_publish_version(request.user, version))

    def act(form, values):
        publish_reviewed(
            version,
            by=request.user,
            at=now(),
            ticked=values["points"],
            note=values["note"],
            remarks=form.remarks(),
            review_by=values["review_by"],
            seen=values["seen"],
        )
        return _("“%(title)s” is published.")

    return _decided(request, version, act)


@require_POST
def return_to_author(request, kind, pk):
    require(can_review(request.user))
    version = version_of(kind, pk)

    def act(form, values):
        given = {"ticked": values["points"], "remarks": form.remarks()}
        send_back(version, by=request.user, at=now(), reason=values["note"], **given)
        return _("“%(title)s” went back to its author.")

    return _decided(request, version, act)


@require_POST
def decline(request, kind, pk):
    require(can_review(request.user))
    version = version_of(kind, pk)

    def act(form, values):
        given = {"ticked": values["points"], "remarks": form.remarks()}
        decline_version(version, by=request.user, at=now(), reason=values["note"], **given)
        return _("“%(title)s” is declined.")

    return _decided(request, version, act)


def _decided(request, version, act):
    """Do it and go on to what waits next; a refusal keeps what was typed."""
    form = _form(version, request.POST)
    if not form.is_valid():
        return _page(request, version, form, status=422)
    try:
        sentence = act(form, form.cleaned_data)
    except IllegalMove as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:review", version.record.kind, version.pk)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, version, form, status=422)
    messages.success(request, sentence % {"title": version.record.title})
    following = next_waiting(request.user)
    return redirect("casebook:review", *following) if following else redirect("casebook:desk")


def _form(version, data=None):
    kind, base = version.record.kind, _base(version)
    changed = [each.path for each in diff_contents(base, version.content, SHAPES[kind])]
    whole = [each.path for each in diff_contents({}, version.content, SHAPES[kind])]
    others = [(path, place_of(path, translate=_)) for path in whole if path not in changed]
    return ReviewForm(data, version=version, paths=changed, others=others)


def _base(version):
    """The content everybody sees now, or nothing for a record that is new."""
    current = version.record.current
    return current.content if current and current.pk != version.pk else {}


def _page(request, version, form, status=200):
    record, base = version.record, _base(version)
    waits = version.state == VersionState.IN_REVIEW
    groups = difference(base, version.content, kind=record.kind, remarks=typed_remarks(form.data))
    context = {
        "record": record,
        "version": version,
        "content": version.content,
        "kind": record.kind,
        "current": record.current if base else None,
        "groups": groups,
        "changes": count_of(groups),
        "form": form,
        "is_waiting": waits,
        "can_publish": can_publish_version(request.user, version),
        "hindrances": hindrances(version) if waits else [],
        "decisions": _decisions(version),
        "today": localdate(now()),
    }
    return render(request, "casebook/review.html", context, status=status)


def _decisions(version):
    """What reviewers decided before, with their words."""
    points = POINTS[version.record.kind]
    rows = list(version.reviews.select_related("reviewer"))
    for row in rows:
        row.remark_rows = [(place_of(each["path"], translate=_), each["text"]) for each in row.remarks]
        row.points = [_(points[code]) for code in row.checklist if code in points]
    return rows
