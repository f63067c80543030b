from competitions.contest_files.call_records import EligibilityRecord
from competitions.eligibility import words

ALONE_OR_TEAM = "You may enter alone or as a team of 2 to 4 members."


def test_words_without_limits():
    assert words(EligibilityRecord()) == [
        "Everybody with an account may enter.",
        ALONE_OR_TEAM,
        "One person may belong to one team only.",
        "One person hands in one entry.",
    ]


def test_words_of_every_limit():
    record = EligibilityRecord(
        who=("staff", "resident", "learning_group"),
        departments=("tax",),
        groups=("모임",),
        districts=("중앙동", "강변동"),
        email_domains=("@gaon.example",),
        invited=("kim@x.example",),
        min_age=19,
        max_age=39,
        entrants="team",
        one_team_per_person=False,
        entries_per_person=3,
    )

    assert words(record, names={"tax": "세무과"}) == [
        "Staff of the government may enter.",
        "Residents may enter.",
        "Members of learning groups may enter.",
        "Staff: of these departments: 세무과.",
        "Learning groups: 모임.",
        "Residents: of 중앙동, 강변동.",
        "Age: 19 to 39 full years on the opening day.",
        "A confirmed e-mail address at gaon.example is needed.",
        "Only those whom the organiser has invited may enter.",
        "Entries are of teams of 2 to 4 members.",
        "One person hands in at most 3 entries.",
    ]


def test_words_never_name_who_is_invited():
    assert "kim@x.example" not in " ".join(words(EligibilityRecord(invited=("kim@x.example",))))


def test_words_of_one_age():
    assert "Age: at least 19 full years on the opening day." in words(EligibilityRecord(min_age=19))
    assert "Age: at most 39 full years on the opening day." in words(EligibilityRecord(max_age=39))


def test_words_of_single_people():
    assert words(EligibilityRecord(entrants="person"))[1:] == [
        "Entries are of single people, not of teams.",
        "One person hands in one entry.",
    ]


def test_words_are_translated_before_they_are_filled_in():
    asked = []

    words(EligibilityRecord(min_age=19), lambda msgid: asked.append(msgid) or msgid)

    assert "Age: at least %(least)s full years on the opening day." in asked
