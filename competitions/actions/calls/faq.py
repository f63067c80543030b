"""Putting a question that was asked into the frequent questions of its call."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.feedback import refuse_identity
from competitions.actions.calls.changes import locked
from competitions.actions.calls.notices import change_call
from competitions.actions.calls.question_texts import names
from competitions.actions.calls.records import fingerprint, record_of
from competitions.contest_files.call_records import FaqRecord
from competitions.errors import CompetitionError
from competitions.rules.changes import CHANGE


@transaction.atomic
def add_to_faq(question, asked, answer, *, by, at):
    """Put a question into the call's frequent questions, in words of the organiser's; a notice tells of it."""
    if question.removed_at:
        raise IllegalMove(_("This question is removed already."))
    asked, answer = asked.strip(), answer.strip()
    if not asked or not answer:
        raise CompetitionError(_("Write the question and its answer; everybody can read them."))
    refuse_identity(f"{asked}\n{answer}")
    _refuse_name(question, asked, answer)
    competition = locked(question.competition)
    record = record_of(competition)
    if any(each.question == asked for each in record.faq):
        raise CompetitionError(_("The frequent questions of the call hold this question already."))
    longer = replace(record, faq=(*record.faq, FaqRecord(question=asked, answer=answer)))
    told = _("A question that was asked is added to the frequent questions: %(question)s") % {
        "question": asked
    }
    notice = change_call(competition, longer, text=told, kind=CHANGE, by=by, at=at, seen=fingerprint(record))
    audit.record("question.put_into_faq", by=by, target=question)
    return notice


def _refuse_name(question, *texts):
    if question.asked_by and any(names(text, question.asked_by) for text in texts):
        raise CompetitionError(_("The text names the person who asked. Take the name out."))
