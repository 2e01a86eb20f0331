"""What `startloket dev` tells the person who started it: step by step, then where everything is."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

ACCOUNTS = {
    "staff@startloket.test": "programme staff",
    "advisor1@startloket.test": "advisor",
    "advisor2@startloket.test": "advisor",
    "venlo@startloket.test": "municipality of Venlo",
    "maastricht@startloket.test": "municipality of Maastricht",
}

console = Console(highlight=False)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is done, and how long it took when it is done."""
    started = time.monotonic()
    yield
    console.print(f"  [green]✓[/] {what} [dim]{time.monotonic() - started:.1f} s[/]")


def urls_of(public_url: str, temporal_ui_port: int) -> dict[str, str]:
    """Where a browser finds what."""
    return {
        "Startloket": f"{public_url}/",
        "API documentation": f"{public_url}/api/v1/docs",
        "OpenAPI document": f"{public_url}/api/v1/openapi.json",
        "Temporal": f"http://127.0.0.1:{temporal_ui_port}/",
    }


def announce(urls: Mapping[str, str], folder: Path, *, has_demo: bool) -> None:
    """Say where everything is and how to sign in."""
    table = Table.grid(padding=(0, 2))
    for name, url in urls.items():
        table.add_row(f"[bold]{name}[/]", f"[link={url}]{url}[/link]")
    table.add_row("[bold]Data[/]", str(folder))
    table.add_row("", "")
    if has_demo:
        for mail, who in ACCOUNTS.items():
            table.add_row(f"[bold]{who}[/]", mail)
    table.add_row("[bold]API token[/]", "startloket token EMAIL, in another terminal")
    console.print(Panel(table, title="Startloket is ready", subtitle="Ctrl-C stops everything", expand=False))


def warn(sentence: str) -> None:
    """Say something that must not be overlooked."""
    console.print(f"  [yellow]![/] {sentence}")
