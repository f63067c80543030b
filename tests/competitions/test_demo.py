import json
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from accounts.models import Government, Message, User
from casebook.models import Case, Collection, Prompt, PromptLink, SearchDocument
from competitions.actions.demo.contests import load_demo
from competitions.actions.rounds.vote_signals import signals
from competitions.models import (
    Assignment,
    CallQuestion,
    CandidateReport,
    Certificate,
    Competition,
    Conflict,
    EntryNote,
    Judge,
    JudgeCandidate,
    Meeting,
    Publication,
    Redaction,
    Result,
)
from competitions.states import CompetitionState, EntryState, Phase, SheetState
from competitions.verifying.results_file import disagreements

pytestmark = pytest.mark.django_db


def test_demo_shows_everything(subtests):
    """One test, so that the demo city is loaded once."""
    load_demo(at=now())
    for name, look in list(globals().items()):
        if name.startswith("shows_"):
            with subtests.test(name):
                look()


def shows_a_contest_in_each_stage():
    phases = {(competition.kind, competition.phase(now())) for competition in Competition.objects.all()}
    assert phases == {
        ("departmental", Phase.PUBLISHED),
        ("resident", Phase.OPEN),
        ("learning_group", Phase.JUDGING),
        ("departmental", Phase.CLOSED),
        ("resident", Phase.JUDGING),
        ("open", Phase.JUDGING),
        ("resident", Phase.VERIFICATION),
    }
    assert Prompt.objects.published().count() >= 12
    assert Case.objects.published().count() >= 8
    assert SearchDocument.objects.count() == Prompt.objects.published().count() + Case.objects.count()


def shows_that_it_is_a_demo():
    """A fictional city, and people that are roles."""
    assert Government.objects.get(is_self=True).is_fictional
    assert all(name.startswith("시연 ") for name in User.objects.values_list("name", flat=True))
    assert all(name.startswith("시연 ") for name in JudgeCandidate.objects.values_list("name", flat=True))
    names = Judge.objects.values_list("name", flat=True)
    assert all(name.startswith(("시연 ", "심사위원 ")) for name in names)


def shows_nobody_can_log_in_who_is_not_offered():
    others = User.objects.exclude(email__endswith="@demo.example")
    assert others.count() == 11
    assert not any(user.has_usable_password() for user in others)


def shows_a_desk_full_of_screening():
    entries = _contest("2026-반복업무-개선-공모").entries
    states = {entry.code: entry.state for entry in entries.all()}
    assert states["S-03"] == EntryState.RETURNED
    assert set(states.values()) == {EntryState.RETURNED, EntryState.SUBMITTED}
    assert entries.get(code="S-02").flags == ["similar"]
    assert (CallQuestion.objects.public().count(), CallQuestion.objects.count()) == (2, 3)
    assert Message.objects.filter(kind="entry.returned", person__email="staff@demo.example").exists()


def shows_what_people_say_about_prompts():
    prompt = Prompt.objects.get(external_id="demo-p-01")
    assert (prompt.current.number, prompt.rating_count) == (2, 3)
    assert set(prompt.current.runs.values_list("passed", flat=True)) == {True, False}
    assert Prompt.objects.get(external_id="demo-p-03").proposals.get().state == "open"
    assert PromptLink.objects.filter(relation="step").count() == 3
    assert Collection.objects.get().items.count() == 5


def shows_a_whole_committee():
    judges = _blind().judges
    assert Counter(judges.values_list("state", flat=True)) == {
        "accepted": 5,
        "invited": 1,
        "declined": 1,
        "dropped": 1,
    }
    members = judges.active()
    assert Counter(members.values_list("side", flat=True)) == {"private": 3, "public": 2}
    assert [judge.user.email for judge in members.filter(is_chair=True)] == ["chair@demo.example"]
    assert all(judge.letter_number and judge.pledged_at and judge.term_until for judge in members)
    assert members.filter(relations__isnull=False).count() == 1
    assert JudgeCandidate.objects.count() == 10


def shows_conflicts_and_an_open_challenge():
    rows = Conflict.objects.filter(judge__competition=_blind())
    found = set(rows.values_list("ground", "state"))
    assert found == {("department", "standing"), ("relation", "standing"), ("challenged", "open")}
    assert rows.get(state="open").votes.count() == 1


def shows_sheets_at_every_stage_of_a_blind_round():
    sheets = Assignment.objects.filter(entry__competition=_blind())
    states = Counter(sheets.values_list("state", flat=True))
    assert states == {SheetState.SIGNED: 29, SheetState.STARTED: 3, SheetState.ASSIGNED: 17}
    for audience in ("committee", "entrant", "private"):
        assert sheets.exclude(**{f"comment_{audience}": ""}).exists()
    round_ = _blind().rounds.get()
    assert (round_.blind, round_.calibration_entry.code, round_.due_at > now()) == (True, "B-01", True)
    copies = Redaction.objects.filter(snapshot__entry__competition=_blind())
    assert Counter(copies.values_list("state", flat=True)) == {"checked": 9, "proposed": 3}
    (copy,) = copies.filter(snapshot__entry__code="B-02")
    assert "한마음아파트" not in str(copy.content)


def shows_something_to_do_for_the_demo_judge():
    queue = Assignment.objects.visible_to(User.objects.get(email="judge@demo.example"))
    waiting = queue.filter(state__in=[SheetState.STARTED, SheetState.ASSIGNED])
    contests = Counter(waiting.values_list("entry__competition__kind", flat=True))
    assert contests == {"learning_group": 3, "resident": 6, "open": 6}


def shows_a_stage_a_vote_and_measured_points():
    rounds = {each.kind: each for each in _contest("2026-ai-활용-사례-발표회").rounds.all()}
    slots = list(rounds["presentation"].slots.all())
    assert [slot.state for slot in slots] == ["done", "absent", "presenting", "waiting", "waiting", "waiting"]
    vote = rounds["public_vote"]
    assert vote.votes_from < now() < vote.votes_until
    assert {signal.kind: (signal.count, signal.excluded) for signal in signals(vote)} == {
        "device": (4, 1),
        "young": (4, 1),
    }
    assert rounds["measured"].criteria.get().measurements.count() == 3


def shows_candidates_advice_and_minutes_to_sign():
    competition = Competition.objects.get(state=CompetitionState.VERIFICATION)
    outcome = competition.result.outcome["entries"]
    assert [each["award"] for each in outcome] == ["grand", "first", "second", "second", None, None]
    assert "criterion:use" in {each["tie_broken_by"] for each in outcome}
    assert competition.result.advice["severity"]
    assert CandidateReport.objects.get().entry.competition == competition
    meeting = Meeting.objects.get()
    assert meeting.state == Meeting.State.SIGNING
    assert list(meeting.motions.values_list("outcome", flat=True)) == ["carried", "lost"]
    unsigned = meeting.members.filter(is_present=True, signed_at=None)
    assert unsigned.filter(judge__user__email="judge@demo.example").exists()


def shows_what_comes_after_the_results():
    competition = Competition.objects.get(state=CompetitionState.PUBLISHED)
    result = Result.objects.get(competition=competition)
    assert disagreements(json.loads(result.file)) == []
    assert result.advice
    assert Certificate.objects.filter(award__tier__competition=competition).count() == 7
    notes = EntryNote.objects.filter(entry__competition=competition)
    assert Counter(notes.values_list("audience", flat=True)) == {"entrant": 6, "organisers": 1}
    assert Publication.objects.filter(case__current__isnull=False).count() == 2


def _contest(slug):
    return Competition.objects.get(slug=slug)


def _blind():
    return _contest("2026-생활불편-프롬프트-공모전")


def test_demo_is_not_loaded_into_a_site_in_use(capsys):
    Government.objects.create(name="진짜시", is_self=True)

    with pytest.raises(SystemExit) as stop:
        call_command("load_demo")
    call_command("load_demo", "--if-empty")

    assert stop.value.code == 1
    assert not User.objects.exists()
