"""What a record shows of its content: address, title, summary, work field. Many at once, in a few queries."""

from django.db.models import Q

from casebook.content import hours_saved_per_month
from casebook.models import WorkField

MIRRORED = {
    "prompt": ["title", "summary", "work_field"],
    "case": ["title", "summary", "work_field", "hours_saved", "effect_method"],
}


def mirror(records, contents):
    """Keep on each record what lists show of its content; the caller saves."""
    fields = work_fields_named({content["work_field"] for content in contents} - {"", None})
    for record, content in zip(records, contents, strict=True):
        record.title = content["title"]
        record.summary = content["summary"]
        record.work_field = fields.get(content["work_field"])
        if record.kind == "case":
            record.hours_saved = hours_saved_per_month(content["effect"])
            record.effect_method = content["effect"]["method"]


def give_slugs(model, records, contents):
    """Give each record without an address its title as one, with a piece of the uid when it is taken."""
    bases = [model.slug_base(content["title"]) for content in contents]
    taken = set(model.objects.filter(slug__in=set(bases)).values_list("slug", flat=True))
    taken |= {record.slug for record in records}
    for record, base in zip(records, bases, strict=True):
        if not record.slug:
            free = base and base not in taken
            record.slug = base if free else f"{base}-{str(record.uid)[:8]}".strip("-")
            taken.add(record.slug)


def work_fields_named(codes):
    """{code: the work field with it as code or name, or one made for it}: contents bring their own fields."""
    known = {}
    if codes:
        named = WorkField.objects.filter(Q(code__in=codes) | Q(name__in=codes))
        for field in named.order_by("-pk"):  # the oldest comes last and wins
            known |= {field.code: field, field.name: field}
    return {code: known.get(code) or _made(code) for code in codes}


def _made(code):
    return WorkField.objects.get_or_create(code=code[:60], defaults={"name": code[:60]})[0]
