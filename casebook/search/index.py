"""Writes the search documents of published records, in the transaction that publishes them."""

from itertools import islice

from django.db.models.expressions import RawSQL

from casebook.content import hours_saved_per_month
from casebook.models import Case, Prompt, SearchDocument
from casebook.search.tokens import tokens

BODY_LIMIT = 200_000  # characters
AT_ONCE = 100  # records
# What SearchVector says, without compiling a tree of expressions for each row.
WEIGHED = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABD")
# Counted by the acts themselves; a document that stands keeps them.
COUNTED = {"uses", "rating_sum", "rating_count"}
WRITTEN = [
    field.name for field in SearchDocument._meta.concrete_fields if field.name not in {"id", "uid", *COUNTED}
]


def index_records(records):
    """Make the search document of each record say what its published version says."""
    SearchDocument.objects.bulk_create(
        [_document(record) for record in records],
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=WRITTEN,
    )


def _document(record):
    content = record.current.content
    fields = (_prompt_fields if record.kind == "prompt" else _case_fields)(record, content)
    return SearchDocument(
        uid=record.uid,
        kind=record.kind,
        **{record.kind: record},
        external_id=record.external_id,
        slug=record.slug,
        title=record.title,
        summary=record.summary,
        work_field=record.work_field,
        published_at=record.published_at,
        ts=_vector(record, fields["body"], tags=" ".join(content["tags"])),
        **fields,
    )


def _vector(record, body, *, tags):
    field = record.work_field.name if record.work_field else ""
    parts = [record.title, f"{record.summary} {tags} {field}", body]
    return RawSQL(WEIGHED, [" ".join(tokens(part)) for part in parts])  # noqa: S611 (words are parameters)


def remove_record(record):
    SearchDocument.objects.filter(uid=record.uid).delete()


def reindex(report=lambda done, total: None):
    """Index every published record again and drop documents of others. Returns how many there are."""
    SearchDocument.objects.all().delete()
    done, total = 0, sum(model.objects.published().count() for model in (Prompt, Case))
    for model in (Prompt, Case):
        records = model.objects.published().select_related("current", "work_field").iterator(AT_ONCE)
        while some := list(islice(records, AT_ONCE)):
            index_records(some)
            done += len(some)
            report(done, total)
    return done


def _prompt_fields(record, content):
    texts = [message["content"] for message in content["messages"]]
    texts += [
        content["purpose"],
        content["output_format"],
        content["example_input"],
        content["example_output"],
    ]
    return {
        "body": _join(texts),
        "label": record.current.label,
        "uses": record.uses,
        "rating_sum": record.rating_sum,
        "rating_count": record.rating_count,
        "sensitivity": content["sensitivity"],
        "channel": content["channel"],
        "task_type": content["task_type"],
    }


def _case_fields(_record, content):
    texts = [content["problem"], content["approach"], *(step["text"] for step in content["steps"])]
    texts += [f"{row['task']} {row['before']} {row['after']}" for row in content["before_after"]]
    texts += [content["risks"], content["failures"], content["prerequisites"]]
    return {
        "body": _join(texts),
        "stage": content["stage"],
        "effect": content["effect"],
        "hours_saved": hours_saved_per_month(content["effect"]),
    }


def _join(texts):
    return "\n".join(text for text in texts if text)[:BODY_LIMIT]
