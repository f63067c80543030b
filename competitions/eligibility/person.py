"""Whether one person may enter."""

from collections.abc import Callable, Iterator
from datetime import date

from casebook.content.markers import N_
from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility.records import Finding, PersonFacts

_Limit = Callable[[EligibilityRecord, PersonFacts], Iterator[Finding]]


def check(record: EligibilityRecord, person: PersonFacts, *, on: date) -> tuple[Finding, ...]:
    """Return every limit the person does not meet. on: the opening day, on which ages are counted."""
    return (
        *_kind(record, person),
        *_age(record, person, on),
        *_domain(record, person),
        *_invited(record, person),
    )


def _kind(record: EligibilityRecord, person: PersonFacts) -> tuple[Finding, ...]:
    """One kind of person that is let in is enough, with the limit of that kind; without kinds every limit holds."""
    if not record.who:
        return tuple(found for limit in _LIMITS.values() for found in limit(record, person))
    ways = [tuple(_LIMITS[kind](record, person)) for kind in record.who if kind in person.kinds]
    if not ways:
        return (Finding("wrong_kind", _WRONG_KIND),)
    return min(ways, key=len)


def _department(record: EligibilityRecord, person: PersonFacts) -> Iterator[Finding]:
    if record.departments and person.department not in record.departments:
        yield Finding(
            "wrong_department",
            N_("Only staff of certain departments may enter, and your account belongs to none of them."),
        )


def _group(record: EligibilityRecord, person: PersonFacts) -> Iterator[Finding]:
    if record.groups and not person.groups & set(record.groups):
        yield Finding(
            "wrong_group",
            N_("Only members of certain learning groups may enter, and you belong to none of them."),
        )


def _district(record: EligibilityRecord, person: PersonFacts) -> Iterator[Finding]:
    if not record.districts or person.district in record.districts:
        return
    params = {"districts": ", ".join(record.districts)}
    if person.district:
        yield Finding("wrong_district", N_("Only residents of %(districts)s may enter."), params)
    else:
        yield Finding("no_district", N_("Say in which district you live: %(districts)s."), params)


_WRONG_KIND = N_("This competition is for other people. Read in the call who may enter.")
_LIMITS: dict[str, _Limit] = {"staff": _department, "learning_group": _group, "resident": _district}


def _age(record: EligibilityRecord, person: PersonFacts, on: date) -> Iterator[Finding]:
    if record.min_age is None and record.max_age is None:
        return
    if person.birth_year is None:
        yield Finding("no_birth_year", N_("Say in which year you were born; the call sets an age."))
        return
    youngest, oldest = _ages(person.birth_year, on)
    if record.min_age is not None and youngest < record.min_age:
        yield Finding(
            "too_young",
            N_("Those who may enter are at least %(age)s years old on %(day)s."),
            {"age": record.min_age, "day": on.isoformat()},
            is_certain=oldest < record.min_age,
        )
    if record.max_age is not None and oldest > record.max_age:
        yield Finding(
            "too_old",
            N_("Those who may enter are at most %(age)s years old on %(day)s."),
            {"age": record.max_age, "day": on.isoformat()},
            is_certain=youngest > record.max_age,
        )


def _ages(birth_year: int, on: date) -> tuple[int, int]:
    """The full years somebody born in that year may have; on the last day of a year it is one number."""
    oldest = on.year - birth_year
    is_last_day = (on.month, on.day) == (12, 31)
    return (oldest if is_last_day else oldest - 1), oldest


def _domain(record: EligibilityRecord, person: PersonFacts) -> Iterator[Finding]:
    ends = tuple(end.lower().lstrip("@.") for end in record.email_domains)
    domains = [address.lower().rpartition("@")[2] for address in person.emails]
    if ends and not any(domain == end or domain.endswith(f".{end}") for domain in domains for end in ends):
        yield Finding(
            "wrong_domain",
            N_(
                "Those who may enter have a confirmed e-mail address at %(domains)s. Add yours to your account."
            ),
            {"domains": ", ".join(ends)},
        )


def _invited(record: EligibilityRecord, person: PersonFacts) -> Iterator[Finding]:
    listed = {address.strip().lower() for address in record.invited}
    if listed and not listed & {address.lower() for address in person.emails}:
        yield Finding(
            "not_invited",
            N_(
                "Only those on the list of invitations may enter, and no confirmed address of your account is on it."
            ),
        )
