"""What python-hcl2 has against a text."""

from __future__ import annotations


class ParseError(Exception):
    """Text that python-hcl2 does not take. `line` and `column` count from 1."""

    def __init__(self, what: str, line: int, column: int) -> None:
        self.what, self.line, self.column = what, line, column
        super().__init__(what)


class RoundTripError(Exception):
    """Text that python-hcl2 takes, but whose dump by it does not read back as the same. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}")
