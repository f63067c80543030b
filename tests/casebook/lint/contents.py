from casebook.content import clean_prompt

FINISHED = {
    "title": "민원 회신 초안",
    "summary": "민원에 대한 회신 초안을 씁니다.",
    "messages": ["{{민원요지}}에 대한 회신을 쓰세요."],
    "variables": [{"key": "민원요지", "label": "민원 요지", "example": "보도블록이 깨졌습니다."}],
    "output_format": "다섯 문장",
    "example_input": "보도블록이 깨졌습니다.",
    "example_output": "불편을 드려 죄송합니다.",
    "verification_checklist": ["근거 조항을 확인했다"],
    "licence": "KOGL-1",
}
PART_UID = "00000000-0000-4000-8000-000000000001"
STEP_UID = "00000000-0000-4000-8000-000000000002"
OWN_UID = "00000000-0000-4000-8000-000000000003"


def content(**changes):
    """A finished prompt in which lint finds nothing, with changes."""
    return clean_prompt({**FINISHED, **changes}, draft=True)


def text_of(*texts, **changes):
    """The same with other messages and no blanks described."""
    return content(messages=list(texts), **{"variables": [], **changes})


def blank(**details):
    """The same with one blank, used in the text."""
    variable = {"key": "값", **details}
    return content(messages=["{{값}}을 쓰세요."], variables=[variable])


def with_part(**changes):
    return content(
        messages=["{{> 머리말}} {{민원요지}}"],
        **{"parts": [{"name": "머리말", "uid": PART_UID, "version": 1}], **changes},
    )
