import pytest
from django.conf import settings
from django.utils.timezone import now

from accounts.models import Job
from casebook.actions.versions import add_version
from casebook.book import read_book
from casebook.exports import writer
from casebook.models import ImportPreview, ImportRun, Prompt, PromptTest
from tests.casebook.exchanging import (
    LOGIC,
    confirm,
    hand_over,
    many,
    outcomes,
    packed,
    prompty,
    run_jobs,
    upload,
)
from tests.factories import AT, make_case, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db
TABLE = "title,user\n하나,첫째 내용\n둘,다른 내용\n"
TESTED = """---
name: 시험
---
user:
{{요지}}
"""


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("accounts.actions.jobs.send", lambda job_id: None)


@pytest.fixture
def editor(as_user):
    return as_user(make_user("editor"))


def page(client, preview, query=""):
    return client.get(f"/editions/import/{preview.pk}/{query}")


def test_preview_stores_no_prompt(editor):
    preview = hand_over(editor, many(3), "many.zip")

    assert outcomes(preview) == ["new"] * 3
    assert not Prompt.objects.exists()
    assert preview.report["summary"]["labels"] == ["Zip of files", "Prompty"]


def test_preview_names_every_outcome(editor):
    files = {
        "a.prompty": prompty("가"),
        "b.prompty": prompty("나"),
        "c.prompty": LOGIC,
        "d.prompty": prompty("라"),
    }
    confirm(editor, hand_over(editor, packed({k: files[k] for k in ("a.prompty", "b.prompty")}), "1.zip"))

    preview = hand_over(editor, packed(files | {"b.prompty": prompty("나", "공손하게.")}), "2.zip")

    assert outcomes(preview) == ["same", "changed", "refused", "new"]
    changed, refused = preview.report["items"][1:3]
    assert changed["fields"] == ["messages"]
    assert refused["place"] == "c.prompty"
    assert "{% if a %}" in refused["reasons"][0]


def test_preview_page_shows_every_item(editor):
    preview = hand_over(editor, packed({"a.prompty": prompty("가"), "c.prompty": LOGIC}), "1.zip")

    response = page(editor, preview)

    text = response.content.decode()
    assert [item["outcome"] for item in response.context["entries"]] == ["new", "refused"]
    assert "a.prompty" in text
    assert "{% if a %}" in text


@pytest.mark.parametrize(
    ("show", "titles"), [("new", ["가"]), ("refused", ["c"]), ("same", []), ("nonsense", ["가", "c"])]
)
def test_preview_is_filtered_by_outcome(editor, show, titles):
    preview = hand_over(editor, packed({"a.prompty": prompty("가"), "c.prompty": LOGIC}), "1.zip")

    response = page(editor, preview, f"?show={show}")

    assert [item["title"] for item in response.context["entries"]] == titles


@pytest.mark.parametrize("count", [1, 3])
def test_preview_query_count(editor, count, django_assert_num_queries):
    preview = hand_over(editor, many(count), "many.zip")

    with django_assert_num_queries(7):
        response = page(editor, preview)

    assert len(response.context["entries"]) == count


def test_preview_has_pages_of_fifty(editor):
    preview = hand_over(editor, many(52), "many.zip")

    assert len(page(editor, preview).context["entries"]) == 50
    assert len(page(editor, preview, "?page=2").context["entries"]) == 2
    assert page(editor, preview, "?page=99").context["page_obj"].number == 2


def test_all_new_and_changed_come_in(editor):
    job = confirm(editor, hand_over(editor, many(3), "many.zip"))

    assert (job.state, job.error) == ("done", "")
    assert Prompt.objects.count() == 3
    assert Prompt.objects.published().count() == 0


def test_unticked_items_stay_out(editor):
    preview = hand_over(editor, many(3), "many.zip")

    confirm(editor, preview, take=[0, 2])

    titles = {item["title"] for item in preview.report["items"] if "became" in item}
    assert titles == set(Prompt.objects.values_list("title", flat=True))
    assert [item["n"] for item in preview.report["items"] if "became" in item] == [0, 2]


def test_choice_is_kept_from_page_to_page(editor):
    preview = hand_over(editor, many(52), "many.zip")
    first = [item["n"] for item in page(editor, preview).context["entries"]]

    response = editor.post(
        f"/editions/import/{preview.pk}/choose/", {"shown": first, "take": first[1:], "page": "2"}
    )
    assert response.url.endswith("?page=2")
    confirm(editor, preview, take=[50, 51], shown=[50, 51])

    assert Prompt.objects.count() == 51


@pytest.mark.parametrize(("which", "chosen"), [("leave", 0), ("take", 3)])
def test_all_are_chosen_or_none(editor, which, chosen):
    preview = hand_over(editor, many(3), "many.zip")

    editor.post(f"/editions/import/{preview.pk}/choose/", {"all": which})

    assert page(editor, preview).context["chosen"] == chosen


def test_nothing_chosen_is_refused(editor):
    preview = hand_over(editor, many(1), "many.zip")

    confirm(editor, preview, take=[])

    assert not Prompt.objects.exists()
    assert preview.job.kind == "preview_import"


def test_publish_is_the_editors_word(editor):
    confirm(editor, hand_over(editor, many(2), "many.zip"), publish="on")

    assert Prompt.objects.published().count() == 2


def test_result_page_says_what_became_of_each(editor):
    preview = hand_over(editor, packed({"a.prompty": prompty("가"), "c.prompty": LOGIC}), "1.zip")
    confirm(editor, preview)

    response = page(editor, preview)

    assert [item.get("became") for item in response.context["entries"]] == ["created", None]
    assert Prompt.objects.get().get_absolute_url() in response.content.decode()
    assert preview.imported == ImportRun.objects.get()


def test_same_file_again_is_all_the_same(editor):
    confirm(editor, hand_over(editor, many(3), "many.zip"))

    preview = hand_over(editor, many(3), "again.zip")

    assert outcomes(preview) == ["same"] * 3
    assert not page(editor, preview).context["can_import"]


def test_what_is_here_word_for_word_is_the_same(editor):
    content = prompt_content(title="여기 있는 것", messages=[{"role": "user", "content": "본문"}])
    make_prompt(**content)

    preview = hand_over(editor, "---\nname: 여기 있는 것\n---\nuser:\n본문\n")
    written = dict(Prompt.objects.get().versions.get().content)

    assert written == content
    assert outcomes(preview) == ["new"]  # the summary differs
    exported = editor.get(f"{Prompt.objects.get().get_absolute_url()}export/?format=markdown&download=1")
    assert outcomes(hand_over(editor, exported.content, "a.md")) == ["same"]


def test_two_of_one_name_in_a_file_are_two_prompts(editor):
    files = {"a.prompty": prompty("같은 이름"), "b.prompty": prompty("같은 이름", "다르게.")}

    confirm(editor, hand_over(editor, packed(files), "1.zip"))

    assert Prompt.objects.count() == 2
    assert outcomes(hand_over(editor, packed(files), "2.zip")) == ["same", "same"]


def test_table_with_a_broken_row_shows_every_problem_and_no_button(editor):
    preview = hand_over(editor, "title,user\n,내용\n제목,\n", "rows.csv")

    response = page(editor, preview)

    assert len(response.context["summary"]["problems"]) == 2
    assert not response.context["can_import"]
    confirm(editor, preview)
    assert not Prompt.objects.exists()


def test_table_of_cases_comes_in(editor):
    rows = "kind,title,problem,approach\ncase,사례,오래 걸림,프롬프트\n"

    preview = hand_over(editor, rows, "rows.csv")
    job = confirm(editor, preview)

    assert job.state == "done"
    assert page(editor, preview).context["entries"][0]["kind"] == "case"


def test_mapped_table_is_read_as_mapped(editor):
    preview = hand_over(editor, "act,prompt\nLinux,I want you\n", "rows.csv", mapping="title=act,user=prompt")

    confirm(editor, preview)

    assert Prompt.objects.get().title == "Linux"


def test_table_with_other_headers_is_told_its_columns(editor):
    preview = hand_over(editor, "act,prompt\nLinux,I want you\n", "rows.csv")

    assert "act, prompt" in preview.report["summary"]["problems"][0]


def test_casebook_is_compared_by_its_versions(editor, tmp_path):
    here, new = make_prompt(published=True), make_prompt(published=True)
    make_case(published=True)
    writer("json")(read_book(), tmp_path / "book.json")
    Prompt.objects.filter(pk=new.pk).update(uid="00000000-0000-4000-8000-00000000000a", external_id=None)

    preview = hand_over(editor, (tmp_path / "book.json").read_bytes(), "book.json")

    assert sorted(outcomes(preview)) == ["new", "same", "same"]
    confirm(editor, preview)
    assert Prompt.objects.filter(uid=new.uid).exists()
    assert here.versions.count() == 1


def test_casebook_that_contradicts_this_site_has_no_button(editor, tmp_path):
    here = make_prompt(published=True)
    writer("json")(read_book(), tmp_path / "book.json")
    book = (tmp_path / "book.json").read_bytes()
    other = make_prompt()
    uid = here.uid
    Prompt.objects.filter(pk=here.pk).update(uid="00000000-0000-4000-8000-00000000000a")
    Prompt.objects.filter(pk=other.pk).update(uid=uid)

    preview = hand_over(editor, book, "book.json")

    assert outcomes(preview) == ["refused"]
    assert not page(editor, preview).context["can_import"]


def test_item_page_compares_with_the_version_here(editor):
    confirm(editor, hand_over(editor, prompty("가")))
    preview = hand_over(editor, prompty("가", "공손하게."))

    response = editor.get(f"/editions/import/{preview.pk}/0/")

    assert response.context["old"] == Prompt.objects.get().versions.get()
    assert "공손하게" in response.content.decode()


def test_item_page_shows_a_new_prompt(editor):
    preview = hand_over(editor, prompty("가"))

    response = editor.get(f"/editions/import/{preview.pk}/0/")

    assert response.context["old"] is None
    assert "공무원입니다" in response.content.decode()


@pytest.mark.parametrize("number", [1, 99999])
def test_item_that_is_not_there(editor, number):
    preview = hand_over(editor, LOGIC, "c.prompty")

    assert editor.get(f"/editions/import/{preview.pk}/0/").status_code == 404  # refused: nothing to read
    assert editor.get(f"/editions/import/{preview.pk}/{number}/").status_code == 404


def test_near_duplicates_are_named(editor):
    text = (
        "회의 결과를 정리해 주세요. 결정 사항과 담당자, 기한을 표로 만들고 빠진 것은 미정이라고 쓰세요. " * 3
    )
    here = make_prompt(published=True, messages=[{"role": "user", "content": text}])

    preview = hand_over(editor, f"---\nname: 회의\n---\nuser:\n{text}고맙습니다.\n")

    [title, address, percent] = preview.report["items"][0]["alike"][0]
    assert (title, address) == (here.title, here.get_absolute_url())
    assert percent > 50
    assert page(editor, preview, "?show=alike").context["entries"]


def test_findings_that_stop_publication_are_counted(editor):
    preview = hand_over(
        editor, "---\nname: 번호\n---\nuser:\n주민등록번호 900101-1234568 인 사람에게 답하세요.\n"
    )

    assert preview.report["items"][0]["lint"][0] == 1
    assert page(editor, preview, "?show=flagged").context["entries"]


def test_test_cases_come_along(editor):
    book = make_prompt(published=True, title="시험 있는 것")
    PromptTest.objects.create(
        prompt=book,
        name="하나",
        inputs={"민원요지": "도로"},
        assertions=[{"kind": "contains", "value": "도로"}],
        created_at=AT,
    )
    exported = editor.get(f"{book.get_absolute_url()}export/?format=prompty&download=1").content
    PromptTest.objects.all().delete()

    preview = hand_over(editor, exported)
    assert (outcomes(preview), preview.report["items"][0]["fields"]) == (["changed"], ["tests"])
    job = confirm(editor, preview)

    assert job.state == "done", job.error
    assert PromptTest.objects.get().assertions == [{"kind": "contains", "value": "도로"}]
    assert outcomes(hand_over(editor, exported)) == ["same"]


# Refusals


def test_preview_of_somebody_else_is_not_found(editor, client):
    preview = hand_over(editor, many(1), "many.zip")
    client.force_login(make_user("administrator"))

    for way in ("", "part/", "0/"):
        assert client.get(f"/editions/import/{preview.pk}/{way}").status_code == 404
    for way in ("choose/", "confirm/"):
        assert client.post(f"/editions/import/{preview.pk}/{way}").status_code == 404
    assert Job.objects.count() == 1


def test_who_lost_the_right_to_import_sees_no_preview(client):
    person = make_user("editor")
    client.force_login(person)
    preview = hand_over(client, many(1), "many.zip")
    person.grants.all().delete()

    assert page(client, preview).status_code == 403
    assert client.post(f"/editions/import/{preview.pk}/confirm/").status_code == 403


def test_file_past_its_term_is_not_imported(editor):
    preview = hand_over(editor, many(1), "many.zip")
    for path in (settings.MEDIA_ROOT / "imports").glob("*"):
        path.unlink()

    response = page(editor, preview)
    assert response.context["is_gone"]
    assert editor.get(f"/editions/import/{preview.pk}/0/").status_code == 302
    confirm(editor, preview)

    assert not Prompt.objects.exists()
    assert Job.objects.count() == 1


def test_file_that_changed_is_not_imported(editor):
    preview = hand_over(editor, many(1), "many.zip")
    (settings.MEDIA_ROOT / preview.path).write_bytes(many(2))

    job = confirm(editor, preview)

    assert job.state == "failed"
    assert not Prompt.objects.exists()
    assert job.error in page(editor, preview).content.decode().replace("&#x27;", "'")


def test_import_happens_once(editor):
    preview = hand_over(editor, many(1), "many.zip")
    job = confirm(editor, preview)

    confirm(editor, preview)
    Job.objects.filter(pk=job.pk).update(state="queued")
    run_jobs()

    assert Job.objects.filter(kind="import_casebook").count() == 1
    assert Prompt.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_reading_again_after_the_import_keeps_its_result(editor):
    preview = hand_over(editor, many(1), "many.zip")
    read = preview.job_id
    confirm(editor, preview)
    Job.objects.filter(pk=read).update(state="queued")
    run_jobs()

    preview.refresh_from_db()
    assert preview.report["items"][0]["became"] == "created"


def test_choice_is_fixed_once_the_import_is_asked_for(editor):
    preview = hand_over(editor, many(2), "many.zip")
    editor.post(f"/editions/import/{preview.pk}/confirm/", {"shown": [0, 1], "take": [0, 1]})

    editor.post(f"/editions/import/{preview.pk}/choose/", {"shown": [0, 1], "take": []})
    run_jobs()

    assert Prompt.objects.count() == 2


def test_failed_import_can_be_confirmed_again(editor):
    preview = hand_over(editor, many(1), "many.zip")
    path = settings.MEDIA_ROOT / preview.path
    whole = path.read_bytes()
    path.write_bytes(many(2))
    confirm(editor, preview)
    path.write_bytes(whole)

    assert confirm(editor, preview).state == "done"


def test_one_failure_undoes_all(editor, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError

    preview = hand_over(editor, many(2), "many.zip")
    monkeypatch.setattr("casebook.actions.preview._note_import", fail)

    assert confirm(editor, preview).state == "failed"
    assert not Prompt.objects.exists()


def test_page_before_the_file_is_read(editor):
    response = editor.post("/editions/import/", upload(many(1), "many.zip"))

    assert "import-progress" in editor.get(response.url).content.decode()
    assert "HX-Refresh" not in editor.get(f"{response.url}part/").headers
    run_jobs()
    assert editor.get(f"{response.url}part/").headers["HX-Refresh"] == "true"


def test_unread_preview_cannot_be_confirmed(editor):
    response = editor.post("/editions/import/", upload(many(1), "many.zip"))

    assert editor.post(f"{response.url}confirm/").status_code == 302
    assert Job.objects.count() == 1


def test_changed_record_gets_a_version_beside_the_one_of_an_editor(editor):
    confirm(editor, hand_over(editor, prompty("가")))
    add_version(Prompt.objects.get(), prompt_content(title="고친 제목"), by=None, at=now())

    assert outcomes(hand_over(editor, prompty("가"))) == ["same"]
    preview = hand_over(editor, prompty("가", "다시."))
    assert (outcomes(preview), preview.report["items"][0]["base"]) == (["changed"], 2)
    assert ImportPreview.objects.count() == 3
