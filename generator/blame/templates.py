"""Templates that tell what they write: before each of their lines its place, around each condition what it looks at.

`@file:line` marks the place in a template that what follows comes from. `(1,2` and `)` mark where what hangs on the
values of these numbers begins and ends; `[1,2` where it hangs on their being there at all, in what holds them.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from generator.blame.marks import MarkedText, mark, marks_of, numbers_in, plain, without_marks
from generator.rendering.render import built_in_templates
from generator.rendering.sandbox import Sandbox
from generator.settings.parts import Part

_HANGS_ON = "what hangs on"
"""Name of a filter. No template can call it: it has spaces."""

_OPERANDS: dict[type[nodes.Node], Callable[[Any], list[nodes.Node]]] = {
    nodes.Not: lambda test: [test.node],
    nodes.Test: lambda test: [test.node],
    nodes.Compare: lambda test: [test.expr, test.ops[0].expr],
    nodes.And: lambda test: [test.left, test.right],
    nodes.Or: lambda test: [test.left],  # the right one may not be there where the left one holds
}


class FollowingEnvironment(Sandbox):
    """Renders a catalogue with marks as the one without them, and keeps the marks."""

    derived: Mapping[tuple[int, str], object] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What is text may be compared with text of a template."""
        key = id(obj), attribute
        value = self.derived[key] if key in self.derived else super().getattr(obj, attribute)
        return MarkedText(value) if type(value) is str else value

    def join_path(self, template: str, parent: str) -> str:
        return without_marks(template)

    def follow(self, derived: Mapping[tuple[int, str], object]) -> None:
        """Take these attributes for those of their objects, and let no filter that there is by now see a mark."""
        self.derived = derived
        self.filters = {name: _followed(filter_) for name, filter_ in self.filters.items()}
        self.filters[_HANGS_ON] = _hangs_on

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        telling: nodes.Template = _Telling(_shown(filename or name or "")).visit(source)
        return super()._generate(telling, name, filename, defer_init)


def _shown(file: str) -> str:
    """A built-in template is named without the way to where tfgen is installed."""
    path, built_in = Path(file), built_in_templates()
    if not path.is_relative_to(built_in):
        return file
    folder = "templates/" if built_in.parent.samefile(os.curdir) else "built-in:"
    return folder + path.relative_to(built_in).as_posix()


def _followed(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(filter_)
    def followed(*arguments: Any, **options: Any) -> Any:
        result = filter_(*map(plain, arguments), **options)
        values = [argument for argument in arguments if isinstance(argument, str | int | list | tuple)]
        return MarkedText(result + marks_of(values)) if isinstance(result, str) else result

    return followed


def _hangs_on(values: list[object], each: bool) -> str:
    is_whole = not each and any(isinstance(value, Mapping | list | tuple | Part) for value in values)
    return mark(("[" if is_whole else "(") + ",".join(map(str, dict.fromkeys(numbers_in(values)))))


class _Telling(NodeTransformer):
    def __init__(self, filename: str) -> None:
        self._filename = filename

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - the name is Jinja's
        told = [self._told(part) for part in node.nodes]
        return nodes.Output([part for parts in told for part in parts], lineno=node.lineno)

    def visit_If(self, node: nodes.If) -> nodes.If:  # noqa: N802
        self.generic_visit(node)
        node.body = self._hanging(node.body, _operands(node.test), node.lineno, each=False)
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        self.generic_visit(node)
        node.body = self._hanging(node.body, [_loaded(node.target)], node.lineno, each=True)
        return node

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> list[nodes.Node]:  # noqa: N802
        """A filter sees no marks, so that its whole text comes from here."""
        return [nodes.Output([self._place(node.lineno)]), node]

    def _told(self, part: nodes.Expr) -> Iterator[nodes.Expr]:
        if not isinstance(part, nodes.TemplateData):
            yield from (self._place(part.lineno), part)
            return
        lines = enumerate(part.data.split("\n"), start=part.lineno)
        told = "\n".join(self._place(number).data + line for number, line in lines)
        yield nodes.TemplateData(told, lineno=part.lineno)

    def _place(self, line: int) -> nodes.TemplateData:
        return nodes.TemplateData(mark(f"@{self._filename}:{line}"), lineno=line)

    def _hanging(
        self, body: list[nodes.Node], values: Sequence[nodes.Node], line: int, *, each: bool
    ) -> list[nodes.Node]:
        mark_of = nodes.Filter(nodes.List(list(values)), _HANGS_ON, [nodes.Const(each)], [], None, None)
        begin, end = nodes.Output([mark_of], lineno=line), nodes.Output([nodes.TemplateData(mark(")"))], lineno=line)
        return [begin, *body, end]


def _operands(test: nodes.Node) -> list[nodes.Node]:
    """Return what a condition looks at and is sure to be there once it holds."""
    inner = _OPERANDS[type(test)](test) if type(test) in _OPERANDS else []
    return [operand for part in inner for operand in _operands(part)] if inner else [test]


def _loaded(target: nodes.Node) -> nodes.Expr:
    """Return what a loop assigns to as what it has assigned."""
    if isinstance(target, nodes.Tuple):
        return nodes.Tuple([_loaded(item) for item in target.items], "load")
    return nodes.Name(getattr(target, "name", ""), "load")
