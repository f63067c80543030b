"""Whoever has part in entries, for finding them in the texts: a fixed number of queries for any number of entries."""

from collections import defaultdict

from allauth.account.models import EmailAddress

from accounts.models import User
from competitions.models import TeamMember
from competitions.redacting import People
from learning.models import Membership


def people_of(entries):
    """{entry: People} of entries with their snapshot. Four queries."""
    accounts = defaultdict(set)
    found = {entry.pk: defaultdict(list) for entry in entries}
    for entry in entries:
        accounts[entry.pk] |= {entry.entrant_id} - {None}
        _add_written(found[entry.pk], entry)
    for pk, user, email in TeamMember.objects.filter(entry__in=found).values_list("entry", "user", "email"):
        accounts[pk] |= {user} - {None}
        found[pk]["emails"].append(email)
    known = _known({user for users in accounts.values() for user in users})
    for pk, users in accounts.items():
        for user in sorted(users & known.keys()):
            for name, values in known[user].items():
                found[pk][name] += values
    return {
        pk: People(**{name: tuple(filter(None, dict.fromkeys(v))) for name, v in f.items()})
        for pk, f in found.items()
    }


def _add_written(found, entry):
    """What the entry itself says beside its texts: its team, department and contact."""
    content = entry.snapshot.content if entry.snapshot and not entry.snapshot.erased_at else entry.draft
    case = content.get("case") or {}
    contact = case.get("contact") or {}
    found["teams"].append(entry.team)
    found["names"] += [member.get("name", "") for member in content.get("team") or []]
    found["offices"] += [case.get("department") or "", contact.get("role") or ""]
    found["emails"].append(contact.get("email_public") or "")
    found["numbers"].append(contact.get("phone_public") or "")


def _known(users):
    """{account: {names, offices, emails, numbers, groups}}. Three queries."""
    rows = User.objects.filter(pk__in=users).values_list(
        "pk", "name", "email", "employee_number", "department__name", "department__name_en"
    )
    found = {
        pk: {"names": [name], "emails": [email], "numbers": [number], "offices": [*offices], "groups": []}
        for pk, name, email, number, *offices in rows
    }
    for pk, email in EmailAddress.objects.filter(user__in=found).values_list("user", "email"):
        found[pk]["emails"].append(email)
    for pk, title in Membership.objects.filter(user__in=found).values_list("user", "group__title"):
        found[pk]["groups"].append(title)
    return found
