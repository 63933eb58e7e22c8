"""The sandbox that templates run in: a project's own may come with anybody's pull request."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's, which lets a template neither reach Python's insides nor change what it is given."""

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
        )
        self._is_safe: dict[tuple[type, str], bool] = {}
        self._own: set[tuple[type, str]] = set()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one mapping in place of Jinja's chain of two, which every `include` and `import` goes through."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, without another look at one of the catalogue's that was found to be safe."""
        return getattr(obj, attribute) if (type(obj), attribute) in self._own else super().getattr(obj, attribute)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *rest: Any) -> Any:
        """Compile a template. Raises `TemplateSyntaxError` also where Python gives up on it."""
        try:
            return super().compile(source, name, filename, *rest)
        except RecursionError:
            raise TemplateSyntaxError("it nests too deeply", 1, name, filename) from None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute. All that counts are the object's type and the name."""
        key = type(obj), attr
        if key not in self._is_safe:
            self._is_safe[key] = super().is_safe_attribute(obj, attr, value)
            if self._is_safe[key] and type(obj).__module__.startswith("generator."):
                self._own.add(key)
        return self._is_safe[key]
