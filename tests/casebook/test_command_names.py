import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.content import clean_prompt
from casebook.content.links import COMMAND
from casebook.writing.command_names import LONGEST, offer_command, romanised


@pytest.mark.parametrize(
    ("title", "command"),
    [
        ("민원 회신 초안", "minwon-hoesin-choan"),
        ("AI혁신 3분기 보고서 (초안) v2.1", "ai-hyeoksin-3-bungi-bogoseo-choan-v2-1"),
        ("Complaint   Reply!", "complaint-reply"),
        ("ＡＢＣ ﬁle Café", "abc-file-cafe"),
        ("  --- ", ""),
        ("漢字", ""),
        ("", ""),
    ],
)
def test_offer_command(title, command):
    assert offer_command(title) == command


# Examples of the standard itself, but for those that add a sound no rule can know.
@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("구미", "gumi"), ("영동", "yeongdong"), ("백암", "baegam"), ("옥천", "okcheon"), ("합덕", "hapdeok"),
        ("호법", "hobeop"), ("월곶", "wolgot"), ("벚꽃", "beotkkot"), ("한밭", "hanbat"), ("울릉", "ulleung"),
        ("칠곡", "chilgok"), ("임실", "imsil"), ("대관령", "daegwallyeong"), ("백마", "baengma"),
        ("종로", "jongno"), ("왕십리", "wangsimni"), ("별내", "byeollae"), ("신라", "silla"), ("해돋이", "haedoji"),
        ("같이", "gachi"), ("좋고", "joko"), ("놓다", "nota"), ("낳지", "nachi"), ("묵호", "mukho"),
        ("집현전", "jiphyeonjeon"), ("압구정", "apgujeong"), ("낙동강", "nakdonggang"), ("죽변", "jukbyeon"),
        ("팔당", "paldang"), ("샛별", "saetbyeol"), ("울산", "ulsan"),
        ("속리산", "songnisan"), ("독립문", "dongnimmun"),
        ("값이", "gapsi"), ("읽기", "ikgi"), ("많이", "mani"), ("쌓아", "ssaa"), ("닭", "dak"), ("강아지", "gangaji"),
    ],
)  # fmt: skip
def test_romanised(word, letters):
    assert romanised(word) == letters


def test_cut_at_a_word():
    command = offer_command("주정차 단속 민원 회신 문안 작성과 검토 요청")

    assert command == "jujeongcha-dansok-minwon-hoesin-munan"
    assert len(command) <= LONGEST


def test_one_long_word_is_cut_hard():
    assert offer_command("가" * 100) == "ga" * 20


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_always_a_command_or_nothing(title):
    command = offer_command(title)

    assert command == "" or (COMMAND.fullmatch(command) and len(command) <= LONGEST)


@given(st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=12))
def test_every_syllable_can_be_written(word):
    assert romanised(word).isascii()
    assert clean_prompt({"title": word, "command": offer_command(word)}, draft=True)["command"]
