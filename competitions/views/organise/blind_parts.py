"""What the organiser sees of copies: the list, the masks, and each text beside what the judges read instead."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Func, IntegerField, Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from casebook.content.labels import FIELD_LABELS
from competitions.actions.judging.redacting import AS_TEXT, SHOWN, blind_entries, source_of
from competitions.actions.judging.redaction_edits import places_by_hand
from competitions.forms.blind import TEXT
from competitions.models import Attachment, FormField, Redaction
from competitions.redacting import WHAT, texts_of

# A database keeps the parts of a content in an order of its own.
ORDER = ("title", "summary", "problem", "approach", "steps", "before_after", "effect", "messages")
PARTS = ("case", "prompts", "answers", "links", "files")
CHECKED = Redaction.State.CHECKED
SHOWS = {
    "": Q(),
    "unchecked": Q(snapshot__redaction__state=Redaction.State.PROPOSED),
    "checked": Q(snapshot__redaction__state=CHECKED),
}


@dataclass
class Text:
    """One text. pieces: [(text, kind of the mention or "")] of what was handed in."""

    place: str
    label: str
    pieces: list
    copy: str
    is_by_hand: bool

    @property
    def name(self):
        return TEXT + self.place

    @property
    def is_plain(self):
        """Whether nobody has to look at it: nothing found and nothing changed."""
        return not self.is_by_hand and all(not what for _piece, what in self.pieces)


def copy_rows(competition, show):
    """The entries of the list with `copy_state`, `mention_count` and `copy_files`."""
    count = Func(
        F("snapshot__redaction__mentions"), function="jsonb_array_length", output_field=IntegerField()
    )
    files = KeyTransform("files", "snapshot__redaction__content")
    rows = blind_entries(competition).filter(SHOWS.get(show, Q()))
    return rows.only("code", "competition").annotate(
        copy_state=F("snapshot__redaction__state"), mention_count=count, copy_files=files
    )


def held_files(files):
    return sum(each.get("shown") != SHOWN for each in files or [])


def neighbours_of(entry):
    """(previous, next, next unchecked) entries by code; None where there is none. Three queries."""
    rows = blind_entries(entry.competition).only("code", "competition")
    later = rows.filter(code__gt=entry.code)
    todo = rows.exclude(pk=entry.pk).exclude(snapshot__redaction__state=CHECKED)
    return (
        rows.filter(code__lt=entry.code).order_by("-code").first(),
        later.first(),
        todo.filter(code__gt=entry.code).first() or todo.first(),
    )


def masks_of(copy):
    """[(value, text, kind, how often, whether it is left as written)], most frequent kinds as they come."""
    counts = Counter((each["what"], each["text"]) for each in copy.mentions)
    kept = {(each["what"], each["text"]) for each in copy.mentions if each.get("kept")}
    return [
        (f"{what}:{text}", text, _(WHAT.get(what, what)), count, (what, text) in kept)
        for (what, text), count in counts.items()
    ]


def texts_beside(entry, copy, *, typed):
    """[Text] of all places in their order. typed: texts of a form that was refused."""
    source = source_of(entry)
    by_hand, copied = places_by_hand(copy, source), texts_of(copy.content)
    questions = dict(FormField.objects.filter(competition=entry.competition_id).values_list("code", "name"))
    return [
        Text(
            place=place,
            label=label_of(place, questions),
            pieces=_pieces(text, [each for each in copy.mentions if each["place"] == place]),
            copy=typed.get(place, copied.get(place, "")),
            is_by_hand=place in by_hand or (place in typed and typed[place] != copied.get(place, "")),
        )
        for place, text in sorted(texts_of(source).items(), key=lambda each: _rank(each[0]))
    ]


def _rank(place):
    """Parts as judges read them, titles first; the steps of a list stay in their order."""
    head, *rest = place.split(".")
    number = rest.pop(0) if head == "prompts" else ""
    name = rest[0] if rest else ""
    return (
        PARTS.index(head) if head in PARTS else len(PARTS),
        number,
        ORDER.index(name) if name in ORDER else 99,
    )


def files_beside(entry, copy, chosen):
    """[(number, row, choice, how many mentions, whether its text could be read)] of the files. One query at most."""
    files = copy.content.get("files") or []
    rows = Attachment.objects.filter(pk__in=[each["id"] for each in files]).defer("text") if files else []
    by_id = {str(row.pk): row for row in rows}
    counts = Counter(each["place"] for each in copy.mentions if not each.get("kept"))
    words = {SHOWN: "whole", AS_TEXT: "text"}
    return [
        {
            "number": number,
            "row": by_id.get(each["id"]),
            "choice": words.get(chosen.get(number, each.get("shown")), "held"),
            "mentions": counts[f"files.{number}.text"],
            "is_read": bool((each.get("text") or "").strip()),
        }
        for number, each in enumerate(files)
    ]


def label_of(place, questions):
    """case.steps.0.text: "Steps 1"."""
    head, *rest = place.split(".")
    if head == "answers":
        return questions.get(rest[0], rest[0])
    if head == "links":
        return _("Link %(number)s") % {"number": int(rest[0]) + 1}
    if head == "files":
        return _("Text of file %(number)s") % {"number": int(rest[0]) + 1}
    words = [_numbered(each) for each in rest]
    words = words if head == "case" else [_("Prompt"), *words]
    return " ".join(words)


def _numbered(step):
    return str(int(step) + 1) if step.isdecimal() else str(_(FIELD_LABELS.get(step, step)))


def _pieces(text, mentions):
    pieces, at = [], 0
    for each in sorted(mentions, key=lambda each: each["start"]):
        if each["start"] < at:
            continue
        what = "" if each.get("kept") else _(WHAT.get(each["what"], each["what"]))
        pieces += [(text[at : each["start"]], ""), (text[each["start"] : each["end"]], what)]
        at = each["end"]
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]
