"""The shapes of personal data in folded text: the one source for server and browser.

Patterns keep to what Python and JavaScript read alike: no possessive quantifiers, no inline flags, lookbehinds of
one fixed length, [0-9] for \\d, every quantifier bounded. A match must also pass its check (checks.py) and, where
a context is named, have one of its words near.
"""

from accounts.privacy.numbers import ACCOUNTS, BUSINESSES, CARDS, IDENTITY, LICENCES, PASSPORTS, PHONES
from accounts.privacy.places import ADDRESSES, EMAILS
from accounts.privacy.shape import GAP, OTHER, Context, Group

CONTEXTS = {
    "identity": Context(
        "주민|등록[ ]?번호|외국인|생년월일|[Rr][Rr][Nn]|resident|Resident|alien|Alien", 30, 12
    ),
    "passport": Context("여권|패스포트|[Pp]assport|PASSPORT", 30, 16),
    "licence": Context("면허|운전|[Ll]icen[cs]e", 30, 12),
    "card": Context(
        "카드|신용|체크|결제|[Cc]ard|CARD|[Vv]isa|VISA|[Mm]aster|[Aa]mex|AMEX|비자|마스터", 30, 16
    ),
    "phone": Context("전화|연락|팩스|휴대|핸드폰|문의|[Tt]el|TEL|[Ff]ax|FAX|☎|☏", 16, 8),
    "business": Context("사업자|등록[ ]?번호", 24, 8),
    "account": Context("계좌|입금|예금|송금|이체|은행|뱅크|농협|신협|수협|새마을금고|우체국", 24, 16),
    "address": Context("주소|거주|사는|살고|자택|댁|소재지|주거지|배송|본적|번지|아파트|빌라", 24, 14),
}


# Digits in Hangul or Hanja, and letters that are typed for digits.
ALOUD = dict(
    zip(
        "공영일이삼사오육륙칠팔구〇零一二三四五六七八九OoㅇIl",
        "0012345667890012345678900011",
        strict=True,
    )
)
_DIGIT = f"[0-9{''.join(ALOUD)}]"
NUMBERS = Group(
    f"{_DIGIT}(?:{GAP}{_DIGIT}){{6,60}}",
    60,
    (*IDENTITY, *PASSPORTS, *LICENCES, *CARDS, *PHONES, *BUSINESSES, *ACCOUNTS),
)
LETTERED = Group(
    f"{_DIGIT}{OTHER}{{0,3}}(?:[A-Za-z0-9]|에[이2]|비|씨|디)(?:{OTHER}{{0,3}}{_DIGIT}){{4}}", 60, PASSPORTS
)
ADDRESSED = Group("@|골뱅이|[(\\[{<][ ]?(?:at|AT)[ ]?[)\\]}>]", 140, EMAILS)
PLACED = Group("(?:로|길|리|동|읍|면|가)[ ]?(?:산[ ]?)?[0-9]", 60, ADDRESSES)
GROUPS = (NUMBERS, LETTERED, ADDRESSED, PLACED)
