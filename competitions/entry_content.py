"""What an entry says: a case with its prompts, shaped as in the casebook, so publishing retypes nothing."""

from casebook.blanks import complete_variables
from casebook.content import ContentRefused, Problem, clean_case, clean_prompt
from casebook.content.markers import N_
from casebook.content.text import is_blank, normal_text

MAX_PROMPTS = 3
MAX_TASKS = 20
MAX_TEXT = 50_000
MAX_TOTAL = 1_000_000


def clean_entry(content):
    """Return the content as it is frozen in a snapshot.

    Raises ContentRefused with every problem found; paths begin with "case." or "prompts.<index>.".
    """
    found = too_long(content)
    case = _part(clean_case, content.get("case") or {}, "case", found)
    given = content.get("prompts") or []
    prompts = [_part(clean_prompt, prompt, f"prompts.{index}", found) for index, prompt in enumerate(given)]
    found += _unfinished(content, prompts=given)
    if found:
        raise ContentRefused(found)
    return {"case": case, "prompts": [_with_all_blanks(prompt) for prompt in prompts]}


def draft_of(content):
    """Return unfinished content as it may be stored: uncut, without what no database can hold.

    Raises ContentRefused when a text is too long.
    """
    found = too_long(content)
    if found:
        raise ContentRefused(found)
    return _storable({"case": content.get("case") or {}, "prompts": content.get("prompts") or []})


def changed_since_submission(entry):
    """Whether the draft of a submitted entry says something else than its snapshot."""
    if entry.snapshot is None:  # brought in from a contest on paper
        return False
    chosen = entry.draft.get("entry") or {}
    track = entry.track.code if entry.track else None
    if chosen.get("track", track) not in {None, track} or chosen.get("team", entry.team) != entry.team:
        return True
    try:
        return clean_entry(entry.draft) != entry.snapshot.content
    except ContentRefused:
        return True


def too_long(content):
    """Return a problem for each text over the limit."""
    texts = list(_texts({name: content.get(name) for name in ("case", "prompts")}, ""))
    found = [
        Problem(
            path,
            N_("%(field)s: the text has %(length)s characters; at most %(most)s are taken. Shorten it."),
            {"length": f"{len(text):,}", "most": f"{MAX_TEXT:,}"},
        )
        for path, text in texts
        if len(text) > MAX_TEXT
    ]
    if not found and sum(len(text) for _path, text in texts) > MAX_TOTAL:
        found = [
            Problem("", N_("All texts together are too long. Shorten them, or leave out what is not needed."))
        ]
    return found


def _part(clean, given, path, found):
    try:
        return clean(given)
    except ContentRefused as refused:
        found += [
            Problem(f"{path}.{problem.path}", problem.msgid, problem.params) for problem in refused.problems
        ]
        return given


def _unfinished(content, *, prompts):
    case = content.get("case") or {}
    needed = {
        "summary": N_("The summary is empty. Say in one line what the entry does."),
        "problem": N_("The problem is empty. Write what was difficult before."),
        "approach": N_("The approach is empty. Write how the prompt is used."),
    }
    found = [
        Problem(f"case.{name}", msgid)
        for name, msgid in needed.items()
        if is_blank(str(case.get(name) or ""))
    ]
    if not prompts:
        found.append(Problem("prompts.0.title", N_("There is no prompt yet. Write at least one.")))
    for index, prompt in enumerate(prompts):
        roles = {message.get("role", "user") for message in prompt.get("messages") or []}
        if roles == {"system"}:
            msgid = N_("There is only an instruction. Write the prompt itself too.")
            found.append(Problem(f"prompts.{index}.messages", msgid))
    if len(prompts) > MAX_PROMPTS:
        found.append(
            Problem(
                "",
                N_("An entry holds at most %(most)s prompts. Leave the others out."),
                {"most": MAX_PROMPTS},
            )
        )
    return found


def _with_all_blanks(prompt):
    return prompt | {"variables": complete_variables(prompt["messages"], prompt["variables"])}


def _texts(value, path):
    if isinstance(value, str):
        yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in pairs:
        yield from _texts(item, f"{path}.{name}".strip("."))


def _storable(value):
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, dict):
        return {normal_text(str(name)): _storable(item) for name, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value
