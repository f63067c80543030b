"""Files of many records: a fixed number of queries for a hundred, and each as if it came alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditRecord
from casebook.actions.import_file import import_file
from casebook.models import Prompt, SearchDocument, WorkField
from tests.factories import AT, make_user, make_work_field

pytestmark = pytest.mark.django_db


def write(path, count, *, title="제목 {}"):
    rows = [f"{title.format(number)},민원,내용 {number}" for number in range(count)]
    path.write_text("\n".join(["title,work_field,user", *rows]), "utf-8")
    return path


def bring(path, **options):
    return import_file(path, by=None, at=AT, publish=True, **options)


def test_import_query_count(tmp_path):
    make_work_field(code="민원")
    counts = []
    for count in (3, 60):
        path = write(tmp_path / f"{count}.csv", count, title=f"묶음 {count} {{}}")
        with CaptureQueriesContext(connection) as captured:
            bring(path)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert SearchDocument.objects.count() == 63


def test_second_import_query_count(tmp_path):
    counts = []
    for count in (3, 60):
        path = write(tmp_path / f"{count}.csv", count)
        bring(path)
        with CaptureQueriesContext(connection) as captured:
            report = bring(path)
        counts.append(len(captured))
        assert report.counts()["unchanged"] == count

    assert counts[0] == counts[1]


def test_more_records_than_one_step_takes(tmp_path):
    report = bring(write(tmp_path / "rows.csv", 205))

    assert report.counts()["created"] == 205
    assert [item.line for item in report.items] == list(range(2, 207))
    assert SearchDocument.objects.count() == 205


def test_same_title_in_one_file_gets_addresses_of_its_own(tmp_path):
    bring(write(tmp_path / "rows.csv", 3, title="같은 제목"))

    slugs = set(Prompt.objects.values_list("slug", flat=True))
    assert len(slugs) == 3
    assert all(slug.startswith("같은-제목") for slug in slugs)


def test_unknown_work_field_is_made_once(tmp_path):
    bring(write(tmp_path / "rows.csv", 3))

    assert WorkField.objects.get().code == "민원"
    assert Prompt.objects.filter(work_field__code="민원").count() == 3


def test_work_field_known_by_its_name_is_used(tmp_path):
    field = make_work_field("민원")

    bring(write(tmp_path / "rows.csv", 2))

    assert set(Prompt.objects.values_list("work_field", flat=True)) == {field.pk}


def test_every_publication_is_in_the_audit_trail(tmp_path):
    editor = make_user()

    import_file(write(tmp_path / "rows.csv", 3), by=editor, at=AT, publish=True)

    verbs = ["version.review_asked"] * 3 + ["version.published"] * 3 + ["casebook.imported"]
    assert list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True)) == verbs
    assert set(AuditRecord.objects.values_list("by", flat=True)) == {editor.pk}
    targets = AuditRecord.objects.filter(verb="version.published").values_list("target_id", flat=True)
    assert set(targets) == {str(prompt.current_id) for prompt in Prompt.objects.all()}
