"""What an organiser may see of the two sides of a finding, and their texts cut into marked pieces."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casebook.search.similarity import text_of
from competitions.actions.screening.compared_texts import texts_of
from competitions.actions.screening.opening import is_sealed
from competitions.models import Competition
from competitions.similarity import shared_passages, text_of_case
from competitions.states import EntryState


@dataclass
class Side:
    """One of two texts. pieces: [(text, number of the passage or 0)]; hidden: why there is no text."""

    heading: str
    note: str = ""
    address: str = ""
    pieces: list = field(default_factory=list)
    hidden: str = ""


def managed_ids(user, findings):
    """Which of the competitions of the other entries the person organises. One query; none without any."""
    wanted = {row.other.competition_id for row in findings if row.other}
    if not wanted:
        return set()
    return set(Competition.objects.managed_by(user).filter(pk__in=wanted).values_list("pk", flat=True))


def where(finding, *, manages, at):
    """How a finding names the other side: {"title", "place", "address"}; other contests show the code alone."""
    record = finding.prompt or finding.case
    if record:
        place = _("Casebook: prompt") if finding.prompt else _("Casebook: case")
        return {"title": record.title, "place": place, "address": record.get_absolute_url()}
    other = finding.other
    opened = manages and not is_sealed(other.competition, at=at)
    title = f"{other.code} {other.title}" if opened else other.code
    return {"title": title, "place": other.competition.title, "address": ""}


def sides_of(finding, *, manages, at):
    """Return (side of the entry, side of the other) with what may be seen; sealed texts stay closed."""
    entry, other = finding.entry, finding.other
    name = where(finding, manages=manages, at=at)
    mine = Side(heading=f"{entry.code} {entry.title}")
    theirs = Side(heading=name["title"], note=name["place"], address=name["address"])
    sealed = [each for each in (entry, other) if each and is_sealed(each.competition, at=at)]
    if sealed:
        mine.heading = entry.code if entry in sealed else mine.heading
        mine.hidden = theirs.hidden = _("The texts stay sealed until the time for entries is over.")
        return mine, theirs
    one, two = _texts(finding)
    passages = shared_passages(one, two)
    mine.pieces = _own_pieces(entry, one, passages)
    whole = other is None or (manages and other.state != EntryState.WITHDRAWN)
    theirs.pieces = _marked(two, _there(passages)) if whole else _only(two, _there(passages))
    if not whole:
        theirs.note += " · " + _("Only the shared passages are shown.")
    return mine, theirs


def _own_pieces(entry, text, passages):
    spans = [(span.start, span.end, number) for number, span in enumerate(passages, start=1)]
    return _only(text, spans) if entry.state == EntryState.WITHDRAWN else _marked(text, spans)


def _texts(finding):
    entries = [row for row in (finding.entry, finding.other) if row]
    texts = texts_of(entries)
    if finding.prompt:
        return texts[finding.entry_id], text_of(
            finding.prompt.current.content
        ) if finding.prompt.current else ""
    if finding.case:
        return texts[finding.entry_id], text_of_case(
            finding.case.current.content
        ) if finding.case.current else ""
    return texts[finding.entry_id], texts[finding.other_id]


def _there(passages):
    """[(start, end, number)] in the other text, in its order; of two that overlap there the first is cut short."""
    numbered = enumerate(passages, start=1)
    spans = sorted((span.other_start, span.other_end, number) for number, span in numbered)
    found, at = [], 0
    for start, end, number in spans:
        if end > max(start, at):
            found.append((max(start, at), end, number))
            at = end
    return found


def _marked(text, spans):
    pieces, at = [], 0
    for start, end, number in spans:
        pieces += [(text[at:start], 0), (text[start:end], number)]
        at = end
    return [piece for piece in [*pieces, (text[at:], 0)] if piece[0]]


def _only(text, spans):
    pieces = []
    for start, end, number in spans:
        pieces += [(" … ", 0), (text[start:end], number)]
    return [*pieces, (" … ", 0)] if pieces else []
