"""import_entries COMPETITION FILE: bring in the entries of a contest run on paper."""

from competitions.actions.bringing_in.entries import bring_in_entries
from competitions.actions.bringing_in.files import entries_from_bytes
from competitions.management.files import TableCommand


class Command(TableCommand):
    help = "Bring in entries from a CSV or XLSX file. The same file again changes nothing."

    def read(self, competition, raw, *, ending):
        return entries_from_bytes(competition, raw, ending=ending)

    def bring_in(self, competition, table, **who_and_when):
        return bring_in_entries(competition, table.entries, **who_and_when)
