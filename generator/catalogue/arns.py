"""ARNs as catalogue text: what they name, and which attribute of which block they are read from."""

from __future__ import annotations

import re

from generator.hcl.write.text import WrittenExpression, is_literal, parts

_READ_FROM = re.compile(r"\$\{\s*(?:data\.)?(aws_\w+)\.[\w-]+(?:\[[^\[\]{}]*\])?\.(\w+)\s*\}(?![\w.:/${}-])")
"""One expression that is an attribute of a resource or data source, with nothing behind it that a name or ARN may hold.

`blame` follows values by marks, which may stand behind it.
"""

_PIECE = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}|:|[^:$]+|\$")
"""An expression, a colon, or what stands between them: a colon within an expression ends no field of an ARN."""

FIELDS_OF_SECRET = 7
"""`arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME`.

Behind it may stand a key of the JSON in the secret, a version's stage and its id. Source:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html.
"""


def attribute_read(text: str) -> tuple[str, str] | None:
    """Return the type and the attribute of a text that is one attribute of a block: `("aws_sqs_queue", "arn")`."""
    found = _READ_FROM.match(text)
    return (found[1], found[2]) if found else None


def attributes_within(text: str) -> list[tuple[str, str]]:
    """Return the type and the attribute of each expression of a text that is one attribute of a block."""
    pieces = [] if is_literal(text) else parts(text)
    written = [f"${{{piece.bare}}}" for piece in pieces if isinstance(piece, WrittenExpression)]
    return [found for found in map(attribute_read, written) if found]


def fields(arn: str) -> list[str]:
    """Return what stands between the colons of an ARN."""
    found = [""]
    for piece in _PIECE.findall(arn):
        if piece == ":":
            found.append("")
        else:
            found[-1] += piece
    return found


def whole_secret(arn: str) -> str:
    """Return the ARN that IAM knows a secret by, given one of the secret or of a part of it."""
    found = fields(arn)
    kept = FIELDS_OF_SECRET if found[0] == "arn" else 1 if found[0].startswith("${") else len(found)
    return ":".join(found[:kept])


def is_of_parameter(arn: str) -> bool:
    """Tell whether an ARN is that of a parameter of Systems Manager; one that nobody can tell is not."""
    found = attribute_read(arn)
    return (found is not None and found[0] == "aws_ssm_parameter") or fields(arn)[2:3] == ["ssm"]
