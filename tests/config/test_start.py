"""What a start without its settings says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPLETE = {"DEBUG": "0", "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "example.org", "PORT": "0"}


@pytest.mark.parametrize(
    "words", [["manage.py", "check"], ["-m", "config.serve"], ["-m", "config.background", "clock"]]
)
@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_start_outside_development_without_a_setting_is_one_sentence(words, missing):
    environment = {name: value for name, value in os.environ.items() if name not in COMPLETE}
    environment |= {name: value for name, value in COMPLETE.items() if name != missing}

    tried = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert tried.returncode == 1
    assert tried.stderr.startswith(f"{missing} is not set. With DEBUG=0 set it to ")
    assert tried.stderr.count("\n") == 1
