"""What an organiser does to a copy: other words, a wrong mask undone, one more word masked, files, checked."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from casebook.content.text import normal_text
from competitions.actions.judging.redacting import (
    AS_TEXT,
    HELD,
    MADE_IN,
    SHOWN,
    find_in,
    make_copies,
    source_of,
)
from competitions.entry_content import MAX_TEXT
from competitions.errors import CompetitionError, TooLate
from competitions.models import Redaction
from competitions.redacting import Finder, Mention, People, edited, masked, redacted, texts_of

WORD_LENGTH = 2, 100
FILE_CHOICES = (SHOWN, AS_TEXT, HELD)


class StaleCopy(CompetitionError):
    """Somebody else saved the copy after the page was opened."""


@dataclass(frozen=True)
class Change:
    """texts: {place: text} as typed. unmasked: {(what, text)} of masks that are wrong. files: {number: choice}."""

    revision: int
    texts: dict = field(default_factory=dict)
    unmasked: frozenset = frozenset()
    files: dict = field(default_factory=dict)
    word: str = ""
    is_checked: bool = False


@transaction.atomic
def change_copy(redaction, change, *, by, at):
    """Store the change; whoever checks it takes the copy as it then is. Raises StaleCopy, CompetitionError."""
    row = _locked(redaction, change.revision)
    word = " ".join(change.word.split())
    _refuse_word(word)
    source, mentions = source_of(row.snapshot.entry), list(row.mentions)
    typed = _typed(row, source, change.texts)
    by_hand = typed.keys() | places_by_hand(row, source)
    mentions = _with_word(_with_masks(mentions, change.unmasked), source, word)
    automatic = redacted(source, _active(mentions))
    now_there = texts_of(row.content)
    texts = {place: typed.get(place, now_there.get(place, "")) for place in by_hand}
    if word:
        texts = {place: _without(text, word) for place, text in texts.items()}
    content = edited(automatic, texts)
    for number, file in enumerate(content["files"]):
        file["shown"] = change.files.get(number, row.content["files"][number]["shown"])
    _store(row, content=content, mentions=mentions, by=by, at=at, is_checked=change.is_checked)


@transaction.atomic
def make_again(redaction, *, revision, by, at):
    """Throw the copy away and make it from what was handed in, with what is known of the people today."""
    row = _locked(redaction, revision)
    entry = row.snapshot.entry
    row.delete()
    made = make_copies([entry], at=at)[entry.pk]
    if made.pk:
        Redaction.objects.filter(pk=made.pk).update(revision=row.revision + 1)
    audit.record("copy.made_again", by=by, target=entry)


def places_by_hand(redaction, source):
    """Paths of the texts that say something else than the masks alone would make of them."""
    automatic = texts_of(redacted(source, _active(redaction.mentions)))
    there = texts_of(redaction.content)
    return {place for place, text in automatic.items() if there.get(place, "") != text}


def _locked(redaction, revision):
    rows = Redaction.objects.select_for_update(of=["self"]).select_related("snapshot__entry__competition")
    row = rows.filter(pk=redaction.pk).first()
    if row is None or row.revision != revision:
        raise StaleCopy(
            _(
                "Somebody else changed this copy after you opened the page. What you typed is still here: "
                "compare it with the copy in another window, then save again."
            )
        )
    if row.snapshot.entry.competition.state not in MADE_IN:
        raise TooLate(_("Judging is over, so the copy stays as the judges read it."))
    row.snapshot.entry.snapshot = row.snapshot
    return row


def _refuse_word(word):
    least, most = WORD_LENGTH
    if word and not least <= len(word) <= most:
        raise CompetitionError(
            _("A word to mask has %(least)s to %(most)s characters. Write a longer or a shorter one.")
            % {"least": least, "most": most}
        )


def _typed(row, source, texts):
    """What was typed and differs from the copy; a browser sends lines with \\r\\n."""
    there, known = texts_of(row.content), texts_of(source)
    texts = {
        place: normal_text(text).replace("\r\n", "\n") for place, text in texts.items() if place in known
    }
    if any(len(text) > MAX_TEXT for text in texts.values()):
        raise CompetitionError(_("A text is too long. Shorten it, then save again."))
    return {place: text for place, text in texts.items() if text.strip() != there.get(place, "").strip()}


def _with_masks(mentions, unmasked):
    """`kept`: the organiser left what was found as it stands."""
    return [each | {"kept": (each["what"], each["text"]) in unmasked} for each in mentions]


def _with_word(mentions, source, word):
    """The mentions with those of one more word, where nothing is masked yet."""
    if not word:
        return mentions
    found = find_in(source, Finder(People(words=(word,))))
    found = [each for each in found if each.what == "word"]
    if not found:
        raise CompetitionError(
            _("“%(word)s” stands nowhere in this entry. Check how it is written.") % {"word": word}
        )
    taken = [each for each in mentions if not each["kept"]]
    new = [
        each.as_json() | {"kept": False} for each in found if not any(_overlap(each, old) for old in taken)
    ]
    left = [each for each in mentions if not each["kept"] or not any(_overlap(one, each) for one in found)]
    return sorted([*left, *new], key=lambda each: (each["place"], each["start"]))


def _overlap(one, other):
    return one.place == other["place"] and one.start < other["end"] and other["start"] < one.end


def _active(mentions):
    return [Mention.of_json(each) for each in mentions if not each.get("kept")]


def _without(text, word):
    found = [each for each in Finder(People(words=(word,))).find(text) if each.what == "word"]
    return masked(text, [(each.start, each.end) for each in found])


def _store(row, *, content, mentions, by, at, is_checked):
    row.content, row.mentions, row.revision = content, mentions, row.revision + 1
    row.state = Redaction.State.CHECKED if is_checked else Redaction.State.PROPOSED
    row.checked_by, row.checked_at = (by, at) if is_checked else (None, None)
    row.save()
    verb = "copy.checked" if is_checked else "copy.changed"
    audit.record(verb, by=by, target=row.snapshot.entry, masks=len(_active(mentions)), revision=row.revision)
