from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import catalogue

FOLDERS = ("accounts", "casebook", "learning", "competitions", "config")
LOCALES = ("ko",)  # messages are written in English, so English needs no catalogue


class Command(BaseCommand):
    help = "Update the message catalogue from code and templates, keeping translations."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 with what is wrong")
        parser.add_argument(
            "--merge",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="po files that fill what is empty",
        )

    def handle(self, *args, check, merge, **options):
        found = catalogue.extract(settings.BASE_DIR, folders=FOLDERS, templates="templates")
        for locale in LOCALES:
            path = settings.LOCALE_PATHS[0] / locale / "LC_MESSAGES" / "django.po"
            if check:
                self._check(found, path, locale=locale)
            else:
                self._update(found, path, locale=locale, merge=merge)

    def _check(self, found, path, *, locale):
        wrong = list(catalogue.problems(found, catalogue.read(path, locale=locale)))
        if wrong:
            raise CommandError("\n".join([*wrong, f"{len(wrong)} problems in {path.name} ({locale})."]))
        self.stdout.write(f"{locale}: {len(found)} messages, all translated.")

    def _update(self, found, path, *, locale, merge):
        fragments = [catalogue.read(each, locale=locale) for each in merge]
        kept = catalogue.read(path, locale=locale)
        new = catalogue.update(found, kept, fragments=fragments)
        catalogue.write(new, path)
        for each, fragment in zip(merge, fragments, strict=True):
            for message in catalogue.unused(found, fragment):
                self.stderr.write(f"{each.name}: nothing says {message.id!r}.")
        wrong = len(list(catalogue.problems(found, new)))
        self.stdout.write(f"{locale}: {len(found)} messages, {wrong} need attention (messages --check).")
