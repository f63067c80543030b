"""Notices of a call: its announcement, and every change of it afterwards, published with what changed and why."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.change_words import changes_in_words
from competitions.actions.calls.changes import changed_fields, locked, refuse_unseen, store_change
from competitions.actions.calls.gates import refuse_gates
from competitions.actions.calls.notice_limits import refuse_change
from competitions.actions.calls.record_checks import check_record
from competitions.actions.calls.records import record_of
from competitions.actions.letters import tell_followers
from competitions.declared import rule_sha256
from competitions.errors import CompetitionError
from competitions.models import CallNotice
from competitions.rules.changes import CORRECTION, EXCEPTIONS, KINDS, is_material
from competitions.rules.findings import Stage
from competitions.states import CompetitionState


def publish_notice(competition, *, kind, by, at, text="", changes=()):
    """Store the next notice of a competition and keep the fingerprint of the rule it announces.

    Call inside the act's transaction, with the competition locked.
    """
    fix_rule(competition)
    last = competition.call_notices.aggregate(last=Max("number"))["last"] or 0
    return CallNotice.objects.create(
        competition=competition, number=last + 1, kind=kind, text=text, changes=list(changes), at=at, by=by
    )


def fix_rule(competition):
    """Keep the fingerprint of the rule as it is public now."""
    competition.rule_sha256 = rule_sha256(competition)
    competition.save(update_fields=["rule_sha256"])


@transaction.atomic
def change_call(competition, record, *, text, kind, by, at, exception="", seen=None):
    """Change an announced call and publish a notice of it. Returns the notice.

    text: what changes and why. kind: correction, change or extension. exception: of EXCEPTIONS, for a correction.
    seen: fingerprint of what the person saw when beginning.
    """
    competition = locked(competition)
    text = _told(text, kind=kind, exception=exception)
    if competition.state != CompetitionState.ANNOUNCED:
        raise IllegalMove(
            _("Only an announced call is changed by a notice; this competition is past its call.")
        )
    before = record_of(competition)
    refuse_unseen(before, seen)
    fields = changed_fields(before, record)
    refuse_change(competition, before, record, fields=fields, kind=kind, at=at)
    check_record(record)
    store_change(competition, record, before=before)
    changes = changes_in_words(before, record, fields)
    notice = publish_notice(competition, kind=kind, text=text, changes=changes, by=by, at=at)
    if is_material(kind, fields):
        refuse_gates(competition, Stage.CHANGE, at=at)
    key = f"call.changed:{competition.pk}:{notice.number}"
    tell_followers(competition, "call.changed", at=at, by=by, key=key, text=text)
    audit.record("competition.call_changed", by=by, target=competition, fields=fields, kind=kind)
    return notice


def _told(text, *, kind, exception):
    """Return the notice's text, which begins with the error a correction mends."""
    text = text.strip()
    if not text:
        raise CompetitionError(_("Write what changes and why; everybody can read it."))
    if kind not in KINDS:
        raise CompetitionError(_("Choose what kind of notice this is."))
    if kind == CORRECTION:
        if exception not in EXCEPTIONS:
            raise CompetitionError(
                _("A correction mends a calculation error, a typing error or an omission. Choose which.")
            )
        text = f"{_(EXCEPTIONS[exception])}: {text}"
    most = CallNotice._meta.get_field("text").max_length
    if len(text) > most:
        raise CompetitionError(_("Write the notice in at most %(count)s characters.") % {"count": most})
    return text
