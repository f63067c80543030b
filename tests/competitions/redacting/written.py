"""Texts in which people of a fictional city are mentioned: how staff sign, cite and introduce each other.

It uses nothing of the patterns. `HARD` are ways that are known not to be found; they are measured apart.
"""

import random
from dataclasses import dataclass

from competitions.redacting import People

SURNAMES = [
    "김",
    "이",
    "박",
    "최",
    "정",
    "강",
    "조",
    "윤",
    "장",
    "임",
    "한",
    "오",
    "서",
    "신",
    "권",
    "황",
    "안",
    "송",
    "류",
    "홍",
    "남궁",
    "선우",
]
GIVEN = [
    "가온",
    "누리",
    "하늘",
    "민정",
    "지훈",
    "서연",
    "도윤",
    "은지",
    "보람",
    "슬기",
    "현우",
    "미래",
    "성민",
    "경아",
    "태호",
    "유진",
    "한별",
    "예진",
    "상철",
    "준",
]
OFFICES = [
    "디지털정책과",
    "민원봉사과",
    "스마트도시과",
    "기획예산담당관",
    "정보통신과",
    "주민복지과",
    "도로관리과",
    "환경위생과",
    "세정과",
    "안전총괄과",
    "문화관광과",
    "보건행정과",
    "도시재생과",
    "교통행정과",
    "평생학습센터",
    "상수도사업소",
    "회계과",
    "감사담당관",
    "농업기술센터",
    "인구정책과",
]
TEAMS = (
    "온새미로팀",
    "새벽별",
    "프롬프트 연구소",
    "AI 길잡이",
    "민원해결사",
    "혁신",
    "다온팀",
    "Team Nuri",
    "달빛나루조",
)
DOMAIN = "gaon.example"

# {n} name, {g} given name, {s} surname, {o} office, {t} team, {e} e-mail, {h} its first part, {k} number, {p} phone,
# {r} name in Latin letters. The part in <> is what must not stay.
WAYS = {
    "name": [
        "<{n}> 주무관이 만들었습니다.",
        "작성자: <{n}>",
        "작성자<{n}>입니다.",
        "저는 <{n}>입니다.",
        "이 사례는 <{n}>의 경험입니다.",
        "담당: <{n}>(내부)",
        "<{n}>과 함께 고쳤습니다.",
        "<{n}>에게 물었습니다.",
        "<{sp}>",
        "팀원 <{n}>, 다른 한 명",
        "<{n}>님이 검토했습니다.",
        "발표자 <{n}> 드림",
        "「<{n}>」의 제안",
        "**<{n}>**",
        "<{n}>이라는 사람이",
        "<{n}>팀장이 확인",
        "문서에는 '<{n}>'로 적힙니다.",
        "/home/<{n}>/자료",
        "#<{n}>",
        "<{n}>씨는 말합니다.",
    ],
    "part": [
        "<{s}> 주무관에게 문의하십시오.",
        "<{s}>주무관이 확인합니다.",
        "<{s}>OO 주무관",
        "<{s}>○○ 팀장",
        "<{g}> 씨가 도왔습니다.",
        "<{g}>님 감사합니다.",
        "<金{g}>",
    ],
    "latin": ["By <{r}>.", "author: <{r}>", "(<{r}>) 작성", "<{R}>"],
    "office": [
        "<{o}>에서 씁니다.",
        "<{o}> 직원 모두",
        "우리 <{o}>는 바쁩니다.",
        "가온시 <{o}>",
        "가온시청<{o}>",
        "소속: <{o}>",
        "<{o}>장이 결재합니다.",
        "<{o}>의 업무",
        "(<{o}>)",
        "<{os}>에서",
    ],
    "short": ["<{o2}>에서 씁니다.", "<{o2}> 직원이 씁니다."],
    "team": ["<{t}>이 만들었습니다.", "팀명: <{t}>", "'<{t}>' 팀의 도전", "<{t}>", "저희 <{t}>입니다."],
    "email": ["문의 <{e}>", "<{e}>로 보내십시오.", "메일({e_at})", "아이디 <{h}>"],
    "number": ["사번 <{k}>", "직원번호: <{k}>번", "전화 <{p}>", "☎ <{p}>", "내선 <{x}>"],
    "link": ["https://github.com/<{h}>/prompt", "blog.naver.com/<{h}>", "https://x.example/@<{h}>/1"],
}
HARD = {
    "given name alone": ["<{g}>이가 해냈습니다.", "<{g}>은 매일 씁니다."],
    "initials": ["<{i}> 작성"],
    "misspelt": ["<{m}> 주무관"],
    "office described": ["<시청 2층 {od} 부서>에서 일합니다."],
}
AROUND = (
    "하루에 답변을 서른 건 씁니다. ",
    "프롬프트에 민원 요지와 근거 법령을 넣습니다. ",
    "처리 시간이 40분에서 12분으로 줄었습니다. ",
    "가온시 누리집에서 볼 수 있습니다. ",
    "결과는 사람이 다시 확인합니다. ",
    "정책과 예산을 함께 봅니다. ",
    "이 팀장 회의에서 미래를 말했습니다. ",
)


@dataclass
class Written:
    """start, end: of what must not stay."""

    kind: str
    text: str
    start: int
    end: int
    people: People


def texts(*, seed, each=40, ways=WAYS):
    """`each` texts of every kind, with who is mentioned and what must not stay."""
    rng = random.Random(seed)
    return [_text(rng, kind, forms) for kind, forms in ways.items() for _number in range(each)]


def _text(rng, kind, forms):
    surname, given = rng.choice(SURNAMES), rng.choice(GIVEN)
    name, office, team = surname + given, rng.choice(OFFICES), rng.choice(TEAMS)
    handle = rng.choice(["gaonlight", "nuri.han", "blue_river7", "prompt4all", "minwon-hero"])
    latin = LATIN[given] + " " + LATIN_SURNAMES[surname]
    number, phone = (
        str(rng.randrange(20100000, 20269999)),
        f"031-{rng.randrange(200, 999)}-{rng.randrange(1000, 9999)}",
    )
    ending = next(each for each in ("담당관", "사업소", "센터", "과") if office.endswith(each))
    stem = office.removesuffix(ending)
    parts = {
        "n": name,
        "g": given,
        "s": surname,
        "o": office,
        "t": team,
        "h": handle,
        "k": number,
        "p": phone,
        "e": f"{handle}@{DOMAIN}",
        "e_at": f"<{handle}@{DOMAIN}>",
        "x": str(rng.randrange(1000, 9999)),
        "sp": " ".join(name),
        "r": latin,
        "R": latin.upper(),
        "os": office[:2] + " " + office[2:],
        "o2": stem[:2] + ending if len(stem) > 2 else office,
        "i": latin[0] + "." + latin.split()[-1][0] + ".",
        "m": surname + given[:-1] + "운",
        "od": stem,
    }
    said = rng.choice(forms).format(**parts)
    begin, until = said.index("<"), said.index(">") - 1
    people = People(
        names=(name,), teams=(team,), offices=(office,), emails=(f"{handle}@{DOMAIN}",), numbers=(number,)
    )
    around = rng.sample(AROUND, 2)
    before = len(around[0])
    text = around[0] + said.replace("<", "").replace(">", "") + " " + around[1]
    return Written(kind, text, before + begin, before + until, people)


LATIN = dict(
    zip(
        GIVEN,
        [
            "Gaon",
            "Nuri",
            "Haneul",
            "Min-jung",
            "Jihoon",
            "Seo-yeon",
            "Doyun",
            "Eunji",
            "Boram",
            "Seulgi",
            "Hyun-woo",
            "Mirae",
            "Sungmin",
            "Kyung-ah",
            "Tae-ho",
            "Yujin",
            "Hanbyul",
            "Yejin",
            "Sang-cheol",
            "Joon",
        ],
        strict=True,
    )
)
LATIN_SURNAMES = dict(
    zip(
        SURNAMES,
        [
            "Kim",
            "Lee",
            "Park",
            "Choi",
            "Jung",
            "Kang",
            "Cho",
            "Yoon",
            "Jang",
            "Lim",
            "Han",
            "Oh",
            "Seo",
            "Shin",
            "Kwon",
            "Hwang",
            "Ahn",
            "Song",
            "Ryu",
            "Hong",
            "Namgung",
            "Sunwoo",
        ],
        strict=True,
    )
)
# Sentences that mention nobody, with words that look like names: of people called 김미래, 이민정, 한누리 and others.
INNOCENT = (
    "이민정책과 다문화 정책을 나눕니다.",
    "미래를 준비하는 가온시",
    "누리집과 누리소통망에 올립니다.",
    "하늘이 맑은 날에 찍었습니다.",
    "이 팀장 회의는 월요일입니다.",
    "전 과장 시절의 지침을 봅니다.",
    "한 주무관이 하루에 서른 건을 씁니다.",
    "정책과 예산을 비교합니다.",
    "보람 있는 일이었습니다.",
    "슬기로운 행정",
    "도로관리과정을 적습니다.",
    "혁신적인 방법으로 혁신을 이룹니다.",
    "새벽별보기 운동",
    "김치와 김밥",
    "박람회와 최고의 정보",
    "강한 요구와 조건",
    "윤리와 장점, 임시 서식",
    "신청서와 권한, 황사 대책",
    "안전하고 송달이 빠릅니다.",
    "현우가 아닌 현 우리 제도",
    "가온시 시민에게 답합니다.",
    "민정 시찰단",
    "성민원 처리",
    "상철거 현장",
    "준비물과 준공",
    "유진상 조사",
)
