"""Starts and stops the embedded PostgreSQL. Any number of processes may call at once."""

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded import cluster
from config.embedded.account import command_as, private_folder, server_account
from config.embedded.errors import EmbeddedServerError

USER = "postgres"
DATABASE = "casebook"
SOCKET = ".s.PGSQL.5432"
START_SECONDS = 60
LOG_BYTES = 10_000_000
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",  # compiling costs more than any page's query
    "max_parallel_workers_per_gather": "0",  # containers have little shared memory
    "lc_messages": "C",
}


def socket_dir(data_dir):
    """The private folder of the server's socket: short, because a socket path has at most 107 bytes."""
    name = hashlib.sha256(os.fsencode(Path(data_dir).resolve())).hexdigest()[:16]
    # Not TMPDIR: every process of this data folder must find the same place, whatever its environment.
    return Path("/tmp") / f"casebook-{name}"  # noqa: S108 (private_folder checks its owner)


def peer_name(data_dir):
    """The account behind the socket; libpq refuses any other (`requirepeer`)."""
    return server_account(data_dir).pw_name


def ensure_ready(data_dir):
    """Start the server unless it answers, and make the database unless it is there.

    Raises EmbeddedServerError with a sentence when it cannot run here.
    """
    data_dir = Path(data_dir).resolve()
    with _lock(data_dir):
        if not _answers(data_dir):
            _start(data_dir)
        with _connect(data_dir) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def stop(data_dir, *, even_if_used=False):
    """Stop the server. Return False, leaving it, when others are connected to it."""
    data_dir = Path(data_dir).resolve()
    if not cluster.folder(data_dir).exists():
        return True
    with _lock(data_dir):
        process = cluster.running_server(data_dir)
        if process is None:
            return True
        if not even_if_used and _answers(data_dir) and _others_connected(data_dir):
            return False
        _end(process, data_dir)
        return True


def _start(data_dir):
    account = server_account(data_dir)
    place = socket_dir(data_dir)
    private_folder(place, account=account)
    cluster.create(data_dir, account=account)
    private_folder(cluster.folder(data_dir), account=account)
    # One that lives but does not answer is starting, stopping, or has lost its socket folder.
    process = cluster.running_server(data_dir)
    if process and not (place / SOCKET).exists():
        _end(process, data_dir)
        process = None
    if process is None:
        cluster.clear_stale_locks(data_dir, socket=place / SOCKET)
        _launch(data_dir, account=account)
    _wait_until_ready(data_dir, account=account)


def _launch(data_dir, *, account):
    place = cluster.folder(data_dir)
    options = SETTINGS | {"unix_socket_directories": str(socket_dir(data_dir))}
    words = command_as(account, needs=(cluster.BIN / "postgres", place))
    words += [cluster.BIN / "postgres", "-D", place]
    words += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with _open_log(data_dir, account=account) as log:
        # In the background and a session of its own: no child of ours, and out of reach of Ctrl-C.
        subprocess.run(
            ["sh", "-c", '"$@" &', "sh", *words],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True, check=True,
        )  # fmt: skip


def _wait_until_ready(data_dir, *, account):
    """Wait for an answer; one that gave up while children of its killed forerunner lived is tried again."""
    give_up = time.monotonic() + START_SECONDS
    relaunch = time.monotonic() + 1
    while not _answers(data_dir):
        if time.monotonic() > give_up:
            raise EmbeddedServerError(
                f"The embedded PostgreSQL did not start. Its last words: {_last_words(data_dir)} "
                f"The whole log is {_log_path(data_dir)}."
            )
        if time.monotonic() > relaunch and cluster.running_server(data_dir) is None:
            _launch(data_dir, account=account)
            relaunch = time.monotonic() + 1
        time.sleep(0.05)


def _end(process, data_dir):
    """Fast shutdown: clients are cut off, everything acknowledged is kept. Firmer when that has no effect.

    One whose children were killed a moment ago may not hear the first signal; the log then recovers all.
    """
    for firmness, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 7), (signal.SIGKILL, 5)):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(firmness)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if cluster.running_server(data_dir) is None:
                return
            time.sleep(0.05)


def _connect(data_dir):
    return psycopg.connect(
        host=str(socket_dir(data_dir)),
        user=USER,
        dbname="postgres",
        requirepeer=peer_name(data_dir),
        connect_timeout=5,
        autocommit=True,
    )


def _answers(data_dir):
    try:
        _connect(data_dir).close()
    except psycopg.OperationalError as error:
        return "too many clients" in str(error)
    return True


def _others_connected(data_dir):
    with _connect(data_dir) as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return count > 0


def _log_path(data_dir):
    return Path(data_dir) / "postgres.log"


def _open_log(data_dir, *, account):
    path = _log_path(data_dir)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.unlink()
    log = path.open("ab")
    if os.geteuid() == 0:
        os.fchown(log.fileno(), account.pw_uid, account.pw_gid)
    return log


def _last_words(data_dir):
    lines = _log_path(data_dir).read_text(errors="replace").splitlines()
    return " / ".join(lines[-3:]) or "none."


@contextlib.contextmanager
def _lock(data_dir):
    """Held while starting or stopping, so that of several processes one does it and the others wait."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        folder = os.open(data_dir, os.O_RDONLY)
    except PermissionError as error:
        raise EmbeddedServerError(
            f"{data_dir} cannot be used here. Start as its owner, or set DATA_DIR to a folder of your own."
        ) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
