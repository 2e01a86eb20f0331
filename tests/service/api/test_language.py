"""Callers are answered in Dutch, unless they ask for English first."""

from __future__ import annotations

import pytest

from service.api.language import preferred
from service.errors import Language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", Language.DUTCH),
        ("*", Language.DUTCH),
        ("de, fr;q=0.8", Language.DUTCH),
        ("nl, en", Language.DUTCH),
        ("en", Language.ENGLISH),
        ("en-GB, nl;q=0.9", Language.ENGLISH),
        ("en;q=0.5, nl;q=0.9", Language.DUTCH),
        ("EN;Q=0.9, nl;q=0.5", Language.ENGLISH),
        ("en;q=much", Language.DUTCH),
        ("en;level=1", Language.ENGLISH),
        ("en;q=0", Language.DUTCH),
        (";;,,q=", Language.DUTCH),
    ],
)
def test_the_heaviest_language_we_speak_is_chosen(accepted: str, language: Language) -> None:
    assert preferred(accepted) is language
