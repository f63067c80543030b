"""The shapes, tables and names as plain data for static/js/privacy.js."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from accounts.privacy import checks, folding
from accounts.privacy.shapes import ALOUD, CONTEXTS, GROUPS
from accounts.privacy.words import BLOCKING, KINDS

_CONTEXTS = {name: asdict(context) for name, context in CONTEXTS.items()}
_GROUPS = [asdict(group) for group in GROUPS]


def browser_patterns(translate: Callable[[str], str] = str) -> dict[str, Any]:
    """Return what `window.personalData` needs; every pattern is read with the flags "gu"."""
    return {
        "fold": {
            "strange": folding.STRANGE,
            "gone": f"[{folding.GONE}]",
            "explicit": folding.EXPLICIT,
            "entities": folding.ENTITY_NAMES,
            "enclosed": folding.ENCLOSED,
            "zeros": folding.ZEROS,
        },
        "aloud": ALOUD,
        "contexts": _CONTEXTS,
        "groups": _GROUPS,
        "checks": {
            "days": checks.DAYS,
            "business": checks.BUSINESS_WEIGHTS,
            "card": checks.CARD_STARTS,
        },
        "kinds": {
            kind: {"label": translate(label), "blocking": kind in BLOCKING} for kind, label in KINDS.items()
        },
    }
