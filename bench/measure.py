"""Times, statements and memory; and one printed line of a result."""

import contextlib
import statistics
import time
import tracemalloc
from dataclasses import dataclass, field

import psutil
from django.db import connection
from django.test.utils import CaptureQueriesContext

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure. times, floor: seconds; one time is a total, several are requests or repeats."""

    what: str
    times: list[float] = field(default_factory=list)
    floor: float | None = None
    sql: int | None = None
    memory: int | None = None  # bytes
    note: str = ""

    @property
    def middle(self):
        return statistics.median(self.times)

    @property
    def ratio(self):
        return self.middle / self.floor if self.floor else None

    def __str__(self):
        parts = [f"  {self.what:<44}", f"{self._time():<32}"]
        parts += [f"floor {shown(self.floor):>9}  x{self.ratio:<6.1f}"] if self.floor else []
        parts += [f"{self.sql} SQL"] if self.sql is not None else []
        parts += [f"{self.memory / MEBIBYTE:.0f} MB"] if self.memory is not None else []
        return "  ".join([*parts, self.note]).rstrip()

    def _time(self):
        if not self.times:
            return ""
        if len(self.times) == 1:
            return f"total {shown(self.middle):>9}"
        return f"p50 {shown(self.middle):>9}  p95 {shown(percentile(self.times, 95)):>9}"


def shown(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


def timed(act, *, times=1):
    """Call `times` over; return the seconds of each call."""
    found = []
    for _number in range(times):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return found


def statements(act):
    """Return how many SQL statements the act sends; transaction commands count too."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@contextlib.contextmanager
def peak():
    """Yield a list that holds, afterwards, the bytes Python held more at the highest point; it slows the block."""
    found = []
    tracemalloc.start()
    try:
        yield found
        found.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def cpu_seconds(process):
    """What the process, its children and those it has buried have used; 0 when there is none to ask."""
    if process is None:
        return 0
    used = 0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            used += sum(one.cpu_times()[:4])
    return used
