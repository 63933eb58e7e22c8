"""From source to catalogue: merges the defaults, checks everything, and reports all problems at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.catalogue.kinds import all_kinds
from generator.catalogue.layers import written_at
from generator.catalogue.model import Catalogue, Image
from generator.catalogue.rules import Breach, breaches
from generator.catalogue.service import Part, Service, Settings
from generator.catalogue.values import LIST_TAG, TEXT_TAG, shape
from generator.errors import CatalogueError, Problem, Rejection, listed, nearest
from generator.source import Key, Source, dotted

_KEY_MARK = "[key]"
"""Step that pydantic adds to the path of an error in a mapping's key."""

_JUDGED_TOGETHER = {"cpu", "memory"}
_SOME_IMAGE = "${image}"
"""Stands for an image that was refused, so that no rule tells the same fault again."""

_WANTED = {
    "union_tag_not_found": ("a mapping", "write `key: value` lines below it"),
    "model_type": ("a mapping", "write `key: value` lines below it"),
    "model_attributes_type": ("a mapping", "write `key: value` lines below it"),
    "dict_type": ("a mapping", "write `key: value` lines below it"),
    "tuple_type": ("a list", "write one, such as `[a, b]`"),
}


def read(source: Source) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue and the warnings about it. Raises `CatalogueError` with every error."""
    data = _with_defaults(source.data)
    try:
        catalogue = Catalogue.model_validate(data)
        found: list[Breach] = []
    except ValidationError as error:
        details = error.errors(include_url=False)
        catalogue = _sound_part(data, details)
        found = [_breach(detail) for detail in details if detail["type"] != "too_short" or not detail["input"]]
    problems = _located(source, [*found, *breaches(catalogue)])
    if any(problem.severity == "error" for problem in problems):
        raise CatalogueError(problems)
    return catalogue, problems


def _with_defaults(data: Any) -> Any:
    """Lay each service over `defaults`, and those over `network`; what has another shape is left to the model."""
    if not isinstance(data, dict) or not isinstance(data.get("services"), dict):
        return data
    layers = [layer for layer in (data.get("defaults"), data.get("network")) if isinstance(layer, dict)]
    below = [{key: value for key, value in layer.items() if key in Settings.model_fields} for layer in layers]
    services = {
        key: reduce(_merged, below, service) if isinstance(service, dict) else service
        for key, service in data["services"].items()
    }
    return {**data, "services": services}


def _merged(over: dict[str, Any], under: Mapping[str, Any]) -> dict[str, Any]:
    """Own entries come first, in their order; mappings merge and the rest replaces."""
    merged = dict(over)
    for key, value in under.items():
        if key not in merged:
            merged[key] = value
        elif isinstance(merged[key], dict) and isinstance(value, dict):
            merged[key] = _merged(merged[key], value)
    return merged


def _sound_part(data: Any, details: list[ErrorDetails]) -> Catalogue:
    """Return what can be told of a catalogue that has errors, so that the rules can be tried on the rest of it."""
    paths = {_path(detail) for detail in details}
    faults: defaultdict[str | int, set[str | int]] = defaultdict(set)
    for path in paths:
        if path[:1] == ("services",) and len(path) > 2:
            faults[path[1]].add(path[2])
    entries = data if isinstance(data, dict) else {}
    services = {}
    for key, service in _mapping(entries, "services").items():
        faulty = faults[key]
        if faulty & _JUDGED_TOGETHER:
            faulty |= _JUDGED_TOGETHER
        if isinstance(service, dict) and ("services", key) not in paths:
            sound = {k: v for k, v in service.items() if k in Service.model_fields and k not in faulty}
            if "image" in faulty:
                sound["image"] = _SOME_IMAGE
            services[key] = Service.model_validate({"kind": "", **sound})
    project = entries.get("project")
    images = {
        key: Image.model_construct(repository=str(image.get("repository", "")))
        for key, image in _mapping(entries, "images").items()
        if isinstance(image, dict)
    }
    return Catalogue.model_construct(
        project=str(project) if isinstance(project, str) else "", images=images, services=services
    )


def _mapping(entries: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = entries.get(key)
    return value if isinstance(value, dict) else {}


def _breach(detail: ErrorDetails) -> Breach:
    return _BREACHES.get(detail["type"], _wrong_shape)(_path(detail), detail)


def _wrong_shape(path: Key, detail: ErrorDetails) -> Breach:
    wanted, remedy = _WANTED[detail["type"]]
    return Breach(path, f"{shape(detail['input'])} stands where {wanted} belongs", remedy)


def _rejected(path: Key, detail: ErrorDetails) -> Breach:
    rejection: Rejection = detail["ctx"]["error"]
    if rejection.within:
        return Breach((*path, rejection.within), rejection.what, rejection.remedy, at_key=True)
    return Breach(path, rejection.what, rejection.remedy, at_key=_is_about_key(detail))


def _missing(path: Key, detail: ErrorDetails) -> Breach:
    field = _part_at(detail["loc"][:-1]).model_fields[str(path[-1])]
    return Breach(path, "it is missing", f"add `{path[-1]}:` ({field.description})")


def _empty(path: Key, _: ErrorDetails) -> Breach:
    return Breach(path, "it is empty", "write at least one entry")


def _no_kind(path: Key, detail: ErrorDetails) -> Breach:
    if not isinstance(detail["input"], dict):
        return _wrong_shape(path, detail)
    return Breach((*path, "kind"), "it is missing", f"add `kind:` with {listed(list(all_kinds()))}")


def _path(detail: ErrorDetails) -> Key:
    """Return an error's path without the steps that pydantic adds: marks, and a service's kind."""
    *steps, last = detail["loc"] or ("",)
    path = tuple(step for step in steps if step not in (LIST_TAG, TEXT_TAG))
    is_mark = _is_about_key(detail) or (last in (LIST_TAG, TEXT_TAG) and detail["type"] != "extra_forbidden")
    if detail["loc"] and not is_mark:
        path = (*path, last)
    return path[:2] + path[3:] if path[:1] == ("services",) else path


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] == "value_error" and detail["loc"][-1] == _KEY_MARK


def _unknown_key(path: Key, detail: ErrorDetails) -> Breach:
    key, known = str(path[-1]), list(_part_at(detail["loc"][:-1]).model_fields)
    others = [name for name, kind in all_kinds().items() if key in kind.model_fields]
    near = nearest(key, known)
    if len(path) == 3 and path[0] == "services" and others:
        what, remedy = f"kind {detail['loc'][2]} has no `{key}`", f"remove it, or make the kind {listed(others)}"
    elif near:
        what, remedy = "unknown key", f"did you mean `{near}`?"
    else:
        what, remedy = "unknown key", f"known here: {', '.join(known)}"
    return Breach(path, what, remedy, at_key=True)


def _unknown_kind(path: Key, detail: ErrorDetails) -> Breach:
    kind, known = detail["input"]["kind"], list(all_kinds())
    near = nearest(str(kind), known)
    remedy = f"did you mean `{near}`?" if near else f"use {listed(known)}"
    return Breach((*path, "kind"), f"{shape(kind)} is no kind of service", remedy)


_BREACHES = {
    "value_error": _rejected,
    "missing": _missing,
    "too_short": _empty,
    "extra_forbidden": _unknown_key,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
}


def _part_at(loc: tuple[str | int, ...]) -> type[Part]:
    """Return the model behind an error's path. Steps that are no fields are keys, indices and marks."""
    in_service = loc[:1] == ("services",) and len(loc) > 2
    model: type[Part] = all_kinds()[str(loc[2])] if in_service else Catalogue
    for step in loc[3:] if in_service else loc:
        if step in model.model_fields:
            model = _part_within(model.model_fields[str(step)].annotation) or model
    return model


def _part_within(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(filter(None, map(_part_within, get_args(annotation))), None)


def _located(source: Source, found: list[Breach]) -> list[Problem]:
    """Give each breach its place. One that `defaults` brings into many services is told once, where it stands."""
    problems = []
    for breach in found:
        key = written_at(source, breach.key)
        where = source.key_position(key) if breach.at_key else source.position(key)
        problems.append(Problem(where, dotted(key), breach.what, breach.remedy, breach.severity))
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.where)
