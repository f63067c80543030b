from django.core.management.base import BaseCommand
from django.utils.timezone import now

from casebook.actions.starter import load_starter
from casebook.jobs import import_summary
from casebook.management.commands.import_casebook import person


class Command(BaseCommand):
    help = (
        "Bring in the starter library of Korean prompts and its work fields. A second time changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--publish", action="store_true", help="publish what an editor vouches for")
        parser.add_argument("--by", metavar="EMAIL", help="the editor who vouches")

    def handle(self, *args, **options):
        report = load_starter(by=person(options["by"]), at=now(), publish=options["publish"])
        self.stdout.write(import_summary(report, dry_run=False))
