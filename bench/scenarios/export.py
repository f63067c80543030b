import json
import tempfile
from pathlib import Path

from bench import fill
from bench.measure import Line, peak, statements, timed
from casebook.book import read_book
from casebook.exports import writer


def run(setting):
    documents = fill.documents(setting.size.lists[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.json"
        times = timed(lambda: export(path))
        with peak() as highest:
            sql = statements(lambda: export(path))
        book = json.loads(path.read_text("utf-8"))
        floor = timed(lambda: (Path(folder) / "floor.json").write_text(dumped(book), "utf-8"))
        yield Line(
            what=f"{documents:,} records",
            times=times,
            floor=floor[0],
            sql=sql,
            memory=highest[0],
            note=f"at the peak; file {path.stat().st_size / 1024 / 1024:.1f} MB",
        )


def export(path):
    writer("json")(read_book(), path)


def dumped(book):
    return json.dumps(book, ensure_ascii=False, indent=2, sort_keys=True)
