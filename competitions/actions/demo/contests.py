"""Loads the fictional city of competitions/demo/: everything goes the way real records go."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid5

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localtime

from accounts.models import Department, Government, RoleGrant, User
from accounts.permissions import scope_of
from accounts.roles import SCOPED_ROLES, Role
from casebook.actions.bring_in import NAMESPACE, import_batch
from casebook.actions.starter import bring_work_fields, load_starter
from casebook.actions.versions import publish_version
from casebook.content import clean_case, clean_prompt
from casebook.imports.records import ImportBatch, ImportRecord
from casebook.models import Case, WorkField
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.bringing_in.entries import store_entries
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.calls.competitions import start_judging
from competitions.actions.calls.templates import template_call
from competitions.actions.demo.trust import load_trust
from competitions.actions.entries.drafts import save_draft
from competitions.actions.results.publication import publish_as_case
from competitions.actions.results.results import Choice, compute, decide_awards, publish_results
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.records import ScoreRecord
from competitions.entry_content import clean_entry
from competitions.models import Assignment, Competition, Entry, Judge, Score
from competitions.states import EntryState, SheetState
from learning.models import LearningGroup, Membership

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).resolve().parents[2] / "demo"
CONTESTS = ("departments", "residents", "learning")
FILE_KEYS = ("slug", "title", "kind", "profile", "call", "contact", "tracks", "judges", "rounds", "awards")
OFFICE_HOURS = {"announced": 9, "opens": 9, "closes": 18}
GOVERNMENT_KEYS = ("name", "name_en", "region_code", "is_fictional")


def read(name):
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  safe, and in C


def is_empty():
    """Whether this site holds nothing yet that a demo could get mixed up with."""
    return not any(model.objects.exists() for model in (Government, Competition, User))


@transaction.atomic
def load_demo(*, at):
    """Fill an empty site. Returns how many prompts and cases were published."""
    site = read("site")
    _city(site)
    accounts = read("accounts")
    password = make_password(accounts["password"])  # once: a good hash is slow on purpose
    people = {given["email"]: _person(given, password=password, at=at) for given in accounts["accounts"]}
    by_role = {given["role"]: people[given["email"]] for given in accounts["accounts"]}
    load_starter(by=by_role["editor"], at=at, publish=True)
    report = _casebook(by=by_role["editor"], at=at)
    load_trust(read("trust"), by_role=by_role, at=at)
    for name in CONTESTS:
        _contest(read(f"competition-{name}"), people=people, by_role=by_role, at=at)
    _learning_group(site["learning_group"], people=people, at=at)
    for given in accounts["accounts"]:
        _place(given, people[given["email"]], at=at)
    return report


# The city and its people


def _city(site):
    Government.objects.create(is_self=True, **{key: site["government"][key] for key in GOVERNMENT_KEYS})
    Department.objects.bulk_create(Department(**row) for row in site["departments"])
    bring_work_fields()


def _person(given, *, password, at):
    department = Department.objects.get(code=given["department"]) if given["department"] else None
    user = User.objects.create(
        email=given["email"], password=password, name=given["name"], department=department
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    if given["role"] not in {*SCOPED_ROLES, Role.RESIDENT} or given["role"] == Role.ORGANISER:
        RoleGrant.objects.create(user=user, role=given["role"], granted_at=at)
    return user


def _place(given, user, *, at):
    """Give a person the roles that hold for one competition or learning group."""
    if "judge_of" in given:
        judge = Judge.objects.get(
            competition__slug=given["judge_of"]["competition"], code=given["judge_of"]["judge"]
        )
        Judge.objects.filter(pk=judge.pk).update(user=user)
        RoleGrant.objects.create(user=user, role=Role.JUDGE, scope=scope_of(judge.competition), granted_at=at)
    for slug in given.get("facilitates", []):
        group = LearningGroup.objects.get(slug=slug)
        RoleGrant.objects.create(user=user, role=Role.FACILITATOR, scope=scope_of(group), granted_at=at)


def _learning_group(given, *, people, at):
    group = LearningGroup.objects.create(
        slug=given["slug"],
        title=given["title"],
        kind=given["kind"],
        description=given["description"],
        capacity=given["capacity"],
        work_field=WorkField.objects.get(code=given["work_field"]),
        starts_on=_day(at, given["starts_in_days"]),
        ends_on=_day(at, given["ends_in_days"]),
    )
    Membership.objects.create(
        group=group, user=people[given["facilitator"]], is_facilitator=True, joined_at=at
    )


def _day(at, days) -> date:
    return (at + timedelta(days=days)).date()


# The casebook


def _casebook(*, by, at):
    prompts, cases = read("prompts")["prompts"], read("cases")["cases"]
    departments = {row.code: row for row in Department.objects.all()}
    records = [_record("prompt", given, clean_prompt(_content(given))) for given in prompts]
    records += [_record("case", given, clean_case(_case_content(given, departments))) for given in cases]
    report = import_batch(ImportBatch(tuple(records), ()), by=by, at=at, publish=True, source=("demo", ""))
    for given in cases:
        Case.objects.filter(external_id=given["external_id"]).update(
            department=departments[given["department"]]
        )
    return report


def _record(kind, given, content):
    return ImportRecord(0, kind, given["external_id"], content, ())


def _content(given):
    return {key: value for key, value in given.items() if key != "external_id"}


def _case_content(given, departments):
    """The file names departments by code and prompts by external id."""
    content = _content(given) | {"risks": "\n".join(given.get("risks") or [])}
    content["department"] = departments[given["department"]].name if given["department"] else ""
    content["steps"] = [step | {"prompt": _prompt_link(step["prompt"])} for step in given["steps"]]
    return content


def _prompt_link(external_id):
    return {"uid": str(uuid5(NAMESPACE, f"prompt:{external_id}")), "version": 1} if external_id else None


# Competitions


def _contest(given, *, people, by_role, at):
    organiser = by_role["organiser"]
    competition, _new = bring_in_competition(read_competition(_file(given, at)), by=organiser, at=at)
    _entries(competition, given["entries"], by=organiser, at=at)
    _scores(competition, given, by=organiser, at=at)
    for draft in given.get("drafts", []):
        _draft(competition, draft, by=people[draft["account"]], at=at)
    if given["state"] == "announced":
        return
    start_judging(competition, by=organiser, at=at + timedelta(days=given["judging_in_days"]))
    if given["state"] == "published":
        _publish(competition, given, organiser=organiser, editor=by_role["editor"], at=at)


def _file(given, at):
    """The contest as the file that `import_competition` takes, its dates counted from today."""
    dates = {
        f"{name}_at": _office_time(at, given[f"{name}_in_days"], hour) for name, hour in OFFICE_HOURS.items()
    }
    closes_at = at + timedelta(days=given["closes_in_days"])
    template = template_call(given["template"], closes_at=closes_at) if "template" in given else {}
    record = template | {key: given[key] for key in FILE_KEYS if key in given} | dates
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False).encode()


def _office_time(at, days, hour):
    day = localtime(at + timedelta(days=days))
    return day.replace(hour=hour, minute=0, second=0, microsecond=0).isoformat()


def _entries(competition, rows, *, by, at):
    tracks = {track.code: track for track in competition.tracks.all()}
    departments = {row.code: row for row in Department.objects.all()}
    store_entries(
        [
            Entry(
                competition=competition,
                track=tracks[row["track"]],
                code=row["code"],
                team=row["team"],
                title=row["title"],
                summary=row["summary"],
                draft=_entry_content(row["content"], departments),
                state=EntryState.ACCEPTED,
                submitted_at=at + timedelta(days=row["submitted_in_days"]),
                decided_by=by,
                decided_at=at,
                created_at=at,
                saved_at=at,
            )
            for row in rows
        ]
    )


def _entry_content(given, departments):
    """The content as handed in: a step names a prompt of its own entry by its position."""
    positions = {prompt["external_id"]: str(n) for n, prompt in enumerate(given["prompts"], start=1)}
    case = _case_content(given["case"] | {"steps": []}, departments)
    case["steps"] = [_own_step(step, positions) for step in given["case"]["steps"]]
    return clean_entry({"case": case, "prompts": [_content(prompt) for prompt in given["prompts"]]})


def _own_step(step, positions):
    link = {"uid": positions[step["prompt"]], "version": 1} if step["prompt"] else None
    return {"text": step["text"], "prompt": link}


def _scores(competition, given, *, by, at):
    states = {(row["round"], row["judge"], row["entry"]): row["state"] for row in given.get("sheets", [])}
    rows = [_score(line, row) for line, row in enumerate(given["scores"], start=1)]
    signed = [
        row for row in rows if states.get((row.round, row.judge, row.entry), "signed") == SheetState.SIGNED
    ]
    if signed:
        bring_in_scores(competition, signed, by=by, at=at)
    for place, state in states.items():
        if state != SheetState.SIGNED:
            marks = [row for row in rows if (row.round, row.judge, row.entry) == place]
            _open_sheet(competition, place, state, marks, at=at)


def _score(line, row):
    points = None if row["points"] in {None, ""} else Decimal(row["points"])
    return ScoreRecord(line=line, **{**row, "points": points})


def _open_sheet(competition, place, state, marks, *, at):
    round_code, judge, entry = place
    sheet = Assignment.objects.create(
        round=competition.rounds.get(code=round_code),
        judge=competition.judges.get(code=judge),
        entry=competition.entries.get(code=entry),
        state=state,
        saved_at=at if marks else None,
    )
    criteria = {criterion.code: criterion for criterion in sheet.round.criteria.all()}
    Score.objects.bulk_create(
        Score(assignment=sheet, criterion=criteria[row.criterion], points=row.points, comment=row.comment)
        for row in marks
    )


def _draft(competition, given, *, by, at):
    save_draft(
        competition,
        _entry_content(given["content"], {}),
        by=by,
        at=at + timedelta(days=given["saved_in_days"]),
        track=competition.tracks.get(code=given["track"]),
        title=given["title"],
        team=given["team"],
        idempotency_key=uuid5(NAMESPACE, f"demo:{given['title']}"),
    )


def _publish(competition, given, *, organiser, editor, at):
    """Compute, award as the tally proposes, publish, and make cases of the entries the file names."""
    result = compute(competition, by=organiser, at=at + timedelta(days=given["decided_in_days"]))
    choices = {row["code"]: Choice(row["award"]) for row in result.outcome["entries"] if row["award"]}
    decide_awards(competition, choices, by=organiser, at=at + timedelta(days=given["decided_in_days"]))
    publish_results(competition, by=organiser, at=at + timedelta(days=given["published_in_days"]))
    for row in given["entries"]:
        if row.get("publish_as_case"):
            entry = competition.entries.select_related("competition").get(code=row["code"])
            _publish_case(publish_as_case(entry, by=organiser, at=at).case, editor=editor, at=at)


def _publish_case(case, *, editor, at):
    version = case.versions.get()
    for link in version.prompt_links.select_related("prompt_version__record"):
        publish_version(link.prompt_version, by=editor, at=at)
    publish_version(version, by=editor, at=at)
