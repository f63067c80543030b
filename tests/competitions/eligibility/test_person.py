from datetime import date

import pytest

from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility import PersonFacts, check

OPENING = date(2026, 5, 12)


def codes(record, *, on=OPENING, **facts):
    return [found.code for found in check(EligibilityRecord(**record), PersonFacts(**facts), on=on)]


def test_no_limit_lets_everybody_in():
    assert codes({}) == []


@pytest.mark.parametrize("kind", ["staff", "resident", "learning_group"])
def test_wrong_kind_is_found(kind):
    others = frozenset({"staff", "resident", "learning_group"} - {kind})

    assert codes({"who": (kind,)}, kinds=others) == ["wrong_kind"]
    assert codes({"who": (kind,)}, kinds=frozenset({kind})) == []


@pytest.mark.parametrize(
    ("limit", "within", "outside", "code"),
    [
        ({"departments": ("tax",)}, {"department": "tax"}, {"department": "roads"}, "wrong_department"),
        ({"departments": ("tax",)}, {"department": "tax"}, {}, "wrong_department"),
        (
            {"groups": ("모임",)},
            {"groups": frozenset({"모임"})},
            {"groups": frozenset({"딴"})},
            "wrong_group",
        ),
        ({"districts": ("중앙동",)}, {"district": "중앙동"}, {"district": "강변동"}, "wrong_district"),
        ({"districts": ("중앙동",)}, {"district": "중앙동"}, {}, "no_district"),
    ],
)
def test_limit_by_belonging(limit, within, outside, code):
    assert codes(limit, **within) == []
    assert codes(limit, **outside) == [code]


def test_limit_of_one_kind_does_not_bind_another():
    record = {"who": ("staff", "resident"), "districts": ("중앙동",)}

    assert codes(record, kinds=frozenset({"staff"})) == []
    assert codes(record, kinds=frozenset({"resident"}), district="강변동") == ["wrong_district"]


def test_second_way_in_is_enough():
    record = {"who": ("resident", "learning_group"), "districts": ("중앙동",), "groups": ("모임",)}
    kinds = frozenset({"resident", "learning_group"})

    assert codes(record, kinds=kinds, district="강변동", groups=frozenset({"모임"})) == []


@pytest.mark.parametrize(
    ("limit", "birth_year", "found"),
    [
        ({"min_age": 19}, 2006, []),
        ({"min_age": 19}, 2007, [("too_young", False)]),
        ({"min_age": 19}, 2008, [("too_young", True)]),
        ({"max_age": 39}, 1987, []),
        ({"max_age": 39}, 1986, [("too_old", False)]),
        ({"max_age": 39}, 1985, [("too_old", True)]),
        ({"max_age": 39}, None, [("no_birth_year", True)]),
    ],
)
def test_age_is_certain_only_when_both_ages_are_outside(limit, birth_year, found):
    person = PersonFacts(birth_year=birth_year)

    findings = check(EligibilityRecord(**limit), person, on=OPENING)

    assert [(each.code, each.is_certain) for each in findings] == found


def test_age_on_the_last_day_of_a_year_is_never_unsure():
    person = PersonFacts(birth_year=2007)

    assert check(EligibilityRecord(min_age=19), person, on=date(2026, 12, 31)) == ()


@pytest.mark.parametrize("address", ["a@gaon.example", "A@GAON.EXAMPLE", "a@tax.gaon.example"])
@pytest.mark.parametrize("end", ["gaon.example", "@gaon.example", ".Gaon.example"])
def test_domain_of_a_confirmed_address(address, end):
    assert codes({"email_domains": (end,)}, emails=frozenset({address})) == []


@pytest.mark.parametrize("address", ["a@notgaon.example", "gaon.example@x.example", "a@gaon.example.x"])
def test_domain_that_only_looks_alike_is_found(address):
    assert codes({"email_domains": ("gaon.example",)}, emails=frozenset({address})) == ["wrong_domain"]


def test_domain_without_a_confirmed_address_is_found():
    assert codes({"email_domains": ("gaon.example",)}) == ["wrong_domain"]


def test_invitation_list_knows_addresses_in_any_case():
    record = {"invited": ("Kim@x.example",)}

    assert codes(record, emails=frozenset({"kim@X.example"})) == []
    assert codes(record, emails=frozenset({"lee@x.example"})) == ["not_invited"]


def test_every_limit_not_met_is_found():
    record = {"who": ("staff",), "min_age": 19, "email_domains": ("a.example",), "invited": ("x@a.example",)}

    assert codes(record) == ["wrong_kind", "no_birth_year", "wrong_domain", "not_invited"]


def test_sentences_take_their_params():
    record = EligibilityRecord(districts=("중앙동",), min_age=19, email_domains=("a.example",))

    sentences = [found.text() for found in check(record, PersonFacts(birth_year=2020), on=OPENING)]

    assert sentences == [
        "Say in which district you live: 중앙동.",
        "Those who may enter are at least 19 years old on 2026-05-12.",
        "Those who may enter have a confirmed e-mail address at a.example. Add yours to your account.",
    ]
