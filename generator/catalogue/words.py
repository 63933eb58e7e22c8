"""Names that an author writes: of variables, and of blocks in the module's hand-written files."""

from __future__ import annotations

from typing import ClassVar

from generator.aws import limits
from generator.catalogue.arns import attribute_read, attributes_within, block_read
from generator.catalogue.named_arns import KMS_KEY, check_named
from generator.errors import Rejection
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.write.text import is_literal
from generator.settings.values import Matching, Schema, Text, Word, shown

VARIABLE_NAME = Word(r"[A-Za-z_][A-Za-z0-9_.-]*", "use letters, digits and `_`, and start with a letter")

CONTAINER_NAME = Word(limits.CONTAINER_NAME_PATTERN, "use up to 255 letters, digits, `-` and `_`")

NAME_OR_ARN = rf"{IDENTIFIER}|arn:[^\s:]+(:[^\s]*)+"
"""The name of a block of the module, or a whole ARN."""

ANY_ARN = "write its name in Terraform, an ARN, or `${...}` for one"


def reference(text: str, attribute: str) -> str:
    """Return a name of the module as the expression for one of its attributes; an ARN stays what it is."""
    is_name = is_literal(text) and not text.startswith("arn:")
    return "${" + attribute.format(text) + "}" if is_name else text


class AbsolutePath(Text):
    """A path from the root on. What an expression at its beginning comes to, Terraform alone knows."""

    def read(self, value: object) -> str:
        path = super().read(value)
        if not path.startswith(("/", "${")):
            raise Rejection(f"{shown(path)} is not an absolute path", "begin with `/`")
        return path

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^(/|\$\{)"}


def check_attribute(text: str, type_: str, attributes: tuple[str, ...], words: str) -> None:
    """Check that a text which is an attribute of a block of some type, or the block, is one of some attributes.

    What a block of another type tells is not known. Raises `Rejection`.
    """
    found, attribute = block_read(text) or ("", "")
    if found.removeprefix("data.") == type_ and attribute not in attributes:
        raise Rejection(f"{shown(text)} is not {words}", f"write its attribute `{attributes[0]}`")


class IdOf(Text):
    """The id of something, or text with an expression for it."""

    def __init__(self, type_: str, words: str) -> None:
        super().__init__()
        self._type, self._words = type_, words

    def read(self, value: object) -> str:
        text = super().read(value)
        check_attribute(text, self._type, ("id",), f"the id of {self._words}")
        return text


SUBNET_ID = IdOf("aws_subnet", "a subnet")
SECURITY_GROUP_ID = IdOf("aws_security_group", "a security group")


class _TargetGroupInModule(Matching):
    """The name of a target group of the module, its ARN, or an expression for that: its id is the ARN too."""

    def read(self, value: object) -> str:
        text = super().read(value)
        for type_ in ("aws_lb_target_group", "aws_alb_target_group"):
            check_attribute(text, type_, ("arn", "id"), "the ARN of a target group")
        return text


TARGET_GROUP = _TargetGroupInModule(Text(), NAME_OR_ARN, ANY_ARN)


class _KmsKey(Matching):
    """A key of KMS: the name of one of the module, or an expression for the ARN of any. IAM takes no alias of a key."""

    def read(self, value: object) -> str:
        text = super().read(value)
        check_named(text, KMS_KEY)
        return text


KEY_OF_KMS = _KmsKey(Text(), NAME_OR_ARN, ANY_ARN)


class OfBlock(Matching):
    """A thing of a block of the module: its name in Terraform, what AWS calls it, or an expression for that.

    `type_` is what declares such a thing, and `attributes` are those that say what AWS calls it.
    """

    def __init__(self, text: Text, pattern: str, type_: str, attributes: tuple[str, ...], called: str) -> None:
        super().__init__(
            text, rf"{IDENTIFIER}|{pattern}", f"write its name in Terraform, {called}, or `${{...}}` for one"
        )
        self._type, self._attributes = type_, attributes

    def read(self, value: object) -> str:
        text = super().read(value)
        type_, attribute = attribute_read(text) or ("", "")
        if type_ == self._type and attribute not in self._attributes:
            wanted = self._attributes[0]
            raise Rejection(f"{shown(text)} is not the attribute `{wanted}`", f"write its attribute `{wanted}`")
        return text


class NameOrArn(Matching):
    """A thing's name in AWS, or an expression for it or for its ARN.

    `resource_type` is what declares such a thing, and `names` are its attributes that are the name. `other_attribute`
    is what is wrong with any other, and the remedy; `arn_alone` is the remedy where an ARN stands in a longer text.
    """

    resource_type: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    other_attribute: ClassVar[tuple[str, str]]
    arn_alone: ClassVar[str]

    def read(self, value: object) -> str:
        text = super().read(value)
        is_alone = attribute_read(text) is not None
        for attribute in (attribute for type_, attribute in attributes_within(text) if type_ == self.resource_type):
            if attribute not in ("arn", *self.names):
                what, remedy = self.other_attribute
                raise Rejection(f"{shown(text)} {what}", remedy)
            if attribute == "arn" and not is_alone:
                raise Rejection(f"{shown(text)} has an ARN within a name", self.arn_alone)
        return text
