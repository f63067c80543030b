"""verify_results FILE: recompute a published result from its file and say where it differs.

The same script that everybody can download (competitions/verifying/verify_results.py), in the site's language.
"""

import sys

from django.core.management.base import BaseCommand
from django.utils import translation

from competitions.verifying import verify_results


class Command(BaseCommand):
    help = (
        "Recompute a published result from its file; exit code 0: it agrees, 1: it differs, 2: not readable."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="results.json, or - for standard input")
        parser.add_argument("--table", action="store_true", help="show the places")
        parser.add_argument(
            "--sheet",
            nargs=3,
            metavar=("ROUND", "JUDGE", "ENTRY"),
            help="show one score sheet and its SHA-256",
        )
        parser.add_argument(
            "--signed", metavar="FILE", help="with --sheet: the sheet as its judge downloaded it"
        )

    def handle(self, *, file, table, sheet, signed, **options):
        language = "en" if (translation.get_language() or "").startswith("en") else "ko"
        arguments = [*(["--table"] if table else []), *(["--sheet", *sheet] if sheet else [])]
        arguments += [*(["--signed", signed] if signed else []), "--", file]
        code = verify_results.run(arguments, self.stdout.write, self.stderr.write, language)
        if code:
            sys.exit(code)
