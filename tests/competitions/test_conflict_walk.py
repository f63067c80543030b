"""A judge of a blind round with a conflict finds neither name nor entry: on no page, in no file, answer or message."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import Message
from accounts.roles import Role
from casebook.content import content_sha256
from competitions.actions.conflicts.acts import add_conflict, dismiss_conflict
from competitions.actions.conflicts.challenges import challenge_judge, put_to_vote
from competitions.entry_files import storage
from competitions.models import (
    Attachment,
    CandidateReport,
    Competition,
    Conflict,
    DeliberationNote,
    EntryNote,
    Meeting,
    Motion,
    PresentationSlot,
    Redaction,
    Result,
    SimilarityFinding,
    Snapshot,
)
from competitions.models.conflict import ConflictQuerySet
from competitions.models.entry import EntryQuerySet
from tests.competitions.conflicting import add_member
from tests.competitions.jury import make_accepted_entry, make_judging_competition, sign
from tests.competitions.rounds.making import make_ballot, make_round, make_vote
from tests.competitions.walking import Walk, plain, texts_of
from tests.config.world import make_world
from tests.factories import (
    AT,
    entry_content,
    grant,
    make_assignment,
    make_attachment,
    make_department,
    make_judge,
    make_user,
)

# What nobody else in the world has. 은행나무 stands in the title too, to be searched for.
NAME, MEMBER, TEAM, OFFICE = "한누리봄", "두루미솔", "온새미로팀", "달빛나루과"
CODE, TITLE, TEXT, FILE = "ZQX-7741", "초롱아귀", "별똥별무늬", "뭉게구름표"
EMAIL = "hidden-entrant@example.org"
WORDS = (NAME, MEMBER, TEAM, OFFICE, CODE, TITLE, TEXT, FILE, EMAIL)


@pytest.fixture
def world(db):
    return make_world()


def make_secret(world, *, state="judging"):
    """A blind contest of the world's judge, with an entry they have a tie to, and everything that can hang on it."""
    contest = make_judging_competition(title="은밀하지 않은 공모전")
    contest.rounds.update(blind=True)
    grant(world.people["organiser"], Role.ORGANISER, contest)
    judge = make_judge(contest, user=world.people["judge"], code="J1", is_chair=True)
    grant(judge.user, Role.JUDGE, contest)
    entry = _entry(contest)
    secret = SimpleNamespace(
        contest=contest, judge=judge, entry=entry, other=make_accepted_entry(contest, code="E1")
    )
    make_assignment(judge, secret.other)
    secret.sheet = make_assignment(judge, entry)
    _hang_on(secret)
    _decide(world, secret)
    _move(secret, state)
    return secret


def _entry(contest):
    entrant = make_user(name=NAME, email=EMAIL, department=make_department(OFFICE))
    content = entry_content(title=f"은행나무 {TITLE}", problem=f"{TEXT} 때문입니다.", department=OFFICE)
    entry = make_accepted_entry(
        contest, code=CODE, entrant=entrant, team=TEAM, title=f"은행나무 {TITLE}", draft=content
    )
    add_member(entry, entrant)
    add_member(entry, make_user(name=MEMBER))
    whole = {"size": 100, "received": 100, "sha256": "0" * 64, "finished_at": AT, "path": f"{entry.pk}/a"}
    ready = {"kind": "txt", "state": Attachment.State.READY, "examination": "done"}
    file = make_attachment(entry, name=f"{FILE}.txt", **whole | ready)
    storage().save(file.path, ContentFile(f"{TEXT} {NAME}".encode()))
    frozen = {
        "id": str(file.pk),
        "name": file.name,
        "field": "",
        "kind": "txt",
        "size": 9,
        "sha256": "0" * 64,
    }
    snapshot = Snapshot.objects.create(
        entry=entry, number=2, content=content | {"files": [frozen], "team": [{"name": NAME}]},
        content_sha256=content_sha256(content), receipt_number=f"R-{uuid4()}", submitted_at=AT,
    )  # fmt: skip
    Redaction.objects.create(snapshot=snapshot, content=content, state="checked", made_at=AT, checked_at=AT)
    entry.snapshot = snapshot
    entry.save()
    return entry


def _hang_on(secret):
    """Notes, findings, turns, votes, motions and reports: whatever a page may list."""
    contest, entry = secret.contest, secret.entry
    stage, vote = make_round("presentation", contest, blind=True, seed="ab", drawn_at=AT), make_vote(contest)
    PresentationSlot.objects.create(
        round=stage, entry=entry, position=1, state="presenting", began_at=timezone.now()
    )
    PresentationSlot.objects.create(round=stage, entry=secret.other, position=2)
    make_assignment(secret.judge, entry, round=stage)
    make_ballot(vote, entry)
    made = {"by": None, "at": AT, "idempotency_key": uuid4()}
    EntryNote.objects.create(entry=entry, audience="committee", text=TEXT, **made)
    DeliberationNote.objects.create(entry=entry, text=TEXT, **made)
    SimilarityFinding.objects.create(entry=secret.other, other=entry, kind="copy", share=1, found_at=AT)
    CandidateReport.objects.create(entry=entry, kind="copied", text=TEXT, at=AT, idempotency_key=uuid4())
    meeting = Meeting.objects.create(
        competition=contest, number=1, title="회의", held_at=AT, created_at=AT, state="in_session"
    )
    Motion.objects.create(
        meeting=meeting, position=1, kind="departure", text="안건", entry=entry, reason="까닭"
    )
    contest.rounds.filter(code="written").update(calibration_entry=entry)
    outcome = {"competition": contest.slug, "method": "mean", "inputs_sha256": "ab" * 32}
    outcome["entries"] = [_outcome(CODE, 1), _outcome("E1", 2)]
    Result.objects.create(
        competition=contest, outcome=outcome, outcome_sha256=content_sha256(outcome), inputs_sha256="ab" * 32,
        computed_at=AT,
    )  # fmt: skip


def _outcome(code, place):
    return {
        "code": code, "track": "a", "total": "80", "place": place, "rounds": {}, "award": "grand",
        "status": "ranked",
    }  # fmt: skip


def _decide(world, secret):
    """What writes letters: a second conflict and its end, and a challenge of the judge by who entered."""
    organiser, contest = world.people["organiser"], secret.contest
    given = {"by": organiser, "at": AT}
    row = add_conflict(secret.judge, secret.entry, ground="department", reason=TEXT, **given)
    dismiss_conflict(row, reason=TEXT, **given)
    add_conflict(secret.judge, secret.entry, ground="relation", reason=TEXT, **given)
    other = make_judge(contest, user=make_user(), code="J2")
    make_judge(contest, user=make_user(), code="J3")
    note = challenge_judge(
        secret.entry, name="심사위원", reason=TEXT, by=secret.entry.entrant, at=AT, idempotency_key=uuid4()
    )
    put_to_vote(note, secret.judge, **given)
    again = challenge_judge(
        secret.entry, name="심사위원 둘", reason=TEXT, by=secret.entry.entrant, at=AT, idempotency_key=uuid4()
    )
    secret.challenge = put_to_vote(again, other, **given)


def _move(secret, state):
    until = {"verification_from": AT, "verification_until": timezone.now() + timedelta(days=3)}
    values = {"state": state} | (until if state == "verification" else {})
    Competition.objects.filter(pk=secret.contest.pk).update(**values)
    secret.contest.refresh_from_db()
    secret.entry = type(secret.entry).objects.select_related("competition").get(pk=secret.entry.pk)


def walk(client, world, secret, part=""):
    client.raise_request_exception = False
    client.force_login(secret.judge.user)
    return Walk(client, world, secret.entry, WORDS).everything(part).messages_of(secret.judge.user)


@pytest.mark.parametrize("state", ["judging", "verification", "decided"])
def test_judge_with_a_conflict_finds_neither_name_nor_entry(client, world, state):
    secret = make_secret(world, state=state)

    walked = walk(client, world, secret)

    assert sorted(set(walked.leaks)) == []
    assert any(world.judged_entry.title in text for text in walked.seen)  # the judge's own room was walked


def test_walk_finds_what_is_shown(client, world, monkeypatch):
    """Without conflicts the same walk comes upon the entry, on pages, in files and in the list."""
    monkeypatch.setattr(ConflictQuerySet, "effective", lambda self: self.none())
    secret = make_secret(world)
    Conflict.objects.all().delete()
    secret.entry.assignments.update(state="assigned")
    secret.contest.rounds.update(blind=False)  # a blind round holds back a file that names people

    leaks = walk(client, world, secret).leaks

    assert {CODE, TITLE, TEXT} <= {word for _address, word in leaks}
    assert (f"/judging/{secret.sheet.pk}/", TEXT) in leaks
    assert (f"/judging/{secret.sheet.pk}/files/1/", TEXT) in leaks


def test_walk_finds_a_page_that_forgets_conflicts(client, world, monkeypatch):
    secret = make_secret(world)
    kept = walk(client, world, secret, "competitions:vote").leaks
    monkeypatch.setattr(EntryQuerySet, "shown_to", lambda self, user: self)

    leaks = walk(client, world, secret, "competitions:vote").leaks

    assert kept == []
    assert TITLE in {word for _address, word in leaks}


def test_signed_before_the_conflict_was_known(client, world):
    secret = make_secret(world)
    Conflict.objects.filter(entry=secret.entry).delete()
    secret.contest.rounds.update(calibration_entry=None)
    secret.entry.assignments.update(state="assigned")
    sign(secret.sheet, "10", "20")
    Message.objects.filter(person=secret.judge.user).delete()
    given = {"by": world.people["organiser"], "at": AT}
    add_conflict(secret.judge, secret.entry, ground="relation", reason=TEXT, **given)

    assert sorted(set(walk(client, world, secret, "judging").leaks)) == []


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TITLE}</p>".encode(),
        f"<p>{''.join(f'&#{ord(letter)};' for letter in TITLE)}</p>".encode(),
        ('"' + TITLE.encode("unicode_escape").decode() + '"').encode(),
        b"/?q=" + HttpResponse(TITLE).content.hex(" ").upper().replace(" ", "%").encode().join([b"%", b""]),
    ],
)
def test_words_are_found_however_they_are_written(body):
    assert TITLE in plain("\n".join(texts_of(body)))


def test_words_are_found_inside_archives():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/sheet.xml", TITLE)

    assert TITLE in plain("\n".join(texts_of(packed.getvalue())))
