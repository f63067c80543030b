"""The demo city with something on every page, and every page of it by who looks at it."""

from urllib.parse import unquote, urlsplit
from uuid import uuid4, uuid5

from django.urls import resolve, reverse
from django.utils.timezone import now

from accounts.models import Department, Job, Topic, User
from accounts.unsubscribing import unsubscribe_address
from casebook.actions.bring_in import NAMESPACE
from casebook.actions.proposals import propose
from casebook.actions.review import send_back
from casebook.actions.versions import add_version, ask_review, publish_version
from casebook.models import (
    Case,
    CaseVersion,
    ImportPreview,
    ModelEndpoint,
    OpenTool,
    Prompt,
    PromptRun,
    PromptVersion,
    Proposal,
)
from casebook.states import VersionState
from competitions.actions.committee.invitations import invite_judge
from competitions.actions.committee.invitations import renew_invitation as renew_judge_invitation
from competitions.actions.demo.contests import load_demo
from competitions.actions.entries.consents import terms_of
from competitions.actions.entries.drafts import save_draft
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.results.advising import advise
from competitions.actions.results.results import Choice, compute, decide_awards
from competitions.actions.teams.invitations import invite, renew_invitation
from competitions.actions.teams.members import make_team
from competitions.models import (
    Assignment,
    Award,
    CallQuestion,
    CandidateReport,
    Competition,
    Conflict,
    Entry,
    Judge,
    JudgeCandidate,
    Revocation,
    SheetScan,
    Snapshot,
)
from competitions.states import CompetitionState, SheetState
from learning.models import LearningGroup
from tests.browser.after_pages import (
    NO_PAGES_AFTER,
    entrant_after_pages,
    load_after,
    organiser_after_pages,
    public_after_pages,
)
from tests.browser.blind_pages import judge_blind_pages, organiser_blind_pages
from tests.browser.community_pages import (
    editor_pages,
    load_community,
    public_pages,
    resident_pages,
    staff_pages,
)
from tests.browser.deciding_pages import (
    judge_deciding_pages,
    load_deciding,
    organiser_deciding_pages,
)
from tests.browser.round_pages import (
    judge_round_pages,
    load_rounds,
    organiser_round_pages,
    public_round_pages,
    resident_round_pages,
)
from tests.casebook.exchanging import LOGIC, make_preview, packed, prompty
from tests.competitions.jury import make_published_competition, make_scored_competition
from tests.competitions.similar_entries import snapshot_of
from tests.competitions.test_candidate_reports import make_verified, reported
from tests.competitions.test_revocation_views import decided as decide_revocation_of
from tests.competitions.test_revocation_views import make_award, noticed
from tests.config.url_table import ROWS
from tests.factories import (
    entry_content,
    make_candidate,
    make_case,
    make_closed_competition,
    make_competition,
    make_endpoint,
    make_entry,
    make_judge,
    make_message,
    make_prompt,
    make_question,
    make_run,
    make_test,
    make_token,
    prompt_content,
)

VISITOR = "visitor"
JUDGED_AND_OVER = "결과를 발표한 공모전"
ANSWERS = {"link": "거주", "published": "없음", "ai_help": "초안을 고칠 때"}  # to the residents' call
# Files, and parts of a page.
NO_PAGES = NO_PAGES_AFTER | {
    "casebook:import_part",
    "casebook:write_find",
    "healthz",
    "job_part",
    "competitions:result_job",
    "competitions:result_progress",
    "competitions:organise_assigning_job",
    "competitions:results_file",
    "competitions:verify_results",
    "competitions:organise_call_file",
    "competitions:organise_import_template",
    "competitions:receipt_pdf",
    "competitions:judge_letter",
    "competitions:organise_member_letter",
    "competitions:poster",
    "competitions:calendar",
    "competitions:follow_call",
    "competitions:follow_calls",
    "competitions:submission",
    "competitions:upload",
    "competitions:files_part",
    "competitions:stage_part",
    "competitions:judging_now_part",
    "competitions:judging_proof_file",
    "competitions:minutes_pdf",
    "competitions:judging_workbook",
    "competitions:judging_papers",
    "competitions:organise_workbook",
    "competitions:organise_workbooks",
    "competitions:organise_scan",
    "competitions:organise_sheet_document",
}


def load():
    load_demo(at=now())
    changed = _changed_prompt()
    Prompt.objects.filter(pk=changed.pk).update(review_by="2026-01-02")
    _test_prompt(changed)
    load_community(changed, **{role: person(role) for role in ("staff", "editor", "resident")})
    load_rounds(organiser=person("organiser"), judge=person("judge"))
    load_deciding(organiser=person("organiser"), judge=person("judge"))
    _hand_in(person("resident"))
    _hand_in(person("staff"))
    for record in (make_prompt(title="검토를 기다리는 프롬프트"), make_case(title="검토를 기다리는 사례")):
        ask_review(record.versions.get(), by=None, at=now())
    make_token(person("staff"))
    make_message(person("staff"), subject="승인되었습니다: 민원 답변 초안", link="/prompts/")
    _prompt_of_steps()
    _draft_sent_back()
    _file_to_import()
    for state in Job.State:
        Job.objects.create(
            kind="export_casebook",
            params={"format": "json"},
            asked_by=person("staff"),
            state=state,
            progress=40,
            result="jobs/book.json",
            result_name="book.json",
            error="파일을 쓰지 못했습니다." if state == Job.State.FAILED else "",
        )
    compute(_contest("judging"), by=person("organiser"), at=now())
    advise(_contest("judging"))
    for fields in ({"answered": True}, {"is_public": False}, {"removed_at": now()}):
        make_question(_contest("announced"), by=person("resident"), asked_at=now(), **fields)
    make_competition(title="준비하는 공모전", state=CompetitionState.DRAFT)
    closed = make_entry(make_closed_competition(title="마감된 공모전"), state="submitted")
    alike = Prompt.objects.get(title="단계가 있는 프롬프트")
    closed.similarities.create(prompt=alike, kind="passage", share="0.21", found_at=now())
    for number, title in ((1, "처음 낸 응모작"), (2, "고쳐 낸 응모작")):
        closed.snapshot = snapshot_of(closed, entry_content(title=title), number=number)
    closed.flags = ["similar"]
    closed.save()
    closed.notes.create(audience="organisers", text="원문을 확인했습니다.", at=now(), idempotency_key=uuid4())
    _ask_judges()
    decided = make_scored_competition(E1=("20", "40"), E2=("10", "30"), E3=None)
    compute(decided, by=None, at=now())
    decide_awards(decided, {"E1": Choice("grand")}, by=None, at=now())
    over = make_published_competition(by=None, E1=("20", "40"), E2=("10", "30"))
    Competition.objects.filter(pk=over.pk).update(title=JUDGED_AND_OVER)
    over.judges.update(user=person("judge"))
    reported(make_verified(1).entries.get(code="E1"), by=person("staff"))
    noticed(make_award(entrant=person("staff")))
    decide_revocation_of(make_award())
    load_after(entrant=person("staff"), organiser=person("organiser"))
    _conflicts(_contest("judging"))


def _ask_judges():
    """A pool, a member with a letter and a tie, and an invitation that waits."""
    closed = Competition.objects.get(title="마감된 공모전")
    for side, field in (("private", "인공지능"), ("public", "행정")):
        make_candidate(side=side, field=field, organisation="가온대학교", added_at=now())
    member = make_judge(
        closed, user=person("judge"), side="private", is_chair=True, letter_number="2026-001-01"
    )
    member.relations.create(kind="colleague", name="홍길동", organisation="가온시 총무과", at=now())
    invite_judge(closed, by=None, at=now(), email="asked@example.org", name="초대 위원", side="public")


def committee_pages():
    """Of the organiser."""
    closed = Competition.objects.get(title="마감된 공모전")
    members = [
        reverse("competitions:organise_member", args=[closed.slug, each.pk]) for each in closed.judges.all()
    ]
    return [
        reverse("competitions:judge_pool"),
        reverse("competitions:judge_pool_new"),
        reverse("competitions:judge_candidate", args=[JudgeCandidate.objects.first().pk]),
        *members,
        reverse("competitions:organise_member_leave", args=[closed.slug, closed.judges.first().pk]),
        *_tabs(closed, "invite_judge", "pick_judges"),
        reverse("competitions:organise_pick_judges", args=[closed.slug]) + "?size=4",
    ]


def invitation_to_judge():
    """A new secret: of the first one only the hash is kept."""
    judge = Judge.objects.get(email="asked@example.org")
    _judge, secret = renew_judge_invitation(judge, by=None, at=now())
    return reverse("competitions:judge_invitation", args=[secret])


def _conflicts(competition):
    """Of every state; a challenge that the judge votes on, and one the organiser has not looked at."""
    first, second = competition.entries.order_by("code")[:2]
    own = {"by": person("resident"), "at": now()}
    other = make_judge(competition, name="이심사")
    for entry, state in ((first, "standing"), (second, "dismissed")):
        decided = {"decision": "다른 과로 옮겼습니다.", "decided_at": now()} if state == "dismissed" else {}
        other.conflicts.create(
            entry=entry,
            kind="exclusion",
            ground="department",
            state=state,
            reason="민원과",
            at=now(),
            **decided,
        )
    challenged = {
        "kind": "challenge",
        "ground": "challenged",
        "state": "open",
        "reason": "이심사\n\n친척입니다.",
    }
    mine = make_entry(
        competition, entrant=person("staff"), state="accepted", code="E-기피", title="기피를 신청한 응모작"
    )
    other.conflicts.create(entry=mine, **challenged | own)
    mine.notes.create(
        audience="organisers",
        text="박심사\n\n동업자입니다.",
        by=person("staff"),
        at=now(),
        idempotency_key=uuid4(),
    )


def _challenging():
    """The entry that challenges a judge."""
    return Entry.objects.get(title="기피를 신청한 응모작")


def _file_to_import():
    """A zip with a new, a refused and a changed prompt."""
    make_prompt(title="가", uid=uuid5(NAMESPACE, "prompt:prompty:나/1"))
    files = {"가.prompty": prompty("가"), "나.prompty": prompty("나"), "다.prompty": LOGIC}
    make_preview(person("editor"), packed(files), "prompts.zip")


def _prompt_of_steps():
    """A step with every kind of blank and a tool to open, before one that a person lets open."""
    kinds = ("text", "longtext", "number", "date", "select", "multiselect", "bool")
    blanks = [
        {
            "key": kind,
            "label": kind,
            "type": kind,
            "options": ["하나", "둘"],
            "example": "하나",
            "help": "도움말",
        }
        | {"required": True, "max_length": 10, "sensitivity": "internal"}
        for kind in kinds
    ]
    text = [
        {"role": role, "content": " ".join(f"{{{{{kind}}}}}" for kind in kinds)}
        for role in ("system", "user")
    ]
    inside = {"sensitivity": "internal", "channel": "agency_ai", "prohibited_inputs": "이름"}
    held = make_prompt(
        published=True, title="빈칸이 많은 프롬프트", messages=text, variables=blanks, **inside
    )
    step = {"title": "단계", "prompt": {"uid": str(held.uid), "version": 1}, "gate": "human", "check": "확인"}
    make_prompt(published=True, title="단계가 있는 프롬프트", messages=[], steps=[step, step])


def _draft_sent_back():
    """A draft of staff with rows of every kind, findings of every severity, and an editor's remarks."""
    part = make_prompt(published=True, title="공통 인사말", reusable=True)
    held = {"uid": str(part.uid), "version": 1}
    record = make_prompt(
        title="쓰고 있는 프롬프트",
        by=person("staff"),
        sensitivity="internal",
        messages=[{"role": "system", "content": "{{> 인사}} ${이름}"}, {"content": "{{종류}} {{민원 요지}}"}],
        variables=[
            {"key": "종류", "type": "select", "options": ["가", "나"]},
            {"key": "옛것", "help": "설명"},
        ],
        parts=[{"name": "인사", **held}],
        steps=[{"title": "다듬기", "prompt": held, "gate": "human"}],
    )
    version = record.versions.get()
    ask_review(version, by=person("staff"), at=now())
    remarks = [
        {"path": "messages.0.content", "text": "높임말로 써 주세요."},
        {"path": "purpose", "text": "비었습니다."},
    ]
    send_back(version, by=person("editor"), at=now(), reason="출력 예시가 있어야 합니다.", remarks=remarks)


def _draft(name):
    return reverse(
        f"casebook:{name}", args=[PromptVersion.objects.get(record__title="쓰고 있는 프롬프트").pk]
    )


def _changed():
    return Prompt.objects.get(title="고쳐 쓴 프롬프트")


def _changed_prompt():
    """A prompt with two published versions, a third in review and a proposal that no longer fits."""
    texts = [
        f"민원 내용을 요약해 주세요.\n{words}\n높임말로 쓰세요."
        for words in ("세 줄로", "네 줄로", "다섯 줄로")
    ]
    contents = [prompt_content(title="고쳐 쓴 프롬프트", messages=[{"content": text}]) for text in texts]
    record = make_prompt(published=True, **{name: contents[0][name] for name in ("title", "messages")})
    proposed = {"by": person("staff"), "at": now(), "note": "줄 수를 바꿉니다.", "idempotency_key": uuid4()}
    propose(record.current, contents[2], **proposed)
    for content in contents[1:]:
        version = add_version(record, content, by=person("staff"), at=now(), note="줄 수를 늘렸습니다.")
        ask_review(version, by=person("staff"), at=now())
        if content is contents[1]:
            publish_version(version, by=person("editor"), at=now())
    return record


def _test_prompt(prompt):
    """Test cases with good, bad and waiting answers to both versions."""
    asked = make_test(prompt, name="가로등 고장", judgement="말투가 정중합니까?", created_by=person("staff"))
    make_test(prompt, name="아직 시험하지 않은 사례")
    for version in prompt.versions.filter(state=VersionState.PUBLISHED):
        for passed in (True, False, None):
            make_run(version, asked, passed=passed, tester=person("staff"), at=now())
    make_endpoint(name="가온시 AI")


def _hand_in(user):
    """An entry with two receipts, in the contest that is open; anybody may enter it here."""
    competition = _contest("announced")
    Competition.objects.filter(pk=competition.pk).update(eligibility={})
    entry = Entry.objects.filter(competition=competition, entrant=user).first()
    for title in ("처음 낸 응모작", "고쳐 낸 응모작"):
        entry = save_draft(
            competition,
            entry_content(title=title) | {"answers": ANSWERS},
            by=user,
            at=now(),
            track=competition.tracks.first(),
            idempotency_key=uuid4(),
            entry=entry,
            revision=entry.revision if entry else 0,
        )
        submit_entry(entry, by=user, consents=[term.purpose for term in terms_of(competition)])
        entry.refresh_from_db()


def person(role):
    return User.objects.get(email=f"{role}@demo.example")


def _contest(state):
    """The first in this state; the demo has one announced, one in judging and one published."""
    return Competition.objects.filter(state=CompetitionState(state)).order_by("pk")[0]


def pages():
    """Return role -> addresses of every page worth looking at."""
    return {
        VISITOR: _public(),
        "resident": _resident(),
        "staff": _staff(),
        "judge": _judge(),
        "organiser": _organiser(),
        "facilitator": _facilitator(),
        "editor": _editor(),
        "administrator": _administrator(),
    }


def _public():
    case = Case.objects.exclude(origin_path="").filter(current__isnull=False).first()
    prompt = Prompt.objects.exclude(current=None).first()
    return [
        "/",
        "/prompts/",
        "/prompts/?q=민원&sort=title",
        prompt.get_absolute_url(),
        Prompt.objects.get(title="단계가 있는 프롬프트").get_absolute_url(),
        reverse("casebook:prompt_text", args=[Prompt.objects.get(title="빈칸이 많은 프롬프트").slug]),
        reverse("casebook:versions", args=[_changed().slug]),
        reverse("casebook:compare", args=[_changed().slug]),
        reverse("casebook:prompt_export", args=[_changed().slug]) + "?format=librechat",
        *_evidence("tests", "test_compare", "runs"),
        *public_pages(_changed()),
        *public_round_pages(),
        *public_after_pages(),
        invitation_to_judge(),
        reverse(
            "casebook:run",
            args=[_changed().slug, PromptRun.objects.filter(version__record=_changed()).earliest("pk").pk],
        ),
        "/cases/",
        case.get_absolute_url(),
        "/search/?q=민원",
        "/search/?q=없는낱말입니다",
        "/editions/",
        "/competitions/",
        "/receipts/",
        reverse("competitions:check_receipt", args=[Snapshot.objects.earliest("pk").receipt_number]),
        *(_contest(state).get_absolute_url() for state in ("announced", "judging", "published")),
        reverse("competitions:results", args=[_contest("published").slug]),
        _contest("verification").get_absolute_url(),
        reverse("competitions:results", args=[_cancelled().slug]),
        _questions(),
        "/learning/",
        _group("group"),
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        *_about(),
    ]


def _questions():
    return reverse("competitions:questions", args=[_contest("announced").slug])


def _about():
    """Pages that only say something."""
    names = ("help", "accessibility", "licence", "account_inactive", "account_email_verification_sent")
    resets = ("account_reset_password_done", "account_reset_password_from_key_done")
    return [
        *(reverse(name) for name in (*names, *resets)),
        reverse("account_reset_password_from_key", args=["1", "used-up"]),
        unsubscribe_address(person("staff"), Topic.CASEBOOK),
        reverse("account_confirm_email", args=["used-up"]),
    ]


def _evidence(*names):
    return [reverse(f"casebook:{name}", args=[_changed().slug]) for name in names]


def _cancelled():
    """The contest of which an award was cancelled."""
    return Revocation.objects.get(is_upheld=True).award.tier.competition


def _noticed():
    """What a winner has notice of; nothing is decided yet."""
    return Revocation.objects.get(decided_at=None)


def _resident():
    entry = Entry.objects.get(entrant=person("resident"))
    return [
        "/",
        *resident_pages(_changed()),
        *resident_round_pages(),
        "/entries/",
        entry.get_absolute_url(),
        reverse("competitions:receipt", args=[entry.pk]),
        reverse("competitions:withdraw", args=[entry.pk]),
        reverse("competitions:review_entry", args=[entry.pk]),
        reverse("competitions:team", args=[entry.pk]),
        _questions(),
        _contest("announced").get_absolute_url(),
        reverse("competitions:report_candidate", args=[_contest("verification").slug]),
        "/accounts/profile/",
        "/accounts/access/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ]


def _invitation():
    """The page of an invitation that waits for an answer."""
    leader = person("resident")
    entry = make_team(Entry.objects.get(entrant=leader), name="골목길", by=leader, at=now())
    waiting = entry.members.filter(state="invited").first()
    again = {"by": leader, "at": now()}
    _member, secret = renew_invitation(waiting, **again) if waiting else invite(entry, **again)
    return reverse("competitions:invitation", args=[secret])


def _staff():
    token = person("staff").tokens.get()
    return [
        reverse("competitions:entry_revocation", args=[_noticed().award.entry_id]),
        *entrant_after_pages(),
        _invitation(),
        reverse("competitions:challenge", args=[_challenging().pk]),
        "/write/",
        "/write/new/",
        _draft("draft"),
        _draft("draft_discard"),
        "/accounts/messages/",
        reverse("message", args=[person("staff").messages.latest("pk").pk]),
        "/accounts/messages/settings/",
        "/accounts/tokens/",
        reverse("token_revoke", args=[token.pk]),
        reverse("casebook:propose", args=[_changed().slug]),
        *_evidence("tests", "test_new", "run_new"),
        *staff_pages(_changed()),
        reverse("casebook:test_edit", args=[_changed().slug, _changed().tests.first().pk]),
        "/editions/",
        "/jobs/",
        *(reverse("job", args=[job.pk]) for job in Job.objects.filter(asked_by=person("staff"))),
    ]


def _judge():
    sheets = Assignment.objects.filter(judge__user=person("judge"))
    started = sheets.filter(state__in=[SheetState.STARTED, SheetState.ASSIGNED]).last()
    signed = sheets.filter(state=SheetState.SIGNED).first()
    return [
        "/judging/",
        "/judging/challenges/",
        reverse("competitions:judging_challenge", args=[_challenging().conflicts.get().pk]),
        *judge_round_pages(),
        *judge_deciding_pages(),
        *judge_blind_pages(person("judge")),
        reverse("competitions:judging_sheet", args=[started.pk]),
        reverse("competitions:judging_sign", args=[started.pk]),
        reverse("competitions:judging_recuse", args=[started.pk]),
        reverse("competitions:judge_ties", args=[Competition.objects.get(title="마감된 공모전").slug]),
        *(
            [reverse(f"competitions:{name}", args=[signed.pk]) for name in ("judging_sheet", "judging_proof")]
            if signed
            else []
        ),
        f"{reverse('competitions:judging_sign_many')}?sheets={started.pk}",
        reverse("competitions:judging_in_file", args=[Competition.objects.get(title=JUDGED_AND_OVER).slug]),
    ]


def _organiser():
    judged, closed = _contest("judging"), Competition.objects.get(title="마감된 공모전")
    judge = Judge.objects.filter(competition=judged).first()
    entry = closed.entries.get()
    return [
        "/organise/",
        "/organise/new/",
        "/organise/start/",
        *organiser_round_pages(),
        *organiser_deciding_pages(),
        *organiser_blind_pages(),
        *_tabs(judged, "competition", "entries", "committee", "result", "rules"),
        *_tabs(closed, "competition", "entries", "committee", "cancel", "export", "import_entries"),
        *_tabs(_contest("published"), "competition", "result", "forgetting"),
        *_tabs(_contest("verification"), "result", "reports", "rules"),
        *_after_judging(),
        *organiser_after_pages(),
        *_conflict_pages(judged),
        *_tabs(_contest("decided"), "competition", "result"),
        *_tabs(_contest("draft"), "competition", "edit", "rules", "alike"),
        *_tabs(_contest("announced"), "questions"),
        *(
            reverse("competitions:organise_question", args=[each.competition.slug, each.pk])
            for each in CallQuestion.objects.filter(competition=_contest("announced")).order_by("pk")[:2]
        ),
        *_tabs(_contest("announced"), "letters", "write_letter", "tell_departments", "outbox"),
        reverse("competitions:organise_letter_words", args=[closed.slug, "entry.received"]),
        reverse("competitions:organise_assignments", args=[judged.slug, judge.pk]),
        reverse("competitions:organise_sheets", args=[judged.slug]),
        *_tabs(judged, "paper", "import_sheets", "export_sheets"),
        reverse("competitions:organise_remove_scan", args=[judged.slug, _scan(judged).pk]),
        *_tabs(judged, "standings", "firmness"),
        reverse("competitions:organise_round", args=[judged.slug, judged.rounds.first().code]),
        *(
            reverse("competitions:organise_reopen_sheet", args=[judged.slug, sheet.pk])
            for sheet in Assignment.objects.filter(judge=judge, state=SheetState.SIGNED)[:1]
        ),
        reverse("competitions:organise_hand_over", args=[judged.slug, judge.pk]),
        reverse("competitions:organise_import_assignments", args=[judged.slug]),
        reverse("competitions:organise_assign_automatically", args=[judged.slug, judged.rounds.first().code])
        + "?wanted=2",
        *committee_pages(),
        reverse("competitions:organise_entry", args=[closed.slug, entry.pk]),
        reverse("competitions:organise_similar", args=[closed.slug, entry.pk]),
        reverse("competitions:organise_versions", args=[closed.slug, entry.pk]),
        reverse(
            "competitions:organise_similarity", args=[closed.slug, entry.pk, entry.similarities.get().pk]
        ),
    ]


def _scan(competition):
    """A scan of signed sheets on paper; its bytes are nowhere."""
    judge = competition.judges.first()
    given = {"kind": "pdf", "size": 48_000, "sha256": "5e" * 32, "path": "sheets/none", "at": now()}
    return SheetScan.objects.create(judge=judge, name="서명한 심사표.pdf", **given)


def _after_judging():
    """A report of a candidate, and the three steps of cancelling an award."""
    report = CandidateReport.objects.latest("pk")
    untouched = Award.objects.filter(tier__competition=_contest("published"), revocation=None).first()
    awards = [untouched, *(row.award for row in Revocation.objects.order_by("pk"))]
    return [
        reverse("competitions:organise_report", args=[report.entry.competition.slug, report.pk]),
        *(
            reverse("competitions:organise_revoke", args=[award.tier.competition.slug, award.pk])
            for award in awards
        ),
    ]


def _conflict_pages(competition):
    conflicts = Conflict.objects.filter(judge__competition=competition).order_by("pk")
    return [
        *_tabs(competition, "conflicts", "add_conflict"),
        *(reverse("competitions:organise_conflict", args=[competition.slug, row.pk]) for row in conflicts),
        reverse("competitions:organise_challenge", args=[competition.slug, _challenging().notes.get().pk]),
    ]


def _tabs(competition, *names):
    return [reverse(f"competitions:organise_{name}", args=[competition.slug]) for name in names]


def _facilitator():
    return [_group("group"), _group("edit"), "/entries/", "/jobs/", _enter()]


def _enter():
    return reverse("competitions:enter", args=[_contest("announced").slug])


def _group(name):
    return reverse(f"learning:{name}", args=[LearningGroup.objects.get().slug])


def _editor():
    kinds = (("prompt", PromptVersion), ("case", CaseVersion))
    waiting = [
        (kind, row) for kind, rows in kinds for row in rows.objects.filter(state=VersionState.IN_REVIEW)
    ]
    proposal = Proposal.objects.get(prompt=_changed())
    return [
        *editor_pages(_changed()),
        "/desk/",
        "/desk/again/",
        "/proposals/",
        reverse("casebook:proposal", args=[proposal.pk]),
        reverse("casebook:proposal", args=[proposal.pk]) + "?edit=1",
        reverse("casebook:label", args=[proposal.prompt.slug]) + "?version=1",
        *(reverse("casebook:review", args=[kind, version.pk]) for kind, version in waiting),
        "/editions/",
        "/editions/import/",
        *_preview_pages(),
    ]


def _preview_pages():
    preview = ImportPreview.objects.get(by=person("editor"))
    changed, refused = (each for each in preview.report["items"] if each["outcome"] != "new")
    return [
        reverse("casebook:import_preview", args=[preview.pk]),
        reverse("casebook:import_preview", args=[preview.pk]) + f"?show={refused['outcome']}",
        reverse("casebook:import_item", args=[preview.pk, changed["n"]]),
    ]


def _administrator():
    return [
        "/accounts/people/",
        reverse("person", args=[person("staff").pk]),
        "/accounts/departments/",
        reverse("department", args=[Department.objects.first().pk]),
        "/accounts/audit/",
        "/tools/",
        reverse("casebook:tool", args=[OpenTool.objects.first().pk]),
        "/tools/endpoints/",
        "/tools/endpoints/new/",
        reverse("casebook:endpoint", args=[ModelEndpoint.objects.get().pk]),
        "/learning/new/",
    ]


def names_of_pages():
    """Names of all addresses that show somebody a page."""
    shown = {key.split()[0] for key, row in ROWS.items() if 200 in row.get.values()}
    return {name for name in shown if not name.startswith("api:")} - NO_PAGES


def names_looked_at():
    addresses = [unquote(urlsplit(address).path) for own in pages().values() for address in own]
    return {resolve(address).view_name for address in addresses}


def refused():
    """Return (role, address, button) of forms that refuse to be sent with nothing in them."""
    sheet = Assignment.objects.filter(judge__user=person("judge"), state=SheetState.ASSIGNED).first()
    return [
        (VISITOR, "/accounts/login/", "Log in"),
        (VISITOR, "/accounts/signup/", "Sign up"),
        ("staff", "/accounts/tokens/", "Make the token"),
        ("staff", _draft("draft"), "Ask for review"),
        ("staff", reverse("casebook:propose", args=[_changed().slug]), "Show what changes"),
        ("facilitator", f"{_enter()}#review", "Submit"),
        ("judge", reverse("competitions:judging_sheet", args=[sheet.pk]), "Go on to sign"),
        ("organiser", "/organise/new/", "Save as a draft"),
        ("editor", "/editions/import/", "Look through the file"),
        ("administrator", "/learning/new/", "Save"),
        ("administrator", "/tools/", "Add"),
    ]


def asking():
    """The address of a page whose main button asks back."""
    return _tabs(_contest("draft"), "competition")[0]
