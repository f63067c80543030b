"""Writes the search document of a published record, in the transaction that publishes it."""

from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from casebook.content import hours_saved_per_month
from casebook.models import Case, Prompt, SearchDocument
from casebook.search.tokens import tokens

BODY_LIMIT = 200_000  # characters


def index_record(record):
    """Make the search document say what the record's published version says."""
    fields = (_prompt_fields if record.kind == "prompt" else _case_fields)(record.current.content)
    tags = " ".join(record.current.content["tags"])
    SearchDocument.objects.update_or_create(
        uid=record.uid,
        defaults={
            "kind": record.kind,
            record.kind: record,
            "external_id": record.external_id,
            "slug": record.slug,
            "title": record.title,
            "summary": record.summary,
            "work_field": record.work_field,
            "published_at": record.published_at,
            "ts": _vector(record, fields["body"], tags=tags),
            **fields,
        },
    )


def _vector(record, body, *, tags):
    field = record.work_field.name if record.work_field else ""
    weighed = {"A": record.title, "B": f"{record.summary} {tags} {field}", "D": body}
    return reduce(add, [_part(text, weight) for weight, text in weighed.items()])


def _part(text, weight):
    return SearchVector(Value(" ".join(tokens(text))), config="simple", weight=weight)


def remove_record(record):
    SearchDocument.objects.filter(uid=record.uid).delete()


def reindex(report=lambda done, total: None):
    """Index every published record again and drop documents of others. Returns how many there are."""
    SearchDocument.objects.all().delete()
    done, total = 0, sum(model.objects.published().count() for model in (Prompt, Case))
    for model in (Prompt, Case):
        for record in (
            model.objects.published().select_related("current", "work_field").iterator(chunk_size=200)
        ):
            index_record(record)
            done += 1
            report(done, total)
    return done


def _prompt_fields(content):
    texts = [message["content"] for message in content["messages"]]
    texts += [
        content["purpose"],
        content["output_format"],
        content["example_input"],
        content["example_output"],
    ]
    return {
        "body": _join(texts),
        "sensitivity": content["sensitivity"],
        "channel": content["channel"],
        "task_type": content["task_type"],
    }


def _case_fields(content):
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
