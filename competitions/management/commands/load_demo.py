import sys

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.actions.demo.contests import is_empty, load_demo


class Command(BaseCommand):
    help = "Fill an empty site with the fictional demo city."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, on a site in use")

    def handle(self, *args, **options):
        if not is_empty():
            if options["if_empty"]:
                return
            self.stderr.write(
                _("This site already holds records. The demo is only loaded into an empty one.")
            )
            sys.exit(1)
        report = load_demo(at=now())
        self.stdout.write(_("The demo city is loaded: %(number)s records.") % {"number": len(report.items)})
