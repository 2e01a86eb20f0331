"""Under which account the embedded PostgreSQL runs: it refuses to be root, so for root it is `nobody`.

No account is made. `nobody` gets its own data folder, and leave to pass through the folders above it, no more.
"""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path
from typing import TypedDict

ACCOUNT_FOR_ROOT = "nobody"


class Account(TypedDict, total=False):
    """Arguments for a new process: a user and a group of this machine, by number; empty for our own."""

    user: int
    group: int
    extra_groups: list[int]


def postgres_account() -> Account:
    """The account under which PostgreSQL is started."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(ACCOUNT_FOR_ROOT)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def give_folder(folder: Path, account: Account) -> None:
    """Make this folder the account's own, closed to all others but root, and open the way to it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account["user"], account["group"])
        open_way_to(folder)


def open_way_to(path: Path) -> None:
    """Let others pass through every folder above this path, without letting them see what is in it."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
