"""What `make run` does before the site opens: `python -m config.prepare`."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.sentences import as_sentence
from config.serve import address


def migrations_are_pending():
    """Asking is far quicker than migrating nothing, which looks through all models again."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if migrations_are_pending():
        call_command("migrate", verbosity=0)
    if settings.DEMO:
        call_command("load_demo", if_empty=True)
        call_command("demo_accounts")
    host, port = address()
    print(f"Starting http://{host}:{port}/ - stop with Ctrl-C.", flush=True)


if __name__ == "__main__":
    with as_sentence():
        main()
