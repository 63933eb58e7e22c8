"""What templates may use of Jinja, and which values may become text, so that the output depends on the input alone.

Filters and tests are listed by name: what a new version of Jinja adds is not allowed until somebody has reviewed it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from jinja2 import Undefined, filters, pass_eval_context, tests
from jinja2.nodes import EvalContext
from jinja2.sandbox import safe_range
from jinja2.utils import Cycler, Joiner, Namespace

from generator.errors import Rejection

_PLAIN = frozenset((str, int, float, bool, type(None)))

_FILTERS_THAT_WRITE = (
    *("capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "replace", "safe", "string"),
    *("striptags", "title", "trim", "truncate", "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr"),
)
"""What is given to them becomes text."""

_OTHER_FILTERS = (
    *("abs", "attr", "batch", "count", "d", "default", "dictsort", "filesizeformat", "first", "float", "groupby"),
    *("int", "items", "last", "length", "list", "map", "max", "min", "reject", "rejectattr", "reverse", "round"),
    *("select", "selectattr", "slice", "sort", "sum", "tojson", "unique"),
)

_TESTS = (
    *("!=", "<", "<=", "==", ">", ">=", "boolean", "callable", "defined", "divisibleby", "eq", "equalto", "escaped"),
    *("even", "false", "filter", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan"),
    *("lower", "lt", "mapping", "ne", "none", "number", "odd", "sequence", "string", "test", "true", "undefined"),
    "upper",
)


def written(value: object) -> object:
    """Return a value that is about to become text.

    Raises `Rejection` if the text would show where in memory the value is, or in what order Python keeps it.
    """
    if type(value) not in _PLAIN:
        _check(value)
    return value


def _check(value: object) -> None:
    if isinstance(value, list | tuple):
        for item in value:
            written(item)
    elif isinstance(value, dict):
        _check([*value.keys(), *value.values()])
    elif isinstance(value, Undefined):
        str(value)  # says what is not defined
    elif not (isinstance(value, str | int | float) or type(value).__module__.startswith("generator.")):
        what = f"a value of the type {type(value).__name__} has no text that is always the same"
        raise Rejection(what, "write a text, a number, or a list of these")


def ordered(value: object) -> object:
    """Return the result of a subtraction. Raises `Rejection` for a set: its order differs from run to run."""
    if isinstance(value, set | frozenset):
        raise Rejection("keys or items with some of them removed have no order", "use `reject` with the test `in`")
    return value


def _of_texts(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes text of its arguments, with a check that they may become text."""
    takes_context = hasattr(function, "jinja_pass_arg")

    @functools.wraps(function)
    def checked(*arguments: Any, **options: Any) -> Any:
        _check([*(arguments[1:] if takes_context else arguments), *options.values()])
        return function(*arguments, **options)

    return checked


@pass_eval_context
def _join(context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Jinja's filter. A generator has no fixed text, but its items may have one."""
    if attribute is not None:
        values = map(filters.make_attrgetter(context.environment, attribute), values)
    texts = list(values)
    _check([*texts, d])
    joined: str = filters.do_join(context, texts, d)
    return joined


def _refused(name: str, what: str, remedy: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise Rejection(f"`{name}` {what}", remedy)

    return refuse


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _of_texts(filters.FILTERS[name]) for name in _FILTERS_THAT_WRITE},
    **{name: filters.FILTERS[name] for name in _OTHER_FILTERS},
    "join": _join,
    "pprint": _refused("pprint", "writes a text that depends on the version of Python", "use `tojson`"),
    "random": _refused("random", "chooses a different item in every run", "use `first`, or choose by a value"),
}

TESTS: dict[str, Any] = {
    **{name: tests.TESTS[name] for name in _TESTS},
    "sameas": _refused(
        "sameas", "depends on where Python keeps values in memory", "use `==`, `none`, `true` or `false`"
    ),
}

GLOBALS: dict[str, Any] = {
    "cycler": Cycler,
    "dict": dict,
    "joiner": Joiner,
    "lipsum": _refused("lipsum", "writes a different text in every run", "write a text of your own"),
    "namespace": Namespace,
    "range": safe_range,
}
