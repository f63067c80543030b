"""Where a name may begin and end in Korean text: never inside a longer word that is not about it."""

import re

PARTICLES = (
    "은|는|이|가|을|를|과|와|의|도|만|에|에게|에게서|에서|께|께서|로|으로|로서|으로서|로부터|으로부터|부터|까지|랑|이랑"
    "|하고|한테|한테서|처럼|보다|마다|이나|나|이며|며|이고|고|이다|다|이라|라|이라는|라는|이라고|라고|이란|란|이라서|라서|이었다"
    "|였다|입니다|이에요|예요|인|인데|이자|조차|마저|밖에|뿐|대로|아|야|네|들|들은|들이|측|에는|에도|에서는|에서도|만의|만이"
)
OFFICES = (
    "주무관|실무관|서기관|사무관|행정관|이사관|연구관|연구사|지도사|지도관|서기보|서기|주사보|주사|과장|팀장|계장|국장|실장|부장|단장|소장"
    "|센터장|동장|면장|읍장|구청장|차장|대리|사원|주임|선임|책임|수석|대표|이사|회장|총무|간사|반장|조장|리더|멘토"
    "|위원|위원장|교수|박사|강사|선생님|선생|작가|기자|변호사|간호사|사회복지사|복지사|공무원|직원|담당자|담당관|담당"
)
TITLES = f"(?:{OFFICES}|씨|님|군|양|귀하|드림|올림|배상)(?:님|들)?"
LABELS = (
    "작성자", "담당자", "담당", "제출자", "발표자", "신청자", "참가자", "응모자", "제안자", "대표자", "대표",
    "팀장", "팀원", "팀명", "성명", "이름", "연락처", "문의", "소속", "부서", "과장", "계장", "국장",
    "주무관", "사무관", "실무관", "저자", "글쓴이", "작성", "저는", "나는", "안녕하세요", "시청", "구청",
    "군청", "도청", "○",
)  # fmt: skip
# Nothing, or a particle or title and then nothing: 김가온, 김가온은, 김가온주무관이.
END = f"(?=(?:{TITLES})?(?:{PARTICLES})?(?![가-힣]))"
BEFORE_TITLE = f"(?=[ ]?{TITLES}(?:{PARTICLES})?(?![가-힣]))"
LATIN_BEGIN, LATIN_END = "(?<![A-Za-z])", "(?![A-Za-z])"
_word = re.compile("[가-힣A-Za-z0-9]")


def begins_word(text: str, at: int) -> bool:
    """Whether a word begins there: after no letter, or after a label written without a space (작성자김가온)."""
    return at == 0 or _word.match(text[at - 1]) is None or text.endswith(LABELS, 0, at)
