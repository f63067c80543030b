"""The limits of a call, said as sentences for those who want to enter."""

from collections.abc import Iterator, Mapping, Sequence

from casebook.content.markers import N_
from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility.records import Translate

_WHO = {
    "staff": N_("Staff of the government may enter."),
    "resident": N_("Residents may enter."),
    "learning_group": N_("Members of learning groups may enter."),
}
_Said = tuple[str, Mapping[str, object]]


def words(
    record: EligibilityRecord, translate: Translate = str, *, names: Mapping[str, str] | None = None
) -> list[str]:
    """Return one sentence for each limit. names: of departments by code and of learning groups by slug."""
    said = (*_people(record, names or {}), *_ages(record), *_addresses(record), *_together(record))
    return [translate(msgid) % dict(params) for msgid, params in said]


def _people(record: EligibilityRecord, names: Mapping[str, str]) -> Iterator[_Said]:
    if not record.who:
        yield N_("Everybody with an account may enter."), {}
    for kind in record.who:
        yield _WHO[kind], {}
    limits: tuple[tuple[str, Sequence[str]], ...] = (
        (N_("Staff: of these departments: %(names)s."), record.departments),
        (N_("Learning groups: %(names)s."), record.groups),
        (N_("Residents: of %(names)s."), record.districts),
    )
    for msgid, listed in limits:
        if listed:
            yield msgid, {"names": ", ".join(names.get(name, name) for name in listed)}


def _ages(record: EligibilityRecord) -> Iterator[_Said]:
    params = {"least": record.min_age, "most": record.max_age}
    if record.min_age is not None and record.max_age is not None:
        yield N_("Age: %(least)s to %(most)s full years on the opening day."), params
    elif record.min_age is not None:
        yield N_("Age: at least %(least)s full years on the opening day."), params
    elif record.max_age is not None:
        yield N_("Age: at most %(most)s full years on the opening day."), params


def _addresses(record: EligibilityRecord) -> Iterator[_Said]:
    if record.email_domains:
        yield (
            N_("A confirmed e-mail address at %(domains)s is needed."),
            {"domains": ", ".join(end.lstrip("@.") for end in record.email_domains)},
        )
    if record.invited:
        yield N_("Only those whom the organiser has invited may enter."), {}


def _together(record: EligibilityRecord) -> Iterator[_Said]:
    params = {"least": record.team_min, "most": record.team_max}
    if record.entrants == "person":
        yield N_("Entries are of single people, not of teams."), {}
    elif record.entrants == "team":
        yield N_("Entries are of teams of %(least)s to %(most)s members."), params
    else:
        yield N_("You may enter alone or as a team of %(least)s to %(most)s members."), params
    if record.entrants != "person" and record.one_team_per_person:
        yield N_("One person may belong to one team only."), {}
    if record.entries_per_person == 1:
        yield N_("One person hands in one entry."), {}
    else:
        yield N_("One person hands in at most %(count)s entries."), {"count": record.entries_per_person}
