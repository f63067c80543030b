"""Patterns for departments, offices, teams and learning groups, and their short forms."""

import re
from collections.abc import Iterator

from competitions.redacting.boundaries import END
from competitions.redacting.patterns import Pattern
from competitions.redacting.romanised import is_hangul

SUFFIXES = (
    "행정복지센터", "담당관실", "담당관", "사업소", "보건소", "추진단", "기획단", "본부", "센터",
    "과", "실", "국", "팀", "단", "계", "소", "동", "부",
)  # fmt: skip
TEAM_SUFFIXES = (
    "학습동아리", "동아리", "연구회", "연구모임", "학습조", "모임", "스터디", "팀", "조", "반", "team", "Team", "TEAM",
)  # fmt: skip
GAP = r"[\s·.]?"
PARTICLE = "(?:은|는|이|가|을|를|과|와|의|도|만|에서|으로|로|에|입니다|이라는|라는|들)?(?![가-힣])"
# 민원과장, 민원과직원은, and what may follow any name.
AFTER = f"(?:{END}|(?=(?:장|장님|직원|소속|내){PARTICLE}))"
# A short form is meant when somebody of it, or where it is, follows: "정책과에서", not "정책과 예산".
AFTER_SHORT = (
    f"(?=[ ]?(?:장|장님|직원|소속|담당|담당자|주무관|팀장|과장){PARTICLE}"
    "|(?:에서|에|의|는|가|를|로|입니다|이며|라는|와)(?![가-힣])|[ ]?[,)])"
)


def office_patterns(name: str) -> Iterator[Pattern]:
    """A department: as it is named, its last word, its short forms before what shows that an office is meant."""
    words = name.split()
    if not words:
        return
    yield _whole("office", name)
    last = words[-1]
    if len(words) > 1 and len(last) >= 3:
        yield _whole("office", last)
    for short in short_forms(last):
        yield Pattern("office", _spaced(short) + AFTER_SHORT)


def short_forms(name: str) -> list[str]:
    """디지털정책과: 디지과, 디지털과, 정책과, 디정과 and so on; none of a name without the ending of an office."""
    suffix = next((each for each in SUFFIXES if name.endswith(each) and len(name) > len(each)), "")
    stem = name.removesuffix(suffix)
    if not suffix or not is_hangul(stem) or len(stem) < 3:
        return []
    stems = {stem[:2], stem[:3], stem[-2:], stem[-3:], stem[0] + stem[len(stem) // 2], stem[0] + stem[-2]}
    others = {stem + each for each in ("팀", "과", "실")}
    return sorted(({each + suffix for each in stems} | others) - {name})


def team_patterns(name: str, what: str) -> Iterator[Pattern]:
    """A team or learning group: its name; without 팀 or 동아리 where what is left is no short, common word."""
    name = " ".join(name.split())
    if len(name.replace(" ", "")) < 2:
        return
    bare = _bare(name)
    if name != bare or len(bare) >= 3:
        yield _whole(what, name)
    if len(bare) >= 3 and bare != name:
        yield _whole(what, bare)
    if len(bare) >= 2:
        quoted = r"(?:(?<=팀 )|(?<=팀명 )|(?<=팀명: )|(?<=팀: )|(?<=['\"“‘「『<(\[]))"
        yield Pattern(what, quoted + _spaced(bare) + END)
        endings = "|".join(TEAM_SUFFIXES)
        yield Pattern(what, _spaced(bare) + f"(?=['\"”’」』>)\\]]?[ ]?(?:{endings}){PARTICLE})")


def _bare(name: str) -> str:
    ending = next((each for each in TEAM_SUFFIXES if name.endswith(each) and len(name) > len(each)), "")
    return name.removesuffix(ending).strip()


def _whole(what: str, name: str) -> Pattern:
    if is_hangul(name.replace(" ", "")):
        return Pattern(what, _spaced(name) + AFTER)
    return Pattern(what, f"{_spaced(name)}(?![A-Za-z0-9])")


def _spaced(name: str) -> str:
    """The name with or without spaces, as people write names of offices."""
    return GAP.join(re.escape(letter) for letter in name if not letter.isspace())
