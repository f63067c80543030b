"""All files of the site, by name."""

from importlib import resources
from urllib.parse import quote

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.book import Book
from casebook.exports.chapters import Chapter, Page, chapters_of, fiction_notice
from casebook.exports.json_book import chunks
from casebook.exports.site.case_page import case_body
from casebook.exports.site.index_page import index_body
from casebook.exports.site.layout import document
from casebook.exports.site.markup import Html
from casebook.exports.site.names import file_names
from casebook.exports.site.prompt_page import prompt_body

_FOLDERS = {"prompt": "prompts", "case": "cases"}


def files_of(book: Book, *, translate: Translate, language: str) -> dict[str, bytes]:
    chapters = chapters_of(book, translate=translate, language=language)
    site = _Site(book, chapters, translate, language)
    files = {
        "index.html": site.index(),
        "style.css": resources.files(__package__).joinpath("style.css").read_bytes(),
        "book.json": "".join(chunks(book)).encode(),
    }
    files.update((site.path(page), site.page(page)) for page in site.pages)
    return files


class _Site:
    def __init__(self, book: Book, chapters: list[Chapter], translate: Translate, language: str) -> None:
        self.translate, self.language, self.chapters = translate, language, chapters
        name = str(book.government.get("name", ""))
        self.title = translate(N_("AI casebook of %(government)s")) % {"government": name}
        self.notice = fiction_notice(book, translate=translate)
        pages = [page for chapter in chapters for page in (*chapter.cases, *chapter.prompts)]
        self.pages = sorted(pages, key=lambda page: (page.record.kind, page.record.uid))
        self.names = {
            kind: file_names(page.record for page in self.pages if page.record.kind == kind)
            for kind in _FOLDERS
        }
        self.prompts = {
            page.record.uid: (page.content["title"], f"../{quote(self.path(page))}")
            for page in self.pages
            if page.record.kind == "prompt"
        }
        self.users = self._users()

    def path(self, page: Page) -> str:
        kind = page.record.kind
        return f"{_FOLDERS[kind]}/{self.names[kind][page.record.uid]}.html"

    def index(self) -> bytes:
        addresses = {(page.record.kind, page.record.uid): quote(self.path(page)) for page in self.pages}
        body = index_body(self.title, self.chapters, addresses, translate=self.translate)
        return self._document(self.title, body, root="")

    def page(self, page: Page) -> bytes:
        if page.record.kind == "case":
            body = case_body(page, self.prompts, translate=self.translate)
        else:
            used_in = self.users.get(page.record.uid, [])
            body = prompt_body(page, used_in, translate=self.translate)
        return self._document(page.content["title"], body, root="../")

    def _users(self) -> dict[str, list[tuple[str, str]]]:
        users: dict[str, list[tuple[str, str]]] = {}
        for page in self.pages:
            steps = page.content["steps"] if page.record.kind == "case" else []
            for uid in dict.fromkeys(step["prompt"]["uid"] for step in steps if step["prompt"]):
                users.setdefault(uid, []).append((page.content["title"], f"../{quote(self.path(page))}"))
        return users

    def _document(self, title: str, body: Html, *, root: str) -> bytes:
        return document(
            title,
            body,
            book=self.title,
            root=root,
            language=self.language,
            translate=self.translate,
            notice=self.notice,
        )
