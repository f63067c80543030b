"""Where brackets of a text could be blanks, judged by what stands in and around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

# No branch holds the sign it begins with: one pass, whatever the text.
_BRACKETS = re.compile(
    r"\$\{(?P<dollar>[^{}\n]{1,1000}+)\}"
    r"|\[(?P<square>[^\[\]{}\n]{1,60}+)\](?![*+]|\{[0-9])"
    r"|<(?P<angle>[^<>{}\n]{1,60}+)>"
    r"|\{(?<!\{\{)(?P<brace>[^{}\n]{1,60}+)\}(?!\})"
)
_FENCE = re.compile(r"^[ \t]{0,8}(```+|~~~+)[ \t]*([\w+-]*)[^\n`]*$", re.MULTILINE)
_PROSE_FENCES = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md"})
_CLOSING_TAG = re.compile(r"</([^<>\s]{1,60}+)[ \t]*>")
_LINK = re.compile(r"\(([^()\s]{0,2000}+)(?:[ \t]\"[^\"\n]{0,200}+\")?\)")
_ONE_LETTER = re.compile(r"[A-Za-z]")
_NAME = re.compile(r"[^\W\d][\w \-/'’&]*")
_KOREAN_NAME = re.compile(r"[^\W\d][\w \-/'’&,()·ㆍ~]*")
_HANGUL = re.compile(r"[가-힣]")
_CHARACTER_CLASS = re.compile(r"(?:[A-Za-z0-9]-[A-Za-z0-9])+[\w.-]*")
_LINE_START = re.compile(r"\n[ \t>#*\-–•■□○●◦※▶◆0-9.)]*$")
_LINE_END = re.compile(r"[ \t*]*(?:\n|$)")
_AFTER_COLON = re.compile(r"[:：][ \t*]*\n\s*$")
_CITED = re.compile(
    r"(?:별표|별지|별첨|붙임|첨부|그림|표|시행|법률|대통령령|삭제|[가-힣]{0,4}(?:개정|신설)"
    r"|step|table|figure|fig|note|turn)[ 제]*(?:\d|$)|.*제\d+[조호항]",
    re.IGNORECASE,
)
# What an answer is to mark, not a blank: [확인 필요], [담당자 답변 필요].
_MARK = re.compile(r"(?:[가-힣]{1,10} ){0,3}필요")
_HEADING = re.compile(
    "역할|지시|지시사항|지침|맥락|배경|상황|목적|목표|조건|제약|제약조건|형식|출력|출력형식|입력|예시|예|참고|참고사항|주의"
    "|주의사항|유의|유의사항|결과|필독|단독|근거|요청|요청사항|작업|단계|규칙|원칙|말투|대상|독자|질문|답변|결론|시작|끝|안내|공지"
    "|role|task|context|instructions?|format|output|input|examples?|constraints?|notes?|goals?|rules?|tone|audience"
    "|system|user|assistant|human|warning|important|background|steps?"
)
_IDIOMS = frozenset({"like this", "like so", "이렇게", "이와 같이", "같이"})
_HTML = re.compile(
    "a|abbr|address|article|aside|audio|b|base|blockquote|body|br|button|canvas|caption|center|circle|cite|code|col"
    "|dd|defs|del|details|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|g|h[1-6]|head"
    "|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|line|link|main|map|mark|meta|nav|object|ol|optgroup"
    "|option|p|param|path|picture|pre|q|rect|s|samp|script|section|select|small|source|span|strike|strong|style|sub"
    "|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|u|ul|var|video"
)


@dataclass(frozen=True)
class Place:
    style: str
    inner: str
    start: int
    end: int
    begins_line: bool
    ends_line: bool

    @property
    def name(self) -> str:
        return " ".join(self.inner.split()).casefold()

    @property
    def alone(self) -> bool:
        return self.begins_line and self.ends_line


def code_spans(text: str) -> list[Span]:
    """Return the spans of fenced code; a fence without a language, or of plain text, often holds a blank."""
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1].startswith(opened[1]) and not fence[2]:
            _add_code(opened, fence.end(), spans)
            opened = None
    if opened is not None:
        _add_code(opened, len(text), spans)
    return spans


def places_in(text: str, code: list[Span]) -> Iterator[Place]:
    """Yield every bracket that could be a blank, in order."""
    found = list(_candidates(text, code))
    headings, slot = _headings(text, found)
    labels = [place for place in found if _is_label(text, place)]
    for place in found:
        free = place.style in ("dollar", "brace") or place == slot
        if free or (place.name not in headings and not _labels_its_line(text, place, labels)):
            yield place


def _candidates(text: str, code: list[Span]) -> Iterator[Place]:
    closed = {name.casefold() for name in _CLOSING_TAG.findall(text)}
    waiting = iter(code)
    span = next(waiting, None)
    previous = (0, False)
    for match in _BRACKETS.finditer(text):
        while span and span[1] <= match.start():
            span = next(waiting, None)
        place = _place(text, match)
        in_code = bool(span and span[0] <= match.start())
        chained = previous[0] == match.start() and text[match.start() - 1 : match.start()] in ("]", "}")
        good = (previous[1] or not chained) and _could_be_blank(text, place, in_code=in_code, closed=closed)
        previous = (match.end(), good)
        if good:
            yield place


def _place(text: str, match: re.Match[str]) -> Place:
    start, end = match.span()
    before = text[start - 12 : start] if start > 12 else f"\n{text[:start]}"
    return Place(
        str(match.lastgroup),
        match[str(match.lastgroup)],
        start,
        end,
        begins_line=bool(_LINE_START.search(before)),
        ends_line=bool(_LINE_END.match(text, end)),
    )


def _could_be_blank(text: str, place: Place, *, in_code: bool, closed: set[str]) -> bool:
    if place.style == "dollar":
        return text[max(0, place.start - 1) : place.start] != "\\"
    if in_code or not _is_name(place.inner) or _is_glued(text, place):
        return False
    if place.style == "square":
        return not (_is_link(text, place) or _is_checkbox(place) or _CHARACTER_CLASS.fullmatch(place.inner))
    if place.style == "angle":
        return place.name not in closed and not _HTML.fullmatch(place.name.split()[0])
    return place.name not in _IDIOMS and not (place.inner != place.inner.strip() and place.inner.isascii())


def _is_name(inner: str) -> bool:
    name = inner.strip()
    shape = _KOREAN_NAME if _HANGUL.search(name) else _NAME
    return (
        bool(shape.fullmatch(name))
        and name.count(" ") <= 5
        and name.count("/") <= 1
        and not _CITED.match(name)
        and not _MARK.fullmatch(name)
    )


def _is_glued(text: str, place: Place) -> bool:
    """Part of an expression: a[i], List<T>, \\frac{a}, /api/{id}, or quoted as code."""
    before = text[max(0, place.start - 1) : place.start]
    after = text[place.end : place.end + 1]
    if before == "`" and after == "`":
        return True
    return bool(before) and ((before.isascii() and before.isalnum()) or before in "_)!\\^$%#@&{/<>=")


def _is_link(text: str, place: Place) -> bool:
    link = _LINK.match(text, place.end)
    return text.startswith("[]", place.end) or bool(link and (not link[1] or set("/.#:@") & set(link[1])))


def _is_checkbox(place: Place) -> bool:
    return place.begins_line and bool(_ONE_LETTER.fullmatch(place.inner.strip()))


def _headings(text: str, found: list[Place]) -> tuple[set[str], Place | None]:
    """Return the names alone on a line, and the one lonely name at the very end: "요약하세요.\\n\\n[본문]"."""
    alone = [place for place in found if place.alone and place.style in ("square", "angle")]
    slots = [place for place in alone if _AFTER_COLON.search(text[max(0, place.start - 20) : place.start])]
    headings = {place.name for place in alone} - {place.name for place in slots}
    lonely = alone[0] if len(alone) == 1 and alone[0].end == len(text.rstrip(" \t\n*")) else None
    if lonely is None or not text[: lonely.start].strip():
        return headings, None
    return headings - {lonely.name}, lonely


def _is_label(text: str, place: Place) -> bool:
    """[역할] 당신은 … at the start of a line, or [이름]: …"""
    return (
        place.style in ("square", "angle")
        and place.begins_line
        and text[place.end : place.end + 1] in " \t:："
    )


def _labels_its_line(text: str, place: Place, labels: list[Place]) -> bool:
    if not _is_label(text, place):
        return False
    after = text[place.end : place.end + 3]
    known = bool(_HEADING.fullmatch(place.name.split()[0])) or after[:1] in ":：" or after == " {{"
    return known or len(labels) > 1


def _add_code(opened: re.Match[str], end: int, spans: list[Span]) -> None:
    if opened[2].lower() not in _PROSE_FENCES:
        spans.append((opened.start(), end))
