"""The message catalogue: what the code and templates say, and its translations. Needs no gettext programs."""

import re
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

# Position of message, plural and context among the arguments, as Babel wants them.
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(?<!\{)\{(\w+)\}(?!\})")
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: prompt-casebook\\n"
"Language: %s\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=%d; plural=%s;\\n"

"""


def extract(root, *, folders, templates):
    """Return a Catalog without translations of what Python files in `folders` and templates say."""
    found = Catalog()
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            _collect(found, path.read_text("utf-8"), place=path.relative_to(root).as_posix())
    for path in sorted((root / templates).rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            place = path.relative_to(root).as_posix()
            _collect(found, python_of_template(path.read_text("utf-8"), place=place), place=place)
    return found


def python_of_template(source, *, place="template"):
    """The template's messages as Python calls; lines lose their indent, which Python would misread."""
    return "\n".join(line.strip() for line in templatize(source, origin=place).splitlines())


def _collect(found, source, *, place):
    for _line, function, words, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, [], {}):
        message, context = _message(KEYWORDS[function], words)
        if message:
            found.add(message, locations=[(place, None)], context=context)


def _message(positions, words):
    """(msgid or (msgid, plural), context) of a call; None when it names no literal text."""
    words = words if isinstance(words, tuple) else (words,)
    if positions is None:
        return words[0], None
    context = next((words[p[0] - 1] for p in positions if isinstance(p, tuple)), None)
    texts = tuple(words[p - 1] for p in positions if isinstance(p, int) and p <= len(words))
    if not all(texts):
        return None, None
    return (texts[0] if len(texts) == 1 else texts), context


def read(path, *, locale):
    """The catalogue in a file, without entries that are no longer used; empty when there is no file."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, ignore_obsolete=True)


def update(found, kept, *, fragments=()):
    """Return a catalogue of all messages found, translated by `kept` or by the first fragment that can."""
    new = Catalog(locale=kept.locale)
    for message in _messages(found):
        texts = [_translation(source, message) for source in (kept, *fragments)]
        string = next(filter(None, texts), None)
        new.add(message.id, string, locations=sorted(set(message.locations)), context=message.context)
    return new


def _translation(source, message):
    """The translation another catalogue has for a message, in the message's form; None if it has none."""
    known = source.get(_first(message.id), message.context)
    if known is None or known.fuzzy or not is_translated(known):
        return None
    strings = _forms(known.string)
    return strings[: source.num_plurals] if message.pluralizable else strings[0]


def write(catalogue, path):
    """Write the catalogue sorted, without dates and line numbers, so that a diff shows the change."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    header = HEADER % (catalogue.locale_identifier, catalogue.num_plurals, catalogue.plural_expr)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def problems(found, catalogue):
    """Sentences on every message that is missing, empty, fuzzy, no longer used or has other placeholders."""
    for message in _messages(found):
        known = catalogue.get(_first(message.id), message.context)
        problem = _problem(message, known)
        if problem:
            yield f"{problem}: {_first(message.id)!r} ({message.locations[0][0]})"
    for known in _messages(catalogue):
        if found.get(_first(known.id), known.context) is None:
            yield f"no longer used: {_first(known.id)!r}"


def unused(found, fragment):
    """The messages of a fragment that nothing says."""
    return [m for m in _messages(fragment) if found.get(_first(m.id), m.context) is None]


def _problem(message, known):
    if known is None:
        return "missing"
    if known.fuzzy:
        return "fuzzy"
    if not is_translated(known):
        return "without translation"
    if message.pluralizable != known.pluralizable:
        return "plural on one side only"
    wanted = placeholders(_forms(message.id)[-1])
    if any(placeholders(text) != wanted for text in _forms(known.string)):
        return "other placeholders in the translation"
    return None


def is_translated(message):
    strings = _forms(message.string)
    return bool(strings) and all(strings)


def placeholders(text):
    """The names standing in %(name)s and {name}."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def _messages(catalogue):
    return [message for message in catalogue if message.id]


def _forms(text):
    return tuple(text) if isinstance(text, list | tuple) else (text,)


def _first(message_id):
    return _forms(message_id)[0]
