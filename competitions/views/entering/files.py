"""The list of an entry's files, as part of its page and alone for the script that has just sent one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import require
from competitions.forms.entry_call import call_parts
from competitions.permissions import can_change_entry
from competitions.views.entering.parts import entries_to_write


@never_cache
@require_safe
def files_part(request, pk):
    entry = get_object_or_404(entries_to_write(request.user), pk=pk)
    require(can_change_entry(request.user, entry))
    call = call_parts(entry.competition, asks_questions=entry.asks_questions, has_terms=False)
    context = {"entry": entry} | files_context(entry, call=call, track=entry.track)
    return render(request, "competitions/_files.html", context)


def files_context(entry, *, call, track):
    """One query. file_questions: what the call asks to be uploaded, with what was uploaded for it."""
    if not call.files.most:
        return {"files": call.files, "attachments": [], "file_questions": []}
    attachments = list(entry.attachments.kept().defer("text"))
    questions = [
        {"question": each, "files": [file for file in attachments if file.field == each.code]}
        for each in call.files_asked_in(track)
    ]
    codes = {each["question"].code for each in questions}
    return {
        "files": call.files,
        "file_questions": questions,
        "attachments": [file for file in attachments if file.field not in codes],
    }
