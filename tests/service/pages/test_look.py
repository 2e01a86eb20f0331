"""The stylesheet holds what pages use and nothing else, and loses nothing on the way."""

from __future__ import annotations

import re

from service.look.files import FOLDER, load_look
from service.look.making import OUR_OWN, classes_used, make_everything
from service.look.pruning import pruned


def test_rules_of_classes_that_nobody_uses_are_left_out() -> None:
    css = ".a{color:red}.b{color:blue}.a .b,.a:hover{color:green}@media print{.b{color:black}}p{margin:0}"
    assert pruned(css, {"a"}) == ".a{color:red}.a:hover{color:green}p{margin:0}"


def test_a_class_that_must_not_be_there_need_not_be_used() -> None:
    assert pruned(".a:not(.b):hover{color:red}", {"a"}) == ".a:not(.b):hover{color:red}"


def test_only_tokens_that_something_reads_are_kept_however_long_the_way() -> None:
    css = ".theme{--one:var(--two);--two:var(--three, 1px);--three:3px;--four:4px}.a{margin:var(--one)}"
    assert pruned(css, {"theme", "a"}) == (
        ".theme{--one:var(--two);--two:var(--three, 1px);--three:3px}.a{margin:var(--one)}"
    )


def test_semicolons_and_braces_in_values_are_no_ends() -> None:
    css = """.a{background:url(data:image/png;base64,AA==);content:";}"}"""
    assert pruned(css, {"a"}) == css


def test_the_stylesheet_is_the_same_however_often_it_is_made() -> None:
    assert make_everything().stylesheet == make_everything().stylesheet
    assert load_look().stylesheet == make_everything().stylesheet.name


def test_every_token_that_the_stylesheet_reads_without_a_fallback_is_declared() -> None:
    css = (FOLDER / load_look().stylesheet).read_text(encoding="utf-8")
    declared = set(re.findall(r"(--(?:programme|basis|voorbeeld)-[\w-]+):", css))
    assert set(re.findall(r"var\((--(?:programme|basis|voorbeeld)-[\w-]+)\)", css)) - declared == set()


def test_every_font_that_the_stylesheet_names_is_there() -> None:
    css = (FOLDER / load_look().stylesheet).read_text(encoding="utf-8")
    files = set(re.findall(r"url\(([\w-]+\.woff2)\)", css))
    assert len(files) == 6
    assert [file for file in files if not (FOLDER / file).is_file()] == []


def test_our_own_stylesheets_go_in_after_the_design_system() -> None:
    css = make_everything().stylesheet.content.decode()
    assert css.index(".utrecht-body{") < css.index(".masthead{")
    assert OUR_OWN[-1] == "print.css"
    assert "utrecht-page-body" in classes_used()
