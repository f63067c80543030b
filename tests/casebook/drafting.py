"""What the tests of the editor page share: a draft, and what its form sends."""

import re

from casebook.actions.drafts import save_draft
from casebook.models import PromptVersion
from casebook.writing.form import PromptForm
from tests.factories import AT, make_prompt, make_user

COMPLETE = {
    "purpose": "민원 답변의 첫 글을 쓸 때",
    "output_format": "세 문단",
    "example_input": "도로 파임 신고",
    "example_output": "안녕하십니까.",
    "verification_checklist": ["사실을 확인했는가"],
    "prohibited_inputs": "성명, 연락처",
    "licence": "KOGL-1",
    "variables": [{"key": "민원요지", "label": "민원 요지", "help": "한 줄로"}],
}


def make_draft(author=None, **fields):
    return make_prompt(by=author or make_user("staff"), **fields).versions.get()


def fields_of(version, **changes):
    """What the form of a draft sends, with changes; a change to None leaves a field out."""
    form = PromptForm(
        content=version.content, work_fields=[], revision=version.revision, note=version.note, is_new=True
    )
    fields = {name: form[name].value() for name in form.fields}
    for rows in form.rows.values():
        for row in rows:
            fields |= {f"{row.prefix}-{name}": text for name, text in row.values.items()}
    given = {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in (fields | given).items() if value not in (None, False)}


def save_elsewhere(version, **changes):
    other = PromptVersion.objects.select_related("record").get(pk=version.pk)
    content = other.content | changes
    save_draft(other, content, by=other.created_by, at=AT, revision=other.revision)
    return other


def ids_in(page):
    return set(re.findall(r'\bid="([^"]+)"', page))
