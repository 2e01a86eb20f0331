"""Leave out of a stylesheet what no page uses: rules for other classes, then the design tokens that nothing reads.

The design system's stylesheets are flat: rules, and at-rules that hold rules. What nests deeper is kept as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE: Final = re.compile(r"\s+")
CLASS: Final = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NOT: Final = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
READ: Final = re.compile(r"var\(\s*(--[\w-]+)")
PIECE: Final = re.compile(r"""(?P<quoted>"[^"]*"|'[^']*')|(?P<open>[{(])|(?P<close>[})])|(?P<end>;)""")
HOLDS_RULES: Final = ("@media", "@supports", "@container", "@layer")


@dataclass(frozen=True)
class Rule:
    """A selector with its declarations, or an at-rule with the rules it holds."""

    prelude: str
    declarations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def written(self) -> str:
        """The rule as CSS, without a space too many."""
        held = "".join(rule.written() for rule in self.rules) or ";".join(self.declarations)
        return f"{self.prelude}{{{held}}}"


def pruned(css: str, classes: Collection[str]) -> str:
    """Keep the rules whose classes are all used, and of the custom properties those that something reads."""
    rules = tuple(_used(read_rules(css), frozenset(classes)))
    tokens = _tokens_read(rules)
    return "".join(rule.written() for rule in _without_idle_tokens(rules, tokens))


def read_rules(css: str) -> tuple[Rule, ...]:
    """Read a stylesheet; statements without a block (`@charset`, `@import`) are left out."""
    flat = SPACE.sub(" ", COMMENT.sub("", css))
    return tuple(_read(flat))


def _read(css: str) -> Iterator[Rule]:
    for statement in _statements(css):
        prelude, opened, rest = statement.partition("{")
        if not opened:
            continue
        prelude, body = prelude.strip(), rest.removesuffix("}")
        if prelude.startswith(HOLDS_RULES):
            yield Rule(prelude, rules=tuple(_read(body)))
        else:
            yield Rule(prelude, declarations=tuple(_compact(one) for one in _statements(body) if one.strip(" ;")))


def _statements(css: str) -> Iterator[str]:
    """Split at each `;` or `}` that is not within quotes, parentheses or a block."""
    depth = start = 0
    for piece in PIECE.finditer(css):
        if piece["open"]:
            depth += 1
        elif piece["close"]:
            depth -= 1
        if depth == 0 and (piece["end"] or piece["close"] == "}"):
            yield css[start : piece.end()].strip()
            start = piece.end()
    if css[start:].strip():
        yield css[start:].strip()


def _compact(declaration: str) -> str:
    name, _, value = declaration.strip(" ;").partition(":")
    return f"{name.strip()}:{value.strip()}"


def _used(rules: Iterable[Rule], classes: frozenset[str]) -> Iterator[Rule]:
    for rule in rules:
        if rule.rules:
            held = tuple(_used(rule.rules, classes))
            if held:
                yield replace(rule, rules=held)
        elif rule.prelude.startswith("@"):
            yield rule
        else:
            selectors = [one for one in _selectors(rule.prelude) if _names(one) <= classes]
            if selectors and rule.declarations:
                yield replace(rule, prelude=",".join(selectors))


def _selectors(prelude: str) -> Iterator[str]:
    depth = start = 0
    for place, letter in enumerate(prelude):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield prelude[start:place].strip()
            start = place + 1
    yield prelude[start:].strip()


def _names(selector: str) -> set[str]:
    """The classes an element must have to be selected; what it must not have does not count."""
    return set(CLASS.findall(NOT.sub("", selector)))


def _tokens_read(rules: Iterable[Rule]) -> set[str]:
    """The custom properties that a declaration reads, straight or by way of others."""
    values: dict[str, set[str]] = defaultdict(set)
    wanted: set[str] = set()
    for name, value in _declarations(rules):
        (values[name] if name.startswith("--") else wanted).update(READ.findall(value))
    found: set[str] = set()
    while wanted:
        found |= wanted
        wanted = set().union(*(values[name] for name in wanted)) - found
    return found


def _declarations(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield from _declarations(rule.rules)
        for declaration in rule.declarations:
            name, _, value = declaration.partition(":")
            yield name, value


def _without_idle_tokens(rules: Iterable[Rule], tokens: set[str]) -> Iterator[Rule]:
    for rule in rules:
        held = tuple(_without_idle_tokens(rule.rules, tokens))
        kept = tuple(one for one in rule.declarations if not one.startswith("--") or one.partition(":")[0] in tokens)
        if held or kept:
            yield replace(rule, rules=held, declarations=kept)
