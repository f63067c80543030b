from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casebook.book import read_book
from casebook.exports import FORMATS, writer


class Command(BaseCommand):
    help = "Write the published casebook into a file (json, md) or a folder (site; a path ending in .zip packs it)."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--out", metavar="PATH", type=Path, required=True)

    def handle(self, *args, **options):
        book = read_book()
        try:
            writer(options["format"])(book, options["out"], translate=_, language=get_language() or "ko")
        except OSError as error:
            message = _("The export cannot be written to %(path)s: %(reason)s.")
            raise CommandError(message % {"path": options["out"], "reason": error.strerror}) from error
        counts = {"prompts": len(book.prompts), "cases": len(book.cases)}
        self.stdout.write(_("%(prompts)s prompts and %(cases)s cases.") % counts)
