"""From the bytes of a YAML file to a tree of nodes that know their lines, safely."""

from typing import Any

import yaml

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop

LARGEST_BYTES = 2 * 1024 * 1024
DEEPEST = 20
MOST_PARTS = 20_000
ENCODINGS = ("utf-8-sig", "cp949")

# libyaml's loader reads the same language some ten times faster.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def root_node(content: bytes) -> yaml.Node:
    """Return the tree of the one document in a file. Nothing is constructed from it.

    Raises FileRefused for a file too large, not text, not YAML or empty, and for
    aliases, anchors, tags and nesting that a contest has no use for.
    """
    text = decoded(content)
    try:
        refuse_tricks(text)
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise FileRefused([unreadable(error)]) from error
    if root is None:
        raise refused(None, gettext_noop("The file is empty. Write the competition into it first."))
    return root


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 or CP949. Raises FileRefused otherwise."""
    if len(content) > LARGEST_BYTES:
        raise refused(
            None,
            gettext_noop(
                "The file is larger than {limit} MB. Shorten it, or check that it is the right file."
            ),
            limit=LARGEST_BYTES // 1024 // 1024,
        )
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(None, gettext_noop("The file is neither UTF-8 nor CP949 text. Save it as UTF-8 text."))


def refuse_tricks(text: str) -> None:
    """Raise FileRefused where the file repeats, tags, nests or goes on beyond what a contest needs."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        line = event.start_mark.line + 1 if event.start_mark else None
        if number > MOST_PARTS:
            raise refused(
                line,
                gettext_noop("The file has more than {limit} parts. Check that it is the right file."),
                limit=MOST_PARTS,
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused(
                line,
                gettext_noop(
                    "Anchors (&) and aliases (*) are not taken. Write the value out in full, or quote it."
                ),
            )
        if names_a_tag(event):
            raise refused(line, gettext_noop("Tags (!) are not taken. Remove the tag, or quote the value."))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise refused(
                line,
                gettext_noop(
                    "Lists and keys are nested deeper than {limit} levels. Check brackets and indentation."
                ),
                limit=DEEPEST,
            )


def names_a_tag(event: yaml.Event) -> bool:
    """Say whether the file itself wrote a tag here; "!" alone only means text."""
    return getattr(event, "tag", None) not in (None, "!")


def refused(line: int | None, message_id: str, **params: object) -> FileRefused:
    """Return the refusal for one problem without a key."""
    return FileRefused([FileProblem(line, None, message_id, params)])


def unreadable(error: yaml.YAMLError) -> FileProblem:
    """Say where the file stops being YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, yaml.composer.ComposerError):
        message = gettext_noop(
            "The file holds more than one document. Remove the line --- and what follows it."
        )
    elif isinstance(error, yaml.reader.ReaderError) or mark is None:
        message = gettext_noop("The file holds control characters. Retype or remove them.")
    else:
        message = gettext_noop(
            "This line cannot be read as YAML. Check indentation, quotes and the colon after each key."
        )
    return FileProblem(mark.line + 1 if mark else None, None, message)
