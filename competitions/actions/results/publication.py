"""An awarded entry becomes a case of the casebook, its prompts prompt records; nothing is typed again."""

from urllib.parse import unquote

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import Government
from casebook.actions.versions import ask_review, create_record
from casebook.content import ContentRefused, clean_case, clean_prompt
from competitions.errors import CompetitionError
from competitions.models import Entry, Publication
from competitions.states import CompetitionState, EntryState


@transaction.atomic
def publish_as_case(entry, *, by, at):
    """Hand an awarded entry to the editors as a case in review. Returns the Publication."""
    entry = (
        Entry.objects.select_for_update(of=["self"], no_key=True)
        .select_related("competition")
        .get(pk=entry.pk)
    )
    _require_publishable(entry)
    identity = _identity(entry)
    handed_in = handed_in_content(entry)
    try:
        prompts = [_record("prompt", clean_prompt(p), by=by, at=at, **identity) for p in handed_in["prompts"]]
        case = _record("case", _case_content(entry, handed_in["case"], prompts), by=by, at=at, **identity)
    except ContentRefused as refused:
        problems = " ".join(problem.text(_) for problem in refused.problems)
        raise CompetitionError(
            _("The entry cannot become a case as it is: %(problems)s") % {"problems": problems}
        ) from refused
    publication = Publication.objects.create(entry=entry, case=case, by=by, at=at)
    audit.record("entry.published_as_case", by=by, target=entry, about=entry.entrant, case=str(case.uid))
    return publication


def handed_in_content(entry):
    """What was handed in. An entry brought in from paper may have no more than its title and summary.

    After people were forgotten, a winner's work is kept as its draft (actions/erased_entries.py).
    """
    is_there = entry.snapshot and not entry.snapshot.erased_at
    content = entry.snapshot.content if is_there else entry.draft
    case = content.get("case") or {"title": entry.title, "summary": entry.summary}
    return {"case": case, "prompts": content.get("prompts", [])}


def _require_publishable(entry):
    if entry.competition.state != CompetitionState.PUBLISHED:
        raise IllegalMove(_("Publish the results first. Then winning entries can become cases."))
    if entry.state != EntryState.AWARDED:
        raise IllegalMove(_("Only an entry with an award becomes a case."))
    if Publication.objects.filter(entry=entry).exists():
        raise IllegalMove(_("This entry is a case already."))


def _identity(entry):
    """Where the records come from; the address is kept readable, as Hangul and not percent-encoded."""
    results = unquote(reverse("competitions:results", args=[entry.competition.slug]))
    return {
        "origin_path": f"{results}#{entry.code}",
        "government": Government.objects.filter(is_self=True).first(),
        "department": entry.entrant.department if entry.entrant else None,
    }


def _record(kind, content, *, by, at, **identity):
    record = create_record(kind, content, by=by, at=at, **identity)
    ask_review(record.versions.get(), by=by, at=at)
    return record


def _case_content(entry, case, prompts):
    award = {
        "competition": entry.competition.title,
        "track": entry.track.name if entry.track else "",
        "tier": entry.award.tier.name,
        "entry": entry.code,
    }
    steps = linked_steps(case.get("steps") or [], prompts)
    return clean_case({**case, "award": award, "steps": steps})


def linked_steps(steps, prompts):
    """Return the steps with a step for each prompt that none of them names.

    A step names a prompt of its own entry by its position, counted from 1.
    """
    refs = {str(n): {"uid": str(prompt.uid), "version": 1} for n, prompt in enumerate(prompts, start=1)}
    linked = [step | {"prompt": refs.get(_named(step), step.get("prompt"))} for step in steps]
    named = {_named(step) for step in steps}
    added = [
        {"text": prompt.title, "prompt": refs[str(n)]}
        for n, prompt in enumerate(prompts, start=1)
        if str(n) not in named
    ]
    return linked + added


def _named(step):
    return str((step.get("prompt") or {}).get("uid", ""))
