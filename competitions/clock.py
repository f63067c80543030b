"""What the calendar asks for."""

from celery import shared_task
from django.utils import timezone

from competitions.actions.entries import attachments
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
