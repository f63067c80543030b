"""Finding prompts that say almost the same: when one is written, and for a whole file that is brought in.

Band keys (casebook/search/similarity.py) find candidates in one query; their texts are then compared exactly.
"""

from collections import Counter, defaultdict

from django.urls import reverse

from casebook.actions.fingerprints import bands_of, latest_contents
from casebook.models import Prompt, PromptFingerprint
from casebook.permissions import can_review
from casebook.search.similarity import THRESHOLD, similarity, text_of

LEAST_SHARED = 2  # keys; alike by .5: 97 % share two, by .2: 4 %
MOST_COMPARED = 20  # texts for one prompt
MOST_COMPARED_OF_MANY = 5
MOST_CANDIDATES = 2_000  # rows looked at for one prompt
MOST_IN_BAND = 20  # prompts of one file that share a key: a thousand copies are not compared with each other
AT_ONCE = 100


def near_duplicates(content, *, exclude=None, visible_to=None, most=5):
    """[(prompt, similarity)] of prompts almost like a content, the most alike first. Two queries.

    exclude: the prompt itself; what it is a copy of is left out too. visible_to: a person; None finds what is
    published only.
    """
    text = text_of(content)
    prompts = _prompts(visible_to)
    if exclude is not None:
        prompts = prompts.exclude(pk=exclude.pk)
        if exclude.forked_from_id:
            prompts = prompts.exclude(versions=exclude.forked_from_id)
    keys = bands_of(text)
    rows = PromptFingerprint.objects.filter(bands__overlap=keys, prompt__in=prompts.order_by())
    shared = Counter(
        {pk: len(set(found) & set(keys)) for pk, found in rows.values_list("pk", "bands")[:MOST_CANDIDATES]}
    )
    wanted = _most_shared(shared, MOST_COMPARED)
    found = [(prompt, similarity(text, _text(prompt))) for prompt in _with_texts(wanted)]
    return sorted(_alike(found), key=lambda each: -each[1])[:most]


def near_duplicates_of_many(contents, *, uids=()):
    """{index: [(title, address or index, similarity)]} of contents almost like a published prompt or an earlier one.

    uids: in the same order, the uid of the prompt that a content is a version of, or None; that one is left out.
    Two queries for every hundred contents.
    """
    texts = [text_of(content) for content in contents]
    keys = [bands_of(text) for text in texts]
    found = defaultdict(list)
    for start in range(0, len(texts), AT_ONCE):
        some = range(start, min(start + AT_ONCE, len(texts)))
        for index, prompt in _stored_candidates({index: keys[index] for index in some}, uids):
            found[index].append((prompt.title, _address(prompt), similarity(texts[index], _text(prompt))))
    for index, earlier in _pairs_within(keys):
        title = contents[earlier]["title"]
        found[index].append((title, earlier, similarity(texts[index], texts[earlier])))
    alike = {index: sorted(_alike(rows, at=2), key=lambda each: -each[2]) for index, rows in found.items()}
    return {index: rows for index, rows in sorted(alike.items()) if rows}


def _prompts(user):
    if user is None:
        return Prompt.objects.published()
    return Prompt.objects.visible_to(user, reviews=can_review(user)).filter(retired_at=None)


def _most_shared(shared, most):
    return [key for key, number in shared.most_common(most) if number >= LEAST_SHARED]


def _alike(rows, at=1):
    return [row for row in rows if row[at] >= THRESHOLD]


def _with_texts(keys):
    """The prompts with what is compared of them: the published version, else the latest."""
    prompts = list(Prompt.objects.filter(pk__in=keys).select_related("current")) if keys else []
    latest = latest_contents([prompt for prompt in prompts if prompt.current is None])
    for prompt in prompts:
        prompt.compared = prompt.current.content if prompt.current else latest[prompt.pk]
    return prompts


def _text(prompt):
    return text_of(prompt.compared)


def _stored_candidates(keys, uids):
    """Yield (index, prompt) of published prompts that share keys with the contents of these indexes."""
    indexes = defaultdict(list)
    for index, own in keys.items():
        for key in own:
            indexes[key].append(index)
    shared = defaultdict(Counter)
    rows = PromptFingerprint.objects.filter(
        bands__overlap=list(indexes), prompt__in=Prompt.objects.published().order_by()
    )
    for pk, uid, found in rows.values_list("pk", "prompt__uid", "bands"):
        for index, number in Counter(index for key in found for index in indexes.get(key, ())).items():
            if not uids or str(uids[index]) != str(uid):
                shared[index][pk] = number
    wanted = {index: _most_shared(counts, MOST_COMPARED_OF_MANY) for index, counts in shared.items()}
    prompts = {prompt.pk: prompt for prompt in _with_texts({pk for own in wanted.values() for pk in own})}
    for index, own in wanted.items():
        yield from ((index, prompts[pk]) for pk in own)


def _pairs_within(keys):
    """Yield (index, earlier index) of contents of one file that share keys."""
    members = defaultdict(list)
    for index, own in enumerate(keys):
        shared = Counter(earlier for key in own for earlier in members[key])
        yield from ((index, earlier) for earlier in _most_shared(shared, MOST_COMPARED_OF_MANY))
        for key in own:
            if len(members[key]) < MOST_IN_BAND:
                members[key].append(index)


def _address(prompt):
    return reverse("casebook:prompt", args=[prompt.slug])
