"""The Celery application: `python -m celery -A config worker` and `beat`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

from config.broker import SCHEME

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Numbers of a jury are small matrices: threads only wait for each other, and for the site on the same cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
TRANSPORT_ALIASES[SCHEME] = "config.broker_transport:Transport"

app = Celery("casebook")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="clock")
