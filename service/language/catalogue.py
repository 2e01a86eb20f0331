"""The catalogues: English in the source is the key, `nl.po` has the Dutch. Read once, when a process starts."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from service.errors import Language

HERE: Final = Path(__file__).parent
DUTCH: Final = HERE / "nl.po"


@cache
def translations_to(language: Language) -> NullTranslations:
    """The texts in this language."""
    if language is Language.ENGLISH:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue())
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_catalogue() -> Catalog:
    """The Dutch catalogue as it was written."""
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl", domain="startloket")
