"""The sandbox that templates run in: anybody's pull request may bring a project's own templates."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter

from generator.rendering.vocabulary import FILTERS, GLOBALS, TESTS, ordered, written

_OF_LOOPS = (LoopContext, dict)
"""What a loop goes through, and what tells of it: no attribute of these is a method that formats a text."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox: a template cannot reach Python's internals or change its input.

    The output depends on the input alone: no text shows an address in memory or the order of a set.
    """

    intercepted_binops = frozenset(("%", "-"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
            cache_size=-1,
            finalize=written,
        )
        self.filters, self.tests, self.globals = dict(FILTERS), dict(TESTS), dict(GLOBALS)
        self._is_safe: dict[tuple[type, str], bool] = {}
        self._own: set[tuple[type, str]] = set()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one mapping in place of Jinja's chain of two, which every `include` and `import` goes through."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute. One of the catalogue, or of a loop, that was found to be safe is not checked again."""
        return getattr(obj, attribute) if (type(obj), attribute) in self._own else super().getattr(obj, attribute)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *rest: Any) -> Any:
        """Compile a template. Raises `TemplateSyntaxError` also where Python gives up on it."""
        try:
            return super().compile(source, name, filename, *rest)
        except RecursionError:
            raise TemplateSyntaxError("it nests too deeply", 1, name, filename) from None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute. Only the object's type and the name matter."""
        key = type(obj), attr
        if key not in self._is_safe:
            self._is_safe[key] = super().is_safe_attribute(obj, attr, value)
            if self._is_safe[key] and (type(obj) in _OF_LOOPS or type(obj).__module__.startswith("generator.")):
                self._own.add(key)
        return self._is_safe[key]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values. Raises `Rejection`."""
        if operator == "%" and isinstance(left, str):
            written(right)
        return ordered(super().call_binop(context, operator, left, right))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return the method `format` or `format_map` of a text, with checked arguments; none for other values."""
        function = super().wrap_str_format(value)
        return self._checked(function, value) if function else None

    def _checked(self, function: Callable[..., str], method: Any) -> Callable[..., str]:
        @functools.wraps(function)
        def checked(*arguments: Any, **options: Any) -> str:
            text = function(*arguments, **options)
            given = (arguments, options) if method.__name__ == "format" else ((), arguments[0])
            _Formatter(self).vformat(method.__self__, *given)
            return text

        return checked

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Return a template's code, in which `~` makes text of its operands as the filter `string` does.

        Jinja escapes a constant before it asks whether that may become text; HTML is not what templates here write.
        """
        for escaping in source.find_all(nodes.EvalContextModifier):
            raise TemplateSyntaxError("`autoescape` escapes for HTML", escaping.lineno, name, filename)
        for concat in source.find_all(nodes.Concat):
            concat.nodes = [nodes.Filter(part, "string", [], [], None, None) for part in concat.nodes]
        return super()._generate(source, name, filename, defer_init)


class _Formatter(SandboxedFormatter):
    """Puts values into a text, and checks that each may become text."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        value, first = super().get_field(field_name, args, kwargs)
        return written(value), first
