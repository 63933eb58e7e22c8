"""ARNs as catalogue text: what they name, and which attribute of which block they are read from."""

from __future__ import annotations

import functools
import re

from generator.hcl.tokens import TokenError, interpolation
from generator.hcl.write.text import WrittenExpression, is_literal, parts

_READ_FROM = re.compile(r"\$\{\s*(?:data\.)?(aws_\w+)\.[\w-]+(?:\[[^\[\]{}]*\])?\.(\w+)\s*\}(?![\w.:/${}-])")
"""One expression that is an attribute of a resource or data source, with nothing behind it that a name or ARN may hold.

`blame` follows values by marks, which may stand behind it.
"""

_BLOCK = re.compile(
    r"\$\{\s*(?P<type>(?:data\.)?aws_\w+)\.(?P<name>[\w-]+)(?P<index>\[[^\[\]{}]*\])?(?:\.(?P<attribute>\w+))?\s*\}"
    r"(?![\w.:/${}-])"
)
"""One expression that is a block, or an attribute of one."""

FIELDS_OF_SECRET = 7
"""`arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME`.

Behind it may stand a key of the JSON in the secret, a version's stage and its id. Source:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html.
"""


def attribute_read(text: str) -> tuple[str, str] | None:
    """Return the type and the attribute of a text that is one attribute of a block: `("aws_sqs_queue", "arn")`."""
    found = _READ_FROM.match(text)
    return (found[1], found[2]) if found else None


def block_read(text: str) -> tuple[str, str] | None:
    """Return the type and the attribute of a text that is a block, or one attribute of one: `("data.aws_lb", "arn")`.

    Of a whole block, the attribute is empty.
    """
    found = _BLOCK.match(text)
    return (found["type"], found["attribute"] or "") if found else None


def address_read(text: str) -> str | None:
    """Return the address of the resource that a text is, or reads one attribute of, without an index."""
    found = _BLOCK.match(text)
    return f"{found['type']}.{found['name']}" if found and not found["type"].startswith("data.") else None


def attribute_of_block(text: str, attribute: str) -> str:
    """Return an attribute of the block that a text is, or reads one attribute of."""
    found = _BLOCK.match(text)
    if found is None:
        raise ValueError(f"{text} is not a block")
    return f"${{{found['type']}.{found['name']}{found['index'] or ''}.{attribute}}}{text[found.end() :]}"


def with_attribute(text: str, attribute: str) -> str:
    """Return a text that is one attribute of a block, with another attribute of the block in its place."""
    found = _READ_FROM.match(text)
    return f"{text[: found.start(2)]}{attribute}{text[found.end(2) :]}" if found else text


def attributes_within(text: str) -> list[tuple[str, str]]:
    """Return the type and the attribute of each expression of a text that is one attribute of a block."""
    pieces = [] if is_literal(text) else parts(text)
    written = [f"${{{piece.bare}}}" for piece in pieces if isinstance(piece, WrittenExpression)]
    return [found for found in map(attribute_read, written) if found]


@functools.lru_cache(maxsize=65536)
def fields(arn: str) -> tuple[str, ...]:
    """Return what stands between the colons of an ARN. A colon within an expression does not end a field."""
    found, offset = [""], 0
    while offset < len(arn):
        end = _end_of_piece(arn, offset)
        piece = arn[offset:end]
        if piece == ":":
            found.append("")
        else:
            found[-1] += piece
        offset = end
    return tuple(found)


def _end_of_piece(arn: str, offset: int) -> int:
    """Return the offset behind an expression, behind an escape of its beginning, or behind one character."""
    if arn.startswith("$${", offset):
        return offset + len("$${")
    if not arn.startswith("${", offset):
        return offset + 1
    try:
        last = interpolation(arn, offset)[-1]
    except TokenError:  # `blame` puts a mark behind a name, of which tfgen makes an address
        return arn.index("}", offset) + 1
    return last.offset + len(last.text)


def whole_secret(arn: str) -> str:
    """Return the ARN that IAM knows a secret by, given one of the secret or of a part of it."""
    found = fields(arn)
    kept = FIELDS_OF_SECRET if found[0] == "arn" else 1 if found[0].startswith("${") else len(found)
    return ":".join(found[:kept])


def is_of_parameter(arn: str) -> bool:
    """Tell whether an ARN is that of a parameter of Systems Manager; one that nobody can tell is not."""
    found = attribute_read(arn)
    return (found is not None and found[0] == "aws_ssm_parameter") or fields(arn)[2:3] == ("ssm",)
