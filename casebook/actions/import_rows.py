"""Which record of this site a record of a file is, and whether its text is here already."""

from collections import Counter
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q

from casebook.actions.versions import MODELS
from casebook.content import content_sha256

# The same row gets the same identity on every site, so that a second import finds it.
NAMESPACE = uuid5(NAMESPACE_URL, "prompt-casebook")


@dataclass
class Row:
    """A record of the file on its way: what it is here, and what became of it.

    known: the record here that it is, or None. version: the one here that says the same. elsewhere: that version
    is of a record which the file does not name.
    """

    record: object  # imports.records.ImportRecord
    uid: UUID
    sha256: str
    known: object = None
    version: object = None
    elsewhere: bool = False
    outcome: str = "created"
    published: bool = False


def identified(records):
    """Return a Row of every record, with its uid: of its external id, or of its name in another tool, or of its
    content; of the last two with how often that came before in the file."""
    occurrences = Counter()
    rows = []
    for record in records:
        sha256 = content_sha256(record.content)
        named = record.name or sha256
        occurrences[record.kind, named] += 1
        identity = record.external_id or f"{named}/{occurrences[record.kind, named]}"
        rows.append(Row(record, uuid5(NAMESPACE, f"{record.kind}:{identity}"), sha256))
    return rows


def look_up(kind, rows):
    """Find for each row the record it is here and the version that says the same, in a fixed number of queries.

    A prompt of another tool that this site lacks by name, but has word for word, is the one it has.
    """
    known = _known_records(kind, rows)
    stored = _stored_versions(kind, rows, known)
    for row in rows:
        row.known = known.get(row.uid)
        row.version = row.known and stored.get((row.known.pk, row.sha256))
    named = [row for row in rows if row.known is None and row.record.name]
    same = _same_elsewhere(kind, named) if named else {}
    for row in named:
        row.version = same.get(row.sha256)
        row.known, row.elsewhere = row.version and row.version.record, row.version is not None


def _same_elsewhere(kind, rows):
    versions = MODELS[kind][1].objects.filter(content_sha256__in=[row.sha256 for row in rows])
    return {each.content_sha256: each for each in versions.select_related("record").order_by("-pk")}


def _known_records(kind, rows):
    """{uid of the row: the record here}; an external id goes before a uid."""
    external_ids = {row.record.external_id for row in rows} - {""}
    same = Q(uid__in=[row.uid for row in rows]) | Q(external_id__in=external_ids)
    found = MODELS[kind][0].objects.filter(same)
    by_uid = {record.uid: record for record in found}
    by_external_id = {record.external_id: record for record in found}
    known = {row.uid: by_external_id.get(row.record.external_id) or by_uid.get(row.uid) for row in rows}
    return {uid: record for uid, record in known.items() if record}


def _stored_versions(kind, rows, known):
    """{(record, SHA-256): its latest version with that content}."""
    records = {record.pk: record for record in known.values()}
    versions = MODELS[kind][1].objects.filter(
        record__in=records, content_sha256__in=[row.sha256 for row in rows]
    )
    stored = {}
    for version in versions.order_by("number"):
        version.record = records[version.record_id]
        stored[version.record_id, version.content_sha256] = version
    return stored
