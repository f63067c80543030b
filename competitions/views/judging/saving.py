"""How a save of a sheet is answered: a page for a browser alone, JSON for the script that saves by itself."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.requests import wants_json
from competitions.errors import SheetGone
from competitions.forms.sheet import KEPT_SHEET, SheetForm, stamp

NOT_STORED, STALE, GONE = 422, 409, 410
NOTICE = "competitions/judging/_gone.html"


def saved(request, sheet, *, to_sign):
    if wants_json(request):
        at = localtime(sheet.saved_at)
        address = request.path
        return _json({"revision": stamp(sheet.saved_at), "saved": f"{at:%H:%M}", "address": address})
    if to_sign:
        return redirect("competitions:judging_sign", pk=sheet.pk)
    messages.success(request, _("Saved as a draft. It counts once you sign it."))
    return redirect("competitions:judging_sheet", pk=sheet.pk)


def refused_json(request, form):
    told = {
        "problems": render_to_string("components/error_summary.html", {"form": form}, request),
        "errors": [
            {"target": form[name].id_for_label or name, "text": " ".join(found)}
            for name, found in form.errors.items()
            if name in form.fields
        ],
    }
    return _json(told, status=NOT_STORED)


def gone(request):
    """The sheet was taken away under the judge's hands: said in words, where a page not found would say nothing."""
    sentence = str(SheetGone())
    if wants_json(request):
        return _json({"problems": render_to_string(NOTICE, {"problem": sentence}), "errors": []}, status=GONE)
    messages.error(request, sentence)
    return redirect("competitions:judging")


def stale_json(request, sheet, refusal, differing):
    texts = {"message": str(refusal), "differences": differing}
    conflict = render_to_string("casebook/_write_conflict.html", texts, request)
    return _json({"conflict": conflict, "revision": stamp(sheet.saved_at)}, status=STALE)


def differences(form, sheet):
    """[(label, what was typed, what is saved)] of each field in which another window's save differs."""
    sheet.refresh_from_db(fields=["comment_committee", "comment_entrant", "comment_private"])
    kept = SheetForm(sheet=sheet, criteria=form.criteria)
    names = [name for name, field in kept.fields.items() if not field.widget.is_hidden]
    pairs = [(form[name], kept[name]) for name in names if not name.startswith("level_")]
    texts = [(typed.label, _text(typed), _text(there)) for typed, there in pairs]
    return [(label, typed, there) for label, typed, there in texts if typed != there]


def signed_out(request):
    """A script keeps the text in its browser; without one it is kept until the person has signed in."""
    if wants_json(request):
        return _json({"login": redirect_to_login(request.get_full_path()).url}, status=401)
    return KEPT_SHEET.ask_login(request, request.get_full_path())


def _text(field):
    return str(field.value() or "").replace("\r\n", "\n").strip()


def _json(told, *, status=200):
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
