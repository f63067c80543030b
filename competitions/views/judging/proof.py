"""What a judge keeps of a signed sheet: enough to find it again in the published file of results."""

import json

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from competitions.results import signed_content


def proof_json(sheet):
    """What was signed and nothing else, so that its hash is the one signed; `verify_results --signed` reads it."""
    return json.dumps(_signed(sheet), ensure_ascii=False, indent=2) + "\n"


def proof_text(sheet):
    """The same for a person: one line for each criterion, the hash last."""
    signed = _signed(sheet)
    lines = [
        _("Score sheet of judge %(judge)s, entry %(entry)s, round %(round)s") % signed,
        _("Signed: %(at)s") % {"at": localtime(sheet.signed_at).isoformat()},
        "",
        *_score_lines(signed["scores"]),
        *_comment_lines(signed.get("comments", {})),
        "",
        f"SHA-256 {sheet.signed_sha256}",
        "",
        _("This number stands beside your sheet in the published file of results. To compare:"),
        f"python3 verify_results.py results.json --sheet {signed['round']} {signed['judge']} {signed['entry']}",
    ]
    return "\n".join(lines) + "\n"


def _signed(sheet):
    return signed_content(sheet, sheet.scores.select_related("criterion"))


def _score_lines(scores):
    for code, given in scores.items():
        yield f"{code}: {given['points'] if given['points'] is not None else '–'}"
        if given["comment"]:
            yield f"    {given['comment']}"


def _comment_lines(comments):
    labels = {"committee": _("For the committee"), "entrant": _("For the entrant")}
    for name, text in comments.items():
        yield f"{labels[name]}: {text}"
