"""What people say and keep, one saved row each."""

from uuid import uuid4

from casebook.actions.collections import add_item, create_collection
from casebook.actions.feedback import add_comment, report_problem
from tests.factories import AT


def make_comment(prompt, *, by, text="첫 문단이 잘 나옵니다.", at=AT):
    return add_comment(prompt, text, by=by, at=at, idempotency_key=uuid4())


def make_report(prompt, *, by, kind="wrong", text="근거 조문이 옛것입니다.", at=AT):
    return report_problem(prompt.current, by=by, at=at, kind=kind, text=text, idempotency_key=uuid4())


def make_collection(*records, by, title="민원 모음", sharing="private"):
    collection = create_collection(by=by, at=AT, title=title, sharing=sharing, idempotency_key=uuid4())
    for record in records:
        add_item(collection, record, at=AT)
    return collection
