"""The record of each type of resource: that it lacks nothing, and that it agrees with the provider's schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter

import pytest

from generator.aws.limits import ECR_REPOSITORY_PATTERN
from generator.aws.replacement import Replacement, replacement
from generator.aws.resource_types import IN_PLACE_OF_ALL, NOT_KNOWN_OF_ALL, RESOURCE_TYPES, resource_type
from generator.aws.schema import BodySchema, aws
from tests.support.written_types import RESOURCES


def settable(schema: BodySchema) -> frozenset[str]:
    return schema.arguments | schema.blocks.keys()


def lacking(type_: str) -> Iterator[str]:
    """Yield what the record of a type that is generated does not say."""
    if type_ not in RESOURCE_TYPES:
        yield f"`RESOURCE_TYPES` has no {type_}"
    known, schema = resource_type(type_), aws().types[type_]
    if schema.arguments & {"name", "family"} and known.name_limit is None:
        yield "how long its name may be"
    classified = known.replacing | known.in_place | known.not_known.keys() | IN_PLACE_OF_ALL | NOT_KNOWN_OF_ALL.keys()
    yield from (f"what another value of {name} does" for name in sorted(settable(schema) - classified))


@pytest.mark.parametrize("type_", RESOURCES)
def test_the_record_of_a_type_that_is_generated_lacks_nothing(type_: str) -> None:
    assert [*lacking(type_)] == []


def test_what_a_record_lacks_is_told() -> None:
    assert [*lacking("aws_subnet")][:1] == ["what another value of assign_ipv6_address_on_creation does"]
    assert "how long its name may be" in lacking("aws_sqs_queue")


def test_every_type_of_the_schema_has_a_record() -> None:
    assert {type_ for type_ in aws().types if not type_.startswith("data.")} <= RESOURCE_TYPES.keys()


@pytest.mark.parametrize("type_", RESOURCE_TYPES)
def test_each_argument_is_said_to_do_one_thing(type_: str) -> None:
    known = resource_type(type_)
    said = Counter([*known.replacing, *known.in_place, *known.not_known, *IN_PLACE_OF_ALL, *NOT_KNOWN_OF_ALL])
    assert [name for name, times in said.items() if times > 1] == []
    for name in known.not_known:
        assert replacement(type_, name) is Replacement.PERHAPS


@pytest.mark.parametrize("type_", sorted(RESOURCE_TYPES.keys() & aws().types.keys()))
def test_each_name_of_a_record_is_in_the_schema(type_: str) -> None:
    known, schema = resource_type(type_), aws().types[type_]
    assert known.replacing | known.in_place | known.not_known.keys() | known.defaults.keys() <= settable(schema)
    assert known.computed.keys() | known.since.keys() | known.deprecated.keys() <= schema.exported


@pytest.mark.parametrize("type_", RESOURCE_TYPES)
def test_what_is_not_known_has_a_reason_and_a_limit_has_a_source(type_: str) -> None:
    known = resource_type(type_)
    assert all([*known.not_known.values(), *NOT_KNOWN_OF_ALL.values()])
    assert known.name_limit is None or " API, `" in known.name_limit.source


@pytest.mark.parametrize("type_", RESOURCE_TYPES)
def test_a_pattern_is_filled_with_arguments(type_: str) -> None:
    patterns = resource_type(type_).computed.values()
    fields = {field for pattern in patterns for _, field, _, _ in Formatter().parse(pattern) if field}
    assert not fields or fields <= aws().types[type_].arguments | {"revision"}


def test_the_name_of_a_repository_is_as_long_as_its_pattern_lets_it() -> None:
    limit = resource_type("aws_ecr_repository").name_limit
    assert limit is not None
    assert re.fullmatch(ECR_REPOSITORY_PATTERN, "a" * limit.length)
    assert not re.fullmatch(ECR_REPOSITORY_PATTERN, "a" * (limit.length + 1))


def test_of_a_type_without_a_record_nothing_is_known() -> None:
    known = resource_type("aws_nothing")
    assert not any(known)
    assert replacement("aws_nothing", "name") is Replacement.PERHAPS
    assert replacement("aws_nothing", "tags") is Replacement.NEVER
