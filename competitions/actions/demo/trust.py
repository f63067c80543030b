"""What the fictional city says about its prompts: versions, labels, tests, ratings, proposals, collections."""

from uuid import uuid5

from django.utils.timezone import localdate

from accounts.roles import Role
from casebook.actions.bring_in import NAMESPACE
from casebook.actions.collections import add_item, create_collection
from casebook.actions.drafts import begin_prompt
from casebook.actions.evidence import add_test
from casebook.actions.favourites import set_favourite
from casebook.actions.feedback import add_comment, answer_report, rate, report_problem
from casebook.actions.follows import follow
from casebook.actions.labels import set_label
from casebook.actions.proposals import propose
from casebook.actions.runs import record_runs
from casebook.actions.tools import save_tool
from casebook.actions.versions import add_version, ask_review, create_record, publish_version
from casebook.blanks import fill
from casebook.content import clean_prompt
from casebook.models import Collection, OpenTool, Prompt, PromptVersion, WorkField


def load_trust(given, *, by_role, at):
    """given: trust.yaml. by_role: {role: person}."""
    prompts = _Prompts()
    editor, staff = by_role[Role.EDITOR], by_role[Role.STAFF]
    _new_version(given["new_version"], prompts, staff=staff, editor=editor, at=at)
    _part_and_steps(given, prompts, staff=staff, editor=editor, at=at)
    for name in given["recommended"]:
        set_label(prompts[name].current, by=None, at=at, label=PromptVersion.Label.RECOMMENDED)
    _tests(given["tests"], prompts, by=staff, at=at)
    _talk(given, prompts, by_role=by_role, at=at)
    _proposal(given["proposal"], prompts, by=staff, at=at)
    begin_prompt(
        clean_prompt(given["draft"], draft=True),
        by=staff,
        at=at,
        idempotency_key=uuid5(NAMESPACE, "demo draft"),
    )
    _kept(given, prompts, staff=staff, editor=editor, at=at)
    for position, tool in enumerate(given["tools"], start=1):
        save_tool(OpenTool(**tool, position=position), by=by_role[Role.ADMINISTRATOR])


class _Prompts:
    """Prompts by their external id, as they stand now."""

    def __getitem__(self, name):
        return Prompt.objects.select_related("current").get(external_id=name)


def _new_version(given, prompts, *, staff, editor, at):
    prompt = prompts[given["of"]]
    content = _with_line(prompt.current.content, given["add_to_system"])
    old, new = given["replace_in_user"]
    content["messages"][1]["content"] = content["messages"][1]["content"].replace(old, new)
    version = add_version(prompt, clean_prompt(content), by=staff, at=at, note=given["note"])
    _publish(version, by=staff, editor=editor, at=at)


def _part_and_steps(given, prompts, *, staff, editor, at):
    for name in ("part", "steps"):
        values = dict(given[name])
        external_id = values.pop("external_id")
        for step in values.get("steps", []):
            held = prompts[step["prompt"]]
            step["prompt"] = {"uid": str(held.uid), "version": held.current.number}
        record = create_record(
            "prompt",
            clean_prompt(values),
            by=staff,
            at=at,
            uid=uuid5(NAMESPACE, external_id),
            external_id=external_id,
        )
        _publish(record.versions.get(), by=staff, editor=editor, at=at)


def _publish(version, *, by, editor, at):
    ask_review(version, by=by, at=at)
    publish_version(version, by=editor, at=at)


def _with_line(content, line):
    first, *others = content["messages"]
    return {**content, "messages": [{**first, "content": f"{first['content']}\n{line}"}, *map(dict, others)]}


def _tests(given, prompts, *, by, at):
    prompt = prompts[given["of"]]
    blank = {"expected": ""}
    tests = [add_test(prompt, {**blank, **case}, by=by, at=at) for case in given["cases"]]
    version = prompt.current
    for number, run in enumerate(given["runs"]):
        test = tests[run["test"]]
        record_runs(
            version,
            test,
            [(run["output"], run["judgement"])],
            filled=[
                {**message, "content": fill(message["content"], test.inputs)}
                for message in version.content["messages"]
            ],
            copied=version.content_sha256,
            by=by,
            at=at,
            idempotency_key=uuid5(NAMESPACE, f"demo run {number}"),
            model=run["model"],
            model_version="",
            ran_on=localdate(at),
        )


def _talk(given, prompts, *, by_role, at):
    for row in given["ratings"]:
        by = by_role[row["by"]]
        rate(prompts[row["of"]], by=by, at=at, stars=row["stars"], minutes_saved=row.get("minutes_saved"))
    for number, row in enumerate(given["comments"]):
        key = uuid5(NAMESPACE, f"demo comment {number}")
        add_comment(prompts[row["of"]], row["text"], by=by_role[row["by"]], at=at, idempotency_key=key)
    for number, row in enumerate(given["reports"]):
        key = uuid5(NAMESPACE, f"demo report {number}")
        version = prompts[row["of"]].current
        report = report_problem(
            version, by=by_role[row["by"]], at=at, kind=row["kind"], text=row["text"], idempotency_key=key
        )
        if "state" in row:
            answer_report(
                report, by=by_role[Role.EDITOR], at=at, state=row["state"], resolution=row["resolution"]
            )


def _proposal(given, prompts, *, by, at):
    base = prompts[given["of"]].current
    content = clean_prompt(_with_line(base.content, given["add_to_system"]))
    key = uuid5(NAMESPACE, "demo proposal")
    propose(base, content, by=by, at=at, note=given["note"], idempotency_key=key)


def _kept(given, prompts, *, staff, editor, at):
    row = given["collection"]
    collection = create_collection(
        by=editor,
        at=at,
        title=row["title"],
        summary=row["summary"],
        sharing=Collection.Sharing.PUBLIC,
        idempotency_key=uuid5(NAMESPACE, "demo collection"),
    )
    for item in row["items"]:
        add_item(collection, prompts[item["of"]], at=at, note=item["note"])
    for name in given["favourites"]:
        set_favourite(prompts[name], by=staff, at=at, keep=True)
    for code in given["follows"]:
        follow(WorkField.objects.get(code=code), by=staff, at=at)
