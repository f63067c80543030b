"""Which column of a table fills which field of the content."""

from casebook.content import CASE, PROMPT
from casebook.content.case import AWARD, CONTACT, EFFECT
from casebook.content.prompt import ADVICE

KINDS = {
    "prompt": "prompt",
    "프롬프트": "prompt",
    "case": "case",
    "사례": "case",
    "우수사례": "case",
}
MESSAGE_ROLES = ("system", "user", "assistant")
RECORD_COLUMNS = ("kind", "external_id")

_PROMPT_COLUMNS = {
    **{name: (name,) for name in (*PROMPT.fields, *PROMPT.later)},
    **{name: ("advice", name) for name in ADVICE.fields},
    **{role: ("messages", role) for role in MESSAGE_ROLES},
}
_CASE_COLUMNS = {
    **{name: (name,) for name in CASE.fields},
    **{name: ("effect", name) for name in EFFECT.fields},
    **{name: ("contact", name) for name in CONTACT.fields},
    **{name: ("award", name) for name in AWARD.fields},
}
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {"prompt": _PROMPT_COLUMNS, "case": _CASE_COLUMNS}
ALL_COLUMNS = (*RECORD_COLUMNS, *dict.fromkeys([*_PROMPT_COLUMNS, *_CASE_COLUMNS]))

# Codes as Korean offices write them.
CODES: dict[str, dict[str, str]] = {
    "sensitivity": {"공개": "open", "비공개": "internal", "대외비": "confidential", "개인정보": "personal"},
    "channel": {"공개형 AI": "public_ai", "기관 AI": "agency_ai", "개인 기기": "on_device"},
    "method": {"측정": "measured", "추정": "estimated", "자기 보고": "self_report"},
    "stage": {
        "구상": "idea",
        "시제품": "prototype",
        "시범": "pilot",
        "운영": "service",
        "종료": "retired",
    },
    "licence": {f"공공누리 {number}유형": f"KOGL-{number}" for number in range(5)} | {"없음": "none"},
}
