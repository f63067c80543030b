"""The entry as judges will see it, with what it lacks and what to look at again before it is handed in."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import require
from accounts.privacy import BLOCKING, KINDS, find
from competitions.actions.entries.eligibility import findings_of
from competitions.actions.screening.similarities import similar_before_submission
from competitions.actions.teams.members import team_of
from competitions.eligibility import check_team
from competitions.models import Attachment
from competitions.permissions import can_change_entry
from competitions.views.entering.files import files_context
from competitions.views.entering.parts import entries_to_write, form_of
from competitions.views.entry_shown import Shown, ShownFile

MOST_SIMILAR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something a submission needs. target: the id of the field or step that mends it."""

    target: str
    label: str
    text: str


@never_cache
@require_safe
def review(request, pk):
    """A page of its own; for the script of the form only its inside."""
    entry = get_object_or_404(entries_to_write(request.user), pk=pk)
    require(can_change_entry(request.user, entry))
    form = form_of(request, entry.competition, entry=entry)
    bound = form_of(request, entry.competition, entry=entry, data=form.as_if_posted(), call=form.call)
    bound.is_valid()
    context = {
        "entry": entry,
        "competition": entry.competition,
        "personal": _personal(bound),
        "similar": _similar(entry, by=request.user),
        **content_context(entry, call=bound.call, track=bound.chosen_track),
    }
    context["lacking"] = _lacking(entry, bound, context)
    inside = "competitions/entering/_review.html"
    page = "competitions/entering/review.html"
    return render(request, inside if request.htmx else page, context)


def content_context(entry, *, call, track):
    """What the saved draft says, as the pages of judges show it, and what they never see."""
    files = files_context(entry, call=call, track=track)
    rows = [*files["attachments"], *(file for each in files["file_questions"] for file in each["files"])]
    given = entry.draft.get("answers") or {}
    answered = [each for each in call.asked_in(track) if given.get(each.code)]
    return {
        "shown": Shown(
            case=entry.draft.get("case") or {},
            prompts=entry.draft.get("prompts") or [],
            answers=[(each.name, given[each.code], each.kind) for each in answered if not each.is_personal],
            links=entry.draft.get("links") or [],
            files=[_shown_file(entry, file, number) for number, file in enumerate(rows, start=1)],
        ),
        "personal_answers": [(each.name, given[each.code]) for each in answered if each.is_personal],
        "team": team_of(entry),
        "entry_files": rows,
        "file_questions": files["file_questions"],
    }


def _shown_file(entry, file, number):
    is_whole = file.state == Attachment.State.READY
    address = reverse("competitions:attachment", args=[entry.pk, file.pk]) if is_whole else ""
    return ShownFile(
        number=number, label=file.name, kind=file.kind, size=file.size, row=file, address=address
    )


def _lacking(entry, form, saved):
    consents = {field.name for _term, field in form.consents}
    form.check_finished()
    found = [
        Lack(target=form[name].id_for_label or f"id_{name}_0", label=str(form.fields[name].label), text=text)
        for name, texts in form.errors.items()
        if name in form.fields and name not in consents
        for text in texts
    ]
    found += [Lack(target="who", label="", text=text) for text in form.non_field_errors()]
    return found + _lacking_files(saved) + _lacking_people(entry, members=len(saved["team"]) or 1)


def _lacking_files(saved):
    found = [
        Lack(
            target="uploads",
            label=each["question"].name,
            text=_("This file is asked for. Upload it to submit."),
        )
        for each in saved["file_questions"]
        if each["question"].required != "no" and not each["files"]
    ]
    receiving = [file for file in saved["entry_files"] if file.state == Attachment.State.RECEIVING]
    text = _("This file is not whole yet. Upload it again, or remove it.")
    return found + [Lack(target="uploads", label=file.name, text=text) for file in receiving]


def _lacking_people(entry, *, members):
    found = [*check_team(entry.competition.eligibility_record, members)]
    if entry.entrant:
        found += [f for f in findings_of(entry.competition, entry.entrant, entry.declared) if f.is_certain]
    return [Lack(target="who", label="", text=each.text(_)) for each in found]


def _personal(form):
    """[{"target", "label", "kinds", "must_go"}] of each text that looks as if it held personal data."""
    found = []
    for name, field in form.fields.items():
        if not name.startswith(("case-", "prompts-", "answers-", "links")):
            continue
        kinds = dict.fromkeys(finding.kind for finding in find(form.cleaned_data.get(name) or ""))
        if kinds:
            found.append(
                {
                    "target": form[name].id_for_label,
                    "label": field.label,
                    "kinds": ", ".join(_(KINDS[kind]) for kind in kinds),
                    "must_go": any(kind in BLOCKING for kind in kinds),
                }
            )
    return found


def _similar(entry, *, by):
    """At most five: what is public, or the person's own, that the draft is like."""
    found = similar_before_submission(entry.draft, by=by, competition=entry.competition)
    return [
        {
            "title": each.title,
            "address": each.address,
            "kind": each.kind_label,
            "percent": round(each.share * 100),
        }
        for each in found[:MOST_SIMILAR]
    ]
