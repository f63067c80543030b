"""What of the casebook an entry is like: published prompts by their fingerprints, cases by their words."""

from dataclasses import dataclass

from casebook.actions.near_duplicates import near_duplicates
from casebook.models import Case
from casebook.search.query import search
from casebook.search.similarity import text_of
from competitions.similarity import compare, text_of_case

MOST_CASES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A published prompt or case that a text is like. share: of the whole text."""

    record: object
    kind: str
    share: float
    was_awarded: bool = False


def similar_prompts(content, text, *, origin=""):
    """Published prompts that prompts of the content are like, once each. origin: of records made from the entry."""
    found = {}
    for own in content.get("prompts") or []:
        for prompt, _alike in near_duplicates(own):
            if origin and prompt.origin_path == origin:
                continue
            theirs = text_of(prompt.compared)
            kind = compare(text_of(own), theirs).kind
            if kind != "none":
                found.setdefault(prompt.pk, _source(prompt, kind, compare(text, theirs).share))
    return list(found.values())


def similar_cases(content, text, *, origin=""):
    """Published cases like the text, among those with the words of its title and summary. Two or three queries."""
    case = content.get("case") or {}
    words = f"{case.get('title', '')} {case.get('summary', '')}".strip()
    if not words:
        return []
    wanted = search(words, kind="case").documents.values_list("case", flat=True)[:MOST_CASES]
    rows = Case.objects.published().filter(pk__in=list(wanted)).select_related("current").order_by("pk")
    compared = [(row, compare(text, text_of_case(row.current.content))) for row in rows]
    return [
        _source(row, like.kind, like.share, was_awarded=bool(row.current.content.get("award")))
        for row, like in compared
        if like.kind != "none" and not (origin and row.origin_path == origin)
    ]


def _source(record, kind, share, *, was_awarded=False):
    return Source(record=record, kind=kind, share=share, was_awarded=was_awarded)
