"""What the documents of the project say of its files: each that they name is there."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.paths import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FOLDERS = [ROOT, ROOT / "generator", ROOT / "templates"]
"""Where a path may begin."""

OTHERS = {
    ".venv/bin/tfgen",
    "expected/",
    "generator/catalogue/kinds/collector.py",
    "hclwrite/format.go",
    "origin/main",
    "templates/kinds/collector/",
    "tests/cases/collector/services.yaml",
}
"""What looks like a path of the project and is none: names of others, and of files that a reader makes."""

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
PATH = re.compile(r"(?:[\w.*-]+/)+[\w.*-]*|[\w-]+\.py")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_path_is_there(document: Path) -> None:
    text = FENCED.sub("", document.read_text("utf-8"))
    paths = {name for name in CODE.findall(text) if PATH.fullmatch(name)} - OTHERS
    assert sorted(path for path in paths if not any(any(folder.glob(path)) for folder in FOLDERS)) == []
    assert [target for target in LINK.findall(text) if not (document.parent / target).exists()] == []


def test_examples_import_what_is_there() -> None:
    fenced = [found for document in DOCUMENTS for found in FENCED.findall(document.read_text("utf-8"))]
    statements = [node for language, code in fenced if language == "python" for node in ast.walk(ast.parse(code))]
    imports = [node for node in statements if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    assert imports
    for node in imports:
        module = import_module(str(node.module))
        assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []
