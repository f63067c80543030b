import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.screening import similar_candidates as candidates_module
from competitions.actions.screening import similar_rounds
from competitions.actions.screening.similar_rounds import compare_again, compare_waiting
from competitions.actions.screening.similarities import (
    look_for_similar,
    remember,
    settle,
    similar_before_submission,
)
from competitions.errors import CompetitionError
from competitions.models import Entry, EntryFingerprint, FormField, SimilarityFinding, TeamMember
from competitions.states import CompetitionState, EntryState
from tests.competitions.similar_entries import attached, content_with, handed_in, snapshot_of
from tests.competitions.similarity.texts import OTHER, PARAGRAPHS, TEXT, with_other_endings
from tests.factories import (
    AT,
    make_case,
    make_competition,
    make_entry,
    make_prompt,
    make_user,
    prompt_content,
)

pytestmark = pytest.mark.django_db
PROMPT = [{"role": "user", "content": PARAGRAPHS[3]}]


def found(entry):
    return [(row.other, row.kind) for row in look_for_similar(entry, at=AT)]


def flags(entry):
    return Entry.objects.get(pk=entry.pk).flags


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TEXT, "copy"),
        (with_other_endings(TEXT), "light_edit"),
        ("\n\n".join(reversed(PARAGRAPHS)), "reordered"),
        (f"{OTHER}\n\n{PARAGRAPHS[0]}", "passage"),
    ],
)
def test_an_entry_of_another_contest_is_found(text, kind):
    earlier = handed_in(TEXT)
    entry = handed_in(text)

    assert found(entry) == [(earlier, kind)]
    assert flags(entry) == ["similar"]


def test_an_unlike_entry_is_not_found():
    handed_in(TEXT)
    entry = handed_in(OTHER)

    assert found(entry) == []
    assert flags(entry) == []
    assert EntryFingerprint.objects.get(entry=entry).compared_at == AT


def test_looking_twice_changes_nothing():
    handed_in(TEXT)
    entry = handed_in(TEXT)
    [first] = look_for_similar(entry, at=AT)

    [again] = look_for_similar(entry, at=AT.replace(year=2030))

    assert (again.pk, again.found_at, again.share) == (first.pk, AT, first.share)


def test_drafts_are_never_compared_and_withdrawn_entries_are():
    competition = make_competition()
    make_entry(competition, draft=content_with(TEXT))
    withdrawn = handed_in(TEXT, state=EntryState.WITHDRAWN)

    assert found(handed_in(TEXT)) == [(withdrawn, "copy")]


def test_own_entries_and_those_of_the_team_are_left_out():
    person, member = make_user(), make_user()
    handed_in(TEXT, entrant=person)
    handed_in(TEXT, entrant=member)
    entry = handed_in(TEXT, entrant=person)
    TeamMember.objects.create(
        entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT, invited_by=person
    )

    assert found(entry) == []


def test_an_own_entry_that_won_is_found():
    person = make_user()
    winner = handed_in(TEXT, entrant=person, state=EntryState.AWARDED)
    entry = handed_in(TEXT, entrant=person)

    assert found(entry) == [(winner, "copy")]
    assert flags(entry) == ["prior_winner", "similar"]


def test_entries_without_an_account_are_compared_with_each_other():
    one, two = handed_in(TEXT, entrant=None), handed_in(TEXT, entrant=None)

    assert found(two) == [(one, "copy")]


def test_the_same_file_is_found_whatever_the_text():
    one = handed_in(TEXT)
    entry = make_entry(one.competition)
    theirs = handed_in(OTHER, files=[attached(one)])
    entry = handed_in(TEXT + " ", files=[attached(entry)])

    assert set(found(entry)) == {(one, "copy"), (theirs, "same_file")}
    assert flags(entry) == ["same_file", "similar"]


def test_the_text_of_files_counts():
    first, second = handed_in(OTHER), handed_in(OTHER)
    one = handed_in("짧은 글", files=[attached(first, text=TEXT, sha256="a" * 64)])
    entry = handed_in("다른 글", files=[attached(second, text=TEXT, sha256="b" * 64)])

    assert found(entry) == [(one, "copy")]


def test_personal_answers_are_not_compared():
    competition = make_competition()
    FormField.objects.create(competition=competition, code="story", name="소개", is_personal=True)
    _first, second = (
        handed_in(competition=competition, content=content_with("가", answers={"story": TEXT})) for _ in "12"
    )

    assert found(second) == []


def test_a_phrase_everybody_writes_is_no_candidate(monkeypatch):
    monkeypatch.setattr(candidates_module, "MOST_HOLDERS", 2)
    monkeypatch.setattr(candidates_module, "band_keys", lambda _text: [])
    for number in range(4):
        handed_in(f"{PARAGRAPHS[0]} {OTHER[number * 20 :]}")

    entry = handed_in(TEXT)

    assert found(entry) == []


def test_a_published_prompt_is_found():
    prompt = make_prompt(published=True, title="보도자료 첫 문단", messages=PROMPT)
    make_prompt(title="보도자료 첫 문단", messages=PROMPT)  # a draft of others
    entry = handed_in(content=content_with(OTHER, prompts=[prompt_content(title="첫 문단", messages=PROMPT)]))

    [row] = look_for_similar(entry, at=AT)

    assert (row.prompt, row.other, row.kind in {"copy", "light_edit"}) == (prompt, None, True)
    assert 0 < row.share < 0.6


def test_a_published_case_is_found_and_its_award_is_told():
    award = {"competition": "공모전", "track": "", "tier": "대상", "entry": "E1"}
    case = make_case(published=True, title="냉방비 정산 시간 단축", approach=TEXT, award=award)
    content = content_with(TEXT)
    content["case"]["title"] = "경로당 냉방비 정산"
    entry = handed_in(content=content)

    [row] = look_for_similar(entry, at=AT)

    assert (row.case, row.kind, row.other_was_awarded) == (case, "light_edit", True)
    assert flags(entry) == ["prior_winner", "similar"]


def test_an_erased_entry_is_compared_with_nothing():
    handed_in(TEXT)
    entry = handed_in(TEXT)
    entry.snapshot.content = {}
    entry.snapshot.entry = entry
    remember(entry.snapshot)

    assert EntryFingerprint.objects.get(entry=entry).bands == []
    assert found(entry) == []


def test_an_entry_without_a_snapshot_is_compared_with_nothing():
    assert look_for_similar(make_entry(make_competition()), at=AT) == []


def test_what_is_handed_in_anew_is_found_no_more_and_flags_of_others_stay():
    handed_in(TEXT)
    entry = handed_in(TEXT)
    Entry.objects.filter(pk=entry.pk).update(flags=["late"])
    look_for_similar(entry, at=AT)
    assert flags(entry) == ["late", "similar"]

    entry.snapshot = snapshot_of(entry, content_with(OTHER), number=2)
    Entry.objects.filter(pk=entry.pk).update(snapshot=entry.snapshot)
    remember(entry.snapshot)

    assert found(entry) == []
    assert flags(entry) == ["late"]


def test_an_entry_handed_in_while_it_was_compared_waits_for_the_next_round():
    handed_in(TEXT)
    entry = handed_in(TEXT)
    later = snapshot_of(entry, content_with(OTHER), number=2)
    Entry.objects.filter(pk=entry.pk).update(snapshot=later)

    assert look_for_similar(entry, at=AT) == []
    assert not SimilarityFinding.objects.exists()


def test_remembering_is_two_reads_at_most_and_one_upsert(django_assert_num_queries):
    entry = handed_in(TEXT)
    snapshot = entry.snapshot

    with CaptureQueriesContext(connection) as captured:
        remember(snapshot)

    writes = [each for each in captured if "INSERT" in each["sql"]]
    assert len(writes) == 1
    assert len(captured) <= 3  # with the savepoint around the upsert


@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_the_same_queries_for_one_and_three(count, django_assert_num_queries):
    for _number in range(count):
        handed_in(TEXT)
    entry = Entry.objects.select_related("competition", "snapshot").get(pk=handed_in(TEXT).pk)

    with CaptureQueriesContext(connection) as captured:
        assert len(look_for_similar(entry, at=AT)) == count

    assert len(captured) <= 18


def settled_one(**changes):
    handed_in(TEXT)
    [row] = look_for_similar(handed_in(TEXT), at=AT)
    person = make_user()
    settle(row, **{"reason": "같은 부서가 함께 썼습니다.", "by": person, "at": AT} | changes)
    row.refresh_from_db()
    return row, person


def test_settling_is_audited_lowers_the_flag_and_stays():
    row, person = settled_one()

    look_for_similar(row.entry, at=AT)

    row.refresh_from_db()
    assert (row.settled_by, row.settled_at, row.settled_reason) == (person, AT, "같은 부서가 함께 썼습니다.")
    assert flags(row.entry) == []
    assert AuditRecord.objects.get(verb="similarity.settled").detail["finding"] == row.pk


@pytest.mark.parametrize("reason", ["", "  ", "가" * 501])
def test_settling_needs_a_short_reason(reason):
    with pytest.raises(CompetitionError):
        settled_one(reason=reason)

    assert SimilarityFinding.objects.get().settled_at is None


def test_settling_twice_is_refused():
    row, person = settled_one()

    with pytest.raises(IllegalMove):
        settle(row, reason="다시", by=person, at=AT)

    row.refresh_from_db()
    assert row.settled_reason == "같은 부서가 함께 썼습니다."


def test_before_submission_only_what_is_public_or_own_is_told():
    person = make_user()
    handed_in(TEXT)  # somebody else's
    handed_in(TEXT, state=EntryState.AWARDED)
    mine = handed_in(TEXT, entrant=person)
    prompt = make_prompt(published=True, title="보도자료 첫 문단", messages=PROMPT)
    draft = content_with(TEXT, prompts=[prompt_content(title="첫 문단", messages=PROMPT)])

    rows = similar_before_submission(draft, by=person, competition=make_competition())

    assert {row.address for row in rows} == {mine.get_absolute_url(), prompt.get_absolute_url()}
    assert [row.share for row in rows] == sorted((row.share for row in rows), reverse=True)
    assert all(row.kind_label for row in rows)


def test_before_submission_the_entry_itself_is_not_told():
    person, competition = make_user(), make_competition()
    handed_in(TEXT, entrant=person, competition=competition)

    assert similar_before_submission(content_with(TEXT), by=person, competition=competition) == []


def test_the_round_compares_what_waits_once():
    one = handed_in(TEXT, entrant=make_user())
    two = handed_in(TEXT)
    EntryFingerprint.objects.filter(entry=two).delete()  # handed in, not remembered

    assert compare_waiting(at=AT) == 2
    assert compare_waiting(at=AT) == 0
    assert set(SimilarityFinding.objects.values_list("entry", "other")) == {
        (one.pk, two.pk),
        (two.pk, one.pk),
    }
    assert compare_again(two.competition) == 1
    assert compare_waiting(at=AT) == 1


def test_the_round_remembers_what_was_handed_in_again():
    entry = handed_in(OTHER)
    entry.snapshot = snapshot_of(entry, content_with(TEXT), number=2)
    entry.save()

    compare_waiting(at=AT)

    assert EntryFingerprint.objects.get(entry=entry).snapshot == entry.snapshot


def test_one_that_fails_is_logged_and_holds_nobody_up(monkeypatch, caplog):
    broken, fine = handed_in(TEXT), handed_in(OTHER)
    look = similar_rounds.look_for_similar

    def sometimes(entry, *, at):
        if entry == broken:
            raise ValueError
        return look(entry, at=at)

    monkeypatch.setattr(similar_rounds, "look_for_similar", sometimes)

    assert compare_waiting(at=AT) == 1
    assert EntryFingerprint.objects.get(entry=fine).compared_at == AT
    assert str(broken.pk) in caplog.text


def test_an_award_of_a_published_contest_counts():
    winner = handed_in(
        TEXT, competition=make_competition(state=CompetitionState.PUBLISHED), state=EntryState.AWARDED
    )

    [row] = look_for_similar(handed_in(TEXT), at=AT)

    assert (row.other, row.other_was_awarded) == (winner, True)
