"""The partition of AWS that the module's ARNs are of.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, and for the names of all partitions
https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json.
"""

from __future__ import annotations

COMMERCIAL = "aws"

PARTITIONS = (COMMERCIAL, "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f")

AUTO = "auto"
"""The partition of whichever account the module is applied to."""

OF_THE_ACCOUNT = "${data.aws_partition.current.partition}"


def partition_text(chosen: str) -> str:
    """Return a chosen partition as catalogue text, as it stands in an ARN."""
    return OF_THE_ACCOUNT if chosen == AUTO else chosen
