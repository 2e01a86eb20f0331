"""Every setting of Startloket, each with the sentence that explains it.

Settings come from the environment (`STARTLOKET_…`). A program that is given no database finds the `startloket dev`
that runs on this machine by the note in its data folder. Temporal has its own settings (`TEMPORAL_ADDRESS`,
`TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, TLS), which `service/temporal.py` reads.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from service.dev.runtime import environment_of_running_parts

PREFIX = "STARTLOKET_"
DRIVER = "postgresql+psycopg://"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    JSON = "json"
    CONSOLE = "console"
    AUTO = "auto"


class LogLevel(StrEnum):
    """The least severe line that is still written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _with_our_driver(url: str) -> str:
    """Accept what hosting parties hand out (`postgres://`, `postgresql://`) and use psycopg 3 for it."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ValueError("must begin with postgresql+psycopg:// (or postgresql://)")
    return DRIVER + rest


class RunningParts(PydanticBaseSettingsSource):
    """The settings of the `startloket dev` that runs here, for a program that was given no database."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The value of one setting, or None when the note does not give it."""
        return environment_of_running_parts().get(PREFIX + field_name.upper()), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All settings that the note gives."""
        found = environment_of_running_parts()
        names = {name: PREFIX + name.upper() for name in self.settings_cls.model_fields}
        return {name: found[variable] for name, variable in names.items() if variable in found}


class Settings(BaseSettings):
    """What may differ between two places where Startloket runs; nothing else does."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    database_url: Annotated[str, AfterValidator(_with_our_driver)] = Field(
        description="Address of the PostgreSQL database, as `postgresql+psycopg://user:password@host/database`; "
        "a unix socket is given as `?host=/folder`. Without it the database of a running `startloket dev` is used."
    )
    database_pool_size: int = Field(
        default=10,
        ge=1,
        le=200,
        description="Connections that one process keeps to the database; the API keeps as many again to look things "
        "up. In a worker this is also the number of commands recorded at the same time.",
    )
    log_format: LogFormat = Field(
        default=LogFormat.AUTO,
        description="`json` writes one JSON object per line, `console` lines for people; "
        "`auto` is `console` on a terminal and `json` elsewhere.",
    )
    log_level: LogLevel = Field(
        default=LogLevel.INFO, description="Least severe line that is logged: `debug`, `info`, `warning` or `error`."
    )
    build_id: str | None = Field(
        default=None,
        description="Name of this build. When set, workers use Temporal's worker versioning and `startloket release` "
        "makes the build current; leave it out in development.",
    )
    host: str = Field(default="127.0.0.1", description="Address on which the API listens.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port on which the API listens.")
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/\s]+(/[^\s]*)?$",
        description="Address under which people and other systems reach Startloket, without a slash at the end.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="Address of the OpenID Connect provider at which people sign in, as its discovery document names "
        "it. Nobody can sign in without it; `startloket dev` brings its own.",
    )
    oidc_client_id: str = Field(
        default="startloket", description="Name under which the OpenID Connect provider knows Startloket."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="Secret that Startloket shows the OpenID Connect provider; left out for a public client, which "
        "shows that it is itself by PKCE alone.",
    )
    oidc_scopes: str = Field(
        default="openid email profile",
        pattern=r"^(.* )?openid( .*)?$",
        description="What is asked of the OpenID Connect provider; `openid` and `email` are needed.",
    )
    development: bool = Field(
        default=False,
        description="Only on a developer's own machine: cookies go without TLS, and the sign-in page shows the people "
        "of the demo. `startloket dev` sets it.",
    )
    contact_mail: str = Field(
        default="startloket@kansrijkestart.example",
        pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$",
        description="Mail address at which people reach the staff of the programme; it stands on every page and in the "
        "OpenAPI document. The default reaches nobody: give your own.",
    )
    event_source: str = Field(
        default="urn:nld:kvknr:00000000:systeem:startloket",
        pattern=r"^urn:nld:kvknr:\d{8}:systeem:startloket$",
        description="Source of the events that go out, as `urn:nld:kvknr:<number>:systeem:startloket`, "
        "with the Chamber of Commerce number of the organisation that runs this installation.",
    )
    worker_metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which a worker shows its Prometheus metrics; none are shown when left out.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given in code, then in the environment, then found running on this machine."""
        return init_settings, env_settings, RunningParts(settings_cls)


def load_settings() -> Settings:
    """The settings of this process.

    Raises pydantic's ValidationError, which names every setting that is missing or wrong.
    """
    return Settings()
