"""One prompt as a file of another tool, with what that file cannot hold said before."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.actions.export_prompts import ONE, prompt_file
from casebook.interchange import FORMATS
from casebook.models import Prompt
from casebook.presentation import prompt_page
from casebook.views.record import is_inside, shown_record


@public
@require_safe
def prompt_export(request, slug):
    """Choose a form, see what it lacks, download. What is not open is handed out after the advice was read."""
    shown = shown_record(request, Prompt, slug)
    name = request.GET.get("format", "")
    name = name if name in ONE else "markdown"
    page = prompt_page(shown["version"], sees_drafts=is_inside(shown["record"], request.user))
    written, file_name, media_type = prompt_file(shown["version"], name)
    has_read = not page["fill"].must_agree or request.GET.get("ack") == "1"
    if "download" in request.GET and written.data and has_read:
        return _download(written.data, file_name, media_type)
    if "download" in request.GET and not has_read:
        messages.error(request, _("Read the advice and tick the box before you download."))
    elif "download" in request.GET:
        messages.error(request, _("This form cannot hold the prompt. Choose another."))
    context = page | shown | {
        "formats": [(each, _(FORMATS[each].label)) for each in ONE],
        "format": name,
        "format_label": _(FORMATS[name].label),
        "file_name": file_name,
        "can_download": bool(written.data),
        "losses": [loss.text(_) for loss in written.losses],
        "carried": [loss.text(_) for loss in written.carried],
    }  # fmt: skip
    return render(request, "casebook/export.html", context)


def _download(data, file_name, media_type):
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
