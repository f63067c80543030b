"""Making a copy of one's own of a published prompt, under the terms of its licence and with its provenance."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Government
from casebook.actions.drafts import begin_prompt
from casebook.content import clean_prompt
from casebook.content.choices import LICENCES
from casebook.content.licences import broken_terms, may_derive, must_name_source
from casebook.errors import CasebookError
from casebook.models import Prompt
from casebook.states import VersionState

LEFT_OUT = {"command"}  # a short command belongs to one prompt


@transaction.atomic
def fork(version, *, by, at, idempotency_key, attribution):
    """Begin a prompt of one's own that says what a published version says. Returns its draft version.

    attribution: names the original; it stands in the copy and every later version keeps it.
    """
    known = Prompt.objects.filter(idempotency_key=idempotency_key, created_by=by).first()
    if known:
        return known.versions.earliest("number")
    reason = refusal_of_copy(version)
    if reason:
        raise CasebookError(reason)
    if must_name_source(version.content["licence"]) and not attribution.strip():
        raise CasebookError(_("Name the original; its licence asks for it."))
    draft = begin_prompt(
        _copied(version, attribution.strip()),
        by=by,
        at=at,
        idempotency_key=idempotency_key,
        forked_from=version,
        government=Government.objects.filter(is_self=True).first(),
        department=by.department,
    )
    detail = {"uid": str(version.record.uid), "number": version.number, "licence": version.content["licence"]}
    audit.record("prompt.forked", by=by, target=draft.record, **detail)
    return draft


def refusal_of_copy(version):
    """Why no copy may be made of a version, and what to do instead; "" when one may."""
    record = version.record
    if version.state != VersionState.PUBLISHED or not record.is_published:
        return _("Copies are made of published prompts only.")
    licence = version.content["licence"]
    words = {"licence": _(LICENCES[licence])}
    if not may_derive(licence):
        return (
            _(
                "%(licence)s does not allow changed copies. Ask the office that owns the prompt, or propose a "
                "change to it."
            )
            % words
        )
    if licence == "none" and not _is_ours(record.government):
        return _(
            "It has no licence and belongs to another government. Ask them for a licence, or propose a change."
        )
    return ""


def suggested_attribution(version):
    """A line that names the original, before what the original itself names. It stands in the content, in Korean."""
    record, content = version.record, version.content
    owner = f"{record.government.name}, " if record.government else ""
    licence = (
        content["licence"].replace("KOGL-", "공공누리 제") + "유형" if content["licence"] != "none" else ""
    )
    parts = [f"원저작: {owner}「{content['title']}」 제{version.number}판", licence]
    return "\n".join([", ".join(filter(None, parts)), *filter(None, [content["attribution"]])])


def terms_broken_by(version):
    """What a version of a copy lacks to be published under the licence of its original, in sentences."""
    original = version.record.forked_from if version.record.kind == "prompt" else None
    return [_(sentence) for sentence in broken_terms(version.content, original.content)] if original else []


def _copied(version, attribution):
    content = {name: value for name, value in version.content.items() if name not in LEFT_OUT}
    origin = {
        "uid": str(version.record.uid),
        "version": version.number,
        "title": version.content["title"],
        "attribution": attribution,
    }
    return clean_prompt({**content, "attribution": attribution, "forked_from": origin}, draft=True)


def _is_ours(government):
    return government is None or government.is_self
