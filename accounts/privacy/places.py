"""Shapes of addresses: of e-mail, and of houses (never of a mere district)."""

from accounts.privacy.shape import Shape

AT = "(?:[ ]?@[ ]?|[ ]?골뱅이[ ]?|[ ]?[(\\[{<][ ]?(?:at|AT)[ ]?[)\\]}>][ ]?)"
DOT = "(?:[.]|[ ]?[(\\[][ ]?dot[ ]?[)\\]][ ]?|점|닷)"
# Places
UNIT = "[가-힣]{1,6}(?:시|군|구|읍|면)"
NAME_START = "(?<![가-힣])"
ROAD = "[가-힣0-9]{1,8}(?:로|길)[ ]?(?:[0-9]{1,4}(?:번|가)?[가-힣]?길[ ]?)?(?:지하[ ]?)?"
# "앞으로 10년", "도로 100m": a number that counts something is no house.
NO_UNIT = (
    "(?![ ]?(?:년|월|일|명|개|건|원|만|억|천|백|배|차|회|시|분|초|번(?!지)|점|위|층|세(?!종)|살|인|호선|등|퍼|프로"
    "|여|대|가구|조|항|단계|주|박|곳|권|편|쪽|마리|도|급|반|종|학년|기|석|표|승|패|골|장|부|척|평|톤|남|녀"
    "|[%㎡mkKtcgxX~/:]|[.][0-9]|,[0-9]))"
)
# "110에 위치한 시청" tells of a place, not of a person.
NO_SITE = (
    "(?![^.\n]{0,8}(?:위치|자리|소재하|소재한|있는|있다|있었|있던"
    "|세워|세운|건립|건설|개관|개교|설립|일대|부근|지어))"
)
HOUSE_NUMBER = "(?!(?:19|20)[0-9]{2}(?![0-9-]))[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9-])"
HOUSE = HOUSE_NUMBER + NO_UNIT + NO_SITE
LOT_AREA = "[가-힣]{1,5}(?:[0-9]{1,2})?(?:동|읍|면|리|가)[ ]?(?:산[ ]?)?"
NOT_AVENUES = (  # "as planned", "properly", "on the contrary"
    "(?:그|이|저|맘|마음|뜻|말|계획|예정|제|법|절|멋|반|[가-힣]{0,4}[는은던된할])대로"
)

EMAILS = (
    Shape(
        "email",
        f"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{{1,64}}{AT}(?:[0-9A-Za-z가-힣-]{{1,63}}{DOT}){{1,4}}"
        "(?:[A-Za-z]{2,24}|한국)(?![0-9A-Za-z])",
    ),
)
ADDRESSES = (
    Shape("address", f"{UNIT} {{0,2}}(?:[가-힣]{{1,7}} ){{0,1}}{ROAD}{HOUSE}"),
    Shape("address", f"{NAME_START}{ROAD}{HOUSE}(?:번지|[,(]|[ ][(])"),
    Shape("address", f"{NAME_START}{ROAD}{HOUSE}", context="address"),
    Shape("address", f"{NAME_START}(?!{NOT_AVENUES})[가-힣]{{1,6}}대로[ ]?{HOUSE}"),
    Shape("address", f"{LOT_AREA}{HOUSE_NUMBER}[ ]?번지{NO_SITE}"),
    Shape("address", f"{UNIT}[ ]{LOT_AREA}[0-9]{{1,4}}-[0-9]{{1,4}}(?![0-9-]){NO_UNIT}{NO_SITE}"),
    Shape("address", f"{LOT_AREA}[0-9]{{1,4}}-[0-9]{{1,4}}(?![0-9-]){NO_UNIT}{NO_SITE}", context="address"),
    Shape("address", "(?<![0-9])[0-9]{1,4}동[ ]?(?:[0-9]{1,2}층[ ]?)?[0-9]{2,4}호(?![가-힣]?선)"),
)
