"""The one way to reach Temporal: its settings from the environment, our data converter, nothing else.

Client, worker, tests and replayer take DATA_CONVERTER from here, so that what one writes the other can read.
"""

from __future__ import annotations

import os

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.envconfig import ClientConfigProfile, ClientConnectConfig
from temporalio.runtime import Runtime

from service.dev.runtime import environment_of_running_parts

DATA_CONVERTER: DataConverter = pydantic_data_converter
DEFAULT_ADDRESS = "localhost:7233"
TASK_QUEUE = "startloket"
DEPLOYMENT = "startloket"
"""Name of the worker deployment whose builds `startloket release` makes current."""


def connect_config() -> ClientConnectConfig:
    """Where Temporal is and how it is reached: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS….

    A program that was given no database goes to the Temporal of the `startloket dev` whose database it uses.
    """
    environment = {**os.environ, **environment_of_running_parts()}
    found = ClientConfigProfile.load(override_env_vars=environment).to_client_connect_config()
    return {"target_host": DEFAULT_ADDRESS, **found}


async def connect(*, lazy: bool = False, runtime: Runtime | None = None) -> Client:
    """A client of Temporal.

    `lazy` connects at the first call only: the API reads PostgreSQL, also while Temporal is away. A worker cannot be
    lazy. Raises RuntimeError when Temporal does not answer.
    """
    return await Client.connect(**connect_config(), data_converter=DATA_CONVERTER, lazy=lazy, runtime=runtime)
