"""Labels of published versions: recommended, or no longer recommended. Only editors set them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.errors import CasebookError
from casebook.models import Prompt, PromptVersion, SearchDocument
from casebook.states import VersionState

MOST_REASON = 500
Label = PromptVersion.Label


@transaction.atomic
def set_label(version, *, by, at, label="", replacement=None, reason=""):
    """Give a published version a label, or take it away with "". Of one prompt at most one version is recommended.

    replacement: the published prompt to use instead of a deprecated one. reason: why it is deprecated.
    """
    # Of two editors the later one sees what the earlier one did.
    record = Prompt.objects.select_for_update(of=("self",)).get(pk=version.record_id)
    _refuse(record, version, by=by, label=label, replacement=replacement, reason=reason)
    if label == Label.RECOMMENDED:
        record.versions.filter(label=label).exclude(pk=version.pk).update(label="")
    kept = replacement if label == Label.DEPRECATED else None
    PromptVersion.objects.filter(pk=version.pk).update(label=label, replacement=kept)
    _show(record)
    detail = {"number": version.number, "label": label}
    detail |= {"replacement": str(kept.uid)} if kept else {}
    detail |= {"reason": reason.strip()[:MOST_REASON]} if reason.strip() else {}
    audit.record("version.labelled", by=by, target=version, **detail)
    version.label, version.replacement = label, kept


def _refuse(record, version, *, by, label, replacement, reason):
    if version.state != VersionState.PUBLISHED or record.retired_at:
        raise IllegalMove(_("Only a published version of a prompt in use has a label."))
    if (
        label == Label.RECOMMENDED
        and by is not None
        and by.pk in (version.created_by_id, version.edited_by_id)
    ):
        raise CasebookError(_("You made or edited this version, so another editor has to recommend it."))
    if label == Label.DEPRECATED and not reason.strip():
        raise CasebookError(_("Write why it is no longer recommended."))
    if label == Label.DEPRECATED and replacement is not None:
        if replacement.pk == record.pk:
            raise CasebookError(_("A prompt does not replace itself. Choose another one."))
        if not replacement.is_published:
            raise CasebookError(_("The replacement has to be a published prompt."))


def _show(record):
    """Lists and search show the label of the version that everybody sees."""
    label = record.versions.filter(pk=record.current_id).values("label")[:1]
    SearchDocument.objects.filter(prompt=record).update(label=label)
