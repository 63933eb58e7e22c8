"""Every name in AWS is as short as AWS demands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach

_NAME_LENGTHS = {
    "aws_ecs_cluster": limits.ECS_NAME_LENGTH,
    "aws_ecs_task_definition": limits.ECS_NAME_LENGTH,
    "aws_ecs_service": limits.ECS_NAME_LENGTH,
    "aws_cloudwatch_log_group": limits.LOG_GROUP_NAME_LENGTH,
    "aws_iam_role": limits.IAM_ROLE_NAME_LENGTH,
    "aws_iam_role_policy": limits.IAM_POLICY_NAME_LENGTH,
    "aws_iam_policy": limits.IAM_POLICY_NAME_LENGTH,
}


def _every_name_fits(catalogue: Catalogue) -> Iterator[Breach]:
    for block in catalogue.main_blocks:
        length = _NAME_LENGTHS.get(block.type)
        if length is not None and len(block.name) > length:
            what = f"the name {block.name} of its {block.type} has {len(block.name)} characters"
            yield Breach(block.entry, what, f"AWS takes {length}: shorten it by {len(block.name) - length}")


NAME_LENGTH = CatalogueRule(
    "name-length", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html", _every_name_fits
)
