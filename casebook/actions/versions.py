"""Making versions of prompts and cases, and moving them through review.

Each act on many is one transaction with a fixed number of queries; an act on one is the act on a list of one.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.fingerprints import remember
from casebook.actions.links import link_case, link_prompt, refuse_cycle
from casebook.actions.mirrored import MIRRORED, give_slugs, mirror
from casebook.content import content_sha256
from casebook.errors import CasebookError
from casebook.models import Case, CaseVersion, Prompt, PromptVersion
from casebook.parts import links_of
from casebook.search.index import index_records, remove_record
from casebook.states import VERSION_MOVES, VersionState

MODELS = {"prompt": (Prompt, PromptVersion), "case": (Case, CaseVersion)}


@dataclass(frozen=True, kw_only=True)
class NewRecord:
    """content: cleaned. identity: external_id, slug, government, department, origin_path, forked_from, ..."""

    content: dict
    uid: UUID = field(default_factory=uuid4)
    note: str = ""
    number: int = 1
    identity: dict = field(default_factory=dict)


def create_record(kind, content, *, by, at, uid=None, note="", number=1, **identity):
    """Store cleaned content as the first version of a new prompt or case, in draft. Returns the record.

    identity: external_id, slug, government, department, origin_path.
    """
    new = NewRecord(content=content, uid=uid or uuid4(), note=note, number=number, identity=identity)
    return create_records(kind, [new], by=by, at=at)[0].record


@transaction.atomic
def create_records(kind, news, *, by, at):
    """Store each NewRecord as a record with one version, in draft. Returns the versions, in the same order."""
    model, version_model = MODELS[kind]
    records = [model(uid=new.uid, created_by=by, created_at=at, **new.identity) for new in news]
    contents = [new.content for new in news]
    give_slugs(model, records, contents)
    mirror(records, contents)
    model.objects.bulk_create(records)
    versions = [
        version_model(
            record=record, number=new.number, content=new.content, note=new.note, created_by=by, created_at=at
        )
        for record, new in zip(records, news, strict=True)
    ]
    _store_versions(version_model, versions)
    if kind == "prompt":
        remember(records, contents)
    return versions


@transaction.atomic
def add_version(record, content, *, by, at, note="", number=None):
    """Store cleaned content as the next version, in draft."""
    number = number or (record.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    model = MODELS[record.kind][1]
    version = model(record=record, number=number, content=content, note=note, created_by=by, created_at=at)
    _store_versions(model, [version])
    if record.current_id is None:
        mirror([record], [content])
        record.save()
        if record.kind == "prompt":
            remember([record], [content])
    return version


def _store_versions(model, versions):
    for version in versions:
        version.content_sha256 = content_sha256(version.content)
    model.objects.bulk_create(versions)
    for version in versions:
        if version.record.kind == "case":
            link_case(version)
        elif links_of(version.content):
            refuse_cycle(version.record.uid, version.content)
            link_prompt(version)


def move(versions, name, **fields):
    """Move all of the versions, or none: of two rivals one wins."""
    sources, target = VERSION_MOVES[name]
    keys = [version.pk for version in versions]
    moved = type(versions[0]).objects.filter(pk__in=keys, state__in=sources).update(state=target, **fields)
    if moved < len(versions):
        raise IllegalMove(_("Somebody has already decided on this version. Open it again to see its state."))
    for version in versions:
        for name, value in {"state": target, **fields}.items():
            setattr(version, name, value)


def ask_review(version, *, by, at):
    ask_reviews([version], by=by, at=at)


@transaction.atomic
def ask_reviews(versions, *, by, at):
    if not versions:
        return
    due = localdate(at) + timedelta(days=settings.REVIEW_DAYS)
    move(versions, "ask_review", asked_at=at, review_due=due)
    audit.record_each(
        "version.review_asked", versions, by=by, detail=lambda version: {"number": version.number}
    )


def publish_version(version, *, by, at):
    """Make a reviewed version the one everybody sees; search finds it from this transaction on."""
    publish_versions([version], by=by, at=at)


@transaction.atomic
def publish_versions(versions, *, by, at):
    """Publish reviewed versions of one kind; of several of one record, the last is the one shown."""
    if not versions:
        return
    move(versions, "publish", published_at=at, published_by=by)
    shown = list({version.record_id: version for version in versions}.values())
    for version in shown:
        record = version.record
        record.current = version
        record.published_at = record.published_at or at
        record.retired_at = None
    records = [version.record for version in shown]
    contents = [version.content for version in shown]
    mirror(records, contents)
    _update(records)
    index_records(records)
    if records[0].kind == "prompt":
        remember(records, contents)
    audit.record_each("version.published", versions, by=by, detail=_published_detail)


def _update(records):
    """One statement over a list of rows; bulk_update's CASE grows with the square of their number."""
    changed = [*MIRRORED[records[0].kind], "current", "published_at", "retired_at"]
    type(records[0]).objects.bulk_create(
        records, update_conflicts=True, unique_fields=["id"], update_fields=changed
    )


def _published_detail(version):
    return {"number": version.number, "sha256": version.content_sha256}


@transaction.atomic
def publish_earlier(versions, *, by, at):
    """Mark versions that another site had published before its current one; what is shown stays."""
    waiting = [version for version in versions if version.state != VersionState.PUBLISHED]
    if not waiting:
        return
    move(waiting, "publish_earlier", published_at=at, published_by=by)
    audit.record_each("version.published", waiting, by=by, detail=_published_detail)


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
