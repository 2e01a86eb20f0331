"""From plain values to HTML: Jinja2, escaping everything, refusing to render what was not given.

Templates do no work: they get values and say them in the reader's language. What they have besides their values: `_`
and `ngettext`, `once`, the filters of `FILTERS`, and `frame`. What is in a mapping they ask for with `[]`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from service.errors import Language
from service.language import Tongue, message, tongue_for
from service.language.catalogue import translations_to
from service.look import Look
from service.pages.compiling import QuickEnvironment
from service.sign_in.hats import Hat

TEMPLATES: Final = Path(__file__).parent / "templates"
FILTERS: Final = ("word", "day", "weekday", "short_day", "month", "time", "moment", "number", "together")


@dataclass(frozen=True, kw_only=True)
class Way:
    """Somewhere to go from the top of every page."""

    address: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a page: its title, where it is, who is there, what was just done, and where it hears news."""

    title: str
    path: str
    csrf: str
    contact: str
    wrong: bool = False
    said: str | None = None
    news: str | None = None
    who: str | None = None
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """Where somebody in this role can go."""
        return WAYS[self.hat] if self.hat else ()

    def leads_here(self, way: Way) -> bool:
        """Whether this page is behind this way."""
        return self.path == way.address or (way.address != "/" and self.path.startswith(f"{way.address}/"))


WAYS: Final[Mapping[Hat, tuple[Way, ...]]] = {
    Hat.MUNICIPALITY: (
        Way(address="/", name=message("Home")),
        Way(address="/collegas", name=message("Colleagues")),
    ),
    Hat.ADVISOR: (
        Way(address="/", name=message("Today")),
        Way(address="/agenda", name=message("My agenda")),
    ),
    Hat.STAFF: (
        Way(address="/", name=message("Overview")),
        Way(address="/nieuwe-aanvragen", name=message("New requests")),
        Way(address="/aanvragen", name=message("All requests")),
        Way(address="/stil", name=message("Quiet and to phone")),
        Way(address="/beheer", name=message("Management")),
    ),
    Hat.SUPPORTING_PARTY: (Way(address="/", name=message("Home")),),
}


class Renderer:
    """Renders templates, in each language with its own texts."""

    def __init__(self, look: Look) -> None:
        self.environments = {language: _environment(tongue_for(language), look) for language in Language}

    def render(self, template: str, tongue: Tongue, frame: Frame, values: Mapping[str, object]) -> str:
        """Render a page."""
        return self.environments[tongue.language].get_template(template).render(frame=frame, **values)


def _environment(tongue: Tongue, look: Look) -> Environment:
    environment = QuickEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,  # A release brings its templates; a page has twenty, and each would be looked for on disk.
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    i18n: Any = environment
    i18n.install_gettext_translations(translations_to(tongue.language), newstyle=True)
    environment.filters.update({name: getattr(tongue, name) for name in FILTERS})
    environment.globals.update(language=tongue.language, look=look, tongue=tongue, _=_sayer(tongue), once=_once())
    return environment


def _once() -> Callable[..., Markup]:
    """What `once` is in a template: a macro is not asked again for the same values, as of figures that stay a year."""

    @lru_cache(maxsize=512)
    def once(macro: Callable[..., Markup], *values: Hashable) -> Markup:
        return macro(*values)

    return once


def _sayer(tongue: Tongue) -> Callable[..., Markup]:
    """What `_` is in a template. Jinja's own looks itself up and makes the text anew, hundreds of times on a page."""
    gettext = translations_to(tongue.language).gettext

    @cache
    def without_values(text: str) -> Markup:
        return Markup(tongue.say(text))  # noqa: S704 - a text of ours

    def say(text: str, **values: object) -> Markup:
        return Markup(gettext(text)) % values if values else without_values(text)  # noqa: S704 - as above

    return say
