"""Bring the catalogue up to date with what templates and Python say: `python -m service.language.update`.

Texts that are gone leave, new ones come in without their Dutch, and are named: write it in `nl.po`. A text is said with
`_(…)`, `say(…)`, `ngettext(…)`, `say_many(…)`, or marked with `message(…)`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from service.language.catalogue import DUTCH, read_catalogue

SERVICE: Final = Path(__file__).parents[1]
METHODS: Final = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS: Final = {
    method: {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do", "newstyle_gettext": "true"}
    for method in ("**.html", "**.txt")
}
KEYWORDS: Final = {
    "_": None,
    "say": None,
    "message": None,
    "ngettext": (1, 2),
    "say_many": (1, 2),
}
WIDTH: Final = 120
HEADER: Final = r"""# The Dutch of all that pages say; `python -m service.language.update` keeps it level with them.
msgid ""
msgstr ""
"Language: nl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def update() -> tuple[str, ...]:
    """Rewrite the catalogue; give the texts that have no Dutch yet."""
    fresh = merged(extracted(), read_catalogue())
    DUTCH.write_bytes(written(fresh))
    return tuple(missing(fresh))


def extracted() -> Catalog:
    """Every text that the service says, in the order of its words."""
    catalogue = Catalog(locale="nl", domain="startloket", charset="utf-8", fuzzy=False)
    found = extract_from_dir(SERVICE, METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True)
    for file, _line, text, _comments, context in found:
        catalogue.add(text, None, [(file, None)], context=context)  # type: ignore[list-item]  # a place without a line
    return catalogue


def merged(found: Catalog, known: Catalog) -> Catalog:
    """What is said now, with the Dutch that was known of it."""
    fresh = Catalog(locale="nl", charset="utf-8", fuzzy=False)
    for text in found:
        if text.id:
            old = known.get(text.id[0] if isinstance(text.id, tuple) else text.id)
            places = sorted({(file, None) for file, _ in text.locations})
            fresh.add(text.id, old.string if old else "", places)  # type: ignore[arg-type]  # as above
    return fresh


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: sorted, without line numbers and dates, so that it changes only where texts do."""
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_output=True, include_lineno=False, omit_header=True)
    return HEADER.encode() + file.getvalue()


def missing(catalogue: Catalog) -> Iterator[str]:
    """The texts without Dutch."""
    for text in catalogue:
        strings = text.string if isinstance(text.string, (tuple, list)) else (text.string,)
        if text.id and not all(strings):
            yield text.id[0] if isinstance(text.id, (tuple, list)) else str(text.id)


def main() -> None:
    """Update, and end with exit code 1 when texts have no Dutch yet."""
    left = update()
    for text in left:
        sys.stdout.write(f"no Dutch yet: {text}\n")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
