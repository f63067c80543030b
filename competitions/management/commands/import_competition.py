"""import_competition FILE.yaml: bring in the call, tracks, judges, rounds and award tiers of a contest."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.bringing_in.files import competition_from_bytes
from competitions.management.files import raw_of


class Command(BaseCommand):
    help = "Bring in a competition described in a YAML file. The same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.yaml")

    def handle(self, *args, **options):
        try:
            record = competition_from_bytes(raw_of(options["file"]))
            competition, is_new = bring_in_competition(record, by=None, at=timezone.now())
        except Refusal as error:
            raise CommandError(str(error)) from error
        for notice in record.notices:
            self.stdout.write(notice.text(_))
        sentence = (
            _("“%(title)s” is brought in.") if is_new else _("“%(title)s” is here already and unchanged.")
        )
        self.stdout.write(sentence % {"title": competition.title})
