"""Templates are compiled in our own way, and say what Jinja's own would: nothing reaches a page unescaped."""

from __future__ import annotations

from enum import StrEnum

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import UndefinedError
from jinja2.runtime import StrictUndefined
from markupsafe import Markup

from service.errors import Language
from service.language.catalogue import translations_to
from service.pages.compiling import QuickEnvironment

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


def environment(kind: type[Environment]) -> Environment:
    made = kind(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    gettext = translations_to(Language.DUTCH).gettext

    def say(text: object, **values: object) -> Markup:
        return Markup(gettext(str(text))) % values  # noqa: S704 - a text of ours, or of this test

    made.globals["_"] = say
    return made
