"""The parts of a call in a competition file: plan, eligibility, files, questions, terms, dates, faq, contact."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from competitions.contest_files.call_records import (
    ENTRANTS,
    FILE_KINDS,
    PLAN_ITEMS,
    QUESTION_KINDS,
    REQUIRED_AT,
    WHO,
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FaqRecord,
    FilesRecord,
    QuestionRecord,
    TermRecord,
)
from competitions.contest_files.errors import FileProblem, gettext_noop
from competitions.contest_files.words import LONGEST_PURPOSE, LONGEST_TEXT
from competitions.contest_files.yaml_fields import Fields
from competitions.contest_files.yaml_section import refuse_repeated

ELIGIBILITY_LISTS = ("who", "departments", "groups", "districts", "email_domains", "invited")
ELIGIBILITY_KEYS = tuple(field.name for field in fields(EligibilityRecord))
FILES_KEYS = tuple(field.name for field in fields(FilesRecord))
QUESTION_KEYS = (
    "code",
    "name",
    "kind",
    "help",
    "required",
    "tracks",
    "choices",
    "longest",
    "least",
    "most",
    "personal",
)
TERM_KEYS = ("purpose", "title", "text", "required", "covers")
DATE_KEYS = ("name", "at", "until")
FAQ_KEYS = ("question", "answer")
CONTACT_KEYS = tuple(field.name for field in fields(ContactRecord))

LONGEST_HELP = 500
MOST_FILES, MOST_MB, MOST_LINKS = 100, 10_000, 100
OLDEST, LARGEST_TEAM = 150, 1000


def call_parts(section: Fields, *, tracks: Collection[str], notices: list[FileProblem]) -> dict[str, Any]:
    """Read the parts, by the name CompetitionRecord has for each. tracks: codes of the file."""
    return {
        "plan": plan(section),
        "eligibility": eligibility(section.block("eligibility", keys=ELIGIBILITY_KEYS)),
        "files": files(section.block("files", keys=FILES_KEYS)),
        "questions": questions(section, tracks=tracks),
        "terms": terms(section),
        "dates": dates(section, notices=notices),
        "faq": faq(section),
        "contact": contact(section.block("contact", keys=CONTACT_KEYS)),
    }


def plan(section: Fields) -> dict[str, str]:
    """Read the items of the plan that are written."""
    block = section.block("plan", keys=PLAN_ITEMS)
    texts = {item: block.optional_text(item) for item in PLAN_ITEMS}
    return {item: text for item, text in texts.items() if text}


def eligibility(block: Fields) -> EligibilityRecord:
    """Read who may enter; refuse limits the wrong way round."""
    default = EligibilityRecord()
    lists = {key: block.words(key, allowed=WHO if key == "who" else ()) for key in ELIGIBILITY_LISTS}
    record = EligibilityRecord(
        **lists,
        min_age=block.whole_or_none("min_age", most=OLDEST),
        max_age=block.whole_or_none("max_age", most=OLDEST),
        entrants=block.choice("entrants", allowed=ENTRANTS, default=default.entrants),
        team_min=block.whole("team_min", default=default.team_min, least=1, most=LARGEST_TEAM),
        team_max=block.whole("team_max", default=default.team_max, least=1, most=LARGEST_TEAM),
        one_team_per_person=block.truth("one_team_per_person", default=default.one_team_per_person),
        entries_per_person=block.whole("entries_per_person", default=default.entries_per_person, least=1),
    )
    if record.team_min > record.team_max:
        key = "team_max" if "team_max" in block.values else "team_min"
        block.refuse(
            key,
            gettext_noop(
                "A team needs {least} people and may have {most}. Set team_min to team_max or less."
            ),
            least=record.team_min,
            most=record.team_max,
        )
    if record.min_age is not None and record.max_age is not None and record.min_age > record.max_age:
        block.refuse("max_age", gettext_noop("Nobody is that old. Set max_age to min_age or more."))
    return record


def files(block: Fields) -> FilesRecord:
    """Read which files an entry may hold."""
    default = FilesRecord()
    record = FilesRecord(
        kinds=block.words("kinds", allowed=FILE_KINDS) or default.kinds,
        most=block.whole("most", default=default.most, most=MOST_FILES),
        max_mb=block.whole("max_mb", default=default.max_mb, least=1, most=MOST_MB),
        total_mb=block.whole("total_mb", default=default.total_mb, least=1, most=MOST_MB),
        links=block.whole("links", default=default.links, most=MOST_LINKS),
    )
    if record.max_mb > record.total_mb:
        block.refuse(
            "max_mb" if "max_mb" in block.values else "total_mb",
            gettext_noop("One file may have more MB than all together. Set total_mb to max_mb or more."),
        )
    return record


def questions(section: Fields, *, tracks: Collection[str]) -> tuple[QuestionRecord, ...]:
    """Read the questions of the call's own."""
    items = section.sections("questions", keys=QUESTION_KEYS, required=False)
    records = tuple(question(item, tracks=tracks) for item in items)
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def question(item: Fields, *, tracks: Collection[str]) -> QuestionRecord:
    """Read one question; a choice needs choices, and a number's limits must leave one."""
    record = QuestionRecord(
        code=item.code("code"),
        name=item.title("name"),
        kind=item.choice("kind", allowed=QUESTION_KINDS, default="text"),
        help=item.optional_text("help", longest=LONGEST_HELP),
        required=item.choice("required", allowed=REQUIRED_AT, default="no"),
        tracks=item.words("tracks", allowed=tracks),
        choices=item.words("choices"),
        longest=item.whole_or_none("longest", least=1, most=LONGEST_TEXT),
        least=item.number("least"),
        most=item.number("most"),
        is_personal=item.truth("personal", default=False),
    )
    if record.kind == "choice" and "choices" not in item.values:
        item.refuse("kind", gettext_noop("There is nothing to choose from. Write a list of choices."))
    if record.least is not None and record.most is not None and record.least > record.most:
        item.refuse("most", gettext_noop("No number fits. Set most to least or more."))
    return record


def terms(section: Fields) -> tuple[TermRecord, ...]:
    """Read what entrants agree to, one for each purpose."""
    items = section.sections("terms", keys=TERM_KEYS, required=False)
    records = tuple(
        TermRecord(
            purpose=item.slug("purpose", longest=LONGEST_PURPOSE),
            title=item.title("title"),
            text=item.text("text", longest=LONGEST_TEXT),
            is_required=item.truth("required", default=True),
            covers=item.words("covers", allowed=PLAN_ITEMS),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.purpose for record in records], key="purpose")
    return records


def dates(section: Fields, *, notices: list[FileProblem]) -> tuple[DateRecord, ...]:
    """Read the further dates of the timeline."""
    items = section.sections("dates", keys=DATE_KEYS, required=False)
    return tuple(record for item in items if (record := date(item, notices=notices)))


def date(item: Fields, *, notices: list[FileProblem]) -> DateRecord | None:
    """Read one date; None when it has no beginning, which is refused."""
    name, moment = item.title("name"), item.moment("at")
    until: datetime | None = item.end("until", notices=notices)
    if moment and until and until <= moment.at:
        item.refuse("until", gettext_noop("This ends before it begins. Set until later than at."))
    return DateRecord(name=name, at=moment.at, until=until) if moment else None


def faq(section: Fields) -> tuple[FaqRecord, ...]:
    """Read what everybody asks, with the answers."""
    items = section.sections("faq", keys=FAQ_KEYS, required=False)
    return tuple(
        FaqRecord(
            question=item.title("question", longest=LONGEST_HELP),
            answer=item.text("answer", longest=LONGEST_TEXT),
        )
        for item in items
    )


def contact(block: Fields) -> ContactRecord:
    """Read which office answers."""
    return ContactRecord(**{key: block.title(key, required=False) for key in CONTACT_KEYS})
