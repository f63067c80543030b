"""import_entries COMPETITION FILE [--files ZIP]: bring in the entries of a contest run on paper or by mail."""

from contextlib import ExitStack
from pathlib import Path

from django.utils.translation import gettext as _

from competitions.actions.bringing_in.entries import bring_in_entries, try_entries
from competitions.actions.bringing_in.files import entries_from_bytes
from competitions.actions.bringing_in.packed_files import NoFiles, PackedFiles
from competitions.management.files import TableCommand
from competitions.states import EntryState


class Command(TableCommand):
    help = "Bring in entries from a CSV or XLSX file. The same file again changes nothing."
    own_options = ("files", "dry_run", "as_submitted")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--files", type=Path, metavar="FILE.zip", help="the files the rows name")
        parser.add_argument("--dry-run", action="store_true", help="say what would come in, store nothing")
        parser.add_argument(
            "--as-submitted", action="store_true", help="leave the entries to screening, not accepted yet"
        )

    def read(self, competition, raw, *, ending):
        table, self.problems = entries_from_bytes(competition, raw, ending=ending)
        return table

    def bring_in(self, competition, table, *, dry_run, as_submitted, files, **who_and_when):
        state = EntryState.SUBMITTED if as_submitted else EntryState.ACCEPTED
        options = {"state": state, "headers": table.headers, "problems": self.problems, **who_and_when}
        with ExitStack() as stack:
            archive = (
                stack.enter_context(PackedFiles(files, limits=competition.files_record))
                if files
                else NoFiles()
            )
            if dry_run:
                self.stdout.write(_("This is a trial; nothing is stored."))
                brought, _coming = try_entries(competition, table.entries, files=archive, **options)
            else:
                brought = bring_in_entries(competition, table.entries, files=archive, **options)
            for name in archive.not_asked_for():
                self.stdout.write(_("No row names this file of the archive: %(name)s") % {"name": name})
        return brought
