"""How templates become Python, and what they call: as Jinja does it, but for what a page does hundreds of times.

Jinja makes `Markup` of every value it puts on a page, also of what is markup already, and joins them all afterwards;
looks up again and again in which language a page is; looks for each part of a page anew and gives it a context of its
own; asks of whatever is called whether it wants the context, and of each attribute whether it is one. On the page of a
request that was half of the work.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any, Final, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

NOT_FOR_MACROS: Final = ("_block_vars", "_loop_vars")
"""What Jinja gives with every call, for functions that want the context."""


class Compiler(CodeGenerator):
    """Has values escaped by the environment, and texts that are the same at every visit said beforehand."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """Read an attribute at once: templates get objects, and ask for what is in a mapping with `[]`."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=text)], kwargs=[]):
                say = cast(Callable[[str], Markup], self.environment.globals["_"])
                return say(text)
            case _:
                return super()._output_child_to_const(node, frame, finalize)


class PartsInPlace(NodeTransformer):
    """Puts what a template includes in its place. A mistake in there is told at the line that includes it."""

    def __init__(self, environment: QuickEnvironment) -> None:
        self.environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        """Give the part itself, with variables of its own."""
        if not isinstance(node.template, nodes.Const) or node.ignore_missing or not node.with_context:
            return node
        part = nodes.Scope(self.environment.parts_of(node.template.value))
        part.set_environment(self.environment)
        return part.set_lineno(node.lineno, override=True)


class QuickContext(Context):
    """Calls macros at once."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja declares it
        """Call something from a template."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        for name in NOT_FOR_MACROS:
            kwargs.pop(name, None)
        if kwargs or called.caller or len(args) != len(called.arguments):
            return called(self.eval_ctx, *args, **kwargs)
        return str.__new__(Markup, called._func(*args))  # noqa: SLF001 - what a template of ours made


class QuickEnvironment(Environment):
    """For one language, with globals that are given before its first template is read, and stay."""

    code_generator_class = Compiler
    context_class = QuickContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Lay them side by side: Jinja's chain of two dictionaries is walked anew for every part of a page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = PartsInPlace(self).visit(super()._parse(source, name, filename))
        return cast(nodes.Template, tree)

    def parts_of(self, name: str) -> list[nodes.Node]:
        """Read what a template consists of."""
        if self.loader is None:
            raise TemplateNotFound(name)
        source, filename, _ = self.loader.get_source(self, name)
        return self._parse(source, name, filename).body

    @staticmethod
    def escaped(value: object) -> str:
        """What is put on the page for a value: markup as it is, everything else escaped."""
        if type(value) is Markup:
            return value
        return _escaped(value) if type(value) is str else escape(value)


@lru_cache(maxsize=8192)
def _escaped(text: str) -> Markup:
    """Only of what is a `str` and nothing more: markup would be taken for the same text, and is not."""
    return escape(text)
