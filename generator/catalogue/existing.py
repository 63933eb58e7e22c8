"""What exists already: how a catalogue names it, and what follows from that name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.catalogue.arns import address_read, attribute_of_block, block_read, fields
from generator.catalogue.named_arns import (
    BUCKET,
    CLUSTER,
    IDENTITY,
    KMS_KEY,
    LOG_GROUP,
    PARAMETER,
    QUEUE,
    ROLE,
    TABLE,
    TASK_DEFINITION,
    TOPIC,
    Named,
    check_named,
)
from generator.errors import Rejection
from generator.hcl.write.text import WrittenExpression, is_literal, parts, up_to, whole_expression
from generator.settings.values import Schema, Text, shown

_ALL_STREAMS = ":*"
"""Behind the ARN of a log group in a policy. Source: https://docs.aws.amazon.com/service-authorization/latest/reference/."""


class Attributes(NamedTuple):
    """The attributes of a block that are the ARN of what it declares, and those that are its name, the usual first."""

    arns: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Sort:
    """A sort of thing: what its ARN is of, and the attributes of the blocks that declare one, by the types of these."""

    named: Named
    blocks: Mapping[str, Attributes]

    @property
    def words(self) -> str:
        return self.named.words


def _resource_and_data(type_: str, attributes: Attributes) -> dict[str, Attributes]:
    """Return the same attributes for what makes a thing and for what reads one."""
    return {type_: attributes, f"data.{type_}": attributes}


_OF_CLUSTERS = ("arn", "id")

CLUSTERS = Sort(
    CLUSTER,
    {
        "aws_ecs_cluster": Attributes(_OF_CLUSTERS, ("name",)),
        "data.aws_ecs_cluster": Attributes(_OF_CLUSTERS, ("cluster_name",)),
    },
)
ROLES = Sort(ROLE, _resource_and_data("aws_iam_role", Attributes(("arn",), ("name", "id"))))
LOG_GROUPS = Sort(LOG_GROUP, _resource_and_data("aws_cloudwatch_log_group", Attributes(("arn",), ("name", "id"))))
TASK_DEFINITIONS = Sort(
    TASK_DEFINITION,
    {
        "aws_ecs_task_definition": Attributes(("arn",), ()),
        "data.aws_ecs_task_definition": Attributes(("arn", "id"), ()),
    },
)
QUEUES = Sort(QUEUE, _resource_and_data("aws_sqs_queue", Attributes(("arn",), ("name",))))
BUCKETS = Sort(BUCKET, _resource_and_data("aws_s3_bucket", Attributes(("arn",), ("bucket", "id"))))
TOPICS = Sort(TOPIC, _resource_and_data("aws_sns_topic", Attributes(("arn", "id"), ("name",))))
TABLES = Sort(TABLE, _resource_and_data("aws_dynamodb_table", Attributes(("arn",), ("name", "id"))))
PARAMETERS = Sort(PARAMETER, _resource_and_data("aws_ssm_parameter", Attributes(("arn",), ("name", "id"))))
KEYS = Sort(
    KMS_KEY,
    {
        **_resource_and_data("aws_kms_key", Attributes(("arn",), ("key_id", "id"))),
        **_resource_and_data("aws_kms_alias", Attributes(("target_key_arn",), ("target_key_id",))),
    },
)
IDENTITIES = Sort(
    IDENTITY,
    {
        **_resource_and_data("aws_ses_domain_identity", Attributes(("arn",), ("domain", "id"))),
        **_resource_and_data("aws_ses_email_identity", Attributes(("arn",), ("email", "id"))),
        **_resource_and_data("aws_sesv2_email_identity", Attributes(("arn",), ("email_identity", "id"))),
    },
)
"""What exists or is made. Source: the documentation of the AWS provider of each type."""


@dataclass(frozen=True)
class Existing:
    """Something that exists, as catalogue text: what the catalogue writes, and its ARN and name where these follow."""

    written: str
    arn: str | None
    name: str | None


class NameOfExisting(Text):
    """The name or the ARN of something that exists, or an expression for one of them.

    A whole block stands for the ARN of what it declares.
    """

    def __init__(self, sort: Sort) -> None:
        super().__init__()
        self._sort = sort

    def read(self, value: object) -> str:
        text = super().read(value)
        type_, attribute = block_read(text) or ("", "")
        if type_:
            return _checked_attribute(self._sort, text, type_, attribute)
        check_named(without_streams(self._sort, text), self._sort.named)
        return text


class ArnOfExisting(NameOfExisting):
    """The ARN of something that exists, or an expression for it."""

    def read(self, value: object) -> str:
        text = super().read(value)
        found = block_read(text)
        if found and found[1] in self._sort.blocks[found[0]].names:
            raise Rejection(f"{shown(text)} is not the ARN of {self._sort.words}", "write its attribute `arn`")
        if not text.startswith(("arn:", "${")):
            raise Rejection(f"{shown(text)} is not an ARN", "write one, or `${...}` for one")
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^(arn:|\$\{)"}


def _checked_attribute(sort: Sort, text: str, type_: str, attribute: str) -> str:
    """Return the text of an attribute. That of a whole block becomes its ARN. Raises `Rejection` for any other."""
    if type_ not in sort.blocks:
        example = f"${{{next(iter(sort.blocks))}.NAME.arn}}"
        raise Rejection(f"{shown(text)} is not {sort.words}", f"write {sort.words}, such as `{example}`")
    arns, names = sort.blocks[type_]
    if not attribute:
        return attribute_of_block(text, arns[0])
    if attribute not in (*arns, *names):
        what = f"{shown(text)} is {'neither the ARN nor the name' if names else 'not the ARN'} of {sort.words}"
        raise Rejection(what, f"write its attribute `{arns[0]}`")
    return text


_ALL_SORTS = (
    *(CLUSTERS, ROLES, LOG_GROUPS, TASK_DEFINITIONS, QUEUES, BUCKETS, TOPICS, TABLES, PARAMETERS, KEYS, IDENTITIES),
)


def check_is_arn(text: str) -> None:
    """Check that a text which begins with an attribute of a block begins with the ARN of what that declares.

    What blocks of other types tell is not known. Raises `Rejection`.
    """
    first = parts(text)[0]
    type_, attribute = (block_read(f"${{{first.bare}}}") if isinstance(first, WrittenExpression) else None) or ("", "")
    for sort in _ALL_SORTS:
        if type_ in sort.blocks and attribute not in sort.blocks[type_].arns:
            what = f"{shown(text)} does not begin with the ARN of {sort.words}"
            raise Rejection(what, f"write the attribute `{sort.blocks[type_].arns[0]}`")


def without_streams(sort: Sort, arn: str) -> str:
    """Return the ARN of a log group without what a policy has behind it for its streams; any other as it is."""
    return arn.removesuffix(_ALL_STREAMS) if sort is LOG_GROUPS else arn


def existing(sort: Sort, text: str) -> Existing:
    """Return what follows from a text that names something."""
    type_, attribute = block_read(text) or ("", "")
    if type_ in sort.blocks:
        arns, names = sort.blocks[type_]
        arn, name = (text if attribute in wanted else attribute_of_block(text, wanted[0]) for wanted in (arns, names))
        return Existing(text, arn, name)
    if text.startswith("arn:"):
        return Existing(text, text, name_in_arn(sort, text))
    if whole_expression(text) is not None:
        return Existing(text, None, None)
    return Existing(text, None, text)


def existing_by_arn(sort: Sort, arn: str, name: str | None) -> Existing:
    """Return what follows from an ARN, and from a name beside it where one is written."""
    found = existing(sort, arn)
    return Existing(arn, found.arn or arn, name or found.name)


def with_name_by_terraform(sort: Sort, found: Existing) -> Existing:
    """Return the same, with a name that Terraform takes out of the ARN where nothing else tells it."""
    return found if found.name or found.arn is None else replace(found, name=_name_by_terraform(sort, found.arn))


def name_in_arn(sort: Sort, arn: str) -> str | None:
    """Return the name at the end of an ARN that is written; none where an expression stands for all of that.

    Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, "Resource types" of each service.
    """
    found = fields(arn)
    if sort is LOG_GROUPS:
        return found[_NAME_OF_LOG_GROUP] if len(found) > _NAME_OF_LOG_GROUP else None
    name = arn
    while (before := up_to(name, "/")) is not None:
        name = name[len(before) + 1 :]
    return name if name != arn else None


_NAME_OF_LOG_GROUP = 6
"""Field of the name in `arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME`, behind which `:*` may stand."""


def _name_by_terraform(sort: Sort, arn: str) -> str | None:
    expression = whole_expression(arn)
    if expression is None:
        return None
    if sort is LOG_GROUPS:
        return f'${{split(":", {expression})[{_NAME_OF_LOG_GROUP}]}}'
    return f'${{reverse(split("/", {expression}))[0]}}'


def told_of(one: Existing) -> str:
    """Return what a reader is told of something that exists: its name where it is known as text."""
    return one.name if one.name and is_literal(one.name) else one.written


def address_of_role(role: Existing) -> str:
    """Return the address of the block that declares a role, and where no resource does, what names the role."""
    return address_read(role.written) or role.name or role.written
