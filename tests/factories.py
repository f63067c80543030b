"""Plain factories: each makes one saved row with sensible values, to be overridden by keyword."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from accounts.actions.tokens import make_token as create_token
from accounts.models import AccessToken, Department, Government, Message, RoleGrant, User
from accounts.permissions import scope_of
from casebook.actions.versions import ask_review, create_record, publish_version
from casebook.content import clean_case, clean_prompt
from casebook.models import ModelEndpoint, PromptRun, PromptTest, WorkField
from competitions.models import (
    Assignment,
    Attachment,
    AwardTier,
    CallQuestion,
    Competition,
    Criterion,
    Entry,
    Judge,
    JudgeCandidate,
    Round,
    Track,
)
from competitions.states import CompetitionState, EntryState
from learning.models import LearningGroup

AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
_numbers = count(1)
PASSWORD = "long-enough-9041"


def make_user(*roles, email=None, name="시험 사용자", **fields):
    """A person with site-wide roles."""
    user = User(email=email or f"user{next(_numbers)}@example.org", name=name, **fields)
    user.set_unusable_password()
    user.save()
    for role in roles:
        grant(user, role)
    return user


def grant(user, role, target=None):
    scope = scope_of(target) if target else ""
    user.__dict__.pop("_grants", None)
    return RoleGrant.objects.create(user=user, role=role, scope=scope, granted_at=AT)


def make_token(user, **fields):
    """Return (token, secret) of a person, valid until far in the future."""
    values = {
        "name": "사무실 PC",
        "scopes": list(AccessToken.Scope),
        "expires_at": datetime(2099, 1, 1, tzinfo=UTC),
        "idempotency_key": uuid4(),
        "at": AT,
    }
    return create_token(**values | fields, by=user)


def make_message(person, **fields):
    """A message to a person, not read and not sent."""
    number = next(_numbers)
    values = {
        "kind": "test",
        "topic": "casebook",
        "subject": f"알림 {number}",
        "body": "본문",
        "key": f"test:{number}",
    }
    return Message.objects.create(person=person, email=person.email, **values | fields)


def make_department(name="민원과", **fields):
    number = next(_numbers)
    return Department.objects.create(code=f"d{number}", name=f"{name}{number}", **fields)


def make_government(**fields):
    return Government.objects.create(**{"name": f"가온시{next(_numbers)}", "is_self": True} | fields)


def make_work_field(name="민원", **fields):
    number = next(_numbers)
    return WorkField.objects.create(**{"code": f"{name}{number}", "name": name} | fields)


def prompt_content(**fields):
    title = fields.pop("title", f"민원 답변 초안 {next(_numbers)}")
    message = {"role": "user", "content": "{{민원요지}}에 대한 답변을 써 주세요."}
    return clean_prompt({"title": title, "summary": "답변 초안을 만듭니다.", "messages": [message]} | fields)


def case_content(**fields):
    title = fields.pop("title", f"민원 답변 시간 단축 {next(_numbers)}")
    return clean_case(
        {
            "title": title,
            "summary": "답변 시간이 줄었습니다.",
            "problem": "오래 걸렸습니다.",
            "approach": "프롬프트를 썼습니다.",
        }
        | fields
    )


def make_prompt(*, published=False, by=None, uid=None, **fields):
    content = prompt_content(**fields)
    record = create_record("prompt", content, by=by, at=AT, uid=uid)
    return _published(record) if published else record


def make_case(*, published=False, by=None, **fields):
    record = create_record("case", case_content(**fields), by=by, at=AT)
    return _published(record) if published else record


def _published(record):
    version = record.versions.get()
    ask_review(version, by=None, at=AT)
    publish_version(version, by=None, at=AT)
    record.refresh_from_db()
    return record


def make_test(prompt, **fields):
    """A test case of a prompt that asks for one word in the answer."""
    values = {
        "name": f"시험 {next(_numbers)}",
        "inputs": {"민원요지": "가로등 고장"},
        "assertions": [{"kind": "contains", "value": "가로등"}],
        "created_at": AT,
    }
    return PromptTest.objects.create(prompt=prompt, **values | fields)


def make_run(version, test, **fields):
    values = {
        "model": "가온 모델",
        "ran_on": AT.date(),
        "mode": PromptRun.Mode.PASTED,
        "output": "가로등을 고치겠습니다.",
        "verdicts": [{"kind": "contains", "value": "가로등", "passed": True}],
        "passed": True,
        "at": AT,
    }
    return PromptRun.objects.create(version=version, test=test, **values | fields)


def make_endpoint(**fields):
    values = {
        "name": f"기관 AI {next(_numbers)}",
        "base_url": "https://ai.example.go.kr/v1",
        "model": "가온-1",
        "channel": "agency_ai",
        "is_enabled": True,
        "created_at": AT,
    }
    return ModelEndpoint.objects.create(**values | fields)


def make_competition(*, state=CompetitionState.ANNOUNCED, opens_at=None, closes_at=None, **fields):
    """An announced competition that opened in the past and closes far in the future, with one track,
    one round, two criteria (40 and 60 points) and two award tiers."""
    number = next(_numbers)
    values = {
        "slug": f"공모전-{number}",
        "title": f"프롬프트 공모전 {number}",
        "kind": Competition.Kind.RESIDENT,
        "call": "## 목적\n\n좋은 프롬프트를 찾습니다.",
        "created_at": AT,
        "announced_at": AT,
        "opens_at": opens_at or AT - timedelta(days=10),
        "closes_at": closes_at or datetime(2099, 1, 1, tzinfo=UTC),
        "state": state,
    }
    if state == CompetitionState.PUBLISHED:
        values["published_at"] = AT
    competition = Competition.objects.create(**values | fields)
    Track.objects.create(competition=competition, code="a", name="주민 부문")
    written = Round.objects.create(competition=competition, code="written", name="서면 심사")
    Criterion.objects.create(round=written, code="idea", name="창의성", max_points=Decimal(40), position=1)
    Criterion.objects.create(round=written, code="effect", name="효과", max_points=Decimal(60), position=2)
    AwardTier.objects.create(competition=competition, code="grand", name="대상", count=1, position=1)
    AwardTier.objects.create(competition=competition, code="good", name="우수", count=1, position=2)
    return competition


def make_closed_competition(**fields):
    return make_competition(closes_at=AT - timedelta(days=1), **fields)


def entry_content(**fields):
    return {"case": case_content(**fields), "prompts": [prompt_content()]}


def make_entry(competition, *, entrant=None, state=EntryState.DRAFT, **fields):
    """An entry in any state, without going through the acts; `submitted_at` is set past draft."""
    number = next(_numbers)
    content = entry_content()
    values = {
        "track": competition.tracks.first(),
        "title": content["case"]["title"],
        "draft": content,
        "created_at": AT,
        "saved_at": AT,
    }
    if state != EntryState.DRAFT:
        values |= {"code": f"E{number}", "submitted_at": AT}
    if state == EntryState.DISQUALIFIED:
        values["decision_reason"] = "표절"
    if state == EntryState.RETURNED:
        values |= {
            "correction_due": AT + timedelta(days=3),
            "correction_note": "동의서를 다시 올려 주십시오.",
        }
    return Entry.objects.create(
        **{"competition": competition, "entrant": entrant, "state": state} | values | fields
    )


def make_attachment(entry, **fields):
    """A file of 1,000 bytes of which nothing has come yet."""
    values = {"name": f"자료 {next(_numbers)}.pdf", "size": 1000, "started_at": AT}
    return Attachment.objects.create(**{"entry": entry} | values | fields)


def make_question(competition, *, by=None, answered=False, **fields):
    """A question about the call, asked in public; answered or waiting."""
    number = next(_numbers)
    values = {"text": f"몇 명까지 됩니까? {number}", "asked_at": AT, "idempotency_key": uuid4()}
    if answered:
        values |= {"answer": f"네 명까지 됩니다. {number}", "answered_at": AT}
    return CallQuestion.objects.create(**{"competition": competition, "asked_by": by} | values | fields)


def make_judge(competition, *, user=None, **fields):
    """A member of the committee; one with an account has made the judges' pledge."""
    number = next(_numbers)
    values = {"code": f"J{number}", "name": "심사위원", "user": user, "pledged_at": AT if user else None}
    return Judge.objects.create(**{"competition": competition} | values | fields)


def make_candidate(**fields):
    """Somebody of the pool of judges."""
    number = next(_numbers)
    values = {"name": f"위원 후보 {number}", "email": f"candidate{number}@example.org", "side": "private"}
    return JudgeCandidate.objects.create(**values | {"added_at": AT} | fields)


def make_assignment(judge, entry, **fields):
    return Assignment.objects.create(
        **{"judge": judge, "entry": entry, "round": entry.competition.rounds.first()} | fields
    )


def make_learning_group(**fields):
    number = next(_numbers)
    day = AT.date()
    return LearningGroup.objects.create(
        **{"slug": f"모임-{number}", "title": f"학습모임 {number}", "starts_on": day, "ends_on": day} | fields
    )
