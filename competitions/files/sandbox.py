"""Parsing in a child process with limits. Whatever a file does to its parser is an answer here, never an error."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from competitions.files.findings import Finding

WALL_SECONDS = 30.0
MOST_OUTPUT = 8 * 1024 * 1024  # bytes; reader.py ends the text long before
ROOT = Path(__file__).resolve().parents[2]
# The child gets no setting and no secret of the site.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True, slots=True)
class Reading:
    """failure: empty, or "timeout" or "unreadable"; then there is nothing else."""

    failure: str = ""
    findings: list[Finding] = field(default_factory=list)
    text: str = ""


def read(path: str, kind: str, *, seconds: float = WALL_SECONDS) -> Reading:
    """Return what a file says about people, and its text."""
    failure, answer = _run(str(Path(path).resolve()), kind, seconds=seconds)
    if failure:
        return Reading(failure)
    try:
        told = json.loads(answer)
        return Reading("", told["findings"], told["text"])
    except (ValueError, KeyError, TypeError):
        return Reading("unreadable")


def write_clean_copy(path: str, kind: str, out: str, *, seconds: float = WALL_SECONDS) -> str:
    """Write the copy without metadata; return "" or the failure."""
    return _run(str(Path(path).resolve()), kind, str(Path(out).resolve()), seconds=seconds)[0]


def _run(*arguments: str, seconds: float) -> tuple[str, bytes]:
    command = [sys.executable, "-m", "competitions.files.reader", *arguments]
    with TemporaryFile() as output:
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "timeout", b""
        output.seek(0)
        answer = output.read(MOST_OUTPUT + 1)
    if done.returncode or len(answer) > MOST_OUTPUT:
        return "unreadable", b""
    return "", answer
