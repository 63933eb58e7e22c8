"""What names several things to IAM: `*` and `?` in a resource.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html.
"""

from __future__ import annotations

import re

_EXPRESSION = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")

_RESOURCE = 5
"""Field of an ARN. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html."""

_TYPE = re.compile(r"[a-z-]+[:/]/?")
"""What stands before a name: `table/`, `log-group:/`. Names of buckets have nothing before them."""

_ONE_THING = re.compile(r"[^*?/:]+(?:[/:].*)?", re.DOTALL)
"""A name, and perhaps what is in the thing: objects of a bucket, streams of a log group, indexes of a table."""

_END_OF_SECRET = "-??????"  # noqa: S105 - Secrets Manager adds six characters to each name
"""Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html."""


def names_several(resource: str) -> bool:
    """Tell whether an ARN, as catalogue text, names more than one thing and what is in it."""
    known = _EXPRESSION.sub("x", resource).removesuffix(_END_OF_SECRET)
    if "*" not in known and "?" not in known:
        return False
    before, name = _split(known)
    return "*" in before or "?" in before or not _ONE_THING.fullmatch(name)


def _split(known: str) -> tuple[str, str]:
    """Return the fields of an ARN that say where a thing is, and its name."""
    if not known.startswith("arn:"):
        return "", known
    found = known.split(":", _RESOURCE)
    is_of_s3 = found[2:3] == ["s3"]
    return ":".join(found[:-1]), found[-1] if is_of_s3 else _TYPE.sub("", found[-1], count=1)
