"""What people say about a prompt: ratings, comments, and reports that something is wrong."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.privacy import BLOCKING, KINDS, find
from casebook.errors import CasebookError
from casebook.models import Comment, ProblemReport, Prompt, Rating, SearchDocument


@transaction.atomic
def rate(prompt, *, by, at, stars, minutes_saved=None):
    """Keep a person's rating, or change the one they gave. Prompt and search document hold the sums."""
    # Two ratings of one prompt come one after the other, so that the difference is right.
    locked = _published(Prompt.objects.select_for_update(of=("self",)).get(pk=prompt.pk))
    given = {"stars": stars, "minutes_saved": minutes_saved, "version_id": locked.current_id, "at": at}
    known = Rating.objects.filter(prompt=locked, by=by).first()
    Rating.objects.update_or_create(prompt=locked, by=by, defaults=given)
    sums = {
        "rating_sum": F("rating_sum") + stars - (known.stars if known else 0),
        "rating_count": F("rating_count") + (0 if known else 1),
    }
    Prompt.objects.filter(pk=locked.pk).update(**sums)
    SearchDocument.objects.filter(prompt=locked).update(**sums)


@transaction.atomic
def add_comment(prompt, text, *, by, at, idempotency_key):
    """Keep a comment; sent twice, it is one."""
    known = Comment.objects.filter(idempotency_key=idempotency_key, by=by).first()
    if known:
        return known
    refuse_identity(text)
    given = {"prompt": _published(prompt), "text": text, "at": at}
    return Comment.objects.get_or_create(idempotency_key=idempotency_key, by=by, defaults=given)[0]


@transaction.atomic
def remove_comment(comment, *, by, at, reason=""):
    """Take a comment down; that it was there stays visible. Removing somebody else's needs a reason."""
    if by.pk != comment.by_id and not reason.strip():
        raise CasebookError(_("Write why the comment is removed."))
    if not Comment.objects.filter(pk=comment.pk, removed_at=None).update(removed_at=at, removed_by=by):
        raise IllegalMove(_("This comment is removed already."))
    audit.record("comment.removed", by=by, target=comment, about=comment.by, reason=reason.strip()[:500])


@transaction.atomic
def report_problem(version, *, by, at, kind, text, idempotency_key):
    """Tell the editors that a version is wrong, out of date or not safe; sent twice, it is one report."""
    known = ProblemReport.objects.filter(idempotency_key=idempotency_key, by=by).first()
    if known:
        return known
    refuse_identity(text)
    prompt = _published(version.record)
    waiting = ProblemReport.objects.filter(prompt=prompt, by=by, kind=kind, state=ProblemReport.State.OPEN)
    if waiting.exists():
        raise CasebookError(_("You have reported this already; an editor is looking at it."))
    given = {"prompt": prompt, "version": version, "kind": kind, "text": text, "at": at}
    report, made = ProblemReport.objects.get_or_create(idempotency_key=idempotency_key, by=by, defaults=given)
    if made:
        audit.record("problem.reported", by=by, target=report, prompt=str(prompt.uid), kind=kind)
    return report


@transaction.atomic
def answer_report(report, *, by, at, state, resolution):
    """Close a report as resolved or as needing nothing, with an answer that its sender reads."""
    if not resolution.strip():
        raise CasebookError(_("Write an answer, so that who reported it knows what became of it."))
    values = {"state": state, "resolution": resolution.strip(), "resolved_by": by, "resolved_at": at}
    if not ProblemReport.objects.filter(pk=report.pk, state=ProblemReport.State.OPEN).update(**values):
        raise IllegalMove(_("Another editor has answered this report already."))
    audit.record(f"problem.{state}", by=by, target=report, about=report.by, prompt=str(report.prompt.uid))


def refuse_identity(text):
    """Refuse a text for others to read that holds an identity number or a card."""
    kinds = kinds_in(text)[0]
    if kinds:
        words = {"kinds": ", ".join(kinds)}
        raise CasebookError(
            _("The text holds personal data: %(kinds)s. Take it out and send it again.") % words
        )


def kinds_in(text):
    """(kinds that are refused, kinds to look at) of personal data in a text, in words."""
    kinds = dict.fromkeys(finding.kind for finding in find(text))
    refused = [_(KINDS[kind]) for kind in kinds if kind in BLOCKING]
    return refused, [_(KINDS[kind]) for kind in kinds if kind not in BLOCKING]


def _published(prompt):
    if not prompt.is_published:
        raise IllegalMove(_("Only published prompts are rated, commented on and reported."))
    return prompt
