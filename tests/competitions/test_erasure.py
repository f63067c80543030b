from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Consent, Message, User
from competitions import clock
from competitions.actions import erased_entries, erasure
from competitions.actions.erasure import (
    Forgotten,
    erase_expired,
    erase_people,
    expired,
    forgets_at,
    keep_longer,
    require_expired,
    to_forget,
)
from competitions.actions.results.publication import publish_as_case
from competitions.actions.screening.similar_rounds import compare_again, compare_waiting
from competitions.actions.screening.similarities import look_for_similar
from competitions.errors import CompetitionError
from competitions.models import (
    Competition,
    Entry,
    EntryFingerprint,
    Revocation,
    SimilarityFinding,
    Snapshot,
    TeamMember,
)
from competitions.states import CompetitionState, EntryState
from tests.competitions.erased_contest import (
    LONG_AGO,
    SECRET,
    ask,
    give_award,
    hand_in,
    make_alike,
    make_ended,
    make_people_entry,
    still_named,
    stored_files,
)
from tests.competitions.similar_entries import handed_in
from tests.competitions.similarity.texts import OTHER, TEXT
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """A process that ends without a word."""


def run(*arguments):
    out = StringIO()
    call_command("erase_expired", *arguments, stdout=out)
    return out.getvalue()


def test_people_of_an_ended_contest_are_nowhere_any_more(tmp_path):
    competition = make_ended()
    entry = make_people_entry(competition, tmp_path)

    [(_competition, counts)] = erase_expired(at=AT)

    entry.refresh_from_db()
    assert counts == Forgotten(entries=1, files=1, consents=1, messages=1)
    assert still_named(competition) == []
    assert stored_files() == []
    assert (entry.entrant, entry.declared, entry.draft, entry.erased_at) == (None, {}, {}, AT)
    assert entry.title == entry.code
    assert not competition.follows.exists()
    assert User.objects.filter(name=SECRET).exists()


def test_evidence_stays(tmp_path):
    competition = make_ended()
    entry = make_people_entry(
        competition, tmp_path, state=EntryState.DISQUALIFIED, decision_reason="표절", decision_article="7"
    )
    before = Snapshot.objects.values("content_sha256", "receipt_number", "submitted_at").get()

    erase_expired(at=AT)

    after = Snapshot.objects.get()
    entry.refresh_from_db()
    assert Snapshot.objects.values("content_sha256", "receipt_number", "submitted_at").get() == before
    assert (after.content, after.submitted_by, after.erased_at) == ({}, None, AT)
    assert (entry.state, entry.decision_reason, entry.decision_article) == ("disqualified", "표절", "7")
    assert entry.attachments.get().sha256 == f"{entry.pk:064x}"


def test_a_receipt_still_checks_after_erasure(tmp_path, client):
    entry = make_people_entry(make_ended(), tmp_path)
    snapshot = entry.snapshot
    erase_expired(at=AT)

    response = Client().get(
        reverse("competitions:check_receipt", args=[snapshot.receipt_number]),
        {"sha256": snapshot.content_sha256},
    )

    assert response.status_code == 200
    assert response.context["is_same"] is True
    assert SECRET not in response.content.decode()


def test_pages_of_the_entrant_are_whole_after_erasure(tmp_path, client):
    entry = make_people_entry(make_ended(), tmp_path)
    client.force_login(entry.entrant)
    erase_expired(at=AT)

    assert client.get(reverse("competitions:my_entries")).status_code == 200
    assert client.get(entry.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["organise_entries", "organise_competition", "organise_result"])
def test_pages_of_the_organiser_are_whole_after_erasure(tmp_path, client, name):
    competition = make_ended()
    make_people_entry(competition, tmp_path)
    erase_expired(at=AT)
    client.force_login(make_user("administrator"))

    assert client.get(reverse(f"competitions:{name}", args=[competition.slug])).status_code == 200


def test_an_erased_entry_can_be_opened_by_the_organiser(tmp_path, client):
    competition = make_ended()
    entry = make_people_entry(competition, tmp_path)
    erase_expired(at=AT)
    client.force_login(make_user("administrator"))

    response = client.get(reverse("competitions:organise_entry", args=[competition.slug, entry.pk]))

    assert response.status_code == 200
    assert SECRET not in response.content.decode()


def test_winners_keep_their_work_and_lose_their_people(tmp_path):
    competition = make_ended()
    entry = make_people_entry(competition, tmp_path, state=EntryState.AWARDED, title="상 받은 작품")
    give_award(entry)
    work = {name: entry.snapshot.content[name] for name in ("case", "prompts")}

    erase_expired(at=AT)

    entry.refresh_from_db()
    assert entry.draft == work
    assert (entry.title, entry.team, entry.entrant) == ("상 받은 작품", "", None)
    assert Snapshot.objects.get().content == {}


def test_a_cancelled_award_keeps_no_work(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path, state=EntryState.AWARDED)
    Revocation.objects.create(
        award=give_award(entry), reason="표절", noticed_at=AT, opinion_until=AT, decided_at=AT, is_upheld=True
    )

    erase_expired(at=AT)

    entry.refresh_from_db()
    assert entry.draft == {}


def test_a_case_published_from_a_winner_stays(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path, state=EntryState.AWARDED, title="상 받은 작품")
    give_award(entry)
    publication = publish_as_case(entry, by=make_user(), at=AT)

    erase_expired(at=AT)

    assert publication.case.versions.get().content["title"] == "상 받은 작품"


def test_a_winner_becomes_a_case_with_its_whole_text_after_erasure_too(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path, state=EntryState.AWARDED)
    give_award(entry)
    problem = entry.snapshot.content["case"]["problem"]
    erase_expired(at=AT)

    publication = publish_as_case(Entry.objects.get(), by=make_user(), at=AT)

    assert publication.case.versions.get().content["problem"] == problem


def test_every_snapshot_of_an_entry_is_erased(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path)
    hand_in(entry, tmp_path, number=2)

    erase_expired(at=AT)

    assert [row.content for row in entry.snapshots.all()] == [{}, {}]
    assert stored_files() == []


def test_drafts_never_handed_in_are_erased():
    competition = make_ended()
    draft = make_entry(competition, entrant=make_user(), team=SECRET)

    erase_expired(at=AT)

    draft.refresh_from_db()
    assert (draft.entrant, draft.draft, draft.team) == (None, {}, "")


def test_team_members_and_invitations_lose_what_says_who_they_are(tmp_path):
    make_people_entry(make_ended(), tmp_path)

    erase_expired(at=AT)

    kept = TeamMember.objects.values("user", "email", "contribution", "declared", "token_sha256").get()
    nothing = {"user": None, "email": "", "contribution": "", "declared": {}, "token_sha256": None}
    assert kept == nothing


def test_findings_go_and_no_round_compares_the_entry_again(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path)
    other = make_people_entry(make_competition(), tmp_path, state=EntryState.SUBMITTED)
    make_alike(entry, other)
    make_alike(other, entry)

    erase_expired(at=AT)

    assert not SimilarityFinding.objects.exists()
    assert EntryFingerprint.objects.values_list("bands", "files").get(entry=entry) == ([], [])
    assert compare_waiting(at=AT) == 0


def test_a_copy_of_a_winner_is_still_found_after_erasure():
    winner = handed_in(TEXT, competition=make_ended(), state=EntryState.AWARDED)
    give_award(winner)
    loser = handed_in(OTHER, competition=make_ended(), state=EntryState.NOT_AWARDED)
    erase_expired(at=AT)
    remembered = dict(EntryFingerprint.objects.values_list("entry", "bands"))
    assert (bool(remembered[winner.pk]), remembered[loser.pk]) == (True, [])

    found = [look_for_similar(handed_in(text), at=AT) for text in (TEXT, OTHER)]

    assert [[(row.other, row.kind, row.other_was_awarded) for row in rows] for rows in found] == [
        [(winner, "copy", True)],
        [],
    ]


def test_an_erased_winner_is_not_compared_itself():
    winner = handed_in(TEXT, competition=make_ended(), state=EntryState.AWARDED)
    give_award(winner)
    erase_expired(at=AT)
    handed_in(TEXT)

    EntryFingerprint.objects.filter(entry=winner).delete()

    assert compare_again(winner.competition) == 0
    assert compare_waiting(at=AT) == 1
    assert EntryFingerprint.objects.get(entry=winner).bands  # found by others all the same
    assert Entry.objects.get(pk=winner.pk).flags == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_the_same_queries_for_one_and_three_erased_winners(count):
    for _number in range(count):
        give_award(handed_in(TEXT, competition=make_ended(), state=EntryState.AWARDED))
    erase_expired(at=AT)
    entry = Entry.objects.select_related("competition", "snapshot").get(pk=handed_in(TEXT).pk)

    with CaptureQueriesContext(connection) as captured:
        assert len(look_for_similar(entry, at=AT)) == count

    assert len(captured) <= 18


def test_questions_lose_who_asked_and_private_ones_their_text():
    competition, person = make_ended(), make_user()
    public = ask(competition, person, is_public=True)
    private = ask(competition, person, is_public=False)

    erase_expired(at=AT)

    public.refresh_from_db()
    private.refresh_from_db()
    assert (public.asked_by, public.text) == (None, SECRET)
    assert (private.asked_by, private.text, private.answer) == (None, "", "")


def test_addresses_of_an_invitation_list_go_from_the_call():
    competition = make_ended(eligibility={"invited": ["a@example.org"], "team_max": 3})

    erase_expired(at=AT)

    competition.refresh_from_db()
    assert competition.eligibility == {"invited": [], "team_max": 3}


def test_consents_to_other_contests_and_to_general_terms_stay(tmp_path):
    competition = make_ended()
    entry = make_people_entry(competition, tmp_path)
    for purpose in ("entry-privacy", f"{competition.pk}0:privacy"):
        Consent.objects.create(user=entry.entrant, purpose=purpose, text_version="1", given_at=AT)

    erase_expired(at=AT)

    kept = Consent.objects.values_list("purpose", flat=True)
    assert sorted(kept) == sorted(["entry-privacy", f"{competition.pk}0:privacy"])


def test_erasure_is_audited_with_counts_and_no_names(tmp_path):
    competition = make_ended()
    make_people_entry(competition, tmp_path)

    erase_expired(at=AT)

    record = AuditRecord.objects.get(verb="competition.erased")
    assert record.target_id == str(competition.pk)
    assert record.detail == {"entries": 1, "files": 1, "consents": 1, "messages": 1}


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": timezone.now()},
        {"published_at": timezone.now() - timedelta(days=365) + timedelta(hours=1)},
        {"state": CompetitionState.DECIDED},
        {"state": CompetitionState.CANCELLED, "cancelled_at": timezone.now()},
        {"erased_at": AT},
    ],
)
def test_a_contest_that_is_not_due_is_left_alone(tmp_path, fields):
    competition = make_ended(**fields)
    entry = make_people_entry(competition, tmp_path)

    assert erase_expired(at=AT) == []

    entry.refresh_from_db()
    assert entry.entrant is not None
    with pytest.raises(CompetitionError):
        require_expired(competition)


def test_a_cancelled_contest_is_due_after_its_period(tmp_path):
    competition = make_ended(state=CompetitionState.CANCELLED, published_at=None, cancelled_at=LONG_AGO)
    make_people_entry(competition, tmp_path)

    assert [each for each, _counts in erase_expired(at=AT)] == [competition]
    assert forgets_at(competition) == LONG_AGO + timedelta(days=365)


def test_nobody_is_forgotten_while_taking_back_an_award_is_undecided(tmp_path):
    entry = make_people_entry(make_ended(), tmp_path, state=EntryState.AWARDED)
    Revocation.objects.create(award=give_award(entry), reason="표절", noticed_at=AT, opinion_until=AT)

    assert not expired().exists()


def test_other_contests_are_not_touched(tmp_path):
    make_people_entry(make_ended(), tmp_path)
    running = make_people_entry(make_competition(), tmp_path, state=EntryState.SUBMITTED)

    erase_expired(at=AT)

    running.refresh_from_db()
    assert running.entrant is not None
    assert running.snapshot.content["team"]
    assert len(stored_files()) == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize("place", ["remove_bytes", "_erase"])
def test_killed_in_the_middle_the_next_run_goes_on(tmp_path, monkeypatch, place):
    competition = make_ended()
    for _each in range(3):
        make_people_entry(competition, tmp_path)
    monkeypatch.setattr(
        erasure, "erase_batch", lambda which, at: erased_entries.erase_batch(which, at=at, most=1)
    )
    real, calls = getattr(erased_entries, place), []

    def killed_once(*arguments, **named):
        real(*arguments, **named)
        calls.append(arguments)
        if len(calls) == 2:
            raise Killed

    monkeypatch.setattr(erased_entries, place, killed_once)
    with pytest.raises(Killed):
        erase_people(competition, at=AT)
    competition.refresh_from_db()
    assert competition.erased_at is None
    assert competition.entries.exclude(erased_at=None).count() == 1

    counts = erase_people(competition, at=AT)

    assert counts == Forgotten(entries=3, files=3, consents=3, messages=3)
    assert still_named(competition) == []
    assert stored_files() == []


def test_erasing_twice_changes_nothing(tmp_path):
    competition = make_ended()
    make_people_entry(competition, tmp_path)
    erase_people(competition, at=AT)

    assert erase_people(competition, at=AT) == Forgotten()
    assert AuditRecord.objects.filter(verb="competition.erased").count() == 1


def test_one_contest_that_fails_does_not_keep_the_others(tmp_path, monkeypatch, caplog):
    broken, fine = make_ended(), make_ended()
    real = erasure.erase_people

    def failing(competition, **named):
        if competition.pk == broken.pk:
            raise OSError
        return real(competition, **named)

    monkeypatch.setattr(erasure, "erase_people", failing)

    clock.erase_expired()

    erased = Competition.objects.exclude(erased_at=None)
    assert list(erased) == [fine]
    assert str(broken.pk) in caplog.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_needs_the_same_queries_however_many_entries(tmp_path, django_assert_num_queries, count):
    competition = make_ended()
    for _each in range(count):
        make_people_entry(competition, tmp_path)

    with django_assert_num_queries(23):
        erased_entries.erase_batch(competition, at=AT)


def test_command_says_what_went(tmp_path):
    competition = make_ended()
    make_people_entry(competition, tmp_path)

    out = run()

    competition.refresh_from_db()
    assert competition.title in out
    assert competition.erased_at is not None


def test_command_as_a_trial_erases_nothing(tmp_path):
    competition = make_ended()
    make_people_entry(competition, tmp_path)
    before = to_forget(competition)

    out = run("--dry-run")

    competition.refresh_from_db()
    assert competition.title in out
    assert to_forget(competition) == before == Forgotten(entries=1, files=1, consents=1, messages=1)
    assert competition.erased_at is None
    assert len(stored_files()) == 1


def test_command_for_one_contest_leaves_the_others(tmp_path):
    first, second = make_ended(), make_ended()

    run("--competition", first.slug)

    assert list(Competition.objects.exclude(erased_at=None)) == [first]
    assert second.erased_at is None


@pytest.mark.parametrize("slug", ["없음", "zu-frueh"])
def test_command_refuses_a_contest_that_is_unknown_or_not_due(slug):
    make_ended(slug="zu-frueh", published_at=timezone.now())

    with pytest.raises(CommandError):
        run("--competition", slug)


def test_command_without_anything_due_says_so():
    assert run().strip()


def test_keeping_longer_moves_the_day_and_is_audited():
    competition = make_ended()

    keep_longer(competition, days=5000 - 1500, reason="소송이 진행 중입니다.", by=None, at=AT)

    competition.refresh_from_db()
    assert competition.keep_days == 3500
    detail = AuditRecord.objects.get(verb="competition.kept_longer").detail
    assert detail == {"before": 365, "after": 3500, "reason": "소송이 진행 중입니다."}


@pytest.mark.parametrize(
    ("days", "reason"), [(365, "이유"), (100, "이유"), (3651, "이유"), (500, " "), (500, "가" * 501)]
)
def test_keeping_longer_is_refused(days, reason):
    competition = make_ended()

    with pytest.raises(CompetitionError):
        keep_longer(competition, days=days, reason=reason, by=None, at=AT)

    competition.refresh_from_db()
    assert competition.keep_days == 365


@pytest.mark.parametrize("fields", [{"erased_at": AT}, {"state": CompetitionState.JUDGING}])
def test_keeping_longer_before_the_end_or_after_erasure_is_an_illegal_move(fields):
    with pytest.raises(IllegalMove):
        keep_longer(make_ended(**fields), days=500, reason="이유", by=None, at=AT)
