"""A judge of a blind round finds nowhere who entered: on no page, in no file's bytes, in no answer and no message."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.roles import Role
from competitions.actions.judging.redacting import SHOWN, copy_of
from competitions.actions.judging.redaction_edits import Change, change_copy
from competitions.actions.judging.sheets import reopen_sheet
from competitions.entry_files import storage
from competitions.files import sandbox
from competitions.models import Attachment, EntryNote, Meeting, Motion, PresentationSlot, Result
from competitions.redacting import MASK
from competitions.views.judging import sheet_parts
from tests.competitions.blind_entries import (
    EMAIL,
    MEMBER,
    NAME,
    OFFICE,
    TEAM,
    make_blind_competition,
    make_blind_entry,
)
from tests.competitions.files import made
from tests.competitions.jury import sign
from tests.competitions.rounds.making import make_round
from tests.competitions.walking import Walk
from tests.config.url_table import ROWS
from tests.config.world import make_world
from tests.factories import AT, grant, make_assignment, make_judge

WORDS = (NAME, MEMBER, TEAM, OFFICE, EMAIL)
KINDS = ("docx", "xlsx", "hwpx", "pdf")
ROOM = ("judging", "judging_sheet", "judging_file")


@pytest.fixture
def blind(db, monkeypatch, tmp_path):
    """The world's judge in a blind contest, without a conflict, and an entry whose every part says who entered."""
    monkeypatch.setattr(made, "AUTHOR", NAME)
    world = make_world()
    contest = make_blind_competition(title="블라인드 공모전")
    judge = make_judge(contest, user=world.people["judge"], code="J1", is_chair=True)
    grant(judge.user, Role.JUDGE, contest)
    entry = make_blind_entry(contest, code="ZQX-1", files=_files(tmp_path, ["docx"]))
    _look_through(entry)
    place = SimpleNamespace(world=world, contest=contest, judge=judge, entry=entry)
    place.sheet = make_assignment(judge, entry)
    _hang_on(place)
    return place


def _files(folder, kinds):
    """Files of these kinds with the name in their metadata, and one whose text says it."""
    everything = made.make_all(folder)
    return [{"data": everything[kind], "kind": kind} for kind in kinds] + [
        {"data": f"{NAME}이 썼습니다.".encode(), "kind": "txt"}
    ]


def _look_through(entry):
    """As a worker does."""
    for row in Attachment.objects.filter(entry=entry):
        found = sandbox.read(storage().path(row.path), row.kind)
        Attachment.objects.filter(pk=row.pk).update(findings=found.findings, text=found.text)


def _hang_on(place):
    contest, entry = place.contest, place.entry
    stage = make_round("presentation", contest, blind=True, seed="ab", drawn_at=AT)
    PresentationSlot.objects.create(
        round=stage, entry=entry, position=1, state="presenting", began_at=timezone.now()
    )
    make_assignment(place.judge, entry, round=stage)
    EntryNote.objects.create(
        entry=entry, audience="committee", text=f"{NAME}에게 확인함", at=AT, idempotency_key="1" * 32
    )
    meeting = Meeting.objects.create(
        competition=contest, number=1, title="회의", held_at=AT, created_at=AT, state="in_session"
    )
    Motion.objects.create(
        meeting=meeting, position=1, kind="departure", text="안건", entry=entry, reason="까닭"
    )
    row = {"code": entry.code, "track": "a", "total": "80", "place": 1, "rounds": {}, "award": "grand"}
    outcome = {"competition": contest.slug, "method": "mean", "inputs_sha256": "ab" * 32}
    outcome["entries"] = [row | {"status": "ranked"}]
    Result.objects.create(
        competition=contest, outcome=outcome, outcome_sha256="0" * 64, inputs_sha256="ab" * 32, computed_at=AT
    )


def show_files(place):
    """The organiser says that every file may be read, but not the one whose text names somebody."""
    copy = copy_of(place.entry, at=AT)
    files = dict.fromkeys(range(len(copy.content["files"]) - 1), SHOWN)
    change_copy(
        copy,
        Change(revision=copy.revision, files=files, is_checked=True),
        by=place.world.people["organiser"],
        at=AT,
    )


def in_room(client, place, names=None):
    """What the judge sees: everything there is, or the pages of these names."""
    client.raise_request_exception = False
    client.force_login(place.judge.user)
    walked = Walk(client, place.world, place.entry, WORDS)
    if names is None:
        walked.everything()
    for name in names or ():
        walked.row(f"competitions:{name}", ROWS[f"competitions:{name}"])
    walked.messages_of(place.judge.user)
    return walked


def test_judge_of_a_blind_round_finds_nowhere_who_entered(client, blind):
    show_files(blind)

    walked = in_room(client, blind)

    assert sorted(set(walked.leaks)) == []
    assert any(f"{MASK}의 은행나무 사례" in text for text in walked.seen)


def test_nor_before_judging_nor_after_signing_and_opening_again(client, blind):
    sign(blind.sheet, "10", "20")
    signed = in_room(client, blind, [*ROOM, "judging_proof", "judging_proof_file"])
    reopen_sheet(blind.sheet, "다시", by=blind.world.people["organiser"], at=AT)
    opened = in_room(client, blind, ROOM)
    type(blind.contest).objects.filter(pk=blind.contest.pk).update(state="announced")

    assert [signed.leaks, opened.leaks, in_room(client, blind, ROOM).leaks] == [[], [], []]


def test_nor_in_the_bytes_of_any_file(client, blind, tmp_path):
    entry = make_blind_entry(blind.contest, code="ZQX-2", files=_files(tmp_path, KINDS))
    _look_through(entry)
    sheet = make_assignment(blind.judge, entry)
    blind.entry = entry
    show_files(blind)
    client.force_login(blind.judge.user)
    place = Walk(client, blind.world, entry, WORDS)

    answers = [
        place.look(str(number), client.get(f"/judging/{sheet.pk}/files/{number}/"))
        for number in range(1, len(KINDS) + 2)
    ]

    assert answers == [*[200] * len(KINDS), 404]
    assert place.leaks == []


def test_walk_finds_what_is_shown(client, blind, monkeypatch):
    """The same walk, when judges are given what was handed in."""
    shown = sheet_parts.shown
    monkeypatch.setattr(sheet_parts, "shown", lambda entry, **given: shown(entry, **given | {"blind": False}))

    found = in_room(client, blind, ROOM).leaks

    assert {(f"/judging/{blind.sheet.pk}/", word) for word in WORDS} <= set(found)


def test_walk_finds_a_name_in_a_file(client, blind, monkeypatch):
    show_files(blind)
    monkeypatch.setattr("competitions.views.judging.files._names_people", lambda row, round_: False)

    assert (f"/judging/{blind.sheet.pk}/files/1/", NAME) in in_room(client, blind, ROOM).leaks
