"""Names that an author writes: of variables, of tags, and of blocks in the module's hand-written files."""

from __future__ import annotations

from generator.aws import limits
from generator.hcl.tokens import IDENTIFIER
from generator.hcl.write.text import is_literal
from generator.settings.values import Matching, Text, Word

VARIABLE_NAME = Word(r"[A-Za-z_][A-Za-z0-9_.-]*", "use letters, digits and `_`, and start with a letter")

TAG_KEY = Word(
    limits.TAG_KEY_PATTERN, "use up to 128 letters, digits, spaces and + - = . _ : / @, without `aws:` in front"
)

NAME_IN_MODULE = Matching(Text(), IDENTIFIER, "write its name in Terraform, or `${...}` for any ARN")


def reference(text: str, attribute: str) -> str:
    """Return a name of the module as the expression for one of its attributes; an expression stays what it is."""
    return "${" + attribute.format(text) + "}" if is_literal(text) else text
