"""Each start has a folder of its own with an embedded server, so that nothing of the site is touched."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Line
from bench.site import free_port, wait_for
from bench.throwaway import ROOT

SECONDS = 180


def run(setting):
    with tempfile.TemporaryDirectory(prefix="bench-run-") as folder:
        own = {"DATA_DIR": str(Path(folder) / "data"), "DATABASE_URL": "", "DEBUG": "1"}
        for what in ("first start, with the demo loaded", "second start"):
            yield Line(what=what, times=[until_first_page(setting.environment | own)])


def until_first_page(environment):
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env=environment | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "/", process=process, seconds=SECONDS)
        return time.perf_counter() - start
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
