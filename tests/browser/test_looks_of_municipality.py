"""What people of a municipality see."""

from __future__ import annotations

import pytest

from tests.looking import Eyes, Look
from tests.looks import MUNICIPALITY


@pytest.mark.parametrize("look", MUNICIPALITY, ids=lambda look: look.name)
async def test_a_page_of_a_municipality_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look)
