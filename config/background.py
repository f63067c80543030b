"""`python -m config.background worker` or `clock`."""

import signal
import sys
import warnings

from celery.platforms import SecurityWarning
from celery.signals import worker_process_init

from config.broker import SCHEME
from config.celery import app
from config.process import end_with_parent
from config.sentences import as_sentence

# Gossip between workers is of no use here, and the database broker cannot broadcast it.
ARGUMENTS = {
    "worker": [
        "--quiet",
        "worker",
        "--loglevel=WARNING",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ],
    "clock": ["--quiet", "beat", "--loglevel=WARNING", "--pidfile="],
}


@worker_process_init.connect
def _end_with_worker(**_):
    """On Ctrl-C the whole group gets SIGTERM: the worker ends its children itself, so they must not die."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_with_parent(signal.SIGKILL)


def main():
    with as_sentence():
        # Needs broadcasting too.
        app.conf.worker_enable_remote_control = not app.conf.broker_url.startswith(SCHEME)
        # A task fetched ahead would wait behind a long one while another process idles.
        app.conf.worker_prefetch_multiplier = 1
        app.start(argv=ARGUMENTS[sys.argv[1]])


if __name__ == "__main__":
    end_with_parent()
    # In a container everything is root; messages are JSON, so root runs nothing a message brings along.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    main()
