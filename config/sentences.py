"""Start-up refusals meant for the person at the terminal: the sentence, without a traceback."""

import contextlib
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

from config.embedded.errors import EmbeddedServerError


@contextlib.contextmanager
def as_sentence():
    try:
        yield
    except (ImproperlyConfigured, CommandError, EmbeddedServerError) as refusal:
        sys.exit(str(refusal))
