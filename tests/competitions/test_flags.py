"""Flags of screening: who does not meet the call, and files with something in them."""

import pytest

from competitions.actions.entries.eligibility import findings_of_entry
from competitions.actions.screening.similarities import look_for_similar, settle
from competitions.contest_files.call_records import EligibilityRecord
from competitions.entry_files import store
from competitions.examination import examine
from competitions.models import Attachment, Competition, Entry, EntryFingerprint, TeamMember
from competitions.states import EntryState
from tests.competitions.files.clamd import clamd
from tests.competitions.screening_pages import of_entry, organiser_of
from tests.competitions.similar_entries import attached, handed_in
from tests.competitions.similarity.texts import OTHER, TEXT
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def limit(entry, **limits):
    Competition.objects.filter(pk=entry.competition_id).update(eligibility=EligibilityRecord(**limits).kept())


def join(entry, *, state="accepted", **fields):
    values = {"user": make_user(), "invited_at": AT, "answered_at": AT} | fields
    return TeamMember.objects.create(entry=entry, state=state, **values)


def flags_of(entry):
    look_for_similar(Entry.objects.get(pk=entry.pk), at=AT)
    return Entry.objects.get(pk=entry.pk).flags


def test_a_leader_outside_the_limits_is_flagged_until_they_are_met():
    entry = handed_in(TEXT, declared={"district": "강변동"})
    limit(entry, districts=("가온동",))
    assert flags_of(entry) == ["eligibility"]

    limit(entry, districts=("가온동", "강변동"))

    assert flags_of(entry) == []


def test_an_uncertain_limit_is_flagged_too():
    entry = handed_in(TEXT, declared={"birth_year": 2007})
    limit(entry, min_age=19)

    assert [
        (number, each.is_certain) for number, each in findings_of_entry(_fresh(entry).competition, entry)
    ] == [(0, False)]
    assert flags_of(entry) == ["eligibility"]


@pytest.mark.parametrize(("state", "flags"), [("accepted", ["eligibility"]), ("removed", [])])
def test_a_member_who_takes_part_is_held_to_the_limits(state, flags):
    entry = handed_in(TEXT, declared={"district": "가온동"})
    limit(entry, districts=("가온동",), team_min=1)
    join(entry, user=entry.entrant, declared={})  # the leader's own row does not count beside the entry
    join(entry, state=state, declared={"district": "먼 동"})

    assert flags_of(entry) == flags


def test_a_team_of_the_wrong_size_is_flagged():
    entry = handed_in(TEXT)
    limit(entry, entrants="team", team_min=2)

    assert flags_of(entry) == ["eligibility"]


def test_an_entry_without_an_account_is_not_held_to_limits():
    entry = handed_in(TEXT, entrant=None)
    limit(entry, who=("staff",), entrants="team")

    assert flags_of(entry) == []


def test_members_are_told_by_number_and_no_limits_ask_nothing_of_anybody(django_assert_num_queries):
    entry = handed_in(TEXT)
    for _number in range(3):
        join(entry)
    competition = Competition.objects.get(pk=entry.competition_id)

    with django_assert_num_queries(1):
        assert findings_of_entry(competition, entry) == []

    limit(entry, districts=("가온동",))
    found = findings_of_entry(_fresh(entry).competition, entry)
    assert [number for number, _finding in found] == [0, 2, 3, 4]


def test_the_organisers_page_tells_what_a_member_lacks_and_not_who(as_user):
    entry = handed_in(TEXT, declared={"district": "가온동"})
    limit(entry, districts=("가온동",))
    member = join(entry, user=make_user(name="이팀원"), declared={"district": "먼 동"})

    page = as_user(organiser_of(entry.competition)).get(of_entry("entry", entry))

    [(sentence, is_certain)] = page.context["limits"]
    assert "2" in sentence
    assert is_certain
    assert str(member.user) not in page.content.decode()


@pytest.mark.parametrize(
    ("trouble", "flags"),
    [
        ({"findings": [{"what": "author", "value": "가"}]}, ["files"]),
        ({"examination": "failed"}, ["files"]),
        ({"virus": "found"}, ["files"]),
        ({"examination": "done", "virus": "unscanned"}, []),
    ],
)
def test_a_file_with_something_in_it_is_flagged(trouble, flags):
    entry = handed_in(OTHER)
    file = attached(entry)
    Attachment.objects.filter(pk=file["id"]).update(**trouble)
    entry.snapshot.content["files"] = [file]
    entry.snapshot.entry = entry
    look_for_similar(entry, at=AT)

    assert Entry.objects.get(pk=entry.pk).flags == flags


def test_a_file_of_the_draft_alone_is_not_flagged():
    entry = handed_in(OTHER)
    Attachment.objects.filter(pk=attached(entry)["id"]).update(examination="failed")

    assert flags_of(entry) == []


def test_a_virus_found_after_submitting_lets_the_entry_be_looked_at_again(settings, tmp_path):
    entry = handed_in(OTHER)
    file = Attachment.objects.get(pk=attached(entry)["id"])
    stored = tmp_path / "file"
    stored.write_bytes(b"text")
    Attachment.objects.filter(pk=file.pk).update(path=store(stored, file))

    with clamd(b"stream: Eicar FOUND\0") as (settings.CLAMD, _received):
        examine(file.pk)

    assert not EntryFingerprint.objects.filter(entry=entry).exists()


def test_deciding_and_settling_keep_the_flags_of_checks():
    handed_in(TEXT)
    entry = handed_in(TEXT, declared={"district": "강변동"})
    limit(entry, districts=("가온동",))
    assert flags_of(entry) == ["eligibility", "similar"]
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.ACCEPTED)

    settle(entry.similarities.get(), reason="같은 부서", by=make_user(), at=AT)

    assert Entry.objects.get(pk=entry.pk).flags == ["eligibility"]


def _fresh(entry):
    return Entry.objects.select_related("competition").get(pk=entry.pk)
