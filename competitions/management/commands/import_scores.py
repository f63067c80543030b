"""import_scores COMPETITION FILE [--dry-run]: bring in the scores of a contest run on paper."""

from django.utils.translation import gettext as _

from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores, try_scores
from competitions.management.files import TableCommand


class Command(TableCommand):
    help = "Bring in scores from a CSV or XLSX file. The same file again changes nothing."
    own_options = ("dry_run",)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would come in, store nothing")

    def read(self, competition, raw, *, ending):
        return scores_from_bytes(competition, raw, ending=ending)

    def bring_in(self, competition, table, *, dry_run, **who_and_when):
        if dry_run:
            self.stdout.write(_("This is a trial; nothing is stored."))
        act = try_scores if dry_run else bring_in_scores
        return act(competition, table.scores, remarks=table.remarks, **who_and_when)
