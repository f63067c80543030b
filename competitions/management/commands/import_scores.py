"""import_scores COMPETITION FILE: bring in the scores of a contest run on paper."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import Refusal
from competitions.actions.bring_in_files import scores_from_bytes
from competitions.actions.bring_in_scores import bring_in_scores
from competitions.management.files import competition_named, raw_of, report


class Command(BaseCommand):
    help = "Bring in scores from a CSV or XLSX file. The same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("competition", metavar="COMPETITION", help="the competition's slug")
        parser.add_argument("file", type=Path, metavar="FILE.csv|xlsx")

    def handle(self, *args, **options):
        path = options["file"]
        try:
            competition = competition_named(options["competition"])
            table = scores_from_bytes(competition, raw_of(path), ending=path.suffix.lower())
            brought = bring_in_scores(competition, table.scores, by=None, at=timezone.now())
        except Refusal as error:
            raise CommandError(str(error)) from error
        report(self.stdout, table, brought)
