"""A small world with one of everything, and one person per role, for walking every URL."""

from types import SimpleNamespace
from uuid import uuid4

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Heartbeat, Job, Topic
from accounts.roles import Role
from accounts.unsubscribing import unsubscribe_token
from casebook.actions.proposals import propose
from casebook.actions.versions import ask_review
from casebook.content import content_sha256
from casebook.models import OpenTool
from competitions.actions.calls.gates import override_gate
from competitions.actions.committee.invitations import invite_judge
from competitions.actions.deciding.minutes import close_meeting
from competitions.actions.teams.invitations import invite
from competitions.models import (
    Appeal,
    Award,
    CandidateReport,
    Certificate,
    Conflict,
    EntryNote,
    Meeting,
    Motion,
    ReportEvidence,
    Result,
    Revocation,
    SheetScan,
    SimilarityFinding,
    Snapshot,
)
from competitions.states import CompetitionState, EntryState
from learning.models import Membership
from tests.casebook.exchanging import make_preview
from tests.casebook.talking import make_collection, make_comment, make_report
from tests.competitions.rounds.making import make_round, make_vote
from tests.factories import (
    AT,
    entry_content,
    grant,
    make_assignment,
    make_attachment,
    make_candidate,
    make_case,
    make_closed_competition,
    make_competition,
    make_department,
    make_endpoint,
    make_entry,
    make_judge,
    make_learning_group,
    make_message,
    make_prompt,
    make_question,
    make_run,
    make_test,
    make_token,
    make_user,
    make_work_field,
)

# The last three hold their role for another competition or group than the one at hand.
ROLES = (
    "visitor",
    "resident",
    "staff",
    "judge",
    "organiser",
    "facilitator",
    "editor",
    "administrator",
    "other_judge",
    "other_organiser",
    "other_facilitator",
)


def make_world():
    world = SimpleNamespace(people=make_people(), kind="prompt", number=1, uidb36="1", key="no-key")
    world.letter_kind = "entry.received"
    world.table_format = "csv"
    make_casebook(world)
    make_community(world)
    make_contests(world)
    make_learning(world)
    make_accounts(world)
    return world


def make_people():
    site_wide = {"staff": Role.STAFF, "editor": Role.EDITOR, "administrator": Role.ADMINISTRATOR}
    people = {name: make_user(role) for name, role in site_wide.items()}
    scoped = [name for name in ROLES if name not in {*site_wide, "visitor"}]
    people |= {name: make_user() for name in scoped}
    for person in people.values():
        person.password = "a password, never checked here"
        person.save()
    return people


def make_casebook(world):
    world.prompt = make_prompt(published=True)
    world.case = make_case(published=True)
    world.version = make_prompt(by=world.people["staff"]).versions.get()
    world.draft_prompt = world.version.record
    world.own_draft = make_prompt(by=world.people["staff"]).versions.get()
    world.preview, world.item_number = make_preview(world.people["editor"]), 0
    world.tool = OpenTool.objects.create(name="가온 AI", url="https://ai.example/", channel="agency_ai")
    world.test = make_test(world.prompt, created_by=world.people["staff"])
    world.run = make_run(world.prompt.current, world.test)
    world.endpoint = make_endpoint()
    ask_review(world.version, by=None, at=AT)
    world.proposal = propose(
        world.prompt.current,
        world.prompt.current.content | {"purpose": "빠른 답변"},
        by=world.people["staff"],
        at=AT,
        note="목적을 적습니다.",
        idempotency_key=uuid4(),
    )


def make_community(world):
    staff = world.people["staff"]
    world.field = make_work_field()
    world.comment = make_comment(world.prompt, by=staff)
    world.problem = make_report(world.prompt, by=staff)
    world.collection = make_collection(world.prompt, by=staff)
    world.shared = make_collection(by=staff, sharing="link")
    world.item = world.collection.items.get()


def make_contests(world):
    world.hidden = make_competition(state=CompetitionState.DRAFT)
    world.open = make_competition()
    world.judged = make_closed_competition(state=CompetitionState.JUDGING)
    world.finished = make_closed_competition(state=CompetitionState.PUBLISHED)
    for competition in (world.hidden, world.open, world.judged, world.finished):
        grant(world.people["organiser"], Role.ORGANISER, competition)
    elsewhere = make_closed_competition(state=CompetitionState.JUDGING)
    grant(world.people["other_organiser"], Role.ORGANISER, elsewhere)
    make_judge(elsewhere, user=world.people["other_judge"])
    world.entry = make_entry(world.open, entrant=world.people["resident"])
    world.attachment = make_attachment(world.entry)
    world.invited, world.invitation = invite(world.entry, by=world.people["resident"], at=AT)
    world.question = make_question(world.judged, by=world.people["resident"])
    world.override = override_gate(world.judged, "plan", reason="급함", by=None, at=AT)
    _rounds(world)
    _hand_in(world)
    _find_similar(world)
    _judge(world)
    _publish(world)
    _take_back(world)


def _hand_in(world):
    world.judged_entry = make_entry(world.judged, entrant=world.people["resident"], state=EntryState.ACCEPTED)
    content = entry_content()
    world.judged_entry.snapshot = Snapshot.objects.create(
        entry=world.judged_entry,
        number=1,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"R-{uuid4()}",
        submitted_at=AT,
    )
    world.judged_entry.save()


def _rounds(world):
    """A contest in judging with a presentation, a public vote and a measured round; the judge chairs it."""
    world.stage = make_round("presentation")
    world.staged = world.stage.competition
    world.vote = make_vote(world.staged)
    world.measured = make_round("measured", world.staged)
    grant(world.people["organiser"], Role.ORGANISER, world.staged)
    make_judge(world.staged, user=world.people["judge"], is_chair=True)


def _find_similar(world):
    world.finding = SimilarityFinding.objects.create(
        entry=world.judged_entry, prompt=world.prompt, kind="copy", share=1, found_at=AT
    )


def _judge(world):
    world.judge = make_judge(world.judged, user=world.people["judge"], letter_number="2026-001-01")
    world.candidate = make_candidate()
    _invited, world.judge_invitation = invite_judge(
        world.judged, by=None, at=timezone.now(), email="asked@example.org", name="초대 위원"
    )
    grant(world.people["judge"], Role.JUDGE, world.judged)
    world.sheet = make_assignment(world.judge, world.judged_entry)
    world.scan = SheetScan.objects.create(
        judge=world.judge, name="서명.pdf", kind="pdf", size=1, sha256="0" * 64, path="sheets/none", at=AT
    )
    world.paper_kind, world.paper_format = "result", "xlsx"
    _challenge(world)
    _meet(world)
    world.round = world.sheet.round


def _challenge(world):
    """Another member, challenged; and a challenge the organiser has not looked at."""
    resident = world.people["resident"]
    world.challenge = Conflict.objects.create(
        judge=make_judge(world.judged), entry=world.judged_entry, kind="challenge", ground="challenged",
        state="open", reason="지인입니다.", by=resident, at=AT,
    )  # fmt: skip
    world.challenge_note = EntryNote.objects.create(
        entry=world.judged_entry, audience="organisers", text="이심사\n\n친척입니다.", by=resident, at=AT,
        idempotency_key=uuid4(),
    )  # fmt: skip


def _meet(world):
    """A meeting of which the minutes are frozen, and an entry that is discussed in another contest."""
    world.discussed = make_entry(world.staged, state=EntryState.ACCEPTED)
    Result.objects.create(
        competition=world.staged,
        outcome={"entries": []},
        outcome_sha256="0" * 64,
        inputs_sha256="0" * 64,
        computed_at=AT,
    )
    world.meeting = Meeting.objects.create(
        competition=world.judged, number=1, title="심사 회의", held_at=AT, created_at=AT, state="prepared"
    )
    world.motion = Motion.objects.create(meeting=world.meeting, position=1, kind="other", text="정한다.")
    world.motion.outcome, world.motion.decided_at = "lost", AT
    world.motion.save()
    begun = Meeting.objects.filter(pk=world.meeting.pk)
    begun.update(state="in_session")
    close_meeting(world.meeting, remarks="논의하였다.", by=None, at=AT)


def _publish(world):
    outcome = {
        "competition": world.finished.slug,
        "method": "mean",
        "inputs_sha256": "ab" * 32,
        "entries": [],
    }
    world.result = Result.objects.create(
        competition=world.finished,
        outcome=outcome,
        outcome_sha256=content_sha256(outcome),
        inputs_sha256=outcome["inputs_sha256"],
        computed_at=AT,
        published_at=AT,
    )


def _take_back(world):
    entry = make_entry(world.finished, entrant=world.people["resident"], state=EntryState.AWARDED)
    world.award = Award.objects.create(tier=world.finished.award_tiers.first(), entry=entry, decided_at=AT)
    Revocation.objects.create(award=world.award, reason="표절", noticed_at=AT, opinion_until=AT)
    world.report = CandidateReport.objects.create(
        entry=world.judged_entry, kind="copied", text="베낀 글입니다.", at=AT, idempotency_key=uuid4()
    )
    _after_publication(world, entry)


def _after_publication(world, entry):
    resident = world.people["resident"]
    world.evidence = ReportEvidence.objects.create(
        report=world.report, name="증거.pdf", kind="pdf", size=3, sha256="0" * 64, path="gone", at=AT
    )
    world.certificate = Certificate.objects.create(
        award=world.award, person=resident, name="김가온", number="2026-0001", check_code="code-of-it",
        content_sha256="0" * 64, issued_at=AT,
    )  # fmt: skip
    world.appeal = Appeal.objects.create(
        entry=entry, text="합계가 다릅니다.", by=resident, at=AT, answer_due=AT, idempotency_key=uuid4()
    )
    world.commented = make_assignment(
        make_judge(world.finished), entry, state="signed", signed_at=AT, comment_entrant="근거가 분명합니다."
    )


def make_learning(world):
    world.group = make_learning_group()
    grant(world.people["facilitator"], Role.FACILITATOR, world.group)
    grant(world.people["other_facilitator"], Role.FACILITATOR, make_learning_group())
    world.membership = Membership.objects.create(
        group=world.group, user=world.people["resident"], joined_at=AT
    )


def make_accounts(world):
    world.department = make_department()
    world.person = make_user(Role.STAFF)
    world.grant = world.person.grants.get()
    world.job = Job.objects.create(
        kind="export_casebook", asked_by=world.people["staff"], params={"format": "json"}
    )
    world.result_job = Job.objects.create(
        kind="compute_results",
        asked_by=world.people["organiser"],
        params={"slug": world.judged.slug, "competition": world.judged.pk},
    )
    world.assigning_job = Job.objects.create(
        kind="assign_entries",
        asked_by=world.people["organiser"],
        params={"competition": world.judged.pk, "round": world.round.pk, "wanted": 2, "sha256": ""},
    )
    world.token = make_token(world.people["staff"])[0]
    world.message = make_message(world.people["staff"])
    world.unsubscribe_token = unsubscribe_token(world.person, Topic.CASEBOOK)
    Heartbeat.objects.create(name="worker", at=Now())
