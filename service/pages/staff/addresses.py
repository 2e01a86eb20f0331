"""Every address of the staff's pages, and the deeds among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.routing import BaseRoute

from service.pages.staff import (
    account_identities,
    account_roles,
    account_tokens,
    accounts,
    advisor_work,
    all_requests,
    assigning,
    bulk_reassigning,
    correcting,
    deciding,
    deliveries,
    downloading,
    eligibility,
    joining,
    managing,
    one_account,
    overview,
    phoned_in,
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
    *phoned_in.routes,
    *bulk_reassigning.routes,
    *managing.routes,
    *accounts.routes,
    *one_account.routes,
    *account_identities.routes,
    *account_roles.routes,
    *account_tokens.routes,
    *advisor_work.routes,
    *eligibility.routes,
    *deliveries.routes,
)
