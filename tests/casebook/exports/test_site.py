import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import pytest

from casebook.exports.site import write
from casebook.exports.site.folder import FolderInUse
from casebook.exports.site.names import file_names
from tests.casebook.exports.books import CASE_UID, PROMPT_UID, book_of, case_of, prompt_of, record_of

VOID = {"meta", "link"}


class Page(HTMLParser):
    """Fails on elements that do not close in order; collects addresses."""

    def __init__(self, path):
        super().__init__()
        self.open, self.links, self.tags = [], [], []
        self.feed(path.read_text())
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def site(tmp_path):
    def make(book):
        write(book, tmp_path / "site")
        return tmp_path / "site"

    return make


def test_files(site):
    names = {path.name for path in site(book_of()).rglob("*") if path.is_file()}

    assert names == {"index.html", "style.css", "book.json", "회신-초안.html", "회신-단축.html"}


def test_every_link_leads_to_a_file(site):
    folder = site(book_of())

    for path in folder.rglob("*.html"):
        for link in Page(path).links:
            address = unquote(urldefrag(link).url)
            assert not address or (path.parent / address).is_file()


def test_case_and_prompt_link_each_other(site):
    folder = site(book_of())

    case = Page(folder / "cases/회신-단축.html")
    prompt = Page(folder / "prompts/회신-초안.html")

    assert "회신-초안.html" in unquote(" ".join(case.links))
    assert "회신-단축.html" in unquote(" ".join(prompt.links))


def test_language(site):
    assert '<html lang="ko">' in (site(book_of()) / "index.html").read_text()


def test_blank_is_marked(site):
    text = (site(book_of()) / "prompts/회신-초안.html").read_text()

    assert "<pre>\n<mark>{{민원요지}}</mark>에 답하세요.</pre>" in text


EVIL = '"><script>alert(1)</script>&amp;<img src=x onerror=y>'


def test_user_text_is_never_html(site):
    fields = dict.fromkeys(["title", "summary", "work_field", "attribution"], EVIL)
    prompt = prompt_of(
        **fields, messages=[EVIL], purpose=EVIL, tags=[EVIL], variables=[{"key": "a", "help": EVIL}]
    )
    case = case_of(
        **fields,
        problem=EVIL,
        steps=[EVIL],
        tools=[EVIL],
        before_after=[{"task": EVIL}],
        contact={"role": EVIL},
    )
    book = book_of(
        prompts=(record_of("prompt", PROMPT_UID, prompt),), cases=(record_of("case", CASE_UID, case),)
    )

    pages = [Page(path) for path in site(book).rglob("*.html")]

    assert len(pages) == 3
    assert not {"script", "img"} & {tag for page in pages for tag in page.tags}


def test_pre_keeps_a_first_empty_line(site):
    book = book_of(prompts=(record_of("prompt", PROMPT_UID, prompt_of(messages=["\n글"]), slug="a"),))

    assert "<pre>\n\n글</pre>" in (site(book) / "prompts/a.html").read_text()


@pytest.mark.parametrize(
    "slug", ["../../밖", "/etc/passwd", "", "..", "CON", "a\\b", "가" * 300, "\u1100\u1161"]
)
def test_file_name_is_safe(slug):
    name = file_names([record_of("prompt", PROMPT_UID, slug=slug)])[PROMPT_UID]

    assert name
    assert not set(name) & set("/\\.:")
    assert len(name.encode()) <= 200
    assert name.upper() != "CON"


def test_file_names_differ_even_without_case():
    records = [record_of("prompt", uid, slug=slug) for uid, slug in [("1", "A"), ("2", "a"), ("3", "A")]]

    assert sorted(file_names(records).values()) == ["A", "A-3", "a-2"]


def test_writing_again_removes_what_is_gone(site):
    site(book_of())

    folder = site(book_of(cases=()))

    assert list((folder / "cases").iterdir()) == []


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "내 글.txt").write_text("소중함")

    with pytest.raises(FolderInUse, match="holds other files"):
        write(book_of(), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["내 글.txt"]


def test_zip_holds_the_same_files(tmp_path, site):
    folder = site(book_of())

    write(book_of(), tmp_path / "site.zip")

    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name) == (folder / name).read_bytes()
        assert archive.namelist() == sorted(archive.namelist())


def test_a_fictional_government_says_so_on_every_page(site):
    book = book_of()
    fictional = type(book)({**book.government, "is_fictional": True}, (), book.prompts, book.cases)

    for path in site(fictional).rglob("*.html"):
        assert "This government is fictional" in path.read_text()
