"""Keeps the band keys of every prompt, by which near duplicates are found (casebook/search/similarity.py)."""

from functools import lru_cache
from itertools import islice

from casebook.models import Prompt, PromptFingerprint, PromptVersion
from casebook.search.similarity import LONGEST, bands, text_of

AT_ONCE = 100


def remember(prompts, contents):
    """Keep the fingerprint of each prompt's published or latest content. One query."""
    rows = [
        PromptFingerprint(prompt=prompt, bands=bands_of(text_of(content)))
        for prompt, content in zip(prompts, contents, strict=True)
    ]
    PromptFingerprint.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["prompt"], update_fields=["bands"]
    )


def remember_all():
    """Write the fingerprints of all prompts anew. Returns how many there are."""
    done, prompts = 0, Prompt.objects.select_related("current").order_by("pk").iterator(AT_ONCE)
    while some := list(islice(prompts, AT_ONCE)):
        contents = {prompt.pk: prompt.current.content for prompt in some if prompt.current}
        contents |= latest_contents([prompt for prompt in some if prompt.current is None])
        known = [prompt for prompt in some if prompt.pk in contents]
        remember(known, [contents[prompt.pk] for prompt in known])
        done += len(known)
    return done


def latest_contents(prompts):
    """{id of the prompt: content of its latest version}; no query for no prompts."""
    if not prompts:
        return {}
    versions = PromptVersion.objects.filter(record__in=prompts)
    latest = versions.order_by("record_id", "-number").distinct("record_id")
    return dict(latest.values_list("record_id", "content"))


def bands_of(text):
    return _bands(text[:LONGEST])


@lru_cache(maxsize=2 * AT_ONCE)
def _bands(text):
    """A batch that is created and published at once is worked out once."""
    return bands(text)
