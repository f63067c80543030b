"""Making versions of prompts and cases, and moving them through review."""

from uuid import uuid4

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256, hours_saved_per_month
from casebook.errors import CasebookError
from casebook.models import Case, CasePrompt, CaseVersion, Prompt, PromptVersion, WorkField
from casebook.search.index import index_record, remove_record
from casebook.states import VERSION_MOVES

MODELS = {"prompt": (Prompt, PromptVersion), "case": (Case, CaseVersion)}


@transaction.atomic
def create_record(kind, content, *, by, at, uid=None, note="", number=1, **identity):
    """Store cleaned content as the first version of a new prompt or case, in draft. Returns the record.

    identity: external_id, slug, government, department, origin_path.
    """
    model, _version = MODELS[kind]
    uid = uid or uuid4()
    record = model(uid=uid, created_by=by, created_at=at, **identity)
    record.slug = record.slug or model.free_slug(content["title"], uid=uid)
    _mirror(record, content)
    record.save(force_insert=True)
    _store_version(record, content, number=number, by=by, at=at, note=note)
    return record


@transaction.atomic
def add_version(record, content, *, by, at, note="", number=None):
    """Store cleaned content as the next version, in draft."""
    number = number or (record.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = _store_version(record, content, number=number, by=by, at=at, note=note)
    if record.current_id is None:
        _mirror(record, content)
        record.save()
    return version


def _store_version(record, content, *, number, by, at, note):
    version = record.versions.create(
        number=number,
        content=content,
        content_sha256=content_sha256(content),
        note=note,
        created_by=by,
        created_at=at,
    )
    if record.kind == "case":
        link_prompts(version)
    return version


def link_prompts(case_version):
    """Tie a case's steps to the prompt versions they name, as far as this site has them."""
    named = [step["prompt"] for step in case_version.content["steps"] if step.get("prompt")]
    known = {
        (str(version.record.uid), version.number): version
        for version in PromptVersion.objects.filter(
            record__uid__in=[ref["uid"] for ref in named]
        ).select_related("record")
    }
    wanted = dict.fromkeys(known[key] for ref in named if (key := (ref["uid"], ref["version"])) in known)
    CasePrompt.objects.filter(case_version=case_version).delete()
    CasePrompt.objects.bulk_create(
        CasePrompt(case_version=case_version, prompt_version=version, position=position)
        for position, version in enumerate(wanted)
    )


def _move(version, move, **fields):
    sources, target = VERSION_MOVES[move]
    moved = type(version).objects.filter(pk=version.pk, state__in=sources).update(state=target, **fields)
    if not moved:
        raise IllegalMove(_("Somebody has already decided on this version. Open it again to see its state."))
    for name, value in {"state": target, **fields}.items():
        setattr(version, name, value)


@transaction.atomic
def ask_review(version, *, by, at):
    _move(version, "ask_review")
    audit.record("version.review_asked", by=by, target=version, number=version.number)


@transaction.atomic
def send_back(version, *, by, at, reason):
    """Return a version to its author with what has to change."""
    if not reason.strip():
        raise CasebookError(_("Write what has to change, so that the author knows what to do."))
    _move(version, "send_back")
    audit.record("version.sent_back", by=by, target=version, number=version.number, reason=reason)


@transaction.atomic
def publish_version(version, *, by, at):
    """Make a reviewed version the one everybody sees; search finds it from this transaction on."""
    _move(version, "publish", published_at=at, published_by=by)
    record = version.record
    record.current = version
    record.published_at = record.published_at or at
    record.retired_at = None
    _mirror(record, version.content)
    record.save()
    index_record(record)
    audit.record(
        "version.published", by=by, target=version, number=version.number, sha256=version.content_sha256
    )


@transaction.atomic
def retire_record(record, *, by, at, reason):
    """Take a published record out of lists and search; its versions stay."""
    if not reason.strip():
        raise CasebookError(_("Write why it is retired."))
    moved = (
        type(record)
        .objects.filter(pk=record.pk, retired_at=None, current__isnull=False)
        .update(retired_at=at)
    )
    if not moved:
        raise IllegalMove(_("Only a published record can be retired."))
    remove_record(record)
    audit.record("record.retired", by=by, target=record, reason=reason)


def _mirror(record, content):
    """Keep on the record what lists show of its content."""
    record.title = content["title"]
    record.summary = content["summary"]
    record.work_field = work_field_named(content["work_field"])
    if record.kind == "case":
        record.hours_saved = hours_saved_per_month(content["effect"])
        record.effect_method = content["effect"]["method"]


def work_field_named(code):
    """The work field with this code or name, or one made for it; contents from elsewhere bring their own."""
    if not code:
        return None
    known = WorkField.objects.filter(Q(code=code) | Q(name=code)).order_by("pk").first()
    return known or WorkField.objects.get_or_create(code=code[:60], defaults={"name": code[:60]})[0]
