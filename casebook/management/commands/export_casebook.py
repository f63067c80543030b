from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casebook.actions.export_prompts import chosen_records
from casebook.book import read_book
from casebook.exports import FORMATS, writer
from casebook.jobs import export_summary


class Command(BaseCommand):
    help = (
        "Write the published casebook into a file or a folder, or its prompts into files of other tools. A path "
        "ending in .zip packs them; what a form does not hold is listed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--out", metavar="PATH", type=Path, required=True)
        parser.add_argument("--search", default="", metavar="WORDS", help="only what a search finds")

    def handle(self, *args, **options):
        name, out = options["format"], options["out"]
        selection = {"q": options["search"]} if options["search"] else {}
        book = read_book(only=chosen_records(selection, by=None), tests=bool(FORMATS[name].tool))
        try:
            losses = writer(name)(book, out, translate=_, language=get_language() or "ko")
        except OSError as error:
            message = _("The export cannot be written to %(path)s: %(reason)s.")
            raise CommandError(message % {"path": out, "reason": error.strerror}) from error
        self.stdout.write(export_summary(name, book, losses or ()))
