"""The tables of DynamoDB that a service's tasks use."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.access import (
    Access,
    Profile,
    ThingsByName,
    ThingSort,
    ThingsSaid,
    accesses_by_name,
)
from generator.catalogue.existing import TABLES
from generator.catalogue.use import Use
from generator.settings.parts import setting

_READ = (
    *("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
    "dynamodb:ConditionCheckItem",
)
_WRITE = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")

TABLE = ThingSort(
    noun="table",
    sort=TABLES,
    arn="arn:{partition}:dynamodb:{in_account}:table/{name}",
    name=limits.DYNAMODB_TABLE_PATTERN,
    remedy="use 3 to 255 letters, digits, `-`, `_` and `.`",
    exists="The table {} exists in the account and region that are applied to",
    profiles=(
        Profile("read", "read", "items of the table", _READ),
        Profile("write", "write", "items of the table", _WRITE),
        Profile("describe", "describe", "the table", ("dynamodb:DescribeTable",)),
        Profile(
            "indexes", "search", "the indexes of the table", ("dynamodb:Query", "dynamodb:Scan"), ("{arn}/index/*",)
        ),
    ),
    elsewhere=elsewhere.OF_A_TABLE,
)
"""Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html."""


class TablesUse(Use):
    """Tables of DynamoDB."""

    position = 82
    draws = "table"
    profiles = TABLE.profiles

    tables: ThingsSaid = setting(
        ThingsByName(TABLE), "Tables of DynamoDB by their names, each with what the tasks may do with it.", default={}
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.tables, TABLE, "tables", self.names)
