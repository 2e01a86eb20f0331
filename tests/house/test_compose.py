"""Guards the image and the compose file, which no test here can run: what is read from them must be true and safe."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from temporalio.envconfig import ClientConfigProfile

from service.settings import PREFIX, Settings, load_settings

HOUSE = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((HOUSE / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
STAGES = (HOUSE / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]
OURS = ("api", "migrate", "worker")
DESIGN = ("package.json", "package-lock.json", ".npmrc")
JOBS = ("migrate", "temporal-namespace", "temporal-schema")
"""They end: whoever needs their work waits until it is done, and there is no health to look at."""

EXACT = re.compile(r"[a-z][a-z0-9/-]*:\d+\.\d+(\.\d+)?(-[a-z]+)*")
GIVEN = re.compile(r"\$\{(?P<name>\w+)(:(?P<sort>[-?])(?P<rest>[^}]*))?\}")
TEMPORAL_OF_OTHERS = {
    # https://docs.temporal.io/references/web-ui-environment-variables
    "temporal-ui": {
        "TEMPORAL_ADDRESS",
        "TEMPORAL_DEFAULT_NAMESPACE",
        "TEMPORAL_DISABLE_WRITE_ACTIONS",
        "TEMPORAL_NOTIFY_ON_NEW_VERSION",
    },
    # The flag --allow-no-auth of the server, which has no other Temporal to go to.
    "temporal": {"TEMPORAL_ALLOW_NO_AUTH"},
}


def environment(service: str) -> dict[str, str]:
    """The variables of a service, as they stand in the file."""
    return {name: str(value) for name, value in SERVICES[service].get("environment", {}).items()}


def example() -> dict[str, str]:
    """The variables of .env.example."""
    lines = (HOUSE / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def filled_in(value: str, given: Mapping[str, str]) -> str:
    """A value as compose passes it on: what is given, else the default behind `:-`."""
    return GIVEN.sub(lambda found: given.get(found["name"]) or (found["rest"] if found["sort"] == "-" else ""), value)


def asked_for() -> Iterator[re.Match[str]]:
    """Every `${…}` of the compose file."""
    yield from GIVEN.finditer((HOUSE / "docker-compose.yml").read_text(encoding="utf-8"))


def test_every_image_is_pinned_to_an_exact_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += [stage.split(maxsplit=1)[0] for stage in STAGES]
    assert [image for image in images if not EXACT.fullmatch(image)] == []


def test_one_image_of_this_version_runs_all_our_processes() -> None:
    images = {SERVICES[name]["image"] for name in OURS}
    assert images == {f"startloket:{PROJECT['project']['version']}"}
    assert {name for name, service in SERVICES.items() if "build" in service} == set(OURS)


def test_every_service_says_how_it_is_but_the_jobs() -> None:
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == set(JOBS)


def test_a_job_runs_once_and_is_waited_for() -> None:
    waited_for = {
        needed
        for service in SERVICES.values()
        for needed, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }
    assert waited_for == set(JOBS)
    assert {SERVICES[job]["restart"] for job in JOBS} == {"no"}


def test_tables_come_before_the_worker_and_the_worker_before_the_api() -> None:
    assert SERVICES["worker"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["api"]["depends_on"]["worker"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("service", OURS)
def test_every_variable_of_ours_is_a_setting(service: str) -> None:
    settings = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = [name for name in environment(service) if name not in settings and not is_known_to_temporal(name)]
    assert unknown == []


def is_known_to_temporal(name: str) -> bool:
    """Temporal's own library reads this variable."""
    read = ClientConfigProfile.load(disable_file=True, override_env_vars={name: "x"})
    return read != ClientConfigProfile()


def test_every_temporal_variable_of_others_is_one_they_read() -> None:
    others = {name: environment(name) for name in SERVICES if name not in (*OURS, "temporal-namespace")}
    given = {name: {one for one in them if one.startswith("TEMPORAL_")} for name, them in others.items()}
    assert {name: them for name, them in given.items() if them} == TEMPORAL_OF_OTHERS
    assert [name for name in environment("temporal-namespace") if not is_known_to_temporal(name)] == []
    assert [name for them in others.values() for name in them if name.startswith(PREFIX)] == []


@pytest.mark.parametrize("service", OURS)
def test_our_processes_accept_what_compose_gives_them(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(service).items():
        monkeypatch.setenv(name, filled_in(value, {**example(), "DB_PASSWORD_STARTLOKET": "0f5a"}))
    settings = load_settings()
    assert settings.database_url == "postgresql+psycopg://startloket:0f5a@postgres/startloket"
    assert settings.build_id is None


def test_the_example_names_what_compose_asks_for_and_holds_no_secret() -> None:
    assert set(example()) == {one["name"] for one in asked_for()}
    required = {one["name"] for one in asked_for() if one["sort"] == "?"}
    assert required == {name for name in example() if "PASSWORD" in name}
    assert {example()[name] for name in required} == {""}
    assert [one[0] for one in asked_for() if one["sort"] is None] == []


def test_nothing_is_bound_to_more_than_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(published) == {"api", "temporal-ui"}
    assert [port for ports in published.values() for port in ports if not port.startswith("127.0.0.1:")] == []
    assert [name for name, service in SERVICES.items() if "network_mode" in service] == []


@pytest.mark.parametrize("service", ["postgres", "temporal"])
def test_the_stores_have_no_way_in_from_outside(service: str) -> None:
    assert [name for name in SERVICES[service]["networks"] if not COMPOSE["networks"][name]["internal"]] == []


def test_temporals_pages_only_show() -> None:
    assert environment("temporal-ui")["TEMPORAL_DISABLE_WRITE_ACTIONS"] == "true"


def test_a_worker_can_be_many() -> None:
    assert [name for name, service in SERVICES.items() if "container_name" in service] == []
    assert "ports" not in SERVICES["worker"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_has_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    assert "privileged" not in service
    assert service.get("read_only", False) is (name in (*OURS, "temporal"))


def test_every_mounted_file_is_here_and_cannot_be_written() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount for mount in mounts if mount[0].startswith(".")]
    assert [mount for mount in files if not (HOUSE / mount[0]).exists() or mount[-1] != "ro"] == []
    assert {mount[0] for mount in mounts} - {mount[0] for mount in files} == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_special_and_without_what_only_development_needs() -> None:
    *_, last = STAGES
    assert re.findall(r"^USER (\w+)$", last, re.MULTILINE) == ["startloket"]
    assert "development" not in last
    installing = [line for line in "".join(STAGES).splitlines() if "pip install" in line and "--no-index" not in line]
    assert [line for line in installing if "--require-hashes" not in line] == []


def test_the_image_is_built_from_the_rooms_and_nothing_else() -> None:
    first, *allowed = [
        line for line in (HOUSE / ".dockerignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    rooms = PROJECT["tool"]["importlinter"]["root_packages"]
    assert first == "*"
    assert {line for line in allowed if line.startswith("!")} == {
        f"!/{name}" for name in (*rooms, *DESIGN, "LICENCE", "pyproject.toml", "requirements")
    }
    assert [name for name in DESIGN if name not in STAGES[0]] == []
    assert [room for room in rooms if f"COPY {room} {room}\n" not in STAGES[1]] == []


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ('temporal_num_pollers{poller_type="workflow_task",task_queue="startloket"} 1', 0),
        ('temporal_num_pollers{poller_type="workflow_task",task_queue="startloket"} 0', 1),
        ('temporal_num_pollers{poller_type="activity_task",task_queue="startloket"} 5', 1),
        ("", 1),
    ],
)
def test_a_worker_is_well_when_it_asks_for_work(shown: str, code: int) -> None:
    class Metrics(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"{shown}\n".encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Metrics) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        *_, script = SERVICES["worker"]["healthcheck"]["test"]
        port = environment("worker")["STARTLOKET_WORKER_METRICS_PORT"]
        asked = script.replace(f"127.0.0.1:{port}", f"127.0.0.1:{server.server_port}")
        assert asked != script
        answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
        server.shutdown()
    assert answer.returncode == code


def test_every_service_is_documented() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \|", (HOUSE / "docs" / "operating.md").read_text("utf-8"), re.MULTILINE)
    assert set(SERVICES) <= set(documented)
