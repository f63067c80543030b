"""Places in a letter: {deadline} is filled with the deadline of the one competition and person it goes to."""

import re
from collections.abc import Iterator, Mapping

from casebook.content.markers import N_
from competitions.letters.records import Kind, Problem

PLACE = re.compile(r"\{([^{}\n]*)\}")
MANY_EMPTY_LINES = re.compile(r"\n{3,}")
COMMON_PLACES = ("name", "title", "contact")
PLACES = {
    "name": N_("name of the person"),
    "title": N_("title of the competition"),
    "contact": N_("contact of the competition"),
    "entry": N_("title of the entry"),
    "code": N_("code of the entry"),
    "receipt_number": N_("number of the receipt"),
    "submitted_at": N_("when the entry was received"),
    "sha256": N_("fingerprint of the entry (SHA-256)"),
    "note": N_("what to correct"),
    "due": N_("until when"),
    "reason": N_("the reason"),
    "article": N_("article of the call or the rules"),
    "text": N_("what the organiser wrote"),
    "deadline": N_("deadline for entries"),
    "opens": N_("when entries open"),
    "left": N_("how much time is left"),
    "round": N_("name of the round"),
    "count": N_("how many sheets are open"),
    "question": N_("the question"),
    "answer": N_("the answer"),
    "turn": N_("place in the running order"),
    "starts": N_("when the turn is planned"),
    "person": N_("name of the judge"),
    "meeting": N_("title of the meeting"),
    "held": N_("when the meeting is held"),
    "place": N_("where the meeting is held"),
    "number": N_("number of the letter of appointment"),
}


def places_of(kind: Kind) -> tuple[str, ...]:
    return *COMMON_PLACES, *kind.places


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its places filled; a line of which every place is empty is left out.

    What is filled in is never looked at again, so {title} in a reason stays as somebody wrote it.
    """
    lines = [_filled_line(line, facts) for line in text.split("\n")]
    return MANY_EMPTY_LINES.sub("\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _filled_line(line: str, facts: Mapping[str, str]) -> str | None:
    names = [name for name in PLACE.findall(line) if name in facts]
    if names and not any(facts[name].strip() for name in names):
        return None
    return PLACE.sub(lambda found: facts.get(found[1], found[0]), line)


def problems(kind: Kind, subject: str, body: str) -> Iterator[Problem]:
    """What stands against these words for this kind: places it cannot fill, and needed ones that are missing."""
    known = places_of(kind)
    for part, text in (("subject", subject), ("body", body)):
        for name in dict.fromkeys(PLACE.findall(text)):
            if name not in known:
                yield Problem(part, _UNKNOWN, {"name": name, "names": _listed(known)})
    for name in kind.needed:
        if name not in PLACE.findall(body):
            yield Problem("body", _MISSING, {"name": f"{{{name}}}"})


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


_UNKNOWN = N_("This letter has nothing to put in the place of {%(name)s}. Use one of these: %(names)s.")
_MISSING = N_("The text has to tell %(name)s, because who gets the letter has a right to know. Add it.")
