"""Made-up office texts in Korean; the same number always gives the same text."""

from random import Random

FIELDS = ("민원", "홍보", "복지", "교통", "회계", "인사", "안전", "환경", "문화", "세무")
OBJECTS = (
    "주정차 단속 민원", "보도자료", "회의록", "급량비 정산서", "경로당 프로그램 안내문", "조례 개정안",
    "통학로 점검표", "축제 운영 계획", "출장 복명서", "재난 문자", "복지 상담 기록", "업무 인수인계서",
    "도로 굴착 허가", "체납 안내문", "청년 지원 사업", "공원 시설 점검", "감사 답변서", "교육 결과 보고",
)  # fmt: skip
ACTS = (
    "초안 작성",
    "요약",
    "분류",
    "검토",
    "쉬운 말로 바꾸기",
    "항목별 정리",
    "질문 목록 만들기",
    "일정 짜기",
)
SENTENCES = (
    "{place} {object}에 필요한 사항을 빠짐없이 정리해 주세요.",
    "{{{{내용}}}}을 읽고 {object} 담당자가 바로 쓸 수 있게 {act}를 해 주세요.",
    "근거가 되는 규정과 날짜를 함께 적고, 확인하지 못한 내용은 추측하지 마세요.",
    "주민이 이해하기 쉬운 낱말을 쓰고 한 문장은 쉰 글자를 넘기지 않습니다.",
    "{place}에서 지난달 접수한 {number}건을 기준으로 우선순위를 정합니다.",
    "개인정보와 비공개 자료는 입력하지 않으며 결과는 담당자가 다시 확인합니다.",
    "제목은 간결하게, 본문은 배경과 현황, 조치 계획의 순서로 작성합니다.",
    "{object} 처리 시간이 {number}분에서 절반으로 줄어드는 방법을 제안해 주세요.",
)  # fmt: skip
PLACES = ("가온시", "나루구", "다솜동", "라온읍", "마루면", "바른구", "새봄동", "아람읍")
QUERIES = ("주정차 단속", "보도자료 초안", "급량비", "경로당 안내문", "회의록 요약", "조례 개정", "재난 문자",
           "체납", "복지 상담", "쉬운 말로 바꾸기")  # fmt: skip


def title(number):
    random = Random(number)  # noqa: S311 (made-up texts, not secrets)
    return f"{random.choice(PLACES)} {random.choice(OBJECTS)} {random.choice(ACTS)} {number}"


def body(number, *, sentences=5):
    random = Random(number)  # noqa: S311
    chosen = [random.choice(SENTENCES) for _ in range(sentences)]
    return "\n".join(
        sentence.format(
            place=random.choice(PLACES),
            object=random.choice(OBJECTS),
            act=random.choice(ACTS),
            number=random.randint(2, 900),
        )
        for sentence in chosen
    )


def prompt(number):
    """Content of a prompt before cleaning."""
    return {
        "title": title(number),
        "summary": f"{title(number + 1)}에 씁니다.",
        "work_field": FIELDS[number % len(FIELDS)],
        "tags": ["견본"],
        "messages": [{"role": "user", "content": body(number)}],
    }


def case(number):
    """Content of a case before cleaning; the figures are made up."""
    return {
        "title": title(number),
        "summary": f"{title(number + 1)}에 걸리는 시간이 줄었습니다.",
        "work_field": FIELDS[number % len(FIELDS)],
        "problem": body(number, sentences=2),
        "approach": body(number + 1, sentences=3),
    }
