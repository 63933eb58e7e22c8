"""What python-hcl2 has against a text, and where it reads one in another way than Terraform."""

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


class DisputeError(Exception):
    """Text in which Terraform and python-hcl2 do not find the same blocks. `line` counts from 1."""

    def __init__(self, what: str, line: int) -> None:
        self.what, self.line = what, line
        super().__init__(what)
