"""The parameters of Systems Manager that a service's tasks read and write themselves."""

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
from generator.catalogue.existing import PARAMETERS
from generator.catalogue.use import Use
from generator.settings.parts import setting

PARAMETER = ThingSort(
    noun="parameter",
    sort=PARAMETERS,
    arn="arn:{partition}:ssm:{in_account}:parameter/{path}",
    name=limits.SSM_PARAMETER_PATTERN,
    remedy="use letters, digits and . _ - with `/` between the parts",
    exists="The parameter {} exists in the account and region that are applied to",
    profiles=(
        Profile("read", "read", "the parameter", ("ssm:GetParameter", "ssm:GetParameters")),
        Profile("write", "write", "the parameter", ("ssm:PutParameter",)),
        Profile(
            "tree",
            "read",
            "all parameters below",
            ("ssm:GetParametersByPath", "ssm:GetParameter", "ssm:GetParameters"),
            ("{arn}", "{arn}/*"),
        ),
    ),
    elsewhere=elsewhere.OF_A_PARAMETER,
)
"""Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html."""


class ParametersUse(Use):
    """Parameters of Systems Manager."""

    position = 83
    draws = "parameter"
    profiles = PARAMETER.profiles

    parameters: ThingsSaid = setting(
        ThingsByName(PARAMETER),
        "Parameters of Systems Manager by their names, each with what the tasks may do with it.",
        default={},
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.parameters, PARAMETER, "parameters", self.names)
