"""A file of an entry, for its judge: without its name, and without what it says about people."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.entry_files import local_copy, storage
from competitions.files import sandbox
from competitions.models import Attachment
from competitions.views.entry_shown import files_of, questions_for_judges
from competitions.views.judging.sheet_parts import file_snapshot, sheet_of


@never_cache
@require_safe
def judging_file(request, pk, number):
    """Byte for byte what was handed in, unless the file still names people: then a copy that does not."""
    sheet = sheet_of(request, pk)
    file_snapshot(sheet, wants_old="version" in request.GET)
    file = _file(sheet, number)
    data = _without_people(file.row) if _names_people(file.row, sheet.round) else _whole(file.row)
    if data is None:
        messages.error(
            request,
            _(
                "This file still names people and no copy without them could be made. Ask the organiser for it."
            ),
        )
        return redirect("competitions:judging_sheet", pk=pk)
    return _sent(data, name=f"{sheet.entry.code}-{number}.{file.kind}")


def _file(sheet, number):
    """The file; 404 for one that a judge of a blind round does not get."""
    entry = sheet.entry
    shown = files_of(entry, questions=questions_for_judges(entry), for_judges=True, blind=sheet.round.blind)
    files = {each.number: each for each in shown}
    if number not in files or not files[number].is_open or not storage().exists(files[number].row.path):
        raise Http404
    return files[number]


def _names_people(attachment, round_):
    """In a blind round also a file that could not be looked through."""
    is_unread = attachment.examination == Attachment.Examination.FAILED
    return bool(attachment.findings) or (round_.blind and is_unread)


def _whole(attachment):
    with closing(storage().open(attachment.path)) as file:
        return file.read()


def _without_people(attachment):
    """The bytes of a clean copy, None when none could be made."""
    with TemporaryDirectory(prefix="judge-") as folder, local_copy(attachment) as path:
        copy = Path(folder) / "copy"
        failure = sandbox.write_clean_copy(path, attachment.kind, str(copy))
        return None if failure else copy.read_bytes()


def _sent(data, *, name):
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
