"""The scenarios by name. A new one is one row here and one module with `run(setting)`, which yields Lines."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Scenario:
    what: str
    floor: str
    module: str  # imported when it runs, after the settings are known
    by_default: bool = True


@dataclass(frozen=True)
class Size:
    """How many rows: `lists` are the two table sizes compared."""

    lists: tuple[int, int]
    imported: int
    entries: int
    submissions: int
    requests: int
    compared: int  # entries one is compared with
    burst: int  # people who hand in at once


SIZES = {
    "tiny": Size(lists=(5, 10), imported=3, entries=5, submissions=2, requests=2, compared=50, burst=3),
    "small": Size(
        lists=(100, 1_000),
        imported=200,
        entries=1_000,
        submissions=40,
        requests=20,
        compared=5_000,
        burst=100,
    ),
    "full": Size(
        lists=(1_000, 10_000),
        imported=1_282,
        entries=10_000,
        submissions=400,
        requests=100,
        compared=100_000,
        burst=500,
    ),
}


@dataclass(frozen=True)
class Setting:
    size: Size
    prompts: Path | None = None  # a file to import instead of made-up prompts
    environment: dict = field(default_factory=dict)  # as the bench was called with


SCENARIOS = {
    "lists": Scenario(
        "List pages at two table sizes",
        "a bare view with one query on the same server",
        "bench.scenarios.lists",
    ),
    "prompt": Scenario(
        "The page of a prompt", "a bare view with one query on the same server", "bench.scenarios.prompt"
    ),
    "search": Scenario(
        "Korean queries over all documents",
        "the raw SQL of the same tsquery and rank",
        "bench.scenarios.search",
    ),
    "export": Scenario(
        "The casebook written as JSON", "json.dumps of the same content", "bench.scenarios.export"
    ),
    "import": Scenario(
        "A file of prompts brought in, published and searchable",
        "reading the file; COPY of the same rows",
        "bench.scenarios.importing",
    ),
    "diff": Scenario(
        "Two versions of 20,000 characters side by side", "splitting both into words", "bench.scenarios.diff"
    ),
    "tally": Scenario(
        "The result of a contest: 5 judges, 4 criteria",
        "one SQL with means and places",
        "bench.scenarios.tally",
    ),
    "standing": Scenario(
        "The official order of a contest for boards, its page of 250 rows, new weights",
        "one SQL with means and places of the same marks; a bare view",
        "bench.scenarios.standing",
    ),
    "advice": Scenario(
        "How firm a result is: calibration, chances, each judge left out, agreement",
        "the official result of the same marks",
        "bench.scenarios.advice",
    ),
    "assigning": Scenario(
        "Entries given to 200 judges, five each",
        "the same dealt out in turn, looking at nothing but conflicts",
        "bench.scenarios.assigning",
    ),
    "submit": Scenario(
        "Complete entries submitted, one by one and 8 at once",
        "a view with one insert on the same server",
        "bench.scenarios.submit",
    ),
    "burst": Scenario(
        "Complete entries by 50 clients in one burst, whatever breaks",
        "a bare page and a view with one insert on the same server",
        "bench.scenarios.burst",
    ),
    "entering": Scenario(
        "What an entrant opens: the call, the form, the receipt",
        "a bare view with one query on the same server",
        "bench.scenarios.entering",
    ),
    "organise": Scenario(
        "The organiser's list of all entries, and all of them as CSV",
        "a bare view with one query on the same server",
        "bench.scenarios.organise",
    ),
    "room": Scenario(
        "What a judge opens and saves; all sums after new weights",
        "a bare view with one query on the same server",
        "bench.scenarios.room",
    ),
    "sheets": Scenario(
        "All score sheets as CSV, and a judge's workbook",
        "one COPY of the same sheets and points",
        "bench.scenarios.sheets",
    ),
    "similarity": Scenario(
        "One new entry compared with all others",
        "one key looked up in the index; splitting both texts into words",
        "bench.scenarios.similarity",
    ),
    "privacy": Scenario(
        "Personal data: characters per second", "str.isdigit of each character", "bench.scenarios.privacy"
    ),
    "lint": Scenario(
        "Lint: characters per second", "splitting the same texts into words", "bench.scenarios.linting"
    ),
    "memory": Scenario("Memory of the web processes; tokens a second", "bare Kiwi", "bench.scenarios.memory"),
    "setup": Scenario("`make setup` with nothing to do", "starting Python", "bench.scenarios.setup"),
    "run": Scenario(
        "From `make run` to the first page, empty and again", "", "bench.scenarios.run", by_default=False
    ),
}
