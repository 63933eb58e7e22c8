"""The characters that quoted text stands for."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([nrt\"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([$%])\2\{")
_TEMPLATE = re.compile(r"([$%])\1\{")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def unescaped(text: str) -> str:
    """Return the characters that quoted text without any template stands for."""
    return _ESCAPE.sub(_character, text)


def unescaped_templates(text: str) -> str:
    """Return the characters that a heredoc's text stands for: in it, only what would open a template is escaped."""
    return _TEMPLATE.sub(r"\1{", text)


def _character(escape: re.Match[str]) -> str:
    code, sign = escape.groups()
    if sign:
        return f"{sign}{{"
    return _CHARACTERS[code] if code in _CHARACTERS else chr(int(code[1:], 16))
