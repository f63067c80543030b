"""Finds published prompts and cases. Rank: PostgreSQL's ts_rank with normalisation 1 (reference: docs/search.md)."""

from dataclasses import dataclass, field
from functools import reduce
from operator import add, and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Greatest, Lower, StrIndex, Substr

from casebook.models import SearchDocument
from casebook.search.tokens import FOREIGN_WORD, normalise, tokens

MAX_QUERY_LENGTH = 200
SNIPPET_LENGTH = 160
MOST_WORDS_COUNTED = 8
FILTERS = ("work_field", "sensitivity", "channel", "task_type", "label", "stage")


@dataclass
class Found:
    """Documents that match, best first, and the words that were looked for."""

    documents: object  # QuerySet of SearchDocument
    words: list[str] = field(default_factory=list)
    any_word: bool = False  # True when no document holds all words, so any of them was enough


def search(text="", *, kind="", **filters):
    """Find documents holding all the words of `text`; when there are none, those holding any.

    text: as typed; empty finds everything, newest first. filters: names of FILTERS with lists of values,
    any of which will do; empty ones are ignored. A work field takes its children in.
    """
    documents = narrow(SearchDocument.objects.all(), kind=kind, **filters)
    words = query_words(text)
    if not text.strip():
        return Found(documents.order_by("-published_at", "-id"))
    if not words:
        return Found(documents.none())
    everything = reduce(and_, [SearchQuery(word, config="simple") for word in words])
    if documents.filter(ts=everything).exists():
        return Found(_ranked(documents, everything), words)
    return Found(_with_any(documents, words), words, any_word=len(words) > 1)


def query_words(text):
    """The tokens of a query without repeats; its plain words when it has no content word."""
    text = text[:MAX_QUERY_LENGTH]
    found = tokens(text) or FOREIGN_WORD.findall(normalise(text))
    return list(dict.fromkeys(part for token in found for part in FOREIGN_WORD.findall(token)))


def narrow(documents, *, kind="", work_field=(), **filters):
    if kind:
        documents = documents.filter(kind=kind)
    if work_field:
        documents = documents.filter(
            Q(work_field__code__in=work_field) | Q(work_field__parent__code__in=work_field)
        )
    return documents.filter(**{f"{name}__in": values for name, values in filters.items() if values})


def _ranked(documents, query):
    rank = SearchRank(F("ts"), query, normalization=Value(1))
    return documents.filter(ts=query).annotate(rank=rank).order_by("-rank", "-published_at", "-id")


def _with_any(documents, words):
    """Documents holding the beginning of any word; those that hold more of the words come first."""
    starts = [SearchQuery(f"{word}:*", config="simple", search_type="raw") for word in words]
    held = reduce(add, [Case(When(ts=start, then=1), default=0) for start in starts[:MOST_WORDS_COUNTED]])
    return _ranked(documents, reduce(or_, starts)).annotate(held=held).order_by("-held", "-rank", "-id")


def facet_counts(documents, name):
    """How many of the documents have each value: [(value, count)], most first."""
    column = "work_field__code" if name == "work_field" else name
    rows = documents.order_by().values_list(column).annotate(number=Count("*")).order_by("-number", column)
    return [(value, number) for value, number in rows if value]


def for_listing(documents):
    """Only what a list shows; the text body stays in the database."""
    return documents.select_related("work_field").defer("body", "ts")


def snippets(documents, words):
    """Return {id: text around the first word found, or the beginning} for the documents of one page."""
    where = [StrIndex(Lower("body"), Value(word)) for word in words[:3]]
    first = Greatest(*where, Value(1)) if where else Value(1)
    text = Substr("body", Greatest(first - 40, Value(1)), SNIPPET_LENGTH, output_field=CharField())
    return dict(SearchDocument.objects.filter(pk__in=[d.pk for d in documents]).values_list("pk", text))
