"""What advisors see."""

from __future__ import annotations

import pytest

from tests.looking import Eyes, Look
from tests.looks import ADVISOR


@pytest.mark.parametrize("look", ADVISOR, ids=lambda look: look.name)
async def test_a_page_of_an_advisor_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look)
