"""export_competition SLUG [--out FILE]: write a contest as the YAML file that import_competition takes."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.calls.records import record_of
from competitions.contest_files.write_yaml import written
from competitions.management.files import competition_named


class Command(BaseCommand):
    help = "Write a competition as a YAML file, to the screen unless a file is named."

    def add_arguments(self, parser):
        parser.add_argument("competition", metavar="SLUG", help="the competition's slug")
        parser.add_argument("--out", type=Path, metavar="FILE.yaml")

    def handle(self, *args, **options):
        try:
            text = written(record_of(competition_named(options["competition"])))
        except Refusal as error:
            raise CommandError(str(error)) from error
        if options["out"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            options["out"].write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(
                _("“%(file)s” cannot be written: %(reason)s")
                % {"file": options["out"], "reason": error.strerror}
            ) from error
