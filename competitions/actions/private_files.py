"""What every upload that only a few people see has to pass before it is kept."""

from django.conf import settings
from django.utils.translation import gettext as _

from competitions.entry_files import MEGABYTE
from competitions.errors import CompetitionError
from competitions.files.errors import NotTaken
from competitions.files.kinds import kind_of
from competitions.files.virus import ScannerUnavailable, virus_in

LARGEST = 20 * MEGABYTE


def refuse_large(upload):
    if upload.size > LARGEST:
        raise CompetitionError(_("The file is larger than 20 MB. Make it smaller, or split it."))


def kind_by_content(file):
    """Return the kind of an open file. Raises CompetitionError for what no entry may hold either."""
    try:
        return kind_of(file)
    except NotTaken as reason:
        raise CompetitionError(_(str(reason))) from reason


def refuse_virus(file):
    """Raise CompetitionError when an open file has a virus, or nobody can say. Without clamd nothing is asked."""
    if not settings.CLAMD:
        return
    file.seek(0)
    try:
        virus = virus_in(file, settings.CLAMD)
    except ScannerUnavailable as error:
        raise CompetitionError(
            _("The file could not be checked for viruses just now. Try again in some minutes.")
        ) from error
    if virus:
        raise CompetitionError(
            _("A virus was found in the file (%(virus)s), so it was not kept. Choose a clean file.")
            % {"virus": virus[:100]}
        )
