"""What the import commands share: reading a file and finding the competition it belongs to."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from casebook.imports.tables import TableRefused, read_bytes
from competitions.actions.bringing_in.files import BringInRefused
from competitions.errors import CompetitionError
from competitions.models import Competition


class TableCommand(BaseCommand):
    """Brings a table of one competition in; a command says how it is read and stored."""

    own_options = ()

    def add_arguments(self, parser):
        parser.add_argument("competition", metavar="COMPETITION", help="the competition's slug")
        parser.add_argument("file", type=Path, metavar="FILE.csv|xlsx")

    def handle(self, *args, **options):
        path = options["file"]
        try:
            competition = competition_named(options["competition"])
            table = self.read(competition, raw_of(path), ending=path.suffix.lower())
            brought = self.bring_in(competition, table, by=None, at=timezone.now(), **self.chosen(options))
        except Refusal as error:
            raise CommandError(str(error)) from error
        report(self.stdout, table, brought)

    def chosen(self, options):
        """The options of this command alone, by their names."""
        return {name: options[name] for name in self.own_options}


def raw_of(path):
    try:
        return read_bytes(path)
    except TableRefused as error:
        raise BringInRefused(problem.text(_) for problem in error.problems) from error


def competition_named(slug):
    competition = Competition.objects.filter(slug=slug).first()
    if competition is None:
        raise CompetitionError(
            _("There is no competition “%(slug)s”. Bring it in with import_competition first.")
            % {"slug": slug}
        )
    return competition


def report(stdout, table, brought):
    """Write the notices of a file, then what came of it."""
    for notice in table.notices:
        stdout.write(notice.text(_))
    stdout.write(
        _("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.")
        % {"new": brought.new, "changed": brought.changed, "unchanged": brought.unchanged}
    )
