import csv
import io
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.utils.timezone import now

from bench import texts
from bench.measure import Line, statements, timed
from casebook.actions.import_file import import_file
from casebook.actions.preview_items import item_reports
from casebook.imports.mapping import parse_mapping
from casebook.imports.reading import read_import
from casebook.imports.records import read_records
from casebook.imports.tables import read_table
from casebook.models import SearchDocument
from casebook.search.tokens import warm_up

MAPPING = "title=act,user=prompt"
FIRST = 1_000_000  # no text of the other scenarios


def run(setting):
    with tempfile.TemporaryDirectory() as folder:
        path = setting.prompts or made(Path(folder) / "prompts.csv", count=setting.size.imported)
        warm_up()  # loading the morpheme model is the start of the process, not the import
        before = SearchDocument.objects.count()
        [parse] = timed(lambda: parsed(path))
        looked = timed(lambda: looked_through(path))
        [copy] = timed(lambda: copied(parsed(path)))
        started = time.process_time()
        [total] = timed(lambda: brought_in(path))
        busy = time.process_time() - started
        searchable = SearchDocument.objects.count() - before
        yield Line(
            what=f"{len(parsed(path)):,} prompts",
            times=[total],
            floor=copy,
            note=f"CPU {busy:.2f} s; reading alone {parse:.2f} s; {searchable:,} searchable",
        )
        yield Line(
            what="looking through it first",
            times=looked,
            note="what each would become, lint, near duplicates; nothing stored",
        )
        again = timed(lambda: brought_in(path))
        yield Line(
            what="the same file again", times=again, floor=copy, sql=statements(lambda: brought_in(path))
        )


def made(path, *, count):
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["act", "prompt"])
        rows.writerows([texts.title(number), texts.body(number)] for number in range(FIRST, FIRST + count))
    return path


def parsed(path):
    return read_records(read_table(path), kind="prompt", mapping=parse_mapping(MAPPING)).records


def brought_in(path):
    return import_file(path, mapping=MAPPING, by=None, at=now(), publish=True)


def looked_through(path):
    return item_reports(read_import(path, mapping=MAPPING), io.BytesIO(), translate=str)


def copied(records):
    """The least that stores the texts: reading them and COPY into a table without an index."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_copy (title text, said text) ON COMMIT PRESERVE ROWS")
        with cursor.copy("COPY bench_copy (title, said) FROM STDIN") as copy:
            for record in records:
                copy.write_row((record.content["title"], record.content["messages"][0]["content"]))
        cursor.execute("DROP TABLE bench_copy")
