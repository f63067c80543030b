"""Deciding on entries: acts, their records and the letters they write."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.screening.correction import return_entry, take_back_entry
from competitions.actions.screening.decisions import accept_entry, disqualify_entry
from competitions.actions.screening.many import decide_many
from competitions.actions.screening.notes import add_note
from competitions.actions.screening.opening import Sealed, open_early, see_contact
from competitions.errors import CompetitionError, TooEarly
from competitions.models import Entry, EntryNote, TeamMember
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_closed_competition, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


def later(days=3):
    return timezone.now() + timedelta(days=days)


def waiting(**fields):
    """An entry that waits for screening, with somebody to be told."""
    fields.setdefault("entrant", make_user())
    return make_entry(make_closed_competition(), state=EntryState.SUBMITTED, **fields)


def in_team(entry, person):
    return TeamMember.objects.create(
        entry=entry, user=person, state=TeamMember.State.ACCEPTED, invited_at=AT, answered_at=AT
    )


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("person", flat=True))


ACTS = {
    "accept": accept_entry,
    "disqualify": lambda entry, **who: disqualify_entry(entry, reason="표절", **who),
    "return": lambda entry, **who: return_entry(entry, note="동의서", due=later(), **who),
    "take_back": take_back_entry,
}
FROM = {"accept": "submitted", "disqualify": "accepted", "return": "submitted", "take_back": "returned"}


@pytest.mark.parametrize(
    ("act", "verb", "state"),
    [
        ("accept", "entry.accepted", EntryState.ACCEPTED),
        ("disqualify", "entry.disqualified", EntryState.DISQUALIFIED),
        ("return", "entry.returned", EntryState.RETURNED),
        ("take_back", "entry.taken_back", EntryState.SUBMITTED),
    ],
)
def test_a_decision_is_kept_audited_and_told_to_the_whole_team(act, verb, state):
    entrant, member, organiser = make_user(), make_user(), make_user()
    entry = make_entry(make_closed_competition(), entrant=entrant, state=FROM[act])
    in_team(entry, member)

    ACTS[act](entry, by=organiser, at=AT)

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.state, kept.decided_by, kept.decided_at) == (state, organiser, AT)
    assert entry.state == state
    assert AuditRecord.objects.filter(verb=verb, by=organiser, about=entrant).count() == 1
    assert told(verb) == {entrant.pk, member.pk}


@pytest.mark.parametrize("act", ACTS)
def test_before_the_close_nothing_is_decided(act):
    entry = make_entry(make_competition(), state=FROM[act])

    with pytest.raises(TooEarly):
        ACTS[act](entry, by=None, at=AT)

    entry.refresh_from_db()
    assert entry.state == FROM[act]


@pytest.mark.parametrize("act", ACTS)
def test_in_the_declared_grace_nothing_is_decided(act):
    competition = make_competition(closes_at=timezone.now() - timedelta(seconds=60), grace_seconds=600)
    entry = make_entry(competition, state=FROM[act])

    with pytest.raises(TooEarly):
        ACTS[act](entry, by=None, at=AT)


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_cannot_be_decided_on(act):
    with pytest.raises(IllegalMove):
        ACTS[act](make_entry(make_closed_competition()), by=None, at=AT)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "state", [CompetitionState.DECIDED, CompetitionState.PUBLISHED, CompetitionState.CANCELLED]
)
def test_once_awards_are_decided_nothing_is_screened(act, state):
    entry = make_entry(make_closed_competition(state=state), state=FROM[act])

    with pytest.raises(IllegalMove):
        ACTS[act](entry, by=None, at=AT)


@pytest.mark.parametrize("act", ACTS)
def test_a_decision_from_a_page_that_is_out_of_date_is_refused(act):
    entry = make_entry(make_closed_competition(), state=FROM[act])

    with pytest.raises(IllegalMove):
        ACTS[act](entry, by=None, at=AT, seen="withdrawn")

    entry.refresh_from_db()
    assert entry.state == FROM[act]


def test_disqualify_entry_keeps_reason_and_article():
    entry = waiting()

    disqualify_entry(entry, by=None, at=AT, reason=" 표절 ", article=" 공고 제3조 ")

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.decision_reason, kept.decision_article) == ("표절", "공고 제3조")
    assert AuditRecord.objects.get(verb="entry.disqualified").detail == {
        "reason": "표절",
        "article": "공고 제3조",
    }


@pytest.mark.parametrize(
    "words",
    [{"reason": ""}, {"reason": "  "}, {"reason": "가" * 501}, {"reason": "표절", "article": "가" * 101}],
)
def test_disqualify_entry_without_usable_words_is_refused(words):
    entry = waiting()

    with pytest.raises(CompetitionError):
        disqualify_entry(entry, by=None, at=AT, **words)

    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_a_disqualified_entry_is_accepted_after_all_with_a_reason():
    entry = make_entry(make_closed_competition(), state=EntryState.DISQUALIFIED, decision_article="제3조")

    with pytest.raises(CompetitionError):
        accept_entry(entry, by=None, at=AT)
    accept_entry(entry, by=None, at=AT, reason="오해였습니다")

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.state, kept.decision_reason, kept.decision_article) == ("accepted", "오해였습니다", "")


def test_return_entry_keeps_note_and_date():
    entry, due = waiting(), later()

    return_entry(entry, note=" 동의서를 다시\r\n올려 주십시오. ", due=due, by=None, at=AT)

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.correction_note, kept.correction_due) == ("동의서를 다시\n올려 주십시오.", due)


@pytest.mark.parametrize(
    ("note", "days"), [("", 3), (" ", 3), ("가" * 5001, 3), ("동의서", -1), ("동의서", 0), ("동의서", 400)]
)
def test_return_entry_without_a_note_or_a_date_to_come_is_refused(note, days):
    entry = waiting()

    with pytest.raises(CompetitionError):
        return_entry(entry, note=note, due=later(days), by=None, at=AT)

    entry.refresh_from_db()
    assert entry.state == EntryState.SUBMITTED


def test_what_was_corrected_waits_for_a_decision_again():
    entry = waiting()
    return_entry(entry, note="제목을 고쳐 주십시오.", due=later(), by=None, at=AT)

    submit_entry(entry, by=entry.entrant)
    entry.refresh_from_db()
    accept_entry(entry, by=None, at=AT)

    assert entry.state == EntryState.ACCEPTED


def test_take_back_forgets_the_correction():
    entry = make_entry(make_closed_competition(), state=EntryState.RETURNED)

    take_back_entry(entry, by=None, at=AT)

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.correction_due, kept.correction_note) == (None, "")


def test_many_takes_those_that_wait_and_counts_the_others():
    competition = make_closed_competition()
    submitted = [make_entry(competition, state=EntryState.SUBMITTED) for _ in range(2)]
    make_entry(competition, state=EntryState.DISQUALIFIED)
    make_entry(competition)
    foreign = make_entry(make_closed_competition(), state=EntryState.SUBMITTED)

    outcome = decide_many(Entry.objects.all(), "accept", competition=competition, by=None, at=AT)

    assert (outcome.done, outcome.left, outcome.waiting) == (2, {EntryState.DISQUALIFIED: 1}, 0)
    foreign.refresh_from_db()
    assert foreign.state == EntryState.SUBMITTED
    assert set(competition.entries.filter(state=EntryState.ACCEPTED)) == set(submitted)


def test_many_leaves_what_is_too_much_for_another_time(monkeypatch):
    monkeypatch.setattr("competitions.actions.screening.many.MOST_AT_ONCE", 2)
    competition = make_closed_competition()
    for _number in range(3):
        make_entry(competition, state=EntryState.SUBMITTED)

    outcome = decide_many(competition.entries.all(), "accept", competition=competition, by=None, at=AT)

    assert (outcome.done, outcome.waiting) == (2, 1)


def test_many_with_refused_words_changes_nothing():
    competition = make_closed_competition()
    make_entry(competition, state=EntryState.SUBMITTED)

    with pytest.raises(CompetitionError):
        decide_many(
            competition.entries.all(), "disqualify", competition=competition, by=None, at=AT, reason=" "
        )

    assert competition.entries.get().state == EntryState.SUBMITTED


def test_many_before_the_close_is_too_early():
    competition = make_competition()
    make_entry(competition, state=EntryState.SUBMITTED)

    with pytest.raises(TooEarly):
        decide_many(competition.entries.all(), "accept", competition=competition, by=None, at=AT)


@pytest.mark.parametrize("audience", EntryNote.Audience.values)
def test_only_a_note_for_the_entrant_is_sent(audience):
    entry = waiting()

    add_note(entry, audience=audience, text="확인했습니다.", by=None, at=AT, idempotency_key=uuid4())

    assert entry.notes.get().text == "확인했습니다."
    assert told("entry.note") == ({entry.entrant_id} if audience == "entrant" else set())
    assert "확인했습니다." not in str(AuditRecord.objects.get(verb="entry.noted").detail)


def test_a_note_sent_twice_is_one():
    entry, key = waiting(), uuid4()

    for _again in range(2):
        add_note(entry, audience="entrant", text="확인", by=None, at=AT, idempotency_key=key)

    assert entry.notes.count() == 1
    assert Message.objects.filter(kind="entry.note").count() == 1


@pytest.mark.parametrize(
    ("audience", "text"), [("entrant", " "), ("organisers", "가" * 5001), ("everybody", "가")]
)
def test_an_unusable_note_is_refused(audience, text):
    with pytest.raises(CompetitionError):
        add_note(waiting(), audience=audience, text=text, by=None, at=AT, idempotency_key=uuid4())

    assert not EntryNote.objects.exists()


def test_a_note_with_the_key_of_another_entry_is_refused():
    key = uuid4()
    add_note(waiting(), audience="organisers", text="가", by=None, at=AT, idempotency_key=key)

    with pytest.raises(CompetitionError):
        add_note(waiting(), audience="organisers", text="가", by=None, at=AT, idempotency_key=key)


def sealed_entry(**fields):
    return make_entry(make_competition(is_sealed=True), state=EntryState.SUBMITTED, **fields)


def test_opening_early_is_recorded_about_everybody_of_the_entry():
    entrant, member, organiser = make_user(), make_user(), make_user()
    entry = sealed_entry(entrant=entrant)
    in_team(entry, member)

    open_early(entry, reason="민원이 들어왔습니다.", by=organiser)

    records = AuditRecord.objects.filter(verb="entry.opened_early", by=organiser)
    assert set(records.values_list("about", flat=True)) == {entrant.pk, member.pk}


@pytest.mark.parametrize("reason", ["", " ", "가" * 501])
def test_opening_early_without_a_reason_is_refused(reason):
    with pytest.raises(CompetitionError):
        open_early(sealed_entry(), reason=reason, by=None)

    assert not AuditRecord.objects.filter(verb="entry.opened_early").exists()


def test_what_is_not_sealed_needs_no_opening():
    with pytest.raises(IllegalMove):
        open_early(waiting(), reason="민원", by=None)


def test_contact_is_of_everybody_and_recorded_with_its_purpose():
    entrant, member, organiser = make_user(), make_user(), make_user()
    entry = waiting(entrant=entrant)
    in_team(entry, member)

    people = see_contact(entry, purpose="award", by=organiser)

    assert [person for person, _member in people] == [entrant, member]
    records = AuditRecord.objects.filter(verb="entry.contact_seen", by=organiser)
    assert {(row.about_id, row.detail["purpose"]) for row in records} == {
        (entrant.pk, "award"),
        (member.pk, "award"),
    }


@pytest.mark.parametrize(("purpose", "words"), [("", ""), ("curiosity", ""), ("other", " ")])
def test_contact_without_a_purpose_is_refused(purpose, words):
    with pytest.raises(CompetitionError):
        see_contact(waiting(), purpose=purpose, words=words, by=None)

    assert not AuditRecord.objects.exists()


def test_contact_of_a_sealed_entry_is_refused():
    with pytest.raises(Sealed):
        see_contact(sealed_entry(entrant=make_user()), purpose="award", by=None)
