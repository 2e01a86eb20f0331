"""How the stylesheet is made: which stylesheets of the design system go into it, in which order, with which fonts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.look.pruning import pruned

HERE: Final = Path(__file__).parent
CHECKOUT: Final = HERE.parents[1]
PACKAGES: Final = CHECKOUT / "node_modules"
PAGES: Final = HERE.parent / "pages"

STYLESHEETS: Final = (
    "@utrecht/component-library-css/dist/index.css",
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
    "@nl-design-system-candidate/heading-css/dist/heading.css",
    "@nl-design-system-candidate/link-css/dist/link.css",
    "@nl-design-system-candidate/number-badge-css/dist/number-badge.css",
    "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@gemeente-denhaag/step-marker/dist/index.css",
    "@gemeente-denhaag/process-steps/dist/index.css",
    "@gemeente-denhaag/contact-timeline/dist/index.css",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
)
OUR_OWN: Final = (
    "programme.css",
    "bridge.css",
    "request.css",
    "advisor.css",
    "figures.css",
    "watching.css",
    "dark.css",
    "print.css",
)
FONTS: Final = (
    "@fontsource/noto-sans/400.css",
    "@fontsource/noto-sans/700.css",
    "@fontsource/noto-serif/700.css",
)
ICON: Final = "icon.svg"
SCRIPT: Final = "pages.js"
WRITTEN_WITH: Final = ("latin", "latin-ext")
FACE: Final = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
WOFF2: Final = re.compile(r"url\(\./files/(?P<file>[\w-]+\.woff2)\) format\('woff2'\)")
SOURCE: Final = re.compile(r"src:[^;]+;")
CLASS_NAME: Final = re.compile(r"\b(?:utrecht|nl|denhaag|voorbeeld)-[a-z0-9]+(?:[-_]+[a-z0-9]+)*")


class PackagesMissing(Exception):
    """The packages of the design system are not installed."""

    def __str__(self) -> str:
        return "The packages of the design system are not installed. Run: make"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file to serve: its name with a hash of its content, and the content."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Everything:
    """All that the look is made of."""

    stylesheet: Made
    icon: Made
    script: Made
    fonts: tuple[Made, ...]


def ingredients() -> str:
    """A digest of all that the stylesheet depends on: it is made anew when this changes."""
    own = [*sorted(HERE.glob("*.css")), HERE / ICON, HERE / SCRIPT, *sorted(HERE.glob("*.py"))]
    digest = hashlib.sha256("\n".join(sorted(classes_used())).encode())
    for file in (*own, CHECKOUT / "package-lock.json"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def classes_used() -> frozenset[str]:
    """The design system's classes that pages name, each written out in whole in a template or in Python."""
    files = (*PAGES.rglob("*.html"), *PAGES.rglob("*.py"))
    return frozenset(name for file in files for name in CLASS_NAME.findall(file.read_text(encoding="utf-8")))


def make_everything() -> Everything:
    """Make the look.

    Raises: PackagesMissing.
    """
    if not PACKAGES.is_dir():
        raise PackagesMissing
    faces, fonts = _fonts()
    system = "\n".join((PACKAGES / name).read_text(encoding="utf-8") for name in STYLESHEETS)
    own = "\n".join((HERE / name).read_text(encoding="utf-8") for name in OUR_OWN)
    css = faces + pruned(system + own, classes_used() | _own_classes(own))
    return Everything(
        stylesheet=_made("startloket", "css", css.encode()),
        icon=_made("icon", "svg", (HERE / ICON).read_bytes()),
        script=_made("pages", "js", (HERE / SCRIPT).read_bytes()),
        fonts=tuple(fonts),
    )


def _own_classes(css: str) -> frozenset[str]:
    """Our own classes stay, whoever uses them: those of the design system do not come back by being named here."""
    return frozenset(name for name in re.findall(r"\.([a-z][\w-]*)", css) if not CLASS_NAME.match(name))


def _fonts() -> tuple[str, list[Made]]:
    """The font faces, woff2 alone and for our alphabet alone, with their files."""
    faces, fonts = [], []
    for sheet in FONTS:
        for face, file in _faces(PACKAGES / sheet):
            font = _made(file.stem, "woff2", file.read_bytes())
            fonts.append(font)
            faces.append(SOURCE.sub(f"src:url({font.name}) format('woff2');", face))
    return re.sub(r"\s+", " ", "".join(faces)), fonts


def _faces(sheet: Path) -> Iterator[tuple[str, Path]]:
    for face in FACE.findall(sheet.read_text(encoding="utf-8")):
        found = WOFF2.search(face)
        if found and re.sub(r"^noto-(sans|serif)-|-\d+-normal\.woff2$", "", found["file"]) in WRITTEN_WITH:
            yield face, sheet.parent / "files" / found["file"]


def _made(stem: str, suffix: str, content: bytes) -> Made:
    return Made(name=f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", content=content)
