"""What names several things to IAM: `*` and `?` in a resource.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html.
"""

from __future__ import annotations

import re

_EXPRESSION = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")

_SERVICE, _RESOURCE = 2, 5
"""Fields of an ARN. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html."""

_TYPE = re.compile(r"[a-z-]+[:/]/?")
"""What stands before a name: `table/`, `log-group:/`. Names of buckets have nothing before them."""

_WITHOUT_TYPE = ("execute-api", "s3")
_OF_FOLDERS = ("ecr", "iam", "logs", "secretsmanager")
"""Services whose things have no type before their names, and those whose names may hold `/`."""

_ONE_THING, _ONE_THING_OF_FOLDERS = re.compile(r"[^*?/:]+([/:].*)?", re.DOTALL), re.compile(r"[^*?:]+(:.*)?", re.DOTALL)
"""A name, and perhaps what is in the thing: objects of a bucket, streams of a log group, indexes of a table."""

_END_OF_SECRET = "-??????"  # noqa: S105 - Secrets Manager adds six characters to each name
"""Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html."""


def names_several(resource: str) -> bool:
    """Tell whether an ARN, as catalogue text, names more than one thing and what is in it."""
    known = _EXPRESSION.sub("x", resource).removesuffix(_END_OF_SECRET)
    if "*" not in known and "?" not in known:
        return False
    service, before, name = _split(known)
    one_thing = _ONE_THING_OF_FOLDERS if service in _OF_FOLDERS else _ONE_THING
    return "*" in before or "?" in before or not one_thing.fullmatch(name)


def _split(known: str) -> tuple[str, str, str]:
    """Return the service of an ARN, the fields that say where the thing is, and its name."""
    if not known.startswith("arn:"):
        return "", "", known
    found = known.split(":", _RESOURCE)
    service = found[2] if len(found) > _SERVICE else ""
    return service, ":".join(found[:-1]), found[-1] if service in _WITHOUT_TYPE else _TYPE.sub("", found[-1], count=1)
