"""All audit records, for those who may read them; reading them is recorded too."""

from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.forms import AuditFilterForm
from accounts.models import AuditRecord
from accounts.permissions import can_read_audit, require
from accounts.views.keyset import older_than
from accounts.words import describe_record


@require_safe
def audit_log(request):
    require(can_read_audit(request.user))
    form = AuditFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    records = AuditRecord.objects.select_related("by", "about").filter(_chosen(asked))
    refused = form.is_bound and not form.is_valid()
    page = older_than(records.none() if refused else records, request.GET.get("before"))
    for record in page["records"]:
        describe_record(record)
    audit.record("audit.viewed", by=request.user, about=asked.get("person"), **_noted(asked))
    return render(request, "accounts/audit_log.html", page | {"form": form}, status=422 if refused else 200)


def _chosen(asked):
    chosen = Q()
    if asked.get("verb"):
        chosen &= Q(verb=asked["verb"])
    if asked.get("person"):
        chosen &= Q(by=asked["person"]) | Q(about=asked["person"])
    if asked.get("kind"):
        chosen &= Q(target_kind=asked["kind"])
    if asked.get("number"):
        chosen &= Q(target_id=asked["number"])
    return chosen


def _noted(asked):
    names = {"verb": "asked_verb", "kind": "asked_kind", "number": "asked_number"}
    return {noted: asked[name] for name, noted in names.items() if asked.get(name)}
