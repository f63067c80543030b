"""`make stop`: stops the embedded server, whoever is connected."""

import os
from pathlib import Path

from config.embedded import server
from config.sentences import as_sentence

if __name__ == "__main__":
    with as_sentence():
        server.stop(os.environ.get("DATA_DIR") or Path(__file__).parent.parent / "var", even_if_used=True)
