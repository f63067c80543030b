"""Text to search tokens: Kiwi morphemes for Korean, Snowball stems for foreign words.

The same function serves indexing and querying, so both sides always agree.
"""

import re
import unicodedata
from functools import cache, lru_cache

import snowballstemmer
from kiwipiepy import Kiwi

# Nouns, verb and adjective stems, roots, foreign words, Hanja; the rest (particles, endings) says nothing.
CONTENT_TAGS = {"NNG", "NNP", "NR", "SH", "XR", "VV", "VA"}
# "Regarding", "against", "following": in nearly every office text, so they find nothing.
EMPTY_VERBS = {"대하", "관하", "따르", "의하", "통하", "위하", "하", "되", "있", "없"}
MIDDLE_DOTS = str.maketrans("", "", "·ㆍ・•‧∙")
HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ一-鿿]")
NOT_JAMO = re.compile(r"[^ㄱ-ㆎ]+")  # typed consonants such as ㅁㅇ must stay as typed
FOREIGN_WORD = re.compile(r"[^\W_]+")
MAX_TOKEN_LENGTH = 100  # longer ones are encoded data, not words
DOMAIN_NOUNS = (
    "챗봇",
    "프롬프트",
    "급량비",
    "경로당",
    "생성형",
    "온나라",
    "공문서",
    "보도자료",
    "주정차",
    "조례",
)


@cache
def kiwi():
    analyser = Kiwi(num_workers=1, load_multi_dict=False)
    for noun in DOMAIN_NOUNS:
        analyser.add_user_word(noun, "NNG")
    return analyser


@lru_cache(maxsize=50_000)
def stem(word):
    return snowballstemmer.stemmer("english").stemWord(word)


def warm_up():
    """Load the model, so that forked web workers share it."""
    tokens("민원 답변 chatbot")


def normalise(text):
    composed = unicodedata.normalize("NFC", text)
    folded = NOT_JAMO.sub(lambda part: unicodedata.normalize("NFKC", part[0]), composed)
    return folded.translate(MIDDLE_DOTS).lower()


def tokens(text):
    """Return the search tokens of `text` in order, repeats kept. Empty text gives an empty list."""
    found = []
    for line in normalise(text).splitlines():
        found += _korean(line) if HANGUL.search(line) else _foreign(line)
    return found


def _foreign(line):
    return [stem(word) for word in FOREIGN_WORD.findall(line) if len(word) <= MAX_TOKEN_LENGTH]


def _korean(line):
    found = []
    for token in kiwi().tokenize(line):
        tag = token.tag.split("-")[0]
        if tag in {"SL", "SN"}:
            found += _foreign(token.form)
        elif tag in CONTENT_TAGS and not (tag in {"VV", "VA"} and token.form in EMPTY_VERBS):
            found.append(token.form)
    return [token for token in found if len(token) <= MAX_TOKEN_LENGTH]
