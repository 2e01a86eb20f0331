"""Templates are compiled in our own way, and say what Jinja's own would: nothing reaches a page unescaped."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, nodes
from jinja2.exceptions import UndefinedError
from jinja2.runtime import StrictUndefined
from markupsafe import Markup

from service.errors import Language
from service.language.catalogue import translations_to
from service.pages.compiling import QuickEnvironment
from service.pages.rendering import TEMPLATES as RENDERED

PIECES = """
{% macro piece(text, tone="calm") %}
  <b class="{{ tone }}">{{ text }}{% if caller is defined %}{{ caller() }}{% endif %}</b>
{% endmacro %}
"""
PAGE = """
{% import "pieces.html" as pieces %}
{{ value }} <a title="{{ value }}">{{ value|upper }}</a>
{% for one in values %}{{ pieces.piece(one) }}{{ pieces.piece(text=one, tone=one) }}{{ loop.index }}{% endfor %}
{% set made %}<i>{{ value }}</i>{% endset %}{{ made }}
{% call pieces.piece(value) %}<u>{{ value }}</u>{% endcall %}
{% include "part.html" %}{{ "leaked" if own is defined else "kept apart" }}
{% include "nothing.html" ignore missing %}{% include names["first"] %}
{{ _("Home") }} {{ _("Who & what") }} {{ _("Request of %(municipality)s", municipality=value) }}
"""
PART = """
{% import "pieces.html" as others %}
{% set own = "own" %}{{ own }}{{ value }} {{ _(value) }} {% if _("Home") == "Home" %}same{% endif %}
{% for one in values %}{{ loop.index }}{{ others.piece(one, "loud") }}{% include "inner.html" %}{% endfor %}
"""
INNER = "{{ one|default('nothing') }}{{ own|default('nothing') }}"
TEMPLATES = {"pieces.html": PIECES, "page.html": PAGE, "part.html": PART, "inner.html": INNER}


class Sign(StrEnum):
    LESS = "<"


@pytest.mark.parametrize("value", ["plain", "<script>", "'\"&", Markup("<em>marked</em>"), Sign.LESS, 12, None, 1.5])
def test_a_page_says_what_jinja_would_make_of_it(value: object) -> None:
    values = {
        "value": value,
        "values": [value, "<", Markup("<hr>")],
        "names": {"first": "inner.html"},
    }

    assert environment(QuickEnvironment).get_template("page.html").render(values) == (
        environment(Environment).get_template("page.html").render(values)
    )


def test_text_is_escaped_also_after_the_same_text_came_as_markup() -> None:
    page = environment(QuickEnvironment).from_string("{{ one }}{{ other }}{{ one }}")

    assert page.render(one=Markup("<p>"), other="<p>") == "<p>&lt;p&gt;<p>"
    assert page.render(one="<p>", other=Markup("<p>")) == "&lt;p&gt;<p>&lt;p&gt;"


def test_what_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment(QuickEnvironment).from_string("{{ nothing }}").render()


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        environment(QuickEnvironment).from_string("{{ one.other }}").render(one="text")


@pytest.mark.parametrize("asking", ["one.other is defined", "one.other is undefined", "one.other|default('')"])
def test_asking_whether_an_attribute_is_there_is_found(asking: str) -> None:
    assert list(asks_whether_it_is_there(Environment(autoescape=True).parse(f"{{{{ {asking} }}}}")))


@pytest.mark.parametrize("path", sorted(RENDERED.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_asks_whether_an_attribute_is_there(path: Path) -> None:
    asked = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(path.read_text())

    assert not list(asks_whether_it_is_there(asked))


def asks_whether_it_is_there(template: nodes.Template) -> Iterator[nodes.Node]:
    """An attribute is read at once, and where it is not there that is an error: it cannot be asked for."""
    for one in template.find_all((nodes.Test, nodes.Filter)):
        asks = one.name in ("defined", "undefined", "default", "d")
        if asks and isinstance(one.node, nodes.Getattr):
            yield one


def environment(kind: type[Environment]) -> Environment:
    made = kind(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    gettext = translations_to(Language.DUTCH).gettext

    def say(text: object, **values: object) -> Markup:
        return Markup(gettext(str(text))) % values  # noqa: S704 - a text of ours, or of this test

    made.globals["_"] = say
    return made
