"""Near-duplicates among Korean prompts: light edits are found, siblings of one family are not."""

import subprocess
import sys
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest

from casebook.search.similarity import BANDS, LONGEST, THRESHOLD, bands, shingles, similarity, text_of

PRESS = (
    "다음 {{사업 개요}}를 읽고 가온시 보도자료 초안을 작성하십시오. 첫 문단에는 누가, 언제, 무엇을 하는지 한 문장으로 "
    "적고, 둘째 문단에는 추진 배경과 기대 효과를 적습니다. 주민이 이해하기 쉬운 낱말을 쓰고 과장된 표현은 피합니다. "
    "확인하지 못한 수치는 쓰지 말고 빈칸으로 남기며, 마지막에는 담당 부서와 문의처를 넣습니다."
)
SUMMARY = (
    "아래 {{회의 녹취}}를 회의록으로 정리하십시오. 안건마다 논의한 내용, 결정된 사항, 담당자와 기한을 표로 만들고 "
    "결정되지 않은 사항은 따로 모읍니다. 발언자의 이름은 적지 말고 소속만 남깁니다. 녹취에 없는 내용을 덧붙이지 "
    "않습니다. 끝에는 다음 회의까지 할 일을 우선순위에 따라 번호로 적습니다."
)
SPEECH = (
    "{{행사 이름}}에서 시장이 읽을 기념사를 작성하십시오. 분량은 3분 안팎이며 인사, 행사의 뜻, 시민에게 드리는 약속, "
    "맺음말의 순서를 지킵니다. 듣는 사람은 {{참석자}}입니다. 어려운 한자어와 외래어를 줄이고 소리 내어 읽기 좋은 "
    "짧은 문장으로 씁니다. 특정 정당이나 단체를 떠올리게 하는 표현은 쓰지 않습니다."
)
LAW = (
    "{{질의 내용}}과 관련된 법령과 자치법규의 조문을 찾아 표로 정리하십시오. 조문 번호와 시행일을 함께 적고, 조문의 "
    "내용을 그대로 옮긴 것과 해석한 것을 구분합니다. 근거를 찾지 못하면 찾지 못했다고 씁니다. 결과는 참고 자료이며 "
    "담당자가 국가법령정보센터에서 다시 확인해야 한다는 문장을 끝에 넣습니다."
)
PROMPTS = [PRESS, SUMMARY, SPEECH, LAW]
EDITS = {
    "the same": lambda text: text,
    "spaces": lambda text: text.replace(" ", ""),
    "line breaks and punctuation": lambda text: text.replace(". ", "!\n\n- ").replace(",", " ·"),
    "a sentence added": lambda text: (
        text + " 결과는 공문서 형식에 맞추어 한글 파일로 옮길 수 있게 정리합니다."
    ),
    "a sentence left out": lambda text: ". ".join(text.split(". ")[:-1]),
    "sentences in another order": lambda text: ". ".join(reversed(text.split(". "))),
    "words swapped": lambda text: text.replace("작성하십시오", "만들어 주십시오").replace("내용", "사항"),
    "particles changed": lambda text: (
        text.replace("을 ", "도 ").replace("은 ", "이 ").replace("에는 ", "에 ")
    ),
    "a blank renamed": lambda text: text.replace("{{", "{{새 ").replace("}}", " 자료}}"),
    "decomposed and full-width": lambda text: unicodedata.normalize("NFD", text).replace("3", "３"),
}


@pytest.mark.parametrize("text", PROMPTS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_light_edit_is_found(text, edit):
    edited = edit(text)

    assert similarity(text, edited) >= THRESHOLD
    assert set(bands(text)) & set(bands(edited))


@pytest.mark.parametrize(("one", "other"), list(combinations(PROMPTS, 2)))
def test_other_prompts_are_not_alike(one, other):
    assert similarity(one, other) < THRESHOLD / 2


def test_siblings_of_one_family_are_not_copies():
    role = "당신은 {}입니다. 제가 묻는 말에 {}의 눈으로 답하고 다른 말은 덧붙이지 마십시오. "
    one = (
        role.format("법률 상담가", "법률 상담가")
        + "조문의 번호와 시행일을 반드시 밝히고 판례가 있으면 함께 적습니다."
    )
    other = (
        role.format("영양사", "영양사") + "경로당 어르신이 드실 한 주 식단을 열량과 함께 표로 보여 줍니다."
    )

    assert similarity(one, other) < THRESHOLD


def test_similarity_of_a_text_with_itself_is_one():
    assert similarity(PRESS, PRESS) == 1
    assert similarity(PRESS, SUMMARY) == similarity(SUMMARY, PRESS)


@pytest.mark.parametrize("text", ["", "  \n", "...!?"])
def test_text_without_words_is_like_nothing(text):
    assert similarity(text, text) == 0
    assert shingles(text) == set()
    assert bands(text) == []


@pytest.mark.parametrize("text", ["가", "가나다", "요약", PRESS])
def test_bands_fit_a_column_of_bigints(text):
    keys = bands(text)
    assert len(keys) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert keys == bands(text)


def test_bands_are_the_same_in_another_process():
    code = "import sys; from casebook.search.similarity import bands; print(bands(sys.argv[1]))"
    printed = subprocess.run(
        [sys.executable, "-c", code, PRESS],
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert printed.stdout.strip() == str(bands(PRESS))


def test_only_the_first_characters_of_a_long_text_count():
    assert shingles("가나다라마바사" * LONGEST) == shingles(("가나다라마바사" * LONGEST)[:LONGEST])


def test_text_of_a_prompt_is_its_title_and_messages():
    content = {
        "title": "보도자료",
        "messages": [{"role": "system", "content": "가"}, {"role": "user", "content": "나"}],
    }
    assert text_of(content) == "보도자료\n가\n나"
