"""What is read of blocks, by the versions of the provider that a module allows."""

from __future__ import annotations

import pytest

from generator.aws.attributes import ReadAttributes, attributes_in
from generator.aws.schema import aws
from generator.aws.versions import DEPRECATED
from generator.hcl.version_constraints import allowed_versions


@pytest.mark.parametrize(
    ("constraint", "region", "arn"),
    [
        ("~> 5.0", "name", "id"),
        ("< 6.0.0", "name", "id"),
        (">= 5.0", "id", "id"),
        (">= 5.0, < 7.0", "id", "id"),
        ("~> 6.0", "region", "arn"),
        (">= 6.0.0", "region", "arn"),
        ("6.0.0-beta1", "region", "arn"),
        ("!= 6.0.0", "id", "id"),
    ],
)
def test_each_version_that_is_allowed_has_what_is_read(constraint: str, region: str, arn: str) -> None:
    assert attributes_in(allowed_versions(constraint)) == ReadAttributes(region, region, arn)


def test_the_newest_provider_has_what_is_read_and_does_not_deprecate_it() -> None:
    read = attributes_in(allowed_versions(f">= {aws().version}"))
    for type_, names in (("data.aws_region", {read.region, "id"}), ("aws_ecs_service", {read.arn_of_service, "id"})):
        assert names <= aws().types[type_].exported
        assert not {(type_, name) for name in names} & DEPRECATED.keys()
