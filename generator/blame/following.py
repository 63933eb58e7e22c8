"""A catalogue whose values can be followed: each bears a mark with the number of the key that it was read at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.blame.marks import MarkedNumber, MarkedText, mark, marks_of, without_marks
from generator.catalogue.adjustments import Adjustment
from generator.catalogue.execution_reads import ExecutionReads
from generator.catalogue.model import Catalogue
from generator.catalogue.permissions import Statement
from generator.catalogue.service import Service
from generator.catalogue.uses.container_definition import bucket_of
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.catalogue.uses.role import RoleUse
from generator.catalogue.uses.size import SizeUse
from generator.settings.parts import Part, values_of
from generator.source.source import Key


@dataclass(frozen=True)
class Reading:
    """A value of the catalogue: its key, a service's defaults taken for its own. `is_name` where it is a key itself."""

    key: Key
    is_name: bool = False


@dataclass(frozen=True)
class Followed:
    """A copy of a catalogue with marks, and what each of them, by its number, stands for.

    `derived` holds the attributes in which a mark would get lost, by the part's identity and their name. What
    `adjustments` say has marks too.
    """

    catalogue: Catalogue
    readings: Sequence[Reading]
    adjustments: Sequence[Adjustment]
    derived: Mapping[tuple[int, str], object]


def followed(catalogue: Catalogue) -> Followed:
    """Return a catalogue with marks."""
    marker = _Marker()
    copy: Catalogue = marker.marked(catalogue, ()).beside(catalogue.declared)
    derived: dict[tuple[int, str], object] = {}
    for key, service in copy.services.items():
        derived[id(service), "statements"] = _statements(service, catalogue.services[key])
        derived |= {(id(service), name): text for name, text in (_roles(service) | _task_definition(service)).items()}
        plain_one = catalogue.services[key]
        derived |= {(id(service), name): size for name, size in _sizes(service, plain_one).items()}
        if plain_one.log_group_in_use and not plain_one.names.has_log_group:
            derived |= _of_existing(service, plain_one, "log_group_in_use", "log_group")
    if not catalogue.makes_cluster:
        derived |= _of_existing(copy, catalogue, "cluster_in_use", "cluster")
    for reads in (copy, *copy.own_reads.values()):
        derived |= {(id(reads), name): texts for name, texts in _reads(reads).items()}
    return Followed(copy, marker.readings, [marker.adjustment(one) for one in catalogue.adjustments()], derived)


def _reads(reads: ExecutionReads) -> dict[str, list[str]]:
    return {
        "secret_arns": _each_once(reads.secret_arns),
        "parameter_arns": _each_once(reads.parameter_arns),
        "key_arns": _each_once(reads.key_arns),
        "environment_files": _each_once(reads.environment_files),
        "environment_buckets": _each_once(_buckets(reads.environment_files)),
        "secret_mappings": _each_once(reads.secret_mappings),
        "secret_lists": _each_once(reads.secret_lists),
    }


def _of_existing(copy: Part, part: Part, name: str, setting: str) -> dict[tuple[int, str], object]:
    """What follows from a value that names something that exists bears the marks of that value."""
    record, marks = getattr(part, name), marks_of(getattr(copy, setting))
    texts = {field: f"{text}{marks}" for field, text in vars(record).items() if isinstance(text, str)}
    return {(id(copy), name): replace(record, **texts)}


class _Marker:
    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def marked(self, value: Any, key: Key) -> Any:
        """Return a copy of a value of the catalogue with marks; it steers as the value itself does."""
        if isinstance(value, Part):
            values = {name: self.marked(inner, (*key, name)) for name, inner in values_of(value)}
            return type(value)(**values).in_bare() if value.is_bare else type(value)(**values)
        if isinstance(value, dict):
            return {self._name(name, key): self.marked(inner, (*key, name)) for name, inner in value.items()}
        if isinstance(value, tuple):
            return tuple(self.marked(item, (*key, index)) for index, item in enumerate(value))
        if isinstance(value, int):
            return MarkedNumber(value, self._mark(Reading(key)))
        return MarkedText(value + self._mark(Reading(key))) if isinstance(value, str) else value

    def adjustment(self, one: Adjustment) -> Adjustment:
        """Return a copy of an adjustment with marks."""
        layers = [layer._replace(said=self.marked(layer.said, layer.key)) for layer in one.layers]
        return one._replace(layers=tuple(layers))

    def _name(self, name: str, key: Key) -> str:
        return MarkedText(name + self._mark(Reading((*key, name), is_name=True)))

    def _mark(self, reading: Reading) -> str:
        self.readings.append(reading)
        return mark(len(self.readings) - 1)


def _statements(copy: Service, service: Service) -> list[Statement]:
    """Each action on a thing bears the mark of the word that grants it. A copy does not tell the order of its keys."""
    marked = {_terms(one): one for one in copy.statements} | dict(_granted_by_words(copy))
    return [marked[_terms(one)] for one in service.statements]


def _terms(one: Statement) -> object:
    """Return all that a statement says, without marks."""
    return _plain((one.actions, one.resources, one.conditions, one.effect, one.sid))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return without_marks(value) if isinstance(value, str) else value


def _granted_by_words(service: Service) -> Iterator[tuple[object, Statement]]:
    for access in service.all_accesses():
        by_word = {word: [*access.statements((word,))] for word in access.words}
        for statement in access.statements():
            actions = {
                action: marks_of(word)
                for word, several in by_word.items()
                for one in several
                if (one.resources, one.conditions) == (statement.resources, statement.conditions)
                for action in one.actions
            }
            marked = tuple(action + actions[action] for action in statement.actions)
            yield _terms(statement), replace(statement, actions=marked)


def _sizes(copy: Service, service: Service) -> dict[str, Any]:
    """Instances have a size where one is written, and a copy does not tell what is written."""
    if not (isinstance(copy, SizeUse) and isinstance(service, SizeUse)):
        return {}
    return {
        "task_cpu": None if service.task_cpu is None else copy.cpu,
        "task_memory": None if service.task_memory is None else copy.memory,
    }


def _roles(service: Service) -> dict[str, str]:
    """What tells a role bears the mark of the word that it follows from."""
    found: dict[str, str | None] = {}
    if isinstance(service, ExecutionRoleUse):
        word = marks_of(service.execution_role)
        found |= {
            name: _marked(getattr(service, name), word) for name in ("execution_role_address", "execution_role_arn")
        }
    if isinstance(service, RoleUse):
        word = marks_of(service.role)
        found |= {name: _marked(getattr(service, name), word) for name in ("role_arn", "role_id")}
    return {name: text for name, text in found.items() if text is not None}


def _task_definition(service: Service) -> dict[str, str]:
    """What tells a task definition bears the mark of the word or the key that it follows from."""
    said = vars(service).get("task_definition")
    return {"task_definition_arn": f"{service.task_definition_arn}{marks_of(said)}"} if said else {}


def _marked(text: str | None, marks: str) -> str | None:
    return None if text is None else f"{without_marks(text)}{marks}"


def _buckets(files: Iterable[str]) -> Iterator[str]:
    """Each bucket bears the marks of the file that is in it."""
    return (f"{bucket_of(without_marks(arn))}{marks_of(arn)}" for arn in files)


def _each_once(texts: Iterable[str]) -> list[str]:
    """Texts that differ in their marks alone are one, with the marks of all."""
    marks: dict[str, str] = {}
    for text in texts:
        plain = without_marks(text)
        marks[plain] = marks.get(plain, "") + marks_of(text)
    return [plain + all_marks for plain, all_marks in marks.items()]
