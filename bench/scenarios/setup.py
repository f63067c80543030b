import subprocess
import sys

from bench.measure import Line, timed
from bench.throwaway import ROOT

TIMES = 3


def run(setting):
    def call(*words):
        subprocess.run(words, cwd=ROOT, env=setting.environment, check=True, capture_output=True)

    call("make", "setup")  # does what there is to do
    floor = min(timed(lambda: call(sys.executable, "-c", ""), times=TIMES))
    times = timed(lambda: call("make", "setup"), times=TIMES)
    yield Line(what="make setup, nothing changed", times=times, floor=floor)
