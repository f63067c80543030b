"""Copies for blind rounds: how they are made, what an organiser changes, and what is refused."""

import pytest

from accounts.models import AuditRecord
from competitions import clock
from competitions.actions.erased_entries import erase_batch
from competitions.actions.judging.redacting import (
    AS_TEXT,
    HELD,
    SHOWN,
    copy_of,
    make_copies,
    make_missing,
    make_missing_everywhere,
    unchecked_count,
)
from competitions.actions.judging.redaction_edits import Change, StaleCopy, change_copy, make_again
from competitions.errors import CompetitionError, TooLate
from competitions.models import Attachment, Competition, Entry, FormField, Redaction
from competitions.redacting import MASK
from tests.competitions.blind_entries import (
    EMAIL,
    MEMBER,
    NAME,
    OFFICE,
    TEAM,
    hand_in,
    make_blind_competition,
    make_blind_entry,
)
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_blind_entry(make_blind_competition())


def reread(entry):
    return Entry.objects.select_related("snapshot", "competition").get(pk=entry.pk)


def changed(entry, **fields):
    copy = copy_of(reread(entry), at=AT)
    organiser = make_user()
    change_copy(copy, Change(revision=copy.revision, **fields), by=organiser, at=AT)
    return Redaction.objects.get(pk=copy.pk)


def test_copy_is_made_once_and_says_nothing_of_people(entry):
    copy = copy_of(entry, at=AT)

    case = copy.content["case"]
    assert case["title"] == f"{MASK}의 은행나무 사례"
    assert case["problem"] == f"{MASK}에서 {MASK}과 {MASK}이 겪었습니다. 문의 {MASK}, {MASK}"
    assert case["approach"] == f"저희 {MASK}이 만들었습니다."
    assert {"department", "contact", "attribution"} & case.keys() == set()
    assert "team" not in copy.content
    assert {each["what"] for each in copy.mentions} == {"name", "office", "team", "email", "phone"}
    assert copy.state == Redaction.State.PROPOSED
    assert copy_of(reread(entry), at=AT) == copy
    assert entry.snapshot.content["case"]["title"].startswith(NAME)


def test_each_version_has_a_copy_of_its_own(entry):
    first = copy_of(entry, at=AT)
    later = hand_in(entry, entry.snapshot.content | {"links": ["https://example.org"]})

    assert copy_of(reread(later), at=AT) != first


def test_answers_about_a_person_are_not_in_it(entry):
    FormField.objects.create(competition=entry.competition, code="phone", name="전화", is_personal=True)
    FormField.objects.create(competition=entry.competition, code="why", name="까닭")
    hand_in(
        entry, entry.snapshot.content | {"answers": {"phone": "010-1234-5678", "why": f"{NAME}이 썼습니다"}}
    )

    assert copy_of(reread(entry), at=AT).content["answers"] == {"why": f"{MASK}이 썼습니다"}


def test_file_that_names_somebody_or_cannot_be_read_is_held():
    files = [{"text": f"{NAME}의 보고"}, {"text": "표와 그림"}, {"text": ""}]
    copy = copy_of(make_blind_entry(make_blind_competition(), files=files), at=AT)

    assert [each["shown"] for each in copy.content["files"]] == [HELD, SHOWN, HELD]
    assert {"name"} & copy.content["files"][0].keys() == set()
    assert [each["text"] for each in copy.mentions if each["place"] == "files.0.text"] == [NAME]


def test_copy_is_not_kept_while_a_file_is_examined():
    entry = make_blind_entry(make_blind_competition(), files=[{"examination": "waiting"}])

    copy = copy_of(entry, at=AT)

    assert copy.pk is None
    assert copy.content["case"]["title"].startswith(MASK)
    Attachment.objects.update(examination="done", text="표")
    assert copy_of(reread(entry), at=AT).pk


def test_entry_from_paper_has_a_copy_that_is_not_kept(entry):
    entry.snapshot = None

    copy = copy_of(entry, at=AT)

    assert (copy.pk, copy.content["case"]["title"]) == (None, f"{MASK}의 은행나무 사례")


@pytest.mark.parametrize("count", [1, 3])
def test_making_copies_query_count(count, django_assert_num_queries):
    competition = make_blind_competition()
    for number in range(count):
        make_blind_entry(competition, code=f"E{number}", files=[{"text": "표"}])
    entries = list(competition.entries.select_related("snapshot", "competition"))

    with django_assert_num_queries(8):
        make_copies(entries, at=AT)

    assert Redaction.objects.count() == count


def test_clock_makes_what_is_missing_in_blind_contests_only(entry):
    other = make_blind_entry(make_blind_competition(), code="X1")
    other.competition.rounds.update(blind=False)

    clock.make_blind_copies()
    make_missing_everywhere(at=AT)

    assert list(Redaction.objects.values_list("snapshot__entry", flat=True)) == [entry.pk]
    assert make_missing(entry.competition, at=AT) == 0


def test_unchecked_copies_are_counted_in_blind_contests_only(entry):
    assert unchecked_count(entry.competition) == 1
    changed(entry, is_checked=True)
    assert unchecked_count(entry.competition) == 0
    entry.competition.rounds.update(blind=False)
    Redaction.objects.update(state="proposed", checked_at=None)
    assert unchecked_count(entry.competition) == 0


def test_checking_is_recorded(entry):
    copy = changed(entry, is_checked=True)

    assert (copy.state, copy.checked_at, copy.revision) == (Redaction.State.CHECKED, AT, 2)
    record = AuditRecord.objects.get(verb="copy.checked")
    assert record.target_id == str(entry.pk)
    assert NAME not in str(record.detail)


def test_text_written_by_hand_stays_when_masks_change(entry):
    changed(entry, texts={"case.approach": "저희가 은행나무를 심었습니다."})

    copy = changed(entry, word="은행나무", unmasked=frozenset({("office", OFFICE)}))

    assert copy.content["case"]["approach"] == f"저희가 {MASK}을 심었습니다."
    assert copy.content["case"]["problem"].startswith(f"{OFFICE}에서 {MASK}")


def test_wrong_mask_is_undone_and_put_back(entry):
    undone = changed(entry, unmasked=frozenset({("team", TEAM)}))
    assert undone.content["case"]["approach"] == f"저희 {TEAM}이 만들었습니다."
    assert [each["kept"] for each in undone.mentions if each["what"] == "team"] == [True]

    again = changed(entry)

    assert again.content["case"]["approach"] == f"저희 {MASK}이 만들었습니다."


def test_word_is_masked_everywhere(entry):
    copy = changed(entry, word=" 은행나무 ")

    assert copy.content["case"]["title"] == f"{MASK}의 {MASK} 사례"
    assert [each["text"] for each in copy.mentions if each["what"] == "word"] == ["은행나무"]
    assert copy.state == Redaction.State.PROPOSED


def test_word_that_was_left_as_written_is_masked_when_it_is_added(entry):
    changed(entry, unmasked=frozenset({("team", TEAM)}))

    copy = changed(entry, word=TEAM, unmasked=frozenset({("team", TEAM)}))

    assert TEAM not in str(copy.content)


@pytest.mark.parametrize("choice", [SHOWN, AS_TEXT, HELD])
def test_organiser_chooses_what_judges_get_of_a_file(choice):
    entry = make_blind_entry(make_blind_competition(), files=[{"text": f"{NAME}의 보고"}])

    copy = changed(entry, files={0: choice, 7: SHOWN})

    assert [(each["shown"], each["text"]) for each in copy.content["files"]] == [(choice, f"{MASK}의 보고")]


@pytest.mark.parametrize("word", ["봄", "봄" * 101, "어디에도없는말"])
def test_word_too_short_too_long_or_nowhere_is_refused(entry, word):
    with pytest.raises(CompetitionError):
        changed(entry, word=word)

    assert copy_of(reread(entry), at=AT).revision == 1


def test_text_too_long_is_refused(entry):
    with pytest.raises(CompetitionError):
        changed(entry, texts={"case.problem": "가" * 50_001})


def test_text_of_another_place_is_passed_over(entry):
    copy = changed(entry, texts={"case.department": OFFICE, "nowhere": "x"})

    assert OFFICE not in str(copy.content)


def test_stale_tab_is_refused(entry):
    copy = copy_of(entry, at=AT)
    changed(entry, texts={"case.approach": "하나"})

    with pytest.raises(StaleCopy):
        change_copy(copy, Change(revision=1, texts={"case.approach": "둘"}), by=make_user(), at=AT)
    with pytest.raises(StaleCopy):
        make_again(copy, revision=1, by=make_user(), at=AT)

    assert Redaction.objects.get().content["case"]["approach"] == "하나"


@pytest.mark.parametrize("state", ["verification", "decided"])
def test_after_judging_a_copy_stays(entry, state):
    copy_of(entry, at=AT)
    Competition.objects.update(state=state)

    with pytest.raises(TooLate):
        changed(entry, is_checked=True)


def test_made_again_it_forgets_changes_and_knows_new_people(entry):
    changed(entry, texts={"case.approach": "둘"}, is_checked=True)
    entry.team = "은행나무회"
    entry.save()
    copy = copy_of(reread(entry), at=AT)

    make_again(copy, revision=copy.revision, by=make_user(), at=AT)

    made = Redaction.objects.get()
    assert (made.revision, made.state) == (3, Redaction.State.PROPOSED)
    assert TEAM in made.content["case"]["approach"]
    assert AuditRecord.objects.filter(verb="copy.made_again").exists()


def test_forgetting_people_takes_the_copy_too(entry):
    copy_of(entry, at=AT)

    erase_batch(entry.competition, at=AT)

    assert not Redaction.objects.exists()
    entry = reread(entry)
    assert copy_of(entry, at=AT).pk is None
    assert EMAIL not in str(entry.draft)
    assert MEMBER not in str(entry.draft)
