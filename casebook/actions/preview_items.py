"""What each item of a file would become here, for its preview; nothing is stored."""

import json

from casebook.actions.bring_in import AT_ONCE
from casebook.actions.import_rows import Row, identified, look_up
from casebook.actions.near_duplicates import near_duplicates_of_many
from casebook.actions.versions import MODELS
from casebook.content.markers import N_
from casebook.imports.problems import Problem
from casebook.imports.records import ImportRecord
from casebook.interchange import FORMATS, Refused
from casebook.lint import SEVERITIES, lint
from casebook.models import PromptTest

MOST_REASONS = 50
MOST_COMPARED = 5_000  # new prompts; comparing takes a few milliseconds each and says nothing in between
CONFLICT = N_("Version %(number)s says something else on this site. Import it as a new record.")


def item_reports(reading, out, *, translate, on_progress=lambda percent: None):
    """Return a report on every item, in the order of the file; contents go to `out`, a line each.

    n: place in the file from 0. outcome: new, same, changed or refused. fields: keys of the content that differ.
    lint: how many findings of each severity. alike: [[title, address, similarity]]. at: where in `out` it begins.
    """
    if reading.book:
        rows = book_rows([*reading.book.prompts, *reading.book.cases])
        return _whole(rows, out, translate, on_progress)
    rows = iter(_looked_up(identified(reading.records)))
    entries = [each if isinstance(each, Refused) else next(rows) for each in reading.entries]
    return _whole(entries, out, translate, on_progress)


def _whole(entries, out, translate, on_progress):
    items = []
    for number, entry in enumerate(entries):
        if isinstance(entry, Refused):
            items.append(_refused(number, entry, translate))
        else:
            items.append(_item(number, entry, out, translate))
        if number % 50 == 0:
            on_progress(10 + number * 60 // len(entries))
    _add_alike(items, entries)
    return items


def _looked_up(rows):
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        for kind in MODELS:
            look_up(kind, [row for row in some if row.record.kind == kind])
        _compare(some)
    return rows


def _compare(rows):
    """Give each row what differs from the latest version here. Three queries at most."""
    latest = {}
    for kind, (_model, version_model) in MODELS.items():
        known = [row.known.pk for row in rows if row.known and not row.version and row.record.kind == kind]
        newest = version_model.objects.filter(record__in=known).order_by("record_id", "-number")
        latest |= {(kind, each.record_id): each for each in newest.distinct("record_id")} if known else {}
    names = _test_names(rows)
    for row in rows:
        row.base = row.known and latest.get((row.record.kind, row.known.pk))
        row.fields = differing(row.base.content, row.record.content) if row.base else []
        if row.known and any(test["name"] not in names.get(row.known.pk, ()) for test in row.record.tests):
            row.fields.append("tests")


def _test_names(rows):
    prompts = [row.known.pk for row in rows if row.known and row.record.tests]
    names = {}
    if prompts:
        kept = PromptTest.objects.filter(prompt__in=prompts, removed_at=None)
        for prompt, name in kept.values_list("prompt_id", "name"):
            names.setdefault(prompt, set()).add(name)
    return names


def differing(old, new):
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _item(number, row, out, translate):
    record = row.record
    outcome = "new" if row.known is None else "changed" if row.fields else "same"
    item = {
        "n": number,
        "title": record.content["title"],
        "kind": record.kind,
        "outcome": outcome,
        "at": out.tell(),
        **_place(record.place, record.line),
        **({"slug": row.known.slug, "record": row.known.pk} if row.known else {}),
        **({"base": row.base.number} if row.base else {}),
        **({"fields": row.fields} if row.fields else {}),
        **({"tests": len(record.tests)} if record.tests else {}),
        **({"notices": [each.text(translate) for each in record.notices]} if record.notices else {}),
    }
    if record.kind == "prompt" and outcome != "same":
        item["lint"] = _severities(record.content, row.uid)
    line = {"content": record.content, "tests": list(record.tests)}
    out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return item


def _severities(content, uid):
    found = [finding.severity for finding in lint(content, uid=str(uid))]
    return [found.count(severity) for severity in SEVERITIES]


def _refused(number, refused, translate):
    reasons = [each.text(translate) for each in refused.problems[:MOST_REASONS]]
    source = refused.source
    is_listed = source.format in FORMATS and FORMATS[source.format].many
    place = _place(source.file, source.number if is_listed else 0)
    return {
        "n": number,
        "title": refused.name,
        "kind": "prompt",
        "outcome": "refused",
        "reasons": reasons,
        **place,
    }


def _place(file, line):
    return {**({"place": file} if file else {}), **({"line": line} if line else {})}


def _add_alike(items, entries):
    """Name what new prompts are almost like, here or earlier in the file; the first MOST_COMPARED of them."""
    new = [item for item in items if item["outcome"] == "new" and item["kind"] == "prompt"]
    new = new[:MOST_COMPARED]
    contents = [entries[item["n"]].record.content for item in new]
    for index, rows in near_duplicates_of_many(contents).items():
        new[index]["alike"] = [
            [title, "" if isinstance(address, int) else address, round(similarity * 100)]
            for title, address, similarity in rows[:3]
        ]


def book_rows(records):
    """Rows of a whole casebook's records; one whose number means something else here is Refused. Four queries."""
    known = {
        (kind, str(each.uid)): each
        for kind, (model, _version_model) in MODELS.items()
        for each in model.objects.filter(uid__in=[record.uid for record in records if record.kind == kind])
    }
    stored = _stored_numbers(known)
    return [_book_row(record, known.get((record.kind, record.uid)), stored) for record in records]


def _stored_numbers(known):
    """{(kind, record): {number: version}}."""
    stored = {}
    for kind, (_model, version_model) in MODELS.items():
        keys = [each.pk for (each_kind, _uid), each in known.items() if each_kind == kind]
        for version in version_model.objects.filter(record__in=keys) if keys else ():
            stored.setdefault((kind, version.record_id), {})[version.number] = version
    return stored


def _book_row(record, known, stored):
    shown = record.shown() or record.versions[-1]
    row = Row(ImportRecord(0, record.kind, record.external_id, shown.content, ()), record.uid, "")
    row.known, row.base, row.fields = known, None, []
    if known is None:
        return row
    ours = stored[record.kind, known.pk]
    for version in record.versions:
        here = ours.get(version.number)
        if here and here.content_sha256 != version.content_sha256:
            return Refused(shown.content["title"], (Problem(None, "", CONFLICT, {"number": version.number}),))
    if any(version.number not in ours for version in record.versions):
        row.base = ours[max(ours)]
        row.fields = differing(row.base.content, shown.content) or ["note"]
    return row
