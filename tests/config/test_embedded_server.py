"""The embedded PostgreSQL, with real servers in throwaway folders. Independent of the site's own database."""

import contextlib
import multiprocessing
import os
import pwd
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from config.embedded import account, cluster, server
from config.embedded.errors import EmbeddedServerError

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """A running server's folder; each test leaves it usable."""
    path = tmp_path_factory.mktemp("data") / "자료 폴더 with spaces"
    path.mkdir()
    server.ensure_ready(path)
    yield path
    end(path)


def end(path):
    server.stop(path, even_if_used=True)
    folder = server.socket_dir(path)
    if folder.exists():
        folder.rmdir()


def connect(path):
    return psycopg.connect(host=str(server.socket_dir(path)), user=server.USER, dbname=server.DATABASE)


def ask(path, question):
    with connect(path) as connection:
        return connection.execute(question).fetchone()


def kill_everything(path):
    postmaster = cluster.running_server(path)
    for process in [*postmaster.children(recursive=True), postmaster]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    while cluster.running_server(path):
        time.sleep(0.01)


def test_socket_dir_is_short_and_differs_by_folder(tmp_path):
    longest = server.socket_dir(tmp_path / ("길" * 60)) / server.SOCKET

    assert len(os.fsencode(longest)) < 104
    assert server.socket_dir(tmp_path / "a") != server.socket_dir(tmp_path / "b")
    assert server.socket_dir(tmp_path / "a") == server.socket_dir(tmp_path / "b" / ".." / "a")


def test_server_speaks_utf8_sorts_by_code_point_and_takes_hangul_for_letters(data_dir):
    assert ask(data_dir, "SELECT current_setting('server_encoding'), 'Z' < 'a', '가' < '나'") == (
        "UTF8",
        True,
        True,
    )
    assert ask(data_dir, "SELECT lower('É'), to_tsvector('simple', '한글 단어')::text") == (
        "é",
        "'단어':2 '한글':1",
    )


def test_server_keeps_what_it_acknowledged_and_does_not_listen_on_the_network(data_dir):
    assert ask(data_dir, "SHOW fsync") == ("on",)
    assert ask(data_dir, "SHOW listen_addresses") == ("",)


def test_socket_folder_is_closed_to_others(data_dir):
    found = server.socket_dir(data_dir).stat()

    assert found.st_mode & 0o777 == 0o700
    assert pwd.getpwuid(found.st_uid).pw_name == server.peer_name(data_dir)


def test_server_starts_again_after_everything_was_killed(data_dir):
    with connect(data_dir) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    kill_everything(data_dir)

    server.ensure_ready(data_dir)

    assert ask(data_dir, "SELECT one FROM kept") == (1,)


def test_server_starts_again_while_children_of_the_killed_one_still_live(data_dir):
    with contextlib.closing(connect(data_dir)) as old:
        cluster.running_server(data_dir).kill()

        server.ensure_ready(data_dir)

        with pytest.raises(psycopg.OperationalError):
            old.execute("SELECT 1")
    assert ask(data_dir, "SELECT 1") == (1,)


def test_server_starts_though_its_stale_pid_now_belongs_to_another_process(data_dir):
    server.stop(data_dir, even_if_used=True)
    # A process of the server's own account: one of another account PostgreSQL would pass over by itself.
    words = account.command_as(server.server_account(data_dir), needs=(Path("/bin/sleep"), Path("/")))
    other = subprocess.Popen([*words, "sleep", "60"])
    stale = cluster.folder(data_dir) / "postmaster.pid"
    stale.write_text(f"{other.pid}\n{stale.parent}\n1700000000\n5432\n/tmp\n\n  1234 0\nready\n")

    server.ensure_ready(data_dir)

    assert ask(data_dir, "SELECT 1") == (1,)
    assert other.poll() is None
    other.kill()
    other.wait()


def test_server_starts_though_its_pid_file_is_empty(data_dir):
    server.stop(data_dir, even_if_used=True)
    (cluster.folder(data_dir) / "postmaster.pid").write_text("")

    server.ensure_ready(data_dir)

    assert ask(data_dir, "SELECT 1") == (1,)


def test_server_that_lost_its_socket_is_started_again(data_dir):
    (server.socket_dir(data_dir) / server.SOCKET).unlink()

    server.ensure_ready(data_dir)

    assert ask(data_dir, "SELECT 1") == (1,)


def test_server_started_by_four_processes_at_once_is_one(data_dir):
    server.stop(data_dir, even_if_used=True)
    starters = [
        multiprocessing.get_context("fork").Process(target=server.ensure_ready, args=(data_dir,))
        for _ in "abcd"
    ]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join(60)

    mains = [
        p
        for p in psutil.process_iter(["cmdline"])
        if str(cluster.folder(data_dir)) in (p.info["cmdline"] or [])
    ]
    assert [starter.exitcode for starter in starters] == [0, 0, 0, 0]
    assert len(mains) == 1


def test_database_that_was_dropped_is_made_again(data_dir):
    with psycopg.connect(
        host=str(server.socket_dir(data_dir)), user=server.USER, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute("DROP DATABASE casebook WITH (FORCE)")

    server.ensure_ready(data_dir)

    assert ask(data_dir, "SELECT 1") == (1,)


def test_two_folders_have_two_servers(data_dir, tmp_path):
    server.ensure_ready(tmp_path)

    assert ask(tmp_path, "SHOW data_directory") == (str(cluster.folder(tmp_path)),)
    assert ask(data_dir, "SHOW data_directory") == (str(cluster.folder(data_dir)),)
    end(tmp_path)


def test_stop_leaves_a_server_that_others_use(data_dir):
    with connect(data_dir):
        assert server.stop(data_dir) is False

    assert ask(data_dir, "SELECT 1") == (1,)


def test_stop_without_a_server_is_no_error(tmp_path):
    assert server.stop(tmp_path) is True


def test_folder_of_another_version_is_refused(tmp_path):
    cluster.folder(tmp_path).mkdir(mode=0o700)
    (cluster.folder(tmp_path) / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 17; this is 18"):
        server.ensure_ready(tmp_path)
    server.socket_dir(tmp_path).rmdir()


def test_unfinished_cluster_is_made_again(tmp_path):
    unfinished = tmp_path / "postgres.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")

    server.ensure_ready(tmp_path)

    assert ask(tmp_path, "SELECT 1") == (1,)
    end(tmp_path)


def test_socket_folder_that_is_a_link_is_refused(tmp_path):
    place = server.socket_dir(tmp_path)
    place.symlink_to(tmp_path)

    with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
        server.ensure_ready(tmp_path)
    place.unlink()


@as_root
def test_socket_folder_of_somebody_else_is_refused(tmp_path):
    place = server.socket_dir(tmp_path)
    place.mkdir()
    os.chown(place, 12345, 12345)

    with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
        server.ensure_ready(tmp_path)
    place.rmdir()


@as_root
def test_root_runs_the_server_as_the_owner_of_the_folder(tmp_path):
    owner = pwd.getpwnam("daemon")
    os.chown(tmp_path, owner.pw_uid, owner.pw_gid)

    assert server.server_account(tmp_path) == owner


@as_root
def test_server_runs_as_an_ordinary_user(tmp_path):
    """The user's own process starts it; pytest's folders are closed to them, hence one under /tmp."""
    nobody = pwd.getpwnam("nobody")
    own = Path(f"/tmp/casebook-test-{os.getpid()} 자료")
    own.mkdir()
    os.chown(own, nobody.pw_uid, nobody.pw_gid)
    script = "import sys; from config.embedded import server; server.ensure_ready(sys.argv[1])"
    words = account.command_as(nobody, needs=(Path(sys.executable), ROOT))

    started = subprocess.run(
        [*words, sys.executable, "-c", script, str(own)], cwd=ROOT, capture_output=True, text=True
    )

    assert (started.returncode, started.stderr) == (0, "")
    assert ask(own, "SELECT 1") == (1,)
    assert cluster.running_server(own).username() == "nobody"
    end(own)
    subprocess.run(["rm", "-r", own], check=True)


def test_running_server_is_none_for_a_process_that_is_not_postgresql(tmp_path):
    cluster.folder(tmp_path).mkdir()
    assert cluster.running_server(tmp_path) is None

    (cluster.folder(tmp_path) / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.running_server(tmp_path) is None
