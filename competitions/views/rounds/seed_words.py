"""What a page tells of a seed, so that anybody can draw again."""

from shlex import quote

from competitions import drawing
from competitions.actions.rounds.running_order import site_half


def seed_words(round_, slots):
    """The fingerprint of the site's half, and once drawn how a shell computes the key of the first of the slots."""
    if not round_.drawn_at:
        return {"half_sha256": drawing.fingerprint(site_half(round_))}
    half, _text = drawing.halves_of(round_.seed)
    code = slots[0].entry.code if slots else "CODE"
    return {"half_sha256": drawing.fingerprint(half), "shell_text": quote(f"{round_.seed}:{code}")}
