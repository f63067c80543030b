"""Finding conflicts of interest, and keeping judge and entry apart where there is one (docs/conflicts.md)."""

from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from competitions.actions.conflicts.grounds import grounds
from competitions.actions.conflicts.sheets import give_back_sheets, set_sheets_aside
from competitions.actions.entries.window import lock_competition
from competitions.models import Competition, Conflict, Entry
from competitions.states import CompetitionState

LOOKED_FOR_IN = {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


@dataclass(frozen=True, slots=True)
class Looked:
    """new: conflicts found now; gone: found before, and their ground is no more."""

    new: int = 0
    gone: int = 0


@transaction.atomic(savepoint=False)
def find_conflicts(competition, *, judge=None, entry=None, entries=None, at):
    """Look for every tie between the committee and the entries, of one judge or of some entries only.

    Again changes nothing: what an organiser dismissed stays dismissed, what a person wrote stays. A sheet that is not
    signed is set aside; a signed one stays and no longer counts. Returns Looked.

    The competition is locked FOR SHARE, which a judge who signs waits for.
    """
    competition = lock_competition(competition.pk)
    if competition.state not in LOOKED_FOR_IN:
        return Looked()
    members = competition.judges.on_committee().select_related("candidate")
    judges = list(members.filter(pk=judge.pk) if judge else members)
    if not judges:
        return Looked()
    some = [entry.pk] if entry else entries
    found = grounds(competition, judges, entries=some)
    known = _known(judges, some)
    new, gone = _write(competition, found, known, at=at), _take_away(competition, found, known)
    set_sheets_aside(competition, new, at=at)
    return Looked(new=len(new), gone=len(gone))


def find_in_judged(*, at):
    """Look again in every competition that is being judged; the clock calls it."""
    for competition in Competition.objects.filter(state=CompetitionState.JUDGING).order_by("pk"):
        find_conflicts(competition, at=at)


def lock_entries(pks):
    """Who finds, writes by hand or screens waits here for the others, in one order for everybody."""
    rows = Entry.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=["self"], no_key=True)
    return list(rows.only("pk", "code", "competition"))


def _known(judges, entries):
    rows = Conflict.objects.filter(judge__in=judges)
    return rows if entries is None else rows.filter(entry__in=entries)


def _write(competition, found, known, *, at):
    """Create what is missing. Returns the new rows with judge and entry."""
    if not found.keys() - _keys(known):
        return []
    missing = found.keys() - _keys(known)
    lock_entries({entry for _judge, entry, _ground in missing})
    missing -= _keys(known)  # another found them while this one waited
    rows = [
        Conflict(judge_id=judge, entry_id=entry, kind=Conflict.Kind.EXCLUSION, ground=ground, at=at)
        for judge, entry, ground in sorted(missing)
    ]
    for row in rows:
        row.reason = found[row.judge_id, row.entry_id, row.ground]
    created = [row.pk for row in Conflict.objects.bulk_create(rows, batch_size=1000)]
    new = list(Conflict.objects.filter(pk__in=created).select_related("judge__user", "entry"))
    audit.record_each("conflict.found", new, by=None, detail=audit_detail)
    return new


def _take_away(competition, found, known):
    """Remove what was found once and is true no more, unless somebody decided on it."""
    rows = known.filter(kind=Conflict.Kind.EXCLUSION, by=None, decided_at=None, state=Conflict.State.STANDING)
    gone = [row for row in rows.select_related("judge", "entry") if _key(row) not in found]
    if gone:
        lock_entries({row.entry_id for row in gone})
        audit.record_each("conflict.gone", gone, by=None, detail=audit_detail)
        Conflict.objects.filter(pk__in=[row.pk for row in gone]).delete()
        give_back_sheets([(row.judge_id, row.entry_id) for row in gone], found_only=True)
    return gone


def audit_detail(conflict):
    return {"judge": conflict.judge.code, "entry": conflict.entry.code or "", "ground": conflict.ground}


def _keys(rows):
    return set(rows.values_list("judge", "entry", "ground"))


def _key(row):
    return row.judge_id, row.entry_id, row.ground
