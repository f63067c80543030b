"""Which format a file has: its content decides, its ending only where two formats look alike."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from casebook.content.markers import N_
from casebook.imports.columns import ALL_COLUMNS
from casebook.interchange import markdown
from casebook.interchange.archive import check_directory
from casebook.interchange.detect_json import json_format
from casebook.interchange.front import has_front
from casebook.interchange.item import Unrecognised, unrecognised
from casebook.interchange.texts import json_of, text_of

ZIP = "zip"
_ZIP_SIGN = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_TOP_NAME = re.compile(r"^([\w.\-]+)[ \t]*:", re.MULTILINE)
_ROLE_LINE = re.compile(
    r"^[ \t]*#?[ \t]*(?:system|user|assistant|developer)[ \t]*:[ \t]*$", re.MULTILINE | re.I
)

_DOTPROMPT_SIGN = re.compile(r"\{\{\s*(?:role\s|history\s*\}|media\s|#if|#each|>)")
_PROMPTY_NAMES = frozenset({"displayName", "inputs", "outputs", "sample", "template", "authors"})
_DOTPROMPT_NAMES = frozenset({"input", "output", "config", "toolDefs", "variant"})
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg|rss|body|div)\b", re.IGNORECASE)
_OTHER_KIND = re.compile(r"\{\\rtf|#!|-----BEGIN|BEGIN:V|import [\w.]+\n|from [\w.]+ import|#include")
_BODY_ONLY = {".prompt": "dotprompt", ".prompty": "prompty"}
_YAML_ENDINGS = (".yml", ".yaml")


def detect(name: str, data: bytes) -> str:
    """Return the name of the format, or "zip". Raises Unrecognised with the reason that is true of the file."""
    if data.startswith((_ZIP_SIGN, _EMPTY_ZIP)):
        return _packed(data)
    text = text_of(data)
    ending = _ending(name)
    if text.lstrip()[:1] in ("{", "["):
        found = _json(text, data, ending)
        if found:
            return found
    if _MARKUP.match(text):
        raise unrecognised(N_("The file is a web page or XML, not a prompt file."))
    if has_front(text, comments=True):
        return _fronted(text, ending)
    return _plain(text, ending)


def _ending(name: str) -> str:
    lower = name.lower()
    return next(
        (end for end in (".prompt.yml", ".prompt.yaml") if lower.endswith(end)), PurePosixPath(lower).suffix
    )


def _packed(data: bytes) -> str:
    check_directory(io.BytesIO(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise unrecognised(N_("The zip file is damaged.")) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if names & {"word/document.xml", "ppt/presentation.xml", "Contents/content.hpf"}:
        raise unrecognised(N_("The file is a document of an office program, not a prompt file."))
    return ZIP


def _json(text: str, data: bytes, ending: str) -> str:
    """Recognise JSON; '' when it is YAML that begins with a bracket."""
    try:
        value = json_of(data)
    except Unrecognised:
        if (
            ending in _BODY_ONLY
            or ending.endswith(_YAML_ENDINGS)
            or (ending != ".json" and _looks_like_yaml(text))
        ):
            return ""
        raise
    if isinstance(value, dict) and ending.endswith(_YAML_ENDINGS) and isinstance(value.get("messages"), list):
        return "prompt_yml"
    return json_format(value)


def _looks_like_yaml(text: str) -> bool:
    return re.match(r"\{\s*\w+\s*:", text.lstrip()) is not None or text.lstrip().startswith("{{")


def _fronted(text: str, ending: str) -> str:
    head, _, body = text.partition("\n---")
    names = set(_TOP_NAME.findall(head))
    if markdown.MARK in names:
        return "markdown"
    if ending.endswith(_YAML_ENDINGS) and "messages" in names:
        return "prompt_yml"
    prompty = len(names & _PROMPTY_NAMES) + 2 * bool(_ROLE_LINE.search(text)) + 3 * (ending == ".prompty")
    dotted = any("." in name for name in names)
    dotprompt = len(names & _DOTPROMPT_NAMES) + 3 * (ending == ".prompt") + dotted
    dotprompt += 2 * bool(_DOTPROMPT_SIGN.search(text)) + (text.lstrip().startswith("#"))
    if prompty == dotprompt == 0:
        if not body and "messages" in names:
            return "prompt_yml"
        raise unrecognised(N_("The front matter is that of no known prompt format."))
    return "prompty" if prompty >= dotprompt else "dotprompt"


def _plain(text: str, ending: str) -> str:
    names = set(_TOP_NAME.findall(text[:200_000]))
    in_braces = text.lstrip().startswith("{") and (ending == "" or ending.endswith(_YAML_ENDINGS))
    if "messages" in names or in_braces or (ending in (".prompt.yml", ".prompt.yaml") and names):
        return "prompt_yml"
    if ending in _BODY_ONLY:
        _refuse_other_kinds(text)
        return _BODY_ONLY[ending]
    return _table(text, ending)


def _refuse_other_kinds(text: str) -> None:
    """A file of these formats may be nothing but text; one that is plainly something else is refused."""
    if _OTHER_KIND.match(text) or _is_table(text):
        raise unrecognised(
            N_("The file has no front matter (---) and looks like a table or a program, not like a prompt.")
        )


def _is_table(text: str) -> bool:
    """Every line has as many separators, and no space follows them as it would in sentences."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:5]
    return len(lines) > 2 and any(
        len({line.count(sign) for line in lines}) == 1
        and sign in lines[0]
        and not any(f"{sign} " in line for line in lines)
        for sign in ("\t", ";", ",")
    )


def _table(text: str, ending: str) -> str:
    head = next((line for line in text.split("\n") if line.strip()), "")[:20_000]
    cells = {cell.strip().strip('"').strip() for cell in re.split(r"[,;\t]", head)}
    known = cells & set(ALL_COLUMNS)
    if "title" in cells and known & {"user", "system", "assistant", "messages"}:
        return "csv"
    if ending in (".csv", ".tsv", ".txt") and len(cells) > 1:
        names = ", ".join(sorted(cells))[:200]
        msgid = N_(
            "The table has no columns “title” and “user”, so no prompt text. Its columns are: %(names)s."
        )
        raise unrecognised(msgid, names=names)
    if ending in _YAML_ENDINGS:
        raise unrecognised(N_("The YAML has no list of messages; it is no prompt file."))
    raise unrecognised(
        N_("The file is plain text of no known prompt format. Paste the text into a new prompt.")
    )
