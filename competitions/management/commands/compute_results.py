"""compute_results SLUG [--json] [--no-advice]: compute, store and print the result of a competition."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from casebook.content import canonical_json
from competitions.actions.results.advising import advise
from competitions.actions.results.results import compute
from competitions.models import Competition

COLUMNS = "{:>6}  {:<20} {:>12}  {:<12} {}"


class Command(BaseCommand):
    help = "Compute and store the result of a competition; a published one is printed as it is."

    def add_arguments(self, parser):
        parser.add_argument("competition", help="slug of the competition")
        parser.add_argument("--json", action="store_true", help="print the result as canonical JSON")
        parser.add_argument(
            "--no-advice", action="store_true", help="leave out how firm it is, which takes longer"
        )

    def handle(self, *, competition, json, no_advice, **options):
        try:
            row = Competition.objects.get(slug=competition)
            result = compute(row, by=None, at=timezone.now())
            advice = {} if no_advice else {"advice": advise(row)}
        except Competition.DoesNotExist:
            self._refuse(_("There is no competition “%(slug)s”. Check the slug.") % {"slug": competition})
        except Refusal as refusal:
            self._refuse(str(refusal))
        if json:
            # Bytes, so that a terminal's encoding changes nothing.
            self.stdout.write(canonical_json(result.outcome | advice).decode())
        else:
            self._print_table(result.outcome)

    def _refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(1)

    def _print_table(self, outcome):
        self.stdout.write(COLUMNS.format(_("Place"), _("Entry"), _("Total"), _("Award"), _("Status")))
        for entry in outcome["entries"]:
            cells = [entry[name] for name in ("place", "code", "total", "award", "status")]
            self.stdout.write(COLUMNS.format(*("-" if cell is None else cell for cell in cells)))
        self.stdout.write(f"inputs_sha256 {outcome['inputs_sha256']}")
