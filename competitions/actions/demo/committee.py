"""Who judges in the demo: accounts without a login of their own, the pool, and committees asked and answering."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from competitions.actions.committee.appointments import issue_letter
from competitions.actions.committee.invitation_answers import accept, decline
from competitions.actions.committee.invitations import invite_judge
from competitions.actions.committee.jury import name_judge
from competitions.actions.committee.members import change_member, leave_committee
from competitions.actions.committee.pool import add_candidate
from competitions.actions.committee.ties import pledge
from competitions.actions.demo.city import make_person
from competitions.models import JudgeCandidate

ASKED, ANSWERED, LEFT, ASKED_LAST = (timedelta(days=days) for days in (-20, -18, -10, -2))
KNOWN = ("side", "field")


def make_members(given, *, at):
    """given: committee.yaml. Returns {key: account}; nobody knows a password of theirs."""
    password = make_password(None)
    rows = {row["key"]: row for row in given["people"]}
    return {key: make_person(row | {"role": "judge"}, password=password, at=at) for key, row in rows.items()}


def fill_pool(given, *, by, at):
    for row in given["pool"]:
        add_candidate(by=by, at=at - timedelta(days=60), **row)


def invite_committee(competition, given, *, people, by, at):
    """Ask everybody by letter; some accept, one declines, one does not answer, one leaves. {account key: Judge}."""
    pool = {row.email: row for row in JudgeCandidate.objects.all()}
    term = [(at + timedelta(days=days)).date() for days in given["term_days"]]
    members = {}
    for row in given["committee"]:
        person = people[row["account"]]
        known = _known(row, pool[person.email]) | {"term_from": term[0], "term_until": term[1]}
        _judge, secret = invite_judge(
            competition, by=by, at=at + ASKED, email=person.email, name=person.name, **known
        )
        judge = accept(secret, by=person, at=at + ANSWERED, ties=row.get("ties", ()))
        if "left" in row:
            leave_committee(judge, reason=row["left"], by=by, at=at + LEFT)
        else:
            members[row["account"]] = judge
    for row in given["asked"]:
        _ask(competition, row, candidate=pool[row["email"]], by=by, at=at)
    return members


def _known(row, candidate):
    known = {name: row[name] for name in KNOWN}
    is_chair = row.get("is_chair", False)
    return known | {"candidate": candidate, "organisation": candidate.organisation, "is_chair": is_chair}


def _ask(competition, row, *, candidate, by, at):
    asked_at = at + (ASKED if "declined" in row else ASKED_LAST)
    known = _known(row, candidate)
    _judge, secret = invite_judge(
        competition, by=by, at=asked_at, email=row["email"], name=row["name"], **known
    )
    if "declined" in row:
        decline(secret, reason=row["declined"], by=None, at=asked_at + timedelta(days=2))


def name_committee(competition, given, *, people, by, at):
    """Name members directly, with an account or for judging on paper. Returns {account key or name: Judge}."""
    members = {}
    for row in given["committee"]:
        person = people.get(row.get("account"))
        who = {"email": person.email} if person else {"name": row["name"]}
        judge = name_judge(competition, by=by, at=at, side=row["side"], field=row["field"], **who)
        if row.get("is_chair"):
            judge = change_member(judge, is_chair=True, by=by, at=at)
        issue_letter(judge, by=by, at=at)
        if person:
            judge = pledge(judge, (), by=person, at=at)
        members[row.get("account") or row["name"]] = judge
    return members
