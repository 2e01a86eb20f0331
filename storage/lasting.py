"""What changes only with a release: read once by each process, and remembered for as long as it lives.

`startloket migrate` loads it; a process that still runs then goes on with what it read before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.text import MunicipalityCode
from storage.database import AsyncConnection
from storage.figures import Comparison, compare_figures
from storage.municipalities import municipality_names

Asked = tuple[MunicipalityCode, tuple[str, ...]]


@dataclass(kw_only=True)
class Lasting:
    """Names and figures of municipalities, as far as somebody asked for them."""

    _names: Mapping[MunicipalityCode, str] = field(default_factory=dict)
    _figures: dict[Asked, tuple[Comparison, ...]] = field(default_factory=dict)

    async def names(self, connection: AsyncConnection) -> Mapping[MunicipalityCode, str]:
        """What every municipality that exists is called, by its code."""
        if not self._names:
            self._names = await municipality_names(connection)
        return self._names

    async def figures(
        self, connection: AsyncConnection, code: MunicipalityCode, indicators: Sequence[str]
    ) -> tuple[Comparison, ...]:
        """A municipality beside its neighbours and the country (`storage.figures.compare_figures`)."""
        asked = code, tuple(indicators)
        if asked not in self._figures:
            self._figures[asked] = await compare_figures(connection, *asked)
        return self._figures[asked]
