"""The provider: somebody is sent there, comes back with a code, and the code becomes an identity.

Authorization code with PKCE, state and nonce; Authlib checks them, and the signature, issuer, audience and age of the
ID token. What the provider is and can do comes from its own discovery document, read at the first sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # it ships no types
from authlib.integrations.starlette_client import (  # type: ignore[import-untyped]  # nor here
    StarletteIntegration,
    StarletteOAuth2App,
)
from joserfc.errors import JoseError
from starlette.requests import Request

from service.settings import Settings
from storage.identities import Identity

DISCOVERY: Final = "/.well-known/openid-configuration"
SECONDS: Final = 10


@cache
def trusted_authorities() -> SSLContext:
    """Whom to trust over TLS, read once: Authlib makes a client for each question, and reading takes some 50 ms."""
    return httpx2.create_ssl_context()


class NotSignedIn(Exception):
    """The provider did not say who it is: it refused, it is away, or what came back is not ours."""


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Where to send somebody, and what must be the same when they come back."""

    url: str
    state: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Who somebody is, says the provider; `email` only when it says that it verified the address."""

    identity: Identity
    email: str | None
    id_token: str


class Provider:
    """One provider of identities."""

    def __init__(self, settings: Settings, issuer: str) -> None:
        self.issuer = issuer.rstrip("/")
        secret = settings.oidc_client_secret
        self.app = StarletteOAuth2App(
            StarletteIntegration("oidc"),
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            server_metadata_url=self.issuer + DISCOVERY,
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "timeout": SECONDS,
                "verify": trusted_authorities(),
                **({} if secret else {"token_endpoint_auth_method": "none"}),
            },
        )

    @property
    def origin(self) -> str:
        """Where the provider's pages are, as a browser compares it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    async def depart(self, callback: str, *, anew: bool = False) -> Departure:
        """Make the address at which somebody signs in, `anew` also when they are signed in there; they come back.

        Raises: NotSignedIn when the provider is away.
        """
        try:
            begun = await self.app.create_authorization_url(callback, **({"prompt": "login"} if anew else {}))
        except (httpx2.HTTPError, AuthlibBaseError, ValueError) as error:
            raise NotSignedIn(type(error).__name__) from error
        return Departure(url=begun.pop("url"), state={**begun, "redirect_uri": callback})

    async def arrive(self, request: Request, state: dict[str, Any]) -> Arrival:
        """Take in somebody who comes back.

        Raises: NotSignedIn.
        """
        request.scope["session"] = {f"_state_oidc_{state['state']}": {"data": state}}
        try:
            token = await self.app.authorize_access_token(request)
            claims = token["userinfo"]
            return Arrival(
                identity=Identity(issuer=claims["iss"], subject=claims["sub"]),
                email=await self._verified_email(token, claims),
                id_token=token["id_token"],
            )
        except (httpx2.HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise NotSignedIn(type(error).__name__) from error

    async def departure_for_good(self, id_token: str | None, back: str) -> str | None:
        """The address at which somebody signs out at the provider too; None when it has none or is away."""
        try:
            made = await self.app.create_logout_url(back, id_token_hint=id_token, client_id=self.app.client_id)
        except (httpx2.HTTPError, RuntimeError, ValueError):
            return None
        return str(made["url"])

    async def _verified_email(self, token: dict[str, Any], claims: dict[str, Any]) -> str | None:
        """Many providers keep the address out of the ID token and give it when asked (OIDC Core 5.3)."""
        if "email" not in claims:
            claims = await self.app.userinfo(token=token)
        return claims["email"] if claims.get("email") and claims.get("email_verified") is True else None
