"""What waits on the editor's desk: versions in review, and published records due for another look."""

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import AuditRecord
from casebook.models import Case, CaseVersion, Prompt, PromptVersion, Review
from casebook.states import VersionState

VERSIONS = {"prompt": PromptVersion, "case": CaseVersion}
RECORDS = {"prompt": Prompt, "case": Case}
WHOSE = ("mine", "others")
SORTS = {"": ("since", "kind", "pk"), "due": (F("review_due").asc(nulls_last=True), "since", "pk")}
COLUMNS = (
    "kind",
    "pk",
    "record__title",
    "number",
    "since",
    "review_due",
    "created_by__name",
    "field",
    "returned",
)


def waiting(user, *, kind="", field="", whose="", overdue=False, sort="", at=None):
    """Versions in review as plain rows. whose: "others" leaves out what the person may not decide on."""
    parts = []
    for name in [kind] if kind in VERSIONS else VERSIONS:
        rows = VERSIONS[name].objects.filter(state=VersionState.IN_REVIEW)
        rows = rows.filter(record__work_field__code=field) if field else rows
        rows = rows.filter(review_due__lt=localdate(at)) if overdue else rows
        if whose in WHOSE:
            own = Q(created_by=user) | Q(edited_by=user)
            rows = rows.filter(own) if whose == "mine" else rows.exclude(own)
        parts.append(_rows(rows, name))
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return found.order_by(*SORTS.get(sort, SORTS[""]))


def _rows(versions, kind):
    sent_back = Q(reviews__decision=Review.Decision.SENT_BACK)
    return (
        versions.order_by()
        .annotate(
            kind=Value(kind, output_field=CharField()),
            since=Coalesce("asked_at", "created_at"),
            field=F("record__work_field__name"),
            returned=Count("reviews", filter=sent_back),
        )
        .values(*COLUMNS)
    )


def next_waiting(user):
    """(kind, pk) of what waits longest and the person may decide on, or None."""
    row = waiting(user, whose="others").first()
    return (row["kind"], row["pk"]) if row else None


def with_askers(rows):
    """Give each row the name of who asked for its review, from the audit trail, in one query."""
    keys = Q(pk=None)
    for kind in VERSIONS:
        targets = [str(row["pk"]) for row in rows if row["kind"] == kind]
        keys |= Q(target_kind=f"{kind}version", target_id__in=targets)
    asked = AuditRecord.objects.filter(keys, verb="version.review_asked").order_by("pk")
    names = {
        (kind, key): name for kind, key, name in asked.values_list("target_kind", "target_id", "by__name")
    }
    for row in rows:
        row["asker"] = names.get((f"{row['kind']}version", str(row["pk"]))) or row["created_by__name"]
        row["submission"] = row["returned"] + 1
    return rows


def due_again(at):
    """Published records whose next review lies behind, oldest first, as plain rows."""
    columns = ("kind", "pk", "title", "slug", "review_by", "field", "author")
    parts = [
        model.objects.published()
        .filter(review_by__lte=localdate(at))
        .order_by()
        .annotate(
            kind=Value(kind, output_field=CharField()),
            field=F("work_field__name"),
            author=F("created_by__name"),
        )
        .values(*columns)
        for kind, model in RECORDS.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("review_by", "kind", "pk")
