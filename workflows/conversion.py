"""The one way in which messages become bytes: for client, worker, tests and replayer alike."""

from __future__ import annotations

from typing import Final

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

DATA_CONVERTER: Final[DataConverter] = pydantic_data_converter
