"""Ties a version to the prompt versions it names: steps of cases, parts and steps of prompts."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from casebook.errors import CasebookError
from casebook.models import CasePrompt, PromptLink, PromptVersion
from casebook.parts import MOST_DEPTH, find_cycle, links_of


def link_case(case_version):
    """Tie a case's steps to the prompt versions they name, as far as this site has them."""
    named = [step["prompt"] for step in case_version.content["steps"] if step.get("prompt")]
    links = [(ref["uid"], ref["version"]) for ref in named]
    known = versions_named(links)
    wanted = dict.fromkeys(known[link] for link in links if link in known)
    CasePrompt.objects.filter(case_version=case_version).delete()
    CasePrompt.objects.bulk_create(
        CasePrompt(case_version=case_version, prompt_version=version, position=position)
        for position, version in enumerate(wanted)
    )


def link_prompt(version):
    """Tie a prompt to the parts and steps it names, as far as this site has them."""
    named = [
        *((part, PromptLink.Relation.PART) for part in version.content.get("parts", [])),
        *((step["prompt"], PromptLink.Relation.STEP) for step in version.content.get("steps", [])),
    ]
    PromptLink.objects.filter(holder=version).delete()
    if not named:
        return
    known = versions_named([(ref["uid"], ref["version"]) for ref, _relation in named])
    wanted = dict.fromkeys(
        (known[ref["uid"], ref["version"]], relation)
        for ref, relation in named
        if (ref["uid"], ref["version"]) in known
    )
    PromptLink.objects.bulk_create(
        PromptLink(holder=version, held=held, relation=relation) for held, relation in wanted
    )


def versions_named(links):
    """{(uid, version): PromptVersion with its record}, one query; what this site lacks is left out."""
    numbers = defaultdict(list)
    for uid, number in links:
        numbers[uid].append(number)
    if not numbers:
        return {}
    asked = Q()
    for uid, wanted in numbers.items():
        asked |= Q(record__uid=uid, number__in=wanted)
    found = PromptVersion.objects.filter(asked).select_related("record")
    return {(str(version.record.uid), version.number): version for version in found}


def contents_below(content):
    """{(uid, version): content} of everything a prompt holds, at any depth; a query for each depth."""
    return {link: version.content for link, version in versions_below(content).items()}


def versions_below(content):
    """{(uid, version): PromptVersion with its record} of everything a prompt holds; a query for each depth."""
    known, waiting = {}, links_of(content)
    for _depth in range(MOST_DEPTH):
        waiting = [link for link in waiting if link not in known]
        if not waiting:
            break
        found = versions_named(waiting)
        known |= found
        waiting = [link for below in found.values() for link in links_of(below.content)]
    return known


def refuse_cycle(uid, content):
    """A prompt never holds itself, not even through others."""
    known = contents_below(content)
    cycle = find_cycle(str(uid), content, known.get)
    if cycle:
        titles = [known[link]["title"] for each in cycle[1:-1] for link in known if link[0] == each]
        way = " → ".join(dict.fromkeys([content["title"], *titles, content["title"]]))
        raise CasebookError(
            _("The parts and steps lead back to this prompt: %(way)s. Take one of them out.") % {"way": way}
        )
