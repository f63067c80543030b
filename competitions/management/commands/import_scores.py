"""import_scores COMPETITION FILE: bring in the scores of a contest run on paper."""

from competitions.actions.bringing_in.files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.management.files import TableCommand


class Command(TableCommand):
    help = "Bring in scores from a CSV or XLSX file. The same file again changes nothing."

    def read(self, competition, raw, *, ending):
        return scores_from_bytes(competition, raw, ending=ending)

    def bring_in(self, competition, table, **who_and_when):
        return bring_in_scores(competition, table.scores, **who_and_when)
