"""Made-up numbers in many spellings and sentences. Nothing here belongs to anybody: all is drawn by lot."""

from accounts.privacy.checks import BUSINESS_WEIGHTS, luhn

HANGUL = str.maketrans("0123456789", "공일이삼사오육칠팔구")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
DASHES = ("-", " - ", "–", "—", "‑", "ㅡ", "ー", "~", ".", "·", "/", " ", "_", ": ", "--", "\n")
SENTENCES = (
    "{label} {number}입니다.",
    "{label}: {number}",
    "제 {label}는 {number}이고 연락을 기다립니다.",
    "신청인({label} {number})의 서류를 확인해 주세요.",
    "1. {label}\n{number}\n2. 신청 사유",
    "2026년 11월 20일에 낸 서류의 {label} {number}번을 고쳐 주세요.",
    "{label}={number};",
    "“{number}”는 {label}입니다.",
)
LABELS = {
    "rrn": ("주민등록번호", "주민번호", "생년월일과 뒷자리", "번호"),
    "frn": ("외국인등록번호", "외국인 번호", "번호"),
    "passport": ("여권번호", "여권", "passport no."),
    "licence": ("운전면허번호", "면허", "운전면허증 번호"),
    "card": ("카드번호", "신용카드", "결제한 카드", "번호"),
}


def numbers(kind, random):
    """Return the groups of one number of the kind."""
    return {
        "rrn": _registration(random, "1234"),
        "frn": _registration(random, "5678"),
        "passport": _passport(random),
        "licence": [str(random.randint(11, 26)), _digits(random, 2), _digits(random, 6), _digits(random, 2)],
        "card": _card(random),
    }[kind]


def spelling(groups, random):
    """Write the groups in one of the ways people do."""
    plain = "".join(groups)
    dashed = random.choice(DASHES).join(groups)
    return random.choice(
        [
            dashed,
            dashed,
            plain,
            "-".join(groups).translate(WIDE),
            " ".join(plain),
            " - ".join(" ".join(group) for group in groups),
            "-".join(groups).translate(HANGUL),
            " 다시 ".join(groups).translate(HANGUL),
            " ".join(groups).translate(HANGUL),
            "\u200b".join("-".join(groups)),
            "-".join(groups).replace("-", "\u00ad-"),
            "-".join(groups).lower(),
        ]
    )


def sentence(kind, written, random):
    return random.choice(SENTENCES).format(label=random.choice(LABELS[kind]), number=written)


def with_luhn(number):
    return next(number + str(last) for last in range(10) if luhn(number + str(last)))


def business_number(random):
    number = _digits(random, 9)
    total = sum(int(digit) * weight for digit, weight in zip(number, BUSINESS_WEIGHTS, strict=True))
    total += int(number[8]) * 5 // 10
    return number + str(-total % 10)


def _registration(random, sexes):
    date = f"{random.randint(0, 99):02}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    return [date, random.choice(sexes) + _digits(random, 6)]


def _passport(random):
    letter = random.choice("MSRODG")
    if random.random() < 0.5:
        return [letter + _digits(random, 8)]
    return [letter + _digits(random, 3) + random.choice("ABCDEFGH") + _digits(random, 4)]


def _card(random):
    if random.random() < 0.2:
        number = with_luhn("37" + _digits(random, 12))
        return [number[:4], number[4:10], number[10:]]
    number = with_luhn(random.choice(["4", "51", "55", "94", "62", "35"]).ljust(2, "0") + _digits(random, 13))
    return [number[at : at + 4] for at in range(0, 16, 4)]


def _digits(random, count):
    return "".join(random.choice("0123456789") for _ in range(count))
