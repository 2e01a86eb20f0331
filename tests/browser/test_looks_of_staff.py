"""What staff see."""

from __future__ import annotations

import pytest

from tests.looking import Eyes, Look
from tests.looks import STAFF


@pytest.mark.parametrize("look", STAFF, ids=lambda look: look.name)
async def test_a_page_of_staff_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look)
