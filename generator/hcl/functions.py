"""What Terraform's functions make of values that are known before it runs.

Source: Terraform's documentation, "Built-in Functions". Others than these are left to Terraform, and so is what these
would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NoReturn, TypeAlias

from generator.hcl.alike import are_alike
from generator.hcl.evaluated import (
    MOST_CHARACTERS,
    MOST_ENTRIES,
    Evaluated,
    EvaluationError,
    Json,
    PossibleItems,
    TextSet,
    UncertainList,
    constraint_of,
    is_known,
    unknown,
    written,
)
from generator.hcl.json_text import as_text
from generator.hcl.numbers import number_of

_LISTS = ("list", "set", "tuple")

Function: TypeAlias = Callable[..., Evaluated]


class _LeftError(Exception):
    """What a function makes of its arguments is left to Terraform, or is an error there."""


def result_of(name: str, arguments: list[Evaluated]) -> Evaluated:
    """Return what a function makes of its arguments. Raises `EvaluationError` where a key is not there."""
    if name in _OF_PARTS:
        function = _OF_PARTS[name]
    elif name in _OF_KNOWN and all(map(is_known, arguments)):
        function = _OF_KNOWN[name]
        arguments = [as_text(argument) for argument in arguments]
    else:
        return unknown(name, *arguments)
    try:
        result = function(*arguments)
    except (_LeftError, TypeError, ValueError):
        return unknown(name, *arguments)
    is_long = isinstance(result, list | dict) and len(result) > MOST_ENTRIES
    return unknown(name, *arguments) if is_long else result


def _merge(*objects: Evaluated) -> Evaluated:
    merged: dict[str, Evaluated] = {}
    for one in objects:
        if one is not None:
            merged |= _object(one)
    return merged


def _concat(*lists: Evaluated) -> Evaluated:
    return [item for one in lists for item in _list(one)]


def _flatten(items: Evaluated) -> Evaluated:
    found = [inner for item in _list(items) for inner in _flat(item)]
    if any(isinstance(item, PossibleItems) for item in found):
        whole = unknown("flatten", items)
        return UncertainList(whole.text, whole.reads, whole.constraint, found)
    return found


def _flat(item: Evaluated) -> list[Evaluated]:
    """Return what an item of a list becomes, which stays as it is if it surely is no list."""
    if isinstance(item, list):
        return [inner for one in item for inner in _flat(one)]
    if isinstance(item, UncertainList):
        return list(item.items)
    if isinstance(item, PossibleItems):
        inner = [one for each in item.items for one in _flat(each)]
        return [replace(item, items=[one for each in inner for one in _possible(each)])]
    constraint = constraint_of(item)
    return [item] if constraint is not None and constraint.name not in _LISTS else _leave()


def _possible(item: Evaluated) -> Sequence[Evaluated]:
    """Return what a list may hold because it may hold an item."""
    return item.items if isinstance(item, PossibleItems) else [item]


def _lookup(of: Evaluated, key: Evaluated, *default: Evaluated) -> Evaluated:
    if not is_known(key):
        raise _LeftError
    name, found = _text(key), _object(of)
    if name in found or not default:
        return _entry(found, name)
    return default[0]


def _entry(of: dict[str, Evaluated], name: str) -> Evaluated:
    if name not in of:
        raise EvaluationError
    return of[name]


def _same(value: Evaluated) -> Evaluated:
    return value


def _list_of_one_type(value: Evaluated) -> Evaluated:
    elements = list(value) if isinstance(value, TextSet) else _list(value)
    return elements if are_alike(elements) else _leave()


def _map(value: Evaluated) -> Evaluated:
    return value if are_alike([*_object(value).values()]) else _leave()


def _set(value: Evaluated) -> Evaluated:
    return TextSet(sorted({_only_text(item) for item in _elements(value)}))


def _to_text(value: Evaluated) -> Evaluated:
    return None if value is None else _text(value)


def _to_number(value: Evaluated) -> Evaluated:
    if isinstance(value, str):
        found = number_of(value)
        return _leave() if found is None else found
    return value if value is None or (isinstance(value, int | float) and not isinstance(value, bool)) else _leave()


def _to_boolean(value: Evaluated) -> Evaluated:
    if isinstance(value, str):
        return {"true": True, "false": False}[value] if value in ("true", "false") else _leave()
    return value if value is None or isinstance(value, bool) else _leave()


def _coalesce(*values: Evaluated) -> Evaluated:
    if not are_alike(values):
        raise _LeftError
    found = next((value for value in values if value not in (None, "")), None)
    return _leave() if found is None else found


def _contains(items: Evaluated, item: Evaluated) -> Evaluated:
    wanted = _only_text(item)
    return wanted in _elements(items)


def _element(items: Evaluated, index: Evaluated) -> Evaluated:
    found = _list(items)
    if not isinstance(index, int) or isinstance(index, bool) or index < 0 or not found:
        raise _LeftError
    return found[index % len(found)]


def _format(form: Evaluated, *values: Evaluated) -> Evaluated:
    pattern = _text(form)
    pieces = pattern.replace("%d", "%s").split("%s")
    signs = [part[0] for part in pattern.split("%")[1:] if part]
    if any("%" in piece for piece in pieces) or len(pieces) != len(values) + 1:
        raise _LeftError
    texts = [_only_whole(value) if sign == "d" else _text(value) for sign, value in zip(signs, values, strict=True)]
    return pieces[0] + "".join(text + piece for text, piece in zip(texts, pieces[1:], strict=True))


def _join(sign: Evaluated, *lists: Evaluated) -> Evaluated:
    texts = [_text(item) for one in lists for item in _elements(one)]
    if sum(map(len, texts)) + len(_text(sign)) * len(texts) > MOST_CHARACTERS:
        raise _LeftError
    return _text(sign).join(texts)


def _length(value: Evaluated) -> Evaluated:
    """Of a text, Terraform counts what a reader takes for characters; a carriage return may be part of one."""
    counted = as_text(value)
    if isinstance(counted, str) and (not counted.isascii() or "\r" in counted):
        raise _LeftError
    return len(counted) if isinstance(counted, str | list | dict) else _leave()


def _replace(*arguments: Evaluated) -> Evaluated:
    """What stands between two slashes is a regular expression."""
    text, old, new = map(_text, arguments)
    if old.startswith("/") or len(text) + text.count(old) * len(new) > MOST_CHARACTERS:
        raise _LeftError
    return text.replace(old, new)


def _ascii(value: Evaluated) -> str:
    """Python and Terraform differ in other letters and spaces."""
    text = _text(value)
    if not text.isascii():
        raise _LeftError
    return text


def _object(value: Evaluated) -> dict[str, Evaluated]:
    return value if isinstance(value, dict) else _leave()


def _list(value: Evaluated) -> list[Evaluated]:
    return value if isinstance(value, list) and not isinstance(value, TextSet) else _leave()


def _elements(value: Evaluated) -> list[Evaluated]:
    return value if isinstance(value, list) else _leave()


def _text(value: Evaluated) -> str:
    if value is None or isinstance(value, list | dict):
        raise _LeftError
    return str(written(value))


def _only_text(value: Evaluated) -> str:
    return value if isinstance(value, str) else _leave()


def _only_whole(value: Evaluated) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _leave()


def _leave() -> NoReturn:
    raise _LeftError


_OF_PARTS: dict[str, Function] = {
    "concat": _concat,
    "flatten": _flatten,
    "jsonencode": Json,
    "length": _length,
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": _same,
    "sensitive": _same,
    "tolist": _list_of_one_type,
    "tomap": _map,
}
"""Functions that need not know each part of their arguments."""

_OF_KNOWN: dict[str, Function] = {
    "coalesce": _coalesce,
    "compact": lambda texts: [text for text in _elements(texts) if text is not None and _only_text(text)],
    "contains": _contains,
    "element": _element,
    "format": _format,
    "join": _join,
    "keys": lambda of: [*sorted(_object(of))],
    "lower": lambda text: _ascii(text).lower(),
    "replace": _replace,
    "sort": lambda texts: [*sorted(map(_only_text, _elements(texts)))],
    "split": lambda sign, text: [*_text(text).split(_text(sign))],
    "tobool": _to_boolean,
    "tonumber": _to_number,
    "toset": _set,
    "tostring": _to_text,
    "trimprefix": lambda text, prefix: _text(text).removeprefix(_text(prefix)),
    "trimspace": lambda text: _ascii(text).strip(" \t\n\v\f\r"),
    "trimsuffix": lambda text, suffix: _text(text).removesuffix(_text(suffix)),
    "upper": lambda text: _ascii(text).upper(),
    "values": lambda of: [value for _, value in sorted(_object(of).items())],
}
"""Functions of arguments that are wholly known."""
