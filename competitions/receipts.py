"""Numbers of receipts, the moments on them, and what the public may know of a receipt."""

import re

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import time_words
from competitions.models import Competition, Snapshot
from competitions.states import EntryState

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: what is read aloud is written the same
CHECK_SIGNS = 4
SALT = "competitions.receipts"
WELL_FORMED = re.compile(r"[0-9A-Za-z-]{1,40}")
CHECKED = re.compile(r"(R\d{4}-\d{3,}-\d{6,}-\d{2,})-([0-9A-Z]{4})")


def receipt_number(entry_pk, competition_pk, number, at, content_sha256):
    """Return a number that tells year, competition, entry and submission, ended by a code nobody can guess."""
    stem = f"R{timezone.localtime(at).year}-{competition_pk:03d}-{entry_pk:06d}-{number:02d}"
    return f"{stem}-{_check_code(stem, content_sha256)}"


def _check_code(stem, content_sha256):
    digest = salted_hmac(SALT, f"{stem}|{content_sha256}", algorithm="sha256").digest()
    bits = int.from_bytes(digest, "big")
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in range(CHECK_SIGNS))


def normalised(typed):
    """Return a number as it is kept: in capitals, its code with the digits that letters were taken for."""
    number = "".join(typed.split()).upper()
    checked = CHECKED.fullmatch(number)
    if not checked:
        return number
    return f"{checked[1]}-{checked[2].translate(str.maketrans('ILO', '110'))}"


def find_snapshot(typed):
    """Return what was handed in under a receipt's number, with entry and competition, or None."""
    if not WELL_FORMED.fullmatch(typed.strip()):
        return None
    numbers = {typed.strip(), normalised(typed)}
    of_public = Snapshot.objects.filter(entry__competition__in=Competition.objects.public())
    found = of_public.filter(receipt_number__in=numbers).defer("content", "entry__draft")
    return found.select_related("entry__competition").first()


def standing(snapshot):
    """Return what became of a submission, in one word: counts, replaced or withdrawn."""
    if snapshot.entry.state == EntryState.WITHDRAWN:
        return "withdrawn"
    return "counts" if snapshot.entry.snapshot_id == snapshot.pk else "replaced"


def stamp(at):
    """Return the moment to the second with its zone."""
    return f"{to_the_second(at)} ({zone(at)})"


def to_the_second(at):
    local = timezone.localtime(at)
    return f"{time_words.moment(local)}:{local:%S}"


def zone(at):
    """Return the time zone of the site, "KST, UTC+09:00"."""
    local = timezone.localtime(at)
    offset = f"{local:%z}"
    return f"{local:%Z}, UTC{offset[:3]}:{offset[3:]}"
