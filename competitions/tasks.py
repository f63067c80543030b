"""Work in the background. A message carries only the id; the row decides whether there is anything to do."""

from celery import shared_task

from competitions.examination import examine


@shared_task
def examine_attachment(attachment_id):
    examine(attachment_id)
