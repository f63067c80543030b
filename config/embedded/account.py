"""As whom the embedded server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from functools import cache
from pathlib import Path

from config.embedded.errors import EmbeddedServerError

UNPRIVILEGED_NAME = "nobody"
# Tried in this order when the server's account cannot reach its folders; containers often lack the first.
REACHING_CAPABILITIES = ("dac_read_search", "dac_override")


def server_account(data_dir):
    """The account the server of this data folder runs as: ours, or as root the folder's owner.

    Root in somebody's checkout leaves them files they can use; in root's own checkout it is `nobody`.
    """
    if os.geteuid() != 0:
        return _named(os.geteuid())
    owner = _nearest_existing(Path(data_dir) / "postgres").stat().st_uid
    return pwd.getpwnam(UNPRIVILEGED_NAME) if owner == 0 else _named(owner)


def command_as(account, *, needs):
    """The words to put before a command so that it runs as the account and reaches the folders it needs."""
    if account.pw_uid == os.geteuid():
        return []
    drop = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    if shutil.which("setpriv") is None:
        raise EmbeddedServerError(
            "The embedded PostgreSQL cannot run as root and the program setpriv (util-linux) is missing. "
            "Install it, start as an ordinary user, or set DATABASE_URL."
        )
    if _reaches(tuple(drop), needs):
        return drop
    return _with_capability(drop, needs)


def _with_capability(drop, needs):
    for name in REACHING_CAPABILITIES:
        words = [*drop, f"--inh-caps=+{name}", f"--ambient-caps=+{name}"]
        if _reaches(tuple(words), needs):
            return words
    raise EmbeddedServerError(
        f"The embedded PostgreSQL cannot run as root, and its account has no way into {needs[-1]}. "
        "Set DATA_DIR to a folder every account can enter, move the project to such a place, "
        "or set DATABASE_URL."
    )


@cache
def _reaches(words, needs):
    """Whether a command started so can run the first path and enter the second."""
    script = 'test -x "$1" && test -r "$1" && test -x "$2"'
    tried = subprocess.run([*words, "sh", "-c", script, "sh", *map(str, needs)], capture_output=True, cwd="/")
    return tried.returncode == 0


def _named(uid):
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL needs an account with a name, and user {uid} has none here. "
            "Add it to /etc/passwd or set DATABASE_URL."
        ) from error


def _nearest_existing(path):
    return next(place for place in (path, *path.parents) if place.exists())


def private_folder(path, *, account):
    """Make the folder, owned by the account and closed to all others; refuse one that is not.

    A folder under /tmp may have been put there by somebody else, with a false server inside.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if os.geteuid() == 0 and stat.S_ISDIR(found.st_mode) and found.st_uid == 0:
        os.chown(path, account.pw_uid, account.pw_gid)
        found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid:
        raise EmbeddedServerError(
            f"{path} belongs to somebody else, so the embedded PostgreSQL of {account.pw_name} "
            "does not use it. Remove it, or start as its owner."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
