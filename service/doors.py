"""All doors of one process together: the API and the pages beside each other, on the same parts.

The API and the pages do not know each other; here alone they meet.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

from starlette.routing import Mount
from starlette.types import ASGIApp

from service.api import app as api
from service.composition import Parts, open_parts
from service.log import set_up_logging
from service.pages.app import PagesApp
from service.settings import load_settings
from service.sign_in.demo import invite_demo_people


def create_app(open_with: api.OpenParts | None = None) -> ASGIApp:
    """Put the doors together; their parts are opened when they start, by default from the settings.

    Raises: PackagesMissing when the stylesheet of the pages was never made.
    """
    return api.create_app(open_with or _open_from_settings, beside=[Mount("/", app=PagesApp())])


def _open_from_settings() -> AbstractAsyncContextManager[Parts]:
    settings = load_settings()
    set_up_logging(settings.log_format, settings.log_level)
    return _ready(open_parts(settings))


@asynccontextmanager
async def _ready(opening: AbstractAsyncContextManager[Parts]) -> AsyncIterator[Parts]:
    """Open the parts; in development the people of the demo are invited."""
    async with opening as parts:
        if parts.settings.development:
            async with parts.engine.begin() as connection:
                await invite_demo_people(connection, datetime.now(UTC))
        yield parts
