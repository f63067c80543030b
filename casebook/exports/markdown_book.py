"""The casebook as one Markdown file: contents, then prompts and cases by work field."""

from collections.abc import Iterator
from pathlib import Path

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.book import Book
from casebook.exports.chapters import Chapter, Page, chapters_of, fiction_notice
from casebook.exports.files import write_whole
from casebook.exports.markdown_pages import case_lines, prompt_lines
from casebook.exports.markdown_text import inline


def write(book: Book, out: Path, *, translate: Translate = str, language: str = "ko") -> None:
    """Write the shown version of every record; the same book gives the same bytes."""
    chapters = chapters_of(book, translate=translate, language=language)
    name = str(book.government.get("name", ""))
    notice = fiction_notice(book, translate=translate)
    lines = _lines(name, notice, chapters, translate)
    write_whole(Path(out), (line + "\n" for line in lines))


def _lines(name: str, notice: str, chapters: list[Chapter], translate: Translate) -> Iterator[str]:
    yield "# " + inline(translate(N_("AI casebook of %(government)s")) % {"government": name})
    yield ""
    if notice:
        yield from (f"> {inline(notice)}", "")
    yield from _contents(chapters, translate)
    titles = {page.record.uid: page.content["title"] for chapter in chapters for page in chapter.prompts}
    for chapter in chapters:
        yield from ("", f"## {inline(chapter.name)}")
        for page in chapter.cases:
            yield from case_lines(page, titles, translate=translate)
        for page in chapter.prompts:
            yield from prompt_lines(page, translate=translate)


def _contents(chapters: list[Chapter], translate: Translate) -> Iterator[str]:
    yield from (f"**{translate(N_('Contents'))}**", "")
    for chapter in chapters:
        yield f"- {inline(chapter.name)}"
        for page in chapter.cases:
            yield _entry(page, translate(N_("Case")))
        for page in chapter.prompts:
            yield _entry(page, translate(N_("Prompt")))


def _entry(page: Page, kind: str) -> str:
    return f"  - [{kind}: {inline(page.content['title'])}](#{page.record.kind}-{page.record.uid})"
