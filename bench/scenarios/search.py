import statistics

from django.db import connection

from bench import fill
from bench.measure import Line, statements, timed
from bench.texts import QUERIES
from casebook.search.query import for_listing, query_words, search, snippets

REPEATS = 3
RANKED = """
SELECT id, title, summary FROM casebook_searchdocument, to_tsquery('simple', %s) AS query
WHERE ts @@ query ORDER BY ts_rank(ts, query, 1) DESC, published_at DESC, id DESC LIMIT 20
"""


def run(setting):
    documents = fill.documents(setting.size.lists[1])
    floor = [seconds for text in QUERIES for seconds in timed(raw(text), times=REPEATS)]
    times = [seconds for text in QUERIES for seconds in timed(lambda: first_page(text), times=REPEATS)]  # noqa: B023
    found = [search(text).documents.count() for text in QUERIES]
    yield Line(
        what=f"first 20 of {documents:,} documents",
        times=times,
        floor=statistics.median(floor),
        sql=statements(lambda: first_page(QUERIES[0])),
        note=f"{min(found):,} to {max(found):,} found, {sum(count == 0 for count in found)} without a find",
    )


def first_page(text):
    """What the page and the API do for the first twenty: words, match, rank, snippets."""
    found = search(text)
    page = list(for_listing(found.documents)[:20])
    return page, snippets(page, found.words)


def raw(text):
    words = " & ".join(f"'{word}'" for word in query_words(text))

    def act():
        with connection.cursor() as cursor:
            cursor.execute(RANKED, [words])
            cursor.fetchall()

    return act
