"""What an entry says: a case with its prompts, shaped as in the casebook, so publishing retypes nothing."""

from casebook.blanks import complete_variables
from casebook.content import ContentRefused, Problem, clean_case, clean_prompt
from casebook.content.markers import N_
from casebook.content.text import is_blank, normal_text
from competitions.answers import LONGEST, answer_problems, asked, cleaned_answers, is_link

MAX_PROMPTS = 3
MAX_TASKS = 20
MAX_TEXT = 50_000
MAX_TOTAL = 1_000_000


def clean_entry(content, *, questions=(), most_links=0):
    """Return the content as it is frozen in a snapshot: "answers" and "links" stand only when they say something.

    questions: those this entry is asked. Raises ContentRefused with every problem found; paths begin with "case.",
    "prompts.<index>.", "answers.<code>" or "links.<index>".
    """
    found = too_long(content)
    case = _part(clean_case, content.get("case") or {}, "case", found)
    given = content.get("prompts") or []
    prompts = [_part(clean_prompt, prompt, f"prompts.{index}", found) for index, prompt in enumerate(given)]
    found += _unfinished(content, prompts=given)
    answers = cleaned_answers(content.get("answers") or {}, questions)
    found += answer_problems(answers, questions, submitting=True)
    links = _links(content)
    found += _link_problems(links, most=most_links)
    if found:
        raise ContentRefused(found)
    more = {"answers": answers, "links": links}
    cleaned = {"case": case, "prompts": [_with_all_blanks(prompt) for prompt in prompts]}
    return cleaned | {name: value for name, value in more.items() if value}


def _link_problems(links, *, most):
    if len(links) > most:
        sentence = N_("At most %(most)s web addresses are taken. Leave the others out.")
        return [Problem("links", sentence, {"most": most})]
    wrong = [index for index, link in enumerate(links) if len(link) > LONGEST["link"] or not is_link(link)]
    return [
        Problem(f"links.{index}", N_("Write a whole web address that begins with https://."))
        for index in wrong
    ]


def draft_of(content):
    """Return unfinished content as it may be stored: uncut, without what no database can hold.

    Raises ContentRefused when a text is too long.
    """
    found = too_long(content)
    if found:
        raise ContentRefused(found)
    draft = {"case": content.get("case") or {}, "prompts": content.get("prompts") or []}
    return _storable(draft | {name: content[name] for name in ("answers", "links") if content.get(name)})


def changed_since_submission(entry):
    """Whether the draft of a submitted entry says something else than its snapshot."""
    if entry.snapshot is None:  # brought in from a contest on paper
        return False
    chosen = entry.draft.get("entry") or {}
    track = entry.track.code if entry.track else None
    if chosen.get("track", track) not in {None, track} or chosen.get("team", entry.team) != entry.team:
        return True
    frozen = entry.snapshot.content
    if _links(entry.draft) != _links(frozen) or _answers_otherwise(
        entry, frozen.get("answers") or {}, track=track
    ):
        return True
    try:
        cleaned = clean_entry({name: entry.draft.get(name) for name in ("case", "prompts")})
    except ContentRefused:
        return True
    return any(cleaned[name] != frozen.get(name) for name in ("case", "prompts"))


def _links(content):
    return [link.strip() for link in content.get("links") or [] if link.strip()]


def _answers_otherwise(entry, frozen, *, track):
    """Whether other answers would be handed in; those to questions of another track stay in the draft and are not.

    The questions are read only where the draft has more answers than the snapshot.
    """
    texts = {
        code: normal_text(str(text or "")).strip()
        for code, text in (entry.draft.get("answers") or {}).items()
    }
    more = {code for code, text in texts.items() if text} - frozen.keys()
    if any(texts.get(code) != text for code, text in frozen.items()):
        return True
    return bool(more) and any(each.code in more for each in asked(entry.competition.form_fields.all(), track))


def too_long(content):
    """Return a problem for each text over the limit."""
    texts = list(_texts({name: content.get(name) for name in ("case", "prompts", "answers", "links")}, ""))
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
