"""Prompts for the tests of interchange: one full, one small, and any that hypothesis can think of."""

from hypothesis import assume
from hypothesis import strategies as st

from casebook.content import ContentRefused, clean_prompt
from casebook.interchange import Item, Source

UID = "00000000-0000-4000-8000-000000000001"
SMALL = {
    "title": "민원 회신",
    "messages": [{"role": "user", "content": "{{민원요지}}에 답하세요."}],
    "variables": [{"key": "민원요지"}],
}
FULL = {
    "title": "민원 회신 초안",
    "command": "complaint-reply",
    "summary": "도로 민원의 회신 초안을 씁니다.",
    "work_field": "민원",
    "purpose": "담당자가 다듬을 초안\n두 줄",
    "task_type": "draft",
    "audience": "민원 담당자",
    "messages": [
        {"role": "system", "content": "너는 시청 민원 담당자다.\n확인되지 않은 기한은 [확인 필요]로 쓴다."},
        {"role": "user", "content": "{{민원요지}} 말투: {{ 말투 }}"},
        {"role": "assistant", "content": "안녕하십니까."},
    ],
    "variables": [
        {
            "key": "민원요지",
            "label": "민원 요지",
            "help": "개인정보를 지운 요지",
            "type": "longtext",
            "required": True,
            "example": "보도블록\n파손",
            "max_length": 500,
            "sensitivity": "internal",
        },
        {"key": "말투", "type": "select", "options": ["정중", "간결"], "default": "정중"},
    ],
    "output_format": "공문 형식",
    "example_input": "보도블록이 깨졌습니다.",
    "example_output": "정비하겠습니다.",
    "sensitivity": "personal",
    "channel": "agency_ai",
    "advice": {"deidentify": True, "no_upload": True},
    "prohibited_inputs": "이름, 전화번호",
    "verification_checklist": ["기한 확인", "근거 확인"],
    "trust": "medium",
    "known_limitations": "법령을 틀릴 수 있다.",
    "ai_disclosure": "AI가 초안을 썼습니다.",
    "language": "ko",
    "licence": "KOGL-1",
    "ai_mark": True,
    "attribution": "가온시",
    "legal_basis": ["민원 처리에 관한 법률 제27조"],
    "tags": ["민원", "도로"],
    "model": {"name": "gpt-4o-mini", "temperature": "0.2", "top_p": "0.9", "max_tokens": "600"},
    "output_schema": '{"type": "object", "properties": {"답변": {"type": "string"}}}',
    "forked_from": {"uid": UID, "version": 2, "title": "원본", "attribution": "나온시"},
}
TESTS = (
    {
        "name": "기본",
        "inputs": {"민원요지": "파손", "말투": "정중"},
        "expected": "끝.",
        "assertions": [{"kind": "ends_with", "value": "끝."}],
        "judgement": "공손한가",
    },
)
# Signs that some format takes for its own.
NASTY = [
    "{{",
    "}}",
    "{",
    "}",
    "{%",
    "%}",
    "{#",
    "{{이름}}",
    "{{ 이름 }}",
    "{{#if x}}",
    "{{> 머리말}}",
    "\\{{> 머리말}}",
    '{{role "user"}}',
    "\\",
    "\nuser:\n",
    "\n# System: \n",
    "\n---\n",
    "+++",
    "----",
    "```",
    "<<<dotprompt:role:user>>>",
    "${env:HOME}",
    "@@@langfusePrompt:name=a@@@",
    "=1+1",
    "_x000D_",
    "'",
    '"',
    "\t",
    "\n",
    " ",
    "\u2028",
    "\u202e",
    "\u200b",
    "🎉",
    "yes",
    "1.10",
    "2026-01-01",
    "# ",
    "- ",
    ": ",
    "&a",
    "*a",
    "!t",
    "가",
    "a",
]
KEYS = ["이름", "기간", "name", "not", "self", "true", "user", "_x", "this", "if", "history"]


def item_of(given, *, tests=()):
    content = clean_prompt(given)
    return Item(content["title"], content, tuple(tests), (), Source(""))


nasty_text = st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=8).map("".join)
line = st.text(max_size=12) | nasty_text
variables = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.sampled_from(KEYS),
            "label": line,
            "help": nasty_text,
            "type": st.sampled_from(["text", "longtext", "number", "date", "select", "multiselect", "bool"]),
            "required": st.booleans(),
            "default": nasty_text | st.sampled_from(["true", "1.50", "3"]),
            "example": nasty_text,
            "options": st.lists(line.filter(str.strip), min_size=1, max_size=3),
            "max_length": st.none() | st.integers(1, 999),
            "pattern": st.sampled_from(["", "[0-9]+"]),
        }
    ),
    max_size=3,
    unique_by=lambda each: each["key"],
)


@st.composite
def items(draw):
    """Any valid prompt, with signs in its texts that are syntax elsewhere."""
    key = draw(st.sampled_from(KEYS))
    messages = draw(
        st.lists(
            st.fixed_dictionaries(
                {"role": st.sampled_from(["system", "user", "assistant"]), "content": nasty_text}
            ),
            min_size=1,
            max_size=3,
        )
    )
    messages[0]["content"] += "글{{" + key + "}}"
    parts = draw(st.sampled_from([[], [{"name": "머리말", "uid": UID, "version": 1}]]))
    given = {
        "title": draw(line.filter(str.strip)),
        "summary": draw(line),
        "purpose": draw(nasty_text),
        "work_field": draw(line),
        "messages": messages,
        "variables": draw(variables),
        "tags": draw(st.lists(line, max_size=2)),
        "output_format": draw(nasty_text),
        "channel": draw(st.sampled_from(["agency_ai", "on_device"])),
        "sensitivity": draw(st.sampled_from(["open", "internal", "confidential", "personal"])),
        "command": draw(st.sampled_from(["", "reply", "prompt-1"])),
        "output_schema": draw(
            st.sampled_from(["", "kein JSON", '{"type":"object"}', '{"name":"a","schema":{}}'])
        ),
        "model": draw(st.sampled_from([None, {"name": "m"}, {"temperature": "0.5", "max_tokens": "10"}])),
        "parts": parts,
        "reusable": draw(st.booleans()),
        "advice": {"no_upload": draw(st.booleans())},
    }
    try:
        return item_of(given, tests=draw(st.sampled_from([(), TESTS])))
    except ContentRefused:
        assume(False)
