"""The file of a stored contest's result, as it is frozen when the result is published. See docs/verifying.md."""

from datetime import UTC
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import translation

from competitions.declared import rule_sentences
from competitions.models import Assignment, Award, Conflict
from competitions.states import JUDGED_STATES, SheetState
from competitions.verifying.results_file import canonical_json, results_file

LANGUAGES = ("ko", "en")
NOTHING = "0" * 64  # where no hash was kept
SHEET_COLUMNS = (
    "round__code",
    "judge__code",
    "entry__code",
    "signed_at",
    "signed_sha256",
    "snapshot__content_sha256",
    "entry__snapshot__content_sha256",
)


class FrozenFile(NamedTuple):
    """text: byte for byte what is handed out, as UTF-8. sha256: of its content, which the script prints."""

    text: str
    sha256: str


def frozen_file(competition, contest, outcome):
    """Return the file of a result. contest, outcome: as they are now, with the awards the rule proposes."""
    document = results_file(
        contest,
        outcome,
        title=competition.title,
        sheets=signed_sheets(competition),
        awards=_awards(competition),
        rule_words=_rule_words(competition, contest),
    )
    return FrozenFile(canonical_json(document).decode(), document["sha256"])


def counting_sheets(competition):
    """The signed sheets a result is made of: of judged entries, and of judges without a conflict."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    return Assignment.objects.filter(
        ~Exists(conflicts),
        state=SheetState.SIGNED,
        round__competition=competition,
        entry__competition=competition,
        entry__state__in=JUDGED_STATES,
    )


def signed_sheets(competition):
    """Return what each judge signed of what: rows of the file. One query."""
    rows = counting_sheets(competition).order_by().values_list(*SHEET_COLUMNS)
    return [
        {
            "round": round_,
            "judge": judge,
            "entry": entry,
            "signed_at": signed_at.astimezone(UTC).isoformat(),
            "sha256": sha256 or NOTHING,
            "snapshot_sha256": judged or handed_in or NOTHING,
        }
        for round_, judge, entry, signed_at, sha256, judged, handed_in in rows.iterator(chunk_size=5000)
    ]


def _awards(competition):
    rows = Award.objects.filter(tier__competition=competition)
    return [
        {"entry": entry, "tier": tier, "reason": reason}
        for entry, tier, reason in rows.values_list("entry__code", "tier__code", "reason")
    ]


def _rule_words(competition, contest):
    tracks = dict(competition.tracks.values_list("code", "name"))
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = " ".join(rule_sentences(contest, tracks=tracks))
    return words
