"""AWS's own managed policies: which of them reach far."""

from __future__ import annotations

import re

_OF_AWS = ":iam::aws:policy/"

_WIDE = re.compile(r"Administrator|PowerUser|FullAccess|ReadWrite|/ReadOnlyAccess$")
"""What the names of those have in common that allow nearly all of something.

Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html.
"""


def is_of_aws(arn: str) -> bool:
    """Tell whether an ARN is of a policy that AWS manages."""
    return _OF_AWS in arn and "${" not in arn.partition(_OF_AWS)[2]


def is_wide_policy(arn: str) -> bool:
    """Tell whether a policy of AWS allows nearly all of something."""
    return is_of_aws(arn) and _WIDE.search(arn) is not None
