"""What everybody sees, and who asks for support without an account."""

from __future__ import annotations

import pytest

from tests.looking import Eyes, Look
from tests.looks import EVERYBODY


@pytest.mark.parametrize("look", EVERYBODY, ids=lambda look: look.name)
async def test_a_page_for_everybody_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look)
