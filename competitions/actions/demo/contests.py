"""Loads the fictional city of competitions/demo/: everything goes the way real records go."""

from datetime import timedelta
from uuid import uuid5

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Department, Government, User
from casebook.actions.bring_in import NAMESPACE, import_batch
from casebook.actions.starter import load_starter
from casebook.content import clean_case, clean_prompt
from casebook.imports.records import ImportBatch, ImportRecord
from casebook.models import Case
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.bringing_in.entries import store_entries
from competitions.actions.calls.competitions import start_judging
from competitions.actions.demo.afterwards import publish
from competitions.actions.demo.city import give_place, make_city, make_learning_group, make_person
from competitions.actions.demo.desk import bring_question, load_desk
from competitions.actions.demo.files import call_file, read
from competitions.actions.demo.judging import load_judging
from competitions.actions.demo.paper_scores import bring_scores
from competitions.actions.demo.trust import load_trust
from competitions.actions.entries.drafts import save_draft
from competitions.contest_files.competition_yaml import read_competition
from competitions.entry_content import clean_entry
from competitions.models import Competition, Entry
from competitions.states import EntryState

CONTESTS = ("departments", "residents", "learning")


def is_empty():
    """Whether this site holds nothing yet that a demo could get mixed up with."""
    return not any(model.objects.exists() for model in (Government, Competition, User))


@transaction.atomic
def load_demo(*, at):
    """Fill an empty site. Returns how many prompts and cases were published."""
    site = read("site")
    make_city(site)
    accounts = read("accounts")
    password = make_password(accounts["password"])  # once: a good hash is slow on purpose
    people = {given["email"]: make_person(given, password=password, at=at) for given in accounts["accounts"]}
    by_role = {given["role"]: people[given["email"]] for given in reversed(accounts["accounts"])}
    load_starter(by=by_role["editor"], at=at, publish=True)
    report = _casebook(by=by_role["editor"], at=at)
    load_trust(read("trust"), by_role=by_role, at=at)
    for name in CONTESTS:
        _contest(read(f"competition-{name}"), people=people, by_role=by_role, at=at)
    load_desk(read("competition-screening"), people=people, organiser=by_role["organiser"], at=at)
    load_judging(read("committee"), people=people, organiser=by_role["organiser"], at=at)
    make_learning_group(site["learning_group"], people=people, at=at)
    for given in accounts["accounts"]:
        give_place(given, people[given["email"]], at=at)
    return report


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
    competition, _new = bring_in_competition(read_competition(call_file(given, at=at)), by=organiser, at=at)
    _entries(competition, given["entries"], by=organiser, at=at)
    bring_scores(competition, given, by=organiser, at=at)
    for draft in given.get("drafts", []):
        _draft(competition, draft, by=people[draft["account"]], at=at)
    for question in given.get("questions", []):
        bring_question(competition, question, people=people, by=organiser, at=at)
    if given["state"] == "announced":
        return
    start_judging(competition, by=organiser, at=at + timedelta(days=given["judging_in_days"]))
    if given["state"] == "published":
        publish(competition, given, organiser=organiser, editor=by_role["editor"], at=at)


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
