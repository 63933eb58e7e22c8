"""Texts of HCL that somebody writes who means harm: of any size, to see how time grows, and at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.support.paths import DATA

CORPUS = sorted(DATA.glob("hostile/*.tf"))
"""One text for each way in which readers of HCL were seen to disagree, or might. Terraform knows no name in them."""

# Texts of a size that grow without an end in what some readers do with them


def _numbered(n: int, line: Callable[[str], str]) -> str:
    return "".join(line(f"{i:06}") for i in range(n))


def _in_locals(*expressions: str) -> str:
    return "locals {\n" + "".join(f"  x{i} = {expression}\n" for i, expression in enumerate(expressions)) + "}\n"


def _reached(n: int, opening: str, inner: str, closing: str) -> str:
    """Levels of brackets, as many as may be, and below them much."""
    depth = min(n, 60)
    return opening * depth + inner * (n // depth) + closing * depth


SIZED: dict[str, Callable[[int], str]] = {
    # unclosed
    "unclosed heredocs": lambda n: "x = <<A\n" * n,
    "unclosed heredocs of many names": lambda n: _numbered(n, lambda i: f"x = <<A{i}\n"),
    "unclosed heredocs in interpolations": lambda n: "x = <<A\n" + "${<<A\n" * n,
    "unclosed comments": lambda n: "/*" * n,
    "unclosed comments behind comments": lambda n: "/**/" * n + "/*",
    "unclosed quotes": lambda n: 'x = "a\n' * n,
    "quotes": lambda n: '"' * n,
    "unclosed templates": lambda n: 'x = "' + "${" * n,
    "unclosed templates in heredocs": lambda n: _in_locals(*["<<A\n${\nA"] * n),
    "unclosed brackets": lambda n: "x = " + "[" * n,
    "unclosed blocks": lambda n: "a {\n" * n,
    "closing brackets": lambda n: "x = " + "]" * n,
    # heredocs
    "heredocs": lambda n: _in_locals(*["<<A\na\nA"] * n),
    "heredocs of many names": lambda n: _in_locals(*(f"<<A{i}\na\nA{i}" for i in range(n))),
    "a heredoc of many lines": lambda n: _in_locals("<<A\n" + "a $ b\n" * n + "A"),
    "a heredoc of lines that are nearly its end": lambda n: _in_locals("<<A\n" + "  A a\n" * n + "A"),
    "a heredoc of blank lines": lambda n: _in_locals("<<A\n" + "\n" * n + "A"),
    "a heredoc of one long line": lambda n: _in_locals("<<A\n" + " " * n + "\nA"),
    "a heredoc of interpolations": lambda n: _in_locals("<<A\n" + "${var.a}\n" * n + "A"),
    "a heredoc of escapes": lambda n: _in_locals("<<A\n" + "$${%%{$%" * n + "\nA"),
    "a heredoc of heredocs": lambda n: _in_locals("<<A\n" + "${<<A\na\nA\n}\n" * n + "A"),
    "a line of heredoc marks": lambda n: "x = " + "<<A " * n,
    "a heredoc with a long name": lambda n: _in_locals(f"<<{'A' * n}\na\n{'A' * n}"),
    # quotes
    "escapes": lambda n: _in_locals('"' + "$${" * n + '"', '"' + "%%{a}" * n + '"', '"' + r"\\" * n + '"'),
    "dollars": lambda n: _in_locals('"' + "$" * n + '"', '"' + "$%" * n + '"'),
    "interpolations": lambda n: _in_locals('"' + "${var.a}" * n + '"'),
    "a long text": lambda n: _in_locals('"' + "a" * n + '"'),
    "many texts": lambda n: _in_locals(*['"a"'] * n),
    # wide, and at the bottom of many levels
    "a list": lambda n: _in_locals("[" + "1,\n" * n + "]"),
    "a list below lists": lambda n: _in_locals(_reached(n, "[", "1,", "]")),
    "an object below objects": lambda n: _in_locals(_reached(n, "{\na = ", "b ", "\n}")),
    "entries below objects": lambda n: _in_locals("{\na = " * 60 + "{" + "b = 1\n" * n + "}" + "\n}" * 60),
    "an object with a computed key below others": lambda n: _in_locals(_reached(n, "{\n(a) = ", "b ", "\n}")),
    "line ends below lists": lambda n: _in_locals(_reached(n, "[\n", "\n", "\n]")),
    "calls below calls": lambda n: _in_locals(_reached(n, "jsonencode(", "a,", ")")),
    "interpolations below interpolations": lambda n: _in_locals(_reached(n, '"${', "a.b,", '}"')),
    "indices below indices": lambda n: _in_locals(_reached(n, "a_b.c[", "d_e.f[0],", "]")),
    "for below for": lambda n: _in_locals(_reached(n, "[for a_b in ", "a_b.c,", ": a_b.d]")),
    "arguments below blocks": lambda n: "a {\n" * 60 + "b = 1\n" * n + "}\n" * 60,
    # long
    "a traversal": lambda n: _in_locals("a_b.c" + ".d" * n, "a_b.c" + "[0]" * n),
    "a chain of operators": lambda n: _in_locals("1" + " + 1" * n, "a" + " ? b : c" * n, "-" * n + "1"),
    "line ends before a for": lambda n: _in_locals("[" + "\n" * n + "for a in b : a]"),
    "for expressions": lambda n: _in_locals("[" + "for " * n + "]"),
    "a number": lambda n: _in_locals("1" * n),
    "a number of dots": lambda n: "x = 1" + "." * n + "1\n",
    "a name": lambda n: f"locals {{\n  {'a' * n} = 1\n}}\n",
    "a name of letters": lambda n: f"locals {{\n  {'é' * n} = 1\n}}\n",
    "a name with a strange sign": lambda n: f"locals {{\n  {'é' * n}\u200b = 1\n}}\n",
    "names that a shape could be told by": lambda n: f"locals {{\n  x = var.a{'n' * n}\n}}\n",
    "blank lines": lambda n: "\n" * n,
    "spaces": lambda n: " " * n,
    "comments": lambda n: "# a\n// b\n/* c */\n" * n,
    # many
    "blocks": lambda n: _numbered(n, lambda i: f'resource "a_b" "c{i}" {{\n  d = var.e{i}\n}}\n'),
    "nested blocks of many names": lambda n: "a {\n" + _numbered(n, lambda i: f"  b{i} {{\n  }}\n") + "}\n",
    "nested blocks of one name": lambda n: "a {\n" + "  b {\n  }\n" * n + "}\n",
    "arguments": lambda n: _in_locals(*["1"] * n),
    "labels": lambda n: "a " + '"b" ' * n + "{\n}\n",
    "dynamic blocks": lambda n: 'resource "a_b" "c" {\n' + 'dynamic "d_e" {\n}\nf = d_e.g\n' * n + "}\n",
    "parts that are all unlike": lambda n: _numbered(n, lambda i: f'a "b" {{\n  c = 1\n  d = 2\n  e{i} = "f"\n}}\n'),
}
"""Texts by what they are full of, each as long as is asked for; many are not HCL."""

# Texts at random

_PIECES = [
    *("a", "b1", "é", "e\u0301", "-", "_", "1", "1.5", ".", "..", "e3", "for", "in", "null", " ", "\t", "\n", "\n"),
    *('"', '"', "${", "%{", "$${", "%%{", "$", "%", "~", "~}", "}", "}", "{", "[", "]", "(", ")", "=", "=", "==", "=>"),
    *("<", "<<", "<<E\n", "<<-E\n", "<<F\r\n", "\nE\n", "E\n", "\n E \n", "\nF\r\n", "\nE\xa0\n", "\nE\u2028\n"),
    *("\x1cE\n", "E", "F", "#", "# c\n", "//", "/*", "*/", "/", "*", ",", ":", "?", "&&", "|", "||", "!", "...", "&"),
    *("\\", "\\n", '\\"', "\\u0041", "\\ud800", "\\U0001f600", "'", "`", "^", ";", "\ufeff", "\u200b", "\x00"),
    *(
        "\u2028",
        "\x85",
        "\xa0",
        "\r",
        "\r\n",
        "x = ",
        "y {",
        'z "l" {\n',
        "}\n",
        "\n}\n",
        "b { c = 1 }\n",
        'w "$${" {\n',
    ),
]
_FRAMES = [
    "{}",
    'x = "{}"\n',
    "x = <<E\n{}\nE\nb {{}}\n",
    "a {{\n  x = <<E\n{}\n E \n}}\nb {{}}\n",
    "x = <<E\n${{{}}}\nE\nb {{}}\n",
    'a "b" {{\n  c = {}\n}}\nd {{\n}}\n',
    'a {{\n  b = "c${{{}}}"\n}}\n',
]


def at_random(random: Random) -> str:
    """Return pieces in any order, in one of some frames."""
    pieces = "".join(random.choices(_PIECES, k=random.randint(0, 14)))
    return random.choice(_FRAMES).format(pieces)


def mutated(text: str, random: Random) -> str:
    """Return a text with some of it left out, doubled, moved, or replaced by pieces."""
    for _ in range(random.randint(1, 4)):
        start, end = sorted(random.randint(0, len(text)) for _ in range(2))
        end = min(end, start + random.choice((0, 1, 1, 2, 8, 40)))
        put = random.choice(("", "", text[start:end] * 2, "".join(random.choices(_PIECES, k=2)), _slice(text, random)))
        text = text[:start] + put + text[end:]
    return text.replace("\n", "\r\n") if random.random() < 1 / 16 else text


def _slice(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    return text[start : start + random.randint(0, 30)]


def some_texts(seed: int, number: int, sources: Sequence[str]) -> list[str]:
    """Return texts of a seed: at random, and mutations of others."""
    random = Random(seed)  # noqa: S311 - it is for tests, and has to be the same each time
    return [at_random(random) if i % 2 else mutated(random.choice(sources), random) for i in range(number)]
