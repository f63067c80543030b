"""What the tests of imports and exports share: files of other tools, and handing one over."""

import io
import zipfile

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.translation import gettext

from accounts.models import Job
from accounts.tasks import run_job
from casebook.actions.preview import ask_preview, read_preview
from casebook.models import ImportPreview
from tests.factories import AT

PROMPTY = """---
name: {title}
description: 민원 답변을 씁니다.
model:
  api: chat
inputs:
  요지:
    type: string
---
system:
공무원입니다.

user:
{{{{요지}}}}에 답해 주세요. {more}
"""
ROW = "title,user\n제목,내용\n".encode()
LOGIC = "---\nname: 조건\ntemplate: jinja2\n---\nsystem:\n{% if a %}있음{% endif %}\n"


def prompty(title="민원 답변", more=""):
    return PROMPTY.format(title=title, more=more)


def packed(files):
    """A zip of {name: text or bytes}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def many(count, *, start=0):
    """A zip of prompts that are not alike."""
    words = ("도로", "하천", "세무", "복지", "문화", "체육", "환경", "청소", "교통", "주택")
    texts = {
        f"{number}.prompty": prompty(
            f"{words[number % 10]} {number}", f"{words[number % 10]} 업무 {number}. " * 9
        )
        for number in range(start, start + count)
    }
    return packed(texts)


def upload(data, name="reply.prompty", **options):
    data = data.encode() if isinstance(data, str) else data
    return {"file": SimpleUploadedFile(name, data), "kind": "prompt", "mapping": "", **options}


def make_preview(editor, data=ROW, name="rows.csv"):
    """A file that somebody handed over and that was read, without a page or a worker."""
    preview = ask_preview(ContentFile(data, name), by=editor, at=AT)
    read_preview(preview, translate=gettext)
    return preview


def hand_over(client, data, name="reply.prompty", **options):
    """Send the file and have it read; returns the preview."""
    response = client.post("/editions/import/", upload(data, name, **options))
    assert response.status_code == 302, response.context["form"].errors
    run_jobs()
    return ImportPreview.objects.get(pk=response.url.strip("/").split("/")[-1])


def confirm(client, preview, *, take=None, **fields):
    """Press the button; take: numbers ticked of those shown. Returns the job that did the work."""
    shown = [item["n"] for item in preview.report["items"]]
    given = {"shown": shown, "take": shown if take is None else take} | fields
    client.post(f"/editions/import/{preview.pk}/confirm/", given)
    run_jobs()
    preview.refresh_from_db()
    return preview.job


def run_jobs():
    for job in Job.objects.filter(state="queued").order_by("created_at"):
        run_job(job.pk)


def outcomes(preview):
    return [item["outcome"] for item in preview.report["items"]]


def wipe():
    """Become an empty second site; TRUNCATE is the one way past the trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE casebook_prompt, casebook_case, casebook_searchdocument CASCADE")
