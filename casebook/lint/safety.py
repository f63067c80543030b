"""Findings about what must not leak: personal data in any text, and how sensitivity, channel and advice agree."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from accounts.privacy import BLOCKING, KINDS
from casebook.content.choices import CLOSED_SENSITIVITIES, SENSITIVITIES
from casebook.content.markers import N_
from casebook.lint.fields import texts_of
from casebook.lint.findings import Finding, Fix, Term

Content = Mapping[str, Any]
MOST_IN_FIELD = 200
_RANKS = {code: rank for rank, code in enumerate(SENSITIVITIES)}
_USUAL_BAN = (
    "주민등록번호·외국인등록번호·여권번호·운전면허번호, 카드번호와 계좌번호, "
    "이름·전화번호·주소처럼 개인을 알아볼 수 있는 정보, 공개하지 않은 문서의 원문"
)


class Detected(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Detect = Callable[[str], Sequence[Detected]]


def find_personal_data(content: Content, detect: Detect) -> Iterator[Finding]:
    """Yield each place, blocking kinds first when a field holds very many."""
    for path, text in texts_of(content):
        places = sorted(detect(text), key=lambda each: each.kind not in BLOCKING)[:MOST_IN_FIELD]
        for each in sorted(places, key=lambda each: each.start):
            code = "identity_number" if each.kind in BLOCKING else "personal_data"
            needs = {"path": path, "start": each.start, "end": each.end}
            fix = Fix("mask", N_("Black it out with ○"), needs)
            yield Finding(code, path, each.start, each.end, {"kind": Term(KINDS[each.kind])}, fix)


def find_disagreement(content: Content, known: Mapping[tuple[str, int], Content]) -> Iterator[Finding]:
    yield from _channel(content)
    yield from _above(content, known)
    if content["sensitivity"] == "open":
        return
    if not content["prohibited_inputs"]:
        usual = Fix("set", N_("Insert the usual list"), {"values": {"prohibited_inputs": _USUAL_BAN}})
        korean = content["language"] in ("", "ko", "ko-KR")
        yield Finding("no_prohibited", "prohibited_inputs", fix=usual if korean else None)
    if not any(content["advice"].values()):
        ticked = {"advice": {**content["advice"], **dict.fromkeys(_advice_for(content["channel"]), True)}}
        yield Finding(
            "no_advice", "advice", fix=Fix("set", N_("Choose the usual advice"), {"values": ticked})
        )


def _channel(content: Content) -> Iterator[Finding]:
    if content["channel"] != "public_ai" or content["sensitivity"] == "open":
        return
    code = "closed_public" if content["sensitivity"] in CLOSED_SENSITIVITIES else "internal_public"
    fix = Fix("set", N_("Use AI run by the agency"), {"values": {"channel": "agency_ai"}})
    yield Finding(code, "channel", fix=fix)


def _above(content: Content, known: Mapping[tuple[str, int], Content]) -> Iterator[Finding]:
    allowed = content["sensitivity"]
    for number, variable in enumerate(content["variables"]):
        above = variable.get("sensitivity", "")
        if _RANKS.get(above, 0) > _RANKS[allowed]:
            named = {"blank": variable["key"]}
            yield _raised("blank_above", f"variables.{number}.sensitivity", named, above, content)
    for number, part in enumerate(content.get("parts", [])):
        above = known.get((part["uid"], part["version"]), {}).get("sensitivity", "")
        if _RANKS.get(above, 0) > _RANKS[allowed]:
            yield _raised("part_above", f"parts.{number}", {"part": part["name"]}, above, content)


def _raised(code: str, path: str, named: Mapping[str, str], above: str, content: Content) -> Finding:
    values = {"sensitivity": above}
    if above in CLOSED_SENSITIVITIES and content["channel"] == "public_ai":
        values["channel"] = "agency_ai"
    terms = {"above": Term(SENSITIVITIES[above]), "allowed": Term(SENSITIVITIES[content["sensitivity"]])}
    fix = Fix("set", N_("Raise the prompt's sensitivity"), {"values": values})
    return Finding(code, path, params={**named, **terms}, fix=fix)


def _advice_for(channel: str) -> tuple[str, ...]:
    if channel == "on_device":
        return ("on_device", "deidentify")
    if channel == "agency_ai":
        return ("temporary_chat", "deidentify")
    return ("temporary_chat", "training_off", "deidentify")
