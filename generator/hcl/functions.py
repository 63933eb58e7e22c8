"""What Terraform's functions make of values that are known before it runs.

Source: Terraform's documentation, "Built-in Functions". Others than these are left to Terraform.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from generator.hcl.evaluated import (
    MOST_ENTRIES,
    Evaluated,
    EvaluationError,
    Json,
    Unknown,
    is_known,
    number_of,
    unknown,
    written,
)

Function: TypeAlias = Callable[..., Evaluated]


def result_of(name: str, arguments: list[Evaluated]) -> Evaluated:
    """Return what a function makes of its arguments. Raises `EvaluationError` where Terraform would refuse them."""
    if name in _OF_PARTS:
        function = _OF_PARTS[name]
    elif name in _OF_KNOWN and all(map(is_known, arguments)):
        function = _OF_KNOWN[name]
    else:
        return unknown(name, *arguments)
    try:
        result = function(*arguments)
    except (TypeError, ValueError, ArithmeticError, IndexError, AttributeError):
        raise EvaluationError from None
    is_long = isinstance(result, list | dict | str) and len(result) > MOST_ENTRIES
    return unknown(name, *arguments) if is_long else result


def _merge(*objects: Evaluated) -> Evaluated:
    merged: dict[str, Evaluated] = {}
    for one in objects:
        if isinstance(one, Unknown):
            return unknown("merge", *objects)
        if one is not None:
            merged |= _object(one)
    return merged


def _concat(*lists: Evaluated) -> Evaluated:
    if any(isinstance(one, Unknown) for one in lists):
        return unknown("concat", *lists)
    return [item for one in lists for item in _list(one)]


def _lookup(of: Evaluated, key: Evaluated, *default: Evaluated) -> Evaluated:
    if isinstance(of, Unknown) or not is_known(key):
        return unknown("lookup", of, key, *default)
    found = _object(of)
    return found[str(written(key))] if str(written(key)) in found else default[0]


def _same(value: Evaluated) -> Evaluated:
    return value


def _text(value: Evaluated) -> Evaluated:
    return None if value is None else written(value)


def _number(value: Evaluated) -> Evaluated:
    return number_of(value) if isinstance(value, str) else value


def _boolean(value: Evaluated) -> Evaluated:
    return {"true": True, "false": False}[value] if isinstance(value, str) else value


def _sorted_texts(value: Evaluated) -> Evaluated:
    return [*sorted(set(map(_known_text, _list(value))))]


def _coalesce(*values: Evaluated) -> Evaluated:
    return next((value for value in values if value not in (None, "")), None)


def _format(pattern: str, *values: Evaluated) -> Evaluated:
    texts = iter([_known_text(value) for value in values])
    pieces = pattern.replace("%d", "%s").split("%s")
    if any("%" in piece for piece in pieces) or len(pieces) != len(values) + 1:
        raise EvaluationError
    return pieces[0] + "".join(next(texts) + piece for piece in pieces[1:])


def _object(value: Evaluated) -> dict[str, Evaluated]:
    if not isinstance(value, dict):
        raise EvaluationError
    return value


def _list(value: Evaluated) -> list[Evaluated]:
    if not isinstance(value, list):
        raise EvaluationError
    return value


def _known_text(value: Evaluated) -> str:
    return str(written(value))


_OF_PARTS: dict[str, Function] = {
    "concat": _concat,
    "jsonencode": Json,
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": _same,
    "sensitive": _same,
    "tolist": _same,
    "tomap": _same,
}
"""Functions that need not know each part of their arguments."""

_OF_KNOWN: dict[str, Function] = {
    "coalesce": _coalesce,
    "compact": lambda texts: [text for text in _list(texts) if text not in (None, "")],
    "contains": lambda items, item: item in _list(items),
    "element": lambda items, index: _list(items)[int(index) % len(items)],
    "format": _format,
    "join": lambda sign, texts: sign.join(map(_known_text, _list(texts))),
    "keys": lambda of: [*sorted(_object(of))],
    "length": len,
    "lower": lambda text: _known_text(text).lower(),
    "replace": lambda text, old, new: text.replace(old, new) if not old.startswith("/") else unknown("replace", text),
    "sort": lambda texts: [*sorted(map(_known_text, _list(texts)))],
    "split": lambda sign, text: list(text.split(sign)),
    "tobool": _boolean,
    "tonumber": _number,
    "toset": _sorted_texts,
    "tostring": _text,
    "trimprefix": lambda text, prefix: text.removeprefix(prefix),
    "trimspace": lambda text: text.strip(),
    "trimsuffix": lambda text, suffix: text.removesuffix(suffix),
    "upper": lambda text: _known_text(text).upper(),
    "values": lambda of: [value for _, value in sorted(_object(of).items())],
}
"""Functions of arguments that are wholly known."""
