"""The one way to reach Temporal: its settings from the environment, the data converter of our workflows."""

from __future__ import annotations

import os

from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile, ClientConnectConfig
from temporalio.runtime import Runtime

from service.dev.runtime import environment_of_running_parts, environment_with
from workflows.conversion import DATA_CONVERTER

DEFAULT_ADDRESS = "localhost:7233"
DEPLOYMENT = "startloket"
"""Name of the worker deployment whose builds `startloket release` makes current."""


def connect_config() -> ClientConnectConfig:
    """Where Temporal is and how it is reached: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS….

    A program that was given no database goes to the Temporal of the `startloket dev` whose database it uses.
    """
    found = environment_of_running_parts()
    environment = environment_with(found) if found else dict(os.environ)
    profile = ClientConfigProfile.load(override_env_vars=environment)
    return {"target_host": DEFAULT_ADDRESS, **profile.to_client_connect_config()}


async def connect(*, lazy: bool = False, runtime: Runtime | None = None) -> Client:
    """A client of Temporal.

    `lazy` connects at the first call only: the API reads PostgreSQL, also while Temporal is away. A worker cannot be
    lazy. Raises RuntimeError when Temporal does not answer.
    """
    return await Client.connect(**connect_config(), data_converter=DATA_CONVERTER, lazy=lazy, runtime=runtime)
