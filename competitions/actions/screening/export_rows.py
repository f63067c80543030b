"""The rows of an exported table, read from the database as they are written."""

from collections import defaultdict

from django.utils import timezone

from competitions.models import TeamMember
from competitions.states import EntryState

AT_ONCE = 1000  # rows held in memory
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
SEALED_COLUMNS = ("code", "track", "state")
ENTRY_COLUMNS = (
    *SEALED_COLUMNS,
    "title",
    "team",
    "submitted_at",
    "receipt",
    "sha256",
    "flags",
    "reason",
    "article",
    "summary",
    "problem",
    "approach",
    "prompts",
    "links",
)
PEOPLE_COLUMNS = (*SEALED_COLUMNS, "title", "team", "role", "name", "email", "department")
ABOUT = ("code", "track__code", "state")
HANDED_IN = ("title", "team", "submitted_at", "snapshot__receipt_number", "snapshot__content_sha256")
DECIDED = ("flags", "decision_reason", "decision_article")
PERSON = ("name", "email", "department__name")


def table_rows(rows, columns):
    """Yield the cells of each row of the columns. rows: entries in their order; one query, for people two."""
    if columns == PEOPLE_COLUMNS:
        yield from _people(rows)
    elif columns == ENTRY_COLUMNS:
        for values in rows.values_list(*ABOUT, *HANDED_IN, *DECIDED, "snapshot__content").iterator(AT_ONCE):
            *cells, content = values
            is_withdrawn = values[2] == EntryState.WITHDRAWN  # its text is the entrant's alone again
            yield [_cell(value) for value in [*cells, *_contents({} if is_withdrawn else content or {})]]
    else:
        for values in rows.values_list(*ABOUT).iterator(AT_ONCE):
            yield [_cell(value) for value in values]


def _contents(content):
    case = content.get("case") or {}
    messages = [
        message for prompt in content.get("prompts") or [] for message in prompt.get("messages") or []
    ]
    prompts = "\n\n".join(message.get("content") or "" for message in messages)
    links = "\n".join(content.get("links") or [])
    return [*(case.get(name) for name in ("summary", "problem", "approach")), prompts, links]


def _people(rows):
    """The leader and then who else is in the team, of every entry that was not withdrawn."""
    rows = rows.exclude(state=EntryState.WITHDRAWN)
    joined = TeamMember.objects.filter(
        entry__in=rows.order_by().values("pk"), state=TeamMember.State.ACCEPTED
    )
    members = defaultdict(list)
    for entry, user, *person in joined.values_list("entry", "user", *(f"user__{name}" for name in PERSON)):
        members[entry].append((user, person))
    leader = [f"entrant__{name}" for name in PERSON]
    for values in rows.values_list("pk", "entrant", *ABOUT, "title", "team", *leader).iterator(AT_ONCE):
        pk, entrant, about, person = values[0], values[1], values[2:7], values[7:]
        people = [("leader", person)] if entrant else []
        people += [("member", person) for user, person in members[pk] if user and user != entrant]
        for role, person in people:
            yield [_cell(value) for value in [*about, role, *person]]


def _cell(value):
    """A text no spreadsheet program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = " ".join(value)
    elif not isinstance(value, str):
        value = timezone.localtime(value).isoformat(timespec="seconds")
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
