"""The words of messages: plain ones, for readers whose first language is not English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

GENERATOR = ROOT / "generator"

AVOIDED = {
    r"\bmend(s|ed)?\b": "fix",
    r"(?<!there) (is|are) no (?!longer)": "is not a",
    r"\b(none|nothing|everything|everybody) but\b": "except",
    r"\b(may not stand|stands where|stands twice)\b": "is not allowed here, expected, is written twice",
    r"\bbelongs here\b": "is expected here",
    r"\bbegins (no|nothing)\b": "does not begin a",
    r"\b(fetches|takes|calls|knows|reads) no\b": "does not",
    r"\b(whole|whoever|whom|anew|just now|of its own accord|lead in a circle|leads nowhere)\b": "a plainer word",
    r"\bdeclared nowhere\b": "not declared",
}
"""Words that need a second reading, and what to write in their place."""

ALLOWED = ("whole number", "as a whole")


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module, with their lines: without docstrings, but for those of commands, which are help."""
    tree = ast.parse(path.read_text("utf-8"))
    is_command = path.parent.name == "commands"
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and not (is_command and node is tree.body[0])
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def all_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        yield from ((f"{path.relative_to(ROOT)}:{line}", text) for line, text in texts_of(path))
    for path in sorted(GENERATOR.rglob("*.j2")):
        lines = path.read_text("utf-8").splitlines()
        yield from ((f"{path.relative_to(ROOT)}:{number}", line) for number, line in enumerate(lines, start=1))


def faults_in(text: str) -> list[str]:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return [
        f"{found.group().strip()!r}: write {AVOIDED[word]!r}" for word in AVOIDED for found in re.finditer(word, text)
    ]


def test_no_message_has_a_word_that_needs_a_second_reading() -> None:
    found = [f"{place}: {fault}" for place, text in all_texts() for fault in faults_in(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mend the template", 1),
        ("`half` is no whole number", 1),
        ("there is no template a.j2", 0),
        ("the catalogue is no longer there", 0),
        ("`half` is not a whole number", 0),
        ("recommended", 0),
        ("everything but a, and `;` begins nothing", 2),
    ],
)
def test_a_word_that_needs_a_second_reading_is_found(text: str, count: int) -> None:
    assert len(faults_in(text)) == count


def test_the_texts_of_a_module_are_found_with_their_lines(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""A docstring."""\n\nNAME = "a"\n"""What it is."""\n\nTOLD = f"b {NAME} c"\n', "utf-8")
    assert list(texts_of(module)) == [(3, "a"), (6, "b "), (6, " c")]

    command = tmp_path / "commands" / "module.py"
    command.parent.mkdir()
    command.write_text(module.read_text("utf-8"), "utf-8")
    assert next(texts_of(command)) == (1, "A docstring.")
