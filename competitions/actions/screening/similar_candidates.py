"""Which of very many entries may be like one: one query over the keys of EntryFingerprint, the best first."""

from collections import Counter, defaultdict

from django.db import connection
from django.db.models import Case, F, Q, When

from competitions.models import Entry, EntryFingerprint, TeamMember
from competitions.similarity import band_keys, passage_keys
from competitions.states import EntryState

MOST_HOLDERS = 200  # entries with one key; a passage that more of them hold is a phrase everybody writes
MOST_LOOKED_UP = 60  # entries fetched
MOST_COMPARED = 20  # texts compared with one

# Each key is looked up alone and at most so many rows are read, so a phrase in every entry costs no more than another.
HOLDERS = """
SELECT wanted.key, found.entry_id
FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (
    SELECT entry_id FROM competitions_entryfingerprint WHERE bands @> ARRAY[wanted.key] LIMIT %s
) AS found
"""


def keys_of(text):
    return [*band_keys(text), *passage_keys(text)]


def similar_candidates(text, *, entry=None, by=None):
    """Entries that may be like a text, most promising first. Two queries, or three with an entry.

    entry: whose text it is; it is left out, and so are other entries of the same people unless they won an award.
    by: a person; then only entries of theirs are looked at.
    """
    scores = _scores(text, but=entry)
    rows = rows_to_compare()
    if by is not None:
        rows = rows.filter(pk__in=Entry.objects.visible_to(by).order_by().values("pk"))
        scores = Counter({pk: scores[pk] for pk in rows.filter(pk__in=scores).values_list("pk", flat=True)})
    best = [pk for pk, _score in scores.most_common(MOST_LOOKED_UP)]
    rows = rows.filter(pk__in=best)
    if entry is not None:
        rows = rows.exclude(~Q(state=EntryState.AWARDED), pk__in=own(entry).order_by().values("pk"))
    return sorted(rows, key=lambda row: (-scores[row.pk], row.pk))[:MOST_COMPARED]


def holders_of_files(hashes, *, entry):
    """{id of the entry: hashes of files it shares with these}. One query; none without hashes."""
    if not hashes:
        return {}
    rows = EntryFingerprint.objects.filter(files__overlap=hashes).exclude(entry=entry)
    return {pk: sorted(set(files) & set(hashes)) for pk, files in rows.values_list("pk", "files")[:1000]}


def rows_to_compare():
    """Entries whose text was handed in. Withdrawn ones are among them, drafts never; erased winners by what is kept."""
    rows = Entry.objects.exclude(snapshot=None).exclude(state=EntryState.DRAFT)
    rows = rows.annotate(
        kept_work=Case(When(erased_at__isnull=False, state=EntryState.AWARDED, then=F("draft")))
    )
    return rows.select_related("snapshot", "competition").defer("draft").order_by("pk")


def people_of(entry):
    """Ids of who entered: the entrant and the members of the team."""
    members = entry.members.filter(state=TeamMember.State.ACCEPTED).values_list("user", flat=True)
    return {entry.entrant_id, *members} - {None}


def own(entry):
    """Entries of the same people."""
    people = people_of(entry)
    teams = TeamMember.objects.filter(user__in=people, state=TeamMember.State.ACCEPTED).values("entry")
    return Entry.objects.filter(Q(entrant__in=people) | Q(pk__in=teams))


def _scores(text, *, but):
    """Each candidate's keys, rare ones counting more: of a key held by n entries, 1/n."""
    whole = set(band_keys(text))
    holders = defaultdict(list)
    for key, pk in _rows(list(whole | set(passage_keys(text)))):
        holders[key].append(pk)
    scores = Counter()
    for key, pks in holders.items():
        if len(pks) <= MOST_HOLDERS or key in whole:
            scores.update(dict.fromkeys(pks, 1 / len(pks)))
    if but is not None:
        scores.pop(but.pk, None)
    return scores


def _rows(keys):
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [keys, MOST_HOLDERS + 1])
        return cursor.fetchall()
