"""What the calendar asks for."""

from celery import shared_task

from competitions.actions.entries import attachments


@shared_task
def resend_unexamined_attachments():
    attachments.resend_unexamined()


@shared_task
def remove_abandoned_uploads():
    attachments.remove_abandoned()
