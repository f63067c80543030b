"""Shapes of numbers: identity, passport, licence, card, telephone, business, account."""

from accounts.privacy.shape import GAP, LEFT, OTHER, RIGHT, SAID, SURE_GAP, Shape

NO_AMOUNT, NO_SUM = "(?!원)", "(?![ ]?원|[명건개])"
LOOSE = "[^0-9A-Za-z가-힣,+%|]"  # where a context must vouch for the number
DASH = "[ ]{0,2}[-./~: _\n][ ]{0,2}"
# A birth date, and the seven digits behind it
DATE = "[0-9](?:\n?[0-9]){5}"
LOOSE_DATE = "[0-9](?:[\n .-]?[0-9]){5}"
BACK = "[0-9](?:[\n -]?[0-9]){6}"
BEHIND = "(?:뒷|뒤|후단)(?:[^0-9]{0,8}7[ ]?자리)?[^0-9]{0,8}"
SPOKEN_DATE = "(?:(?:19|20)?[0-9]{2})년[ ]?[0-9]{1,2}월[ ]?[0-9]{1,2}일"
YEAR_DATE = "(?:19|20)?[0-9]{2}[-./ ]{1,2}[0-9]{2}[-./ ]{1,2}[0-9]{2}"
EACH_ALONE = f"{LEFT}(?<![0-9][ .,/-])[0-9](?:[ .,/-]{{1,3}}[0-9])"
ALONE_END = "(?![ .,/-]?[0-9])"
# Others
WORD_START, WORD_END = "(?<![A-Za-z0-9])", "(?![A-Za-z0-9])"
PASSPORT = "[MSRODGmsrodg]"
ANY_PASSPORT = "(?:[A-Za-z]{1,2}|엠|에스|알|오|디|지)"
REGIONS = (
    "(?:서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산|세종|충청[남북]|전라[남북]|경상[남북])"
    "(?:특별시|광역시|특별자치[도시]|도|남부|북부)?"
)
QUAD = "[0-9](?:\n?[0-9]){3}"
AREA = "0(?:2|[3-6][1-5]|70|50[2-8]?)"
LAND_GAP = "[ ]?[-.~ )][ ]?"
KOREA = f"[+]?(?:00)?82{OTHER}{{0,3}}"


def _registration() -> tuple[Shape, ...]:
    patterns = (
        (f"{LEFT}{DATE}{GAP}{BACK}{RIGHT}{NO_AMOUNT}", ""),
        (f"{LEFT}{LOOSE_DATE}(?:[ ]{{0,2}}[-~:/][ ]{{0,2}}|{SAID}){BACK}{RIGHT}", ""),
        (f"{EACH_ALONE}{{12}}{ALONE_END}", ""),
        (f"{LEFT}(?:19|20)[0-9]{{6}}{SURE_GAP}[0-9]{{7}}{RIGHT}{NO_AMOUNT}", ""),
        (f"{LEFT}{YEAR_DATE}[ .]{{0,2}}[-~:/ ][ ]?{BACK}{RIGHT}{NO_AMOUNT}", ""),
        (f"{LEFT}[0-9](?:{LOOSE}{{0,3}}[0-9]){{12}}{RIGHT}", "identity"),
    )
    found = []
    for kind, check, seventh in (("rrn", "resident", "[0-49]"), ("frn", "foreigner", "[5-8]")):
        found += [Shape(kind, pattern, check, context, aloud=True, least=13) for pattern, context in patterns]
        found.append(Shape(kind, f"{LEFT}[0-9]{{6}}[^0-9]{{1,20}}{BEHIND}[0-9]{{7}}{RIGHT}", check, least=13))
        # A birthday in words and the last seven digits, "뒷자리", further on.
        found.append(Shape(kind, f"{LEFT}{SPOKEN_DATE}[^0-9]{{0,20}}{BEHIND}{seventh}[0-9]{{6}}{RIGHT}"))
    return tuple(found)


IDENTITY = _registration()
PASSPORTS = (
    Shape(
        "passport", f"{WORD_START}{PASSPORT}[ ._/:-]{{0,2}}[0-9]{{4}}[ ./-]?[0-9]{{4}}{WORD_END}", aloud=True
    ),
    Shape("passport", f"{WORD_START}[MSRODG](?:[ .-][0-9]){{8}}{ALONE_END}", aloud=True),
    Shape("passport", f"{WORD_START}{PASSPORT}-?[0-9]{{3}}-?[A-Za-z]-?[0-9]{{4}}{WORD_END}"),
    Shape("passport", f"{WORD_START}(?:M[ ]?|[SRODG][ ])[0-9]{{3}}[ ]?[A-Z][ ]?[0-9]{{4}}{WORD_END}"),
    Shape("passport", f"{WORD_START}[A-Za-z][0-9]{{3}}[0-9A-Za-z][0-9]{{4}}[0-9<]?(?=KOR|kor)"),
    Shape(
        "passport",
        f"{WORD_START}{ANY_PASSPORT}(?:{LOOSE}{{0,3}}[0-9]){{7,8}}{WORD_END}",
        context="passport",
        aloud=True,
    ),
    Shape(
        "passport",
        f"{WORD_START}{ANY_PASSPORT}(?:{LOOSE}{{0,3}}[0-9]){{3}}{LOOSE}{{0,3}}(?:[A-Za-z]|에[이2]|비|씨|디)(?:{LOOSE}{{0,3}}[0-9]){{4}}{WORD_END}",
        context="passport",
        aloud=True,
    ),
    Shape("passport", f"(?:여권[ ]?번호|[Pp]assport [Nn](?:o|umber))[^0-9A-Za-z]{{0,6}}[0-9]{{8,9}}{RIGHT}"),
)
LICENCES = (
    Shape(
        "licence",
        f"{LEFT}(?:1[1-9]|2[0-8]){SURE_GAP}[0-9]{{2}}{SURE_GAP}[0-9]{{6}}{GAP}[0-9]{{2}}{RIGHT}",
        aloud=True,
        least=10,
    ),
    Shape(
        "licence",
        f"{REGIONS}{OTHER}{{0,3}}[0-9]{{2}}{SURE_GAP}[0-9]{{6}}{GAP}[0-9]{{2}}{RIGHT}",
        aloud=True,
        least=10,
    ),
    Shape(
        "licence",
        f"{REGIONS}{OTHER}{{0,3}}[0-9](?:{LOOSE}{{0,3}}[0-9]){{9}}{RIGHT}",
        context="licence",
        aloud=True,
        least=10,
    ),
    Shape(
        "licence",
        f"{LEFT}[1-9](?:{LOOSE}{{0,3}}[0-9]){{11}}{RIGHT}{NO_AMOUNT}",
        context="licence",
        aloud=True,
        least=10,
    ),
)
CARDS = (
    Shape("card", f"{LEFT}{QUAD}(?:{GAP}{QUAD}){{3}}{RIGHT}", "card", aloud=True, least=13),
    Shape("card", f"{LEFT}{QUAD}(?:{GAP}{QUAD}){{3}}{GAP}[0-9]{{1,3}}{RIGHT}", "card", least=13),
    Shape("card", f"{LEFT}[0-9]{{4}}{GAP}[0-9]{{6}}{GAP}[0-9]{{4,5}}{RIGHT}", "card", aloud=True, least=13),
    Shape("card", f"{LEFT}[0-9]{{4,8}}{SURE_GAP}[0-9]{{8,12}}{RIGHT}", "card", least=13),
    Shape("card", f"{LEFT}(?<![0-9][.])[0-9](?:\n?[0-9]){{12,18}}{RIGHT}", "card", aloud=True, least=13),
    Shape("card", f"{EACH_ALONE}{{12,18}}{ALONE_END}", "card", aloud=True, least=13),
    *(
        Shape("card", f"{LEFT}[2-69](?:{LOOSE}{{0,3}}[0-9]){{{length - 1}}}{RIGHT}", "card", "card", least=13)
        for length in (14, 15, 16, 19)
    ),
)
PHONES = (
    Shape("phone", f"{LEFT}[(]?01[016-9]{GAP}[0-9]{{3,4}}{GAP}[0-9]{{4}}{RIGHT}", aloud=True, least=9),
    Shape("phone", f"{LEFT}{KOREA}0?{OTHER}{{0,2}}1[016-9]{GAP}[0-9]{{3,4}}{GAP}[0-9]{{4}}{RIGHT}"),
    Shape(
        "phone", f"{LEFT}[(]?{AREA}{OTHER}{{0,3}}[0-9]{{3,4}}{LAND_GAP}[0-9]{{4}}{RIGHT}", aloud=True, least=9
    ),
    Shape(
        "phone",
        f"{LEFT}{KOREA}0?{OTHER}{{0,2}}(?:2|[3-6][1-5]|70){OTHER}{{1,3}}[0-9]{{3,4}}{LAND_GAP}[0-9]{{4}}{RIGHT}",
    ),
    Shape("phone", f"{LEFT}{AREA}[0-9]{{7,8}}{RIGHT}", context="phone"),
    Shape(
        "phone",
        f"{LEFT}(?<![0-9][ .-])0[ .-]{{1,3}}1[ .-]{{1,3}}[016-9](?:[ .-]{{1,3}}[0-9]){{7,8}}{ALONE_END}",
    ),
)
BUSINESSES = (
    Shape("business", f"{LEFT}[0-9]{{3}}{DASH}[0-9]{{2}}{DASH}[0-9]{{5}}{RIGHT}", "business", least=10),
    Shape("business", f"{LEFT}[0-9]{{10}}{RIGHT}", "business", "business", least=10),
)
ACCOUNTS = (
    Shape(
        "account",
        f"{LEFT}[0-9]{{2,6}}(?:[ ]?-[ ]?[0-9]{{1,8}}){{1,4}}{RIGHT}{NO_SUM}",
        "account",
        "account",
        least=10,
    ),
    Shape(
        "account",
        f"{LEFT}[0-9]{{3,6}}(?:[ ][0-9]{{2,8}}){{1,3}}{RIGHT}{NO_SUM}",
        "account",
        "account",
        least=10,
    ),
    Shape("account", f"{LEFT}[0-9]{{10,14}}{RIGHT}{NO_SUM}", "account", "account", least=10),
)
