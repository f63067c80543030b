"""Writing prompts: drafts that are saved again and again until review is asked for."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.fingerprints import remember
from casebook.actions.links import link_prompt, refuse_cycle
from casebook.actions.mirrored import mirror
from casebook.actions.versions import add_version, create_record, move
from casebook.content import content_sha256
from casebook.errors import CasebookError, SavedElsewhere
from casebook.models import Prompt, PromptVersion
from casebook.states import VersionState

UNTITLED = "제목 없는 프롬프트"


@transaction.atomic
def begin_prompt(content, *, by, at, idempotency_key, **identity):
    """Store a new prompt with its first draft; sent twice, it is one prompt. Returns the draft version."""
    known = Prompt.objects.filter(idempotency_key=idempotency_key, created_by=by).first()
    if known:
        return known.versions.order_by("number").first()
    content = _titled(content)
    record = create_record("prompt", content, by=by, at=at, idempotency_key=idempotency_key, **identity)
    version = record.versions.get()
    audit.record("prompt.created", by=by, target=record)
    return version


@transaction.atomic
def begin_version(base, *, by, at, note=""):
    """Open a draft that says what `base` says; the person's open draft of the prompt is given back instead."""
    record = Prompt.objects.select_for_update(of=("self",)).get(pk=base.record_id)
    mine = record.versions.filter(state=VersionState.DRAFT, created_by=by).order_by("-number").first()
    if mine:
        return mine
    return add_version(record, base.content, by=by, at=at, note=note)


@transaction.atomic
def restore_version(base, *, by, at):
    """Make what an earlier version says the newest draft; versions in between stay as they are."""
    record = Prompt.objects.select_for_update(of=("self",)).get(pk=base.record_id)
    note = _("Restored from version %(number)s") % {"number": base.number}
    version = add_version(record, base.content, by=by, at=at, note=note)
    audit.record("version.restored", by=by, target=version, number=version.number, source=base.number)
    return version


@transaction.atomic
def save_draft(version, content, *, by, at, revision, note=None):
    """Store cleaned content in a draft, if nobody saved it since `revision`. Returns the new revision.

    Raises SavedElsewhere with the stored version when somebody did; the caller still holds the losing text.
    """
    content = _titled(content)
    refuse_cycle(version.record.uid, content)
    values = {
        "content": content,
        "content_sha256": content_sha256(content),
        "revision": revision + 1,
        "saved_at": at,
    }
    if note is not None:
        values["note"] = note
    if by.pk != version.created_by_id:
        values["edited_by"] = by
    drafts = PromptVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT, revision=revision)
    if not drafts.update(**values):
        _say_why_not_saved(version)
    for name, value in values.items():
        setattr(version, name, value)
    link_prompt(version)
    if version.record.current_id is None:
        mirror([version.record], [content])
        version.record.save()
        remember([version.record], [content])
    return version.revision


def _say_why_not_saved(version):
    stored = PromptVersion.objects.select_related("record").filter(pk=version.pk).first()
    if stored is None or stored.state != VersionState.DRAFT:
        raise IllegalMove(_("This version is no longer a draft. Open it again to see its state."))
    message = _("The draft was saved from another window. Compare both texts and keep what is right.")
    raise SavedElsewhere(message, version=stored)


@transaction.atomic
def take_back(version, *, by, at):
    """The author takes a version back from review to go on writing."""
    move([version], "take_back", asked_at=None)
    audit.record("version.taken_back", by=by, target=version, number=version.number)


@transaction.atomic
def discard_draft(version, *, by, at):
    """Throw a draft away; a prompt that has no other version goes with it."""
    record = version.record
    try:
        deleted, _each = PromptVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT).delete()
    except ProtectedError as error:
        raise CasebookError(
            _("Another prompt holds this draft as a part or a step. Take it out there first.")
        ) from error
    if not deleted:
        raise CasebookError(_("Only a draft can be thrown away."))
    audit.record("version.discarded", by=by, target=record, number=version.number)
    if not record.versions.exists():
        record.delete()


def _titled(content):
    return content if content["title"] else {**content, "title": UNTITLED}
