"""Every address of the staff's pages, and the deeds among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.routing import BaseRoute

from service.pages.staff import (
    all_requests,
    assigning,
    correcting,
    deciding,
    downloading,
    joining,
    overview,
    silence,
    triage,
)

DEEDS: Final[Mapping[str, str]] = {**deciding.DEEDS, **assigning.DEEDS, **joining.DEEDS, **correcting.DEEDS}
DEED_ROUTES: Final[tuple[BaseRoute, ...]] = (
    *deciding.ROUTES,
    *assigning.ROUTES,
    *joining.ROUTES,
    *correcting.ROUTES,
)
ROUTES: Final[tuple[BaseRoute, ...]] = (
    *overview.routes,
    *triage.routes,
    *all_requests.routes,
    *downloading.routes,
    *silence.routes,
)
