"""What the calendar asks for."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from competitions.actions import erasure, reminders
from competitions.actions.afterwards import appeals_due
from competitions.actions.bringing_in import waiting_files
from competitions.actions.committee import forgetting
from competitions.actions.conflicts import finding as conflicts
from competitions.actions.entries import attachments
from competitions.actions.judging import due_sheets, redacting
from competitions.actions.rounds import vote_opening
from competitions.actions.screening.similar_rounds import compare_waiting


@shared_task
def resend_unexamined_attachments():
    attachments.resend_unexamined()


@shared_task
def remove_abandoned_uploads():
    attachments.remove_abandoned()


@shared_task
def compare_entries():
    compare_waiting(at=timezone.now())


@shared_task
def find_conflicts():
    conflicts.find_in_judged(at=timezone.now())


@shared_task
def make_blind_copies():
    redacting.make_missing_everywhere(at=timezone.now())


@shared_task
def erase_expired():
    at = timezone.now()
    erasure.erase_expired(at=at)
    forgetting.forget_candidates(at=at)


@shared_task
def remind_entrants():
    at = timezone.now()
    reminders.remind_of_deadlines(at=at)
    reminders.remind_of_corrections(at=at)
    reminders.tell_of_passed_corrections(at=at)


@shared_task
def tell_of_opened_votes():
    vote_opening.tell_of_opened_votes(at=timezone.now())


@shared_task
def remove_waiting_tables():
    waiting_files.remove_old(before=(timezone.now() - timedelta(days=1)).timestamp())


@shared_task
def remind_of_appeals():
    appeals_due.remind_of_due_appeals(at=timezone.now())


@shared_task
def remind_judges():
    due_sheets.remind_of_due_sheets(at=timezone.now())
