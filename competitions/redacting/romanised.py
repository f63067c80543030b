"""Korean names in Latin letters, as people spell them: Gaon Kim, KIM Ga-on, Kim, Ga On."""

INITIALS = (
    "[gk]", "(?:kk|gg)", "n", "[dt]", "(?:tt|dd)", "[rl]", "m", "[bp]", "(?:pp|bb)", "(?:sh|s)", "(?:ss|s)", "",
    "(?:j|ch|z)", "(?:jj|cc?h)", "(?:ch|c)", "(?:k|c)", "t", "p", "h",
)  # fmt: skip
VOWELS = (
    "ah?", "(?:ae|ai|e)", "y[ao]", "(?:yae|ye)", "(?:eo|u|uh|o)", "(?:e|ae)", "(?:yeo|you|yu|yo|yeu|u)", "(?:ye|yea)",
    "oh?", "wah?", "(?:wae|wai|we)", "(?:oe|oi|we)", "yo", "(?:oo|u|woo|wu)", "(?:wo|weo|wu|o)", "we",
    "(?:wi|ui|wee)", "(?:yu|yoo|you|u)", "(?:eu|u)", "(?:ui|eui|yi)", "(?:i|ee|yi|y|e)",
)  # fmt: skip
FINALS = (
    "", "[gkc]k?", "k", "k", "n", "n", "n", "[dt]", "l{1,2}", "k", "m", "l", "l", "l", "p", "l", "m", "[bp]", "p",
    "[st]", "t", "(?:ng|n)", "t", "t", "k", "t", "p", "t?",
)  # fmt: skip
SURNAMES = {
    "이": "(?:lee|yi|rhee|ri|li|i)", "박": "(?:park|bak|pak|pahk)", "최": "(?:choi|choe|chey)",
    "임": "(?:lim|im|rim)", "오": "(?:oh|o)", "안": "(?:ahn|an)", "유": "(?:yoo|yu|ryu|you|ryoo)",
    "류": "(?:ryu|yoo|yu|ryoo)", "우": "(?:woo|wu|u)", "노": "(?:noh|roh|no|ro)", "백": "(?:baek|paik|baik|back|paek)",
    "허": "(?:heo|hur|huh|her)", "서": "(?:seo|suh|so|su)", "구": "(?:koo|gu|ku|goo)", "주": "(?:joo|ju|chu)",
    "나": "(?:na|ra)", "양": "(?:yang|ryang)", "여": "(?:yeo|yuh|ryeo)", "강": "(?:kang|gang)", "김": "(?:kim|gim)",
    "정": "(?:jung|jeong|chung|cheong)", "신": "(?:shin|sin)",
}  # fmt: skip
FIRST, LAST = ord("가"), ord("힣")


def syllable(letter: str) -> str:
    """A pattern for one syllable of Hangul in lower-case Latin letters."""
    code = ord(letter) - FIRST
    return INITIALS[code // 588] + VOWELS[code % 588 // 28] + FINALS[code % 28]


def is_hangul(text: str) -> bool:
    return bool(text) and all(FIRST <= ord(letter) <= LAST for letter in text)


def romanised(surname: str, given: str) -> str:
    """A pattern of both orders; between the parts a space, comma, dot, hyphen, underline or nothing."""
    first = SURNAMES.get(surname) or "".join(syllable(letter) for letter in surname)
    second = "[ .-]?".join(syllable(letter) for letter in given)
    return f"(?:{first}[ ,._-]{{0,2}}{second}|{second}[ ,._-]{{0,2}}{first})"
