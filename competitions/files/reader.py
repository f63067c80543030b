"""The process in which documents are parsed: `python -m competitions.files.reader PATH KIND [CLEAN_COPY]`.

It limits itself before it loads a parser. Prints {"findings": [...], "text": "..."} in JSON; with a third argument
it writes the copy without metadata and prints {}.
"""

import json
import resource
import sys
from importlib import import_module

MEMORY = 1024**3
SECONDS = 20
LARGEST_FILE = 400 * 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: LARGEST_FILE,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 64,
}


def main(path: str, kind: str, copy: str = "") -> dict[str, object]:
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    metadata = import_module("competitions.files.metadata")
    if copy:
        metadata.without_metadata(path, kind, copy)
        return {}
    text = import_module("competitions.files.text")
    return {"findings": metadata.metadata_of(path, kind), "text": text.text_of(path, kind)}


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
