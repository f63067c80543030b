"""The least a page can do on this server, with this middleware: one query and a plain answer."""

from django.db import connection
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import public

NEWEST = """
SELECT id, slug, title, summary FROM casebook_searchdocument WHERE kind = 'prompt'
ORDER BY published_at DESC, id DESC LIMIT 20
"""
INSERT = "INSERT INTO bench_floor (by_id, said) VALUES (%s, %s)"
TABLE = "CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, by_id text, said text)"


@public
@require_safe
def bare(request):
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        rows = cursor.fetchall()
    return HttpResponse("\n".join(f"{slug} {title} {summary}" for _id, slug, title, summary in rows))


@public
@require_POST
def insert(request):
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.session.session_key, request.POST.get("case-problem", "")])
    return HttpResponse("ok")
