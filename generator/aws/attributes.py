"""The attributes that are read of blocks and that differ between versions of the AWS provider."""

from __future__ import annotations

from typing import NamedTuple

from generator.aws.versions import DEPRECATED, SINCE
from generator.hcl.version_constraints import AllowedVersions

_REGION, _SERVICE = "data.aws_region", "aws_ecs_service"


class ReadAttributes(NamedTuple):
    """The name of a region, the same in the ARN of a queue, and the ARN of an ECS service, by their attributes."""

    region: str = "id"
    region_of_queue: str = "name"
    arn_of_service: str = "arn"


AS_EVER = ReadAttributes()
"""What is read where a catalogue does not say which versions its module allows: the text stays as it once was."""


def attributes_in(allowed: AllowedVersions) -> ReadAttributes:
    """Return attributes that each version has which is allowed, and that none of them deprecates.

    The `id` of a region is its name, and that of an ECS service its ARN, in all versions. Sources:
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade and
    https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service.
    """
    region = "id"
    if allowed.all_are_from(SINCE[_REGION, "region"]):
        region = "region"
    elif not allowed.some_are_from(DEPRECATED[_REGION, "name"]):
        region = "name"
    return ReadAttributes(region, region, "arn" if allowed.all_are_from(SINCE[_SERVICE, "arn"]) else "id")
