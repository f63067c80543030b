"""Finds published prompts that another may hold as a part or a step."""

from casebook.models import Prompt
from casebook.search.query import search

MOST = 8


def find_held(text, *, apart_from):
    """The prompts found, those meant as parts first; without words only those."""
    prompts = Prompt.objects.published().exclude(pk=apart_from).select_related("current", "work_field")
    meant = prompts.filter(current__content__reusable=True)
    if not text.strip():
        return list(meant.order_by("title")[:MOST])
    order = list(search(text, kind="prompt").documents.values_list("prompt_id", flat=True)[: 5 * MOST])
    found = {prompt.pk: prompt for prompt in prompts.filter(pk__in=order)}
    ranked = [found[pk] for pk in order if pk in found]
    return sorted(ranked, key=lambda prompt: not prompt.current.content.get("reusable"))[:MOST]
