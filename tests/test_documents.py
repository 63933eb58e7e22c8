"""What the documents of the project name: each file, heading and import is there."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.documents import CODE, DOCUMENTS, sections
from tests.support.paths import ROOT
from tests.support.rendering import catalogue_of

FOLDERS = [ROOT, ROOT / "generator", ROOT / "templates"]
"""Where a path may begin."""

OTHERS = {
    "*/15",
    ".venv/bin/tfgen",
    "Europe/Berlin",
    "expected/",
    "generator/catalogue/kinds/collector.py",
    "generator/catalogue/uses/topic.py",
    "hclwrite/format.go",
    "origin/main",
    "service-role/AmazonECSTaskExecutionRolePolicy",
    "templates/kinds/collector/",
    "templates/kinds/collector/service.tf.j2",
    "templates/kinds/collector/task_definition.tf.j2",
    "templates/service/topic.tf.j2",
    "tests/cases/collector/services.yaml",
    "tests/cases/topic/services.yaml",
}
"""What looks like a path of the project and is none: names of others, and of files that a reader makes."""

LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
PATH = re.compile(r"(?:[\w.*-]+/)+[\w.*-]*|[\w-]+\.py")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_path_is_there(document: Path) -> None:
    paths = {name for section in sections(document) for name in CODE.findall(section.prose) if PATH.fullmatch(name)}
    assert sorted(path for path in paths - OTHERS if not any(any(folder.glob(path)) for folder in FOLDERS)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_link_leads_to_a_file_or_a_heading(document: Path) -> None:
    links = [link for section in sections(document) for link in LINK.findall(section.prose)]
    assert [target for target, _ in links if not (document.parent / target).exists()] == []
    assert [link for link in links if link[1] and link[1] not in anchors(document.parent / (link[0] or document))] == []


def anchors(document: Path) -> set[str]:
    """Return what GitHub calls the headings of a document. Titles that stand twice are not told apart."""
    titles = (section.title.replace("`", "").lower() for section in sections(document))
    return {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}


def test_examples_import_what_is_there() -> None:
    blocks = [block for document in DOCUMENTS for section in sections(document) for block in section.blocks]
    statements = [node for block in blocks if block.language == "python" for node in ast.walk(ast.parse(block.code))]
    imports = [node for node in statements if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    assert imports
    for node in imports:
        module = import_module(str(node.module))
        assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


def test_the_services_that_the_readme_adds_are_good() -> None:
    blocks = [block.code for section in sections(ROOT / "README.md") for block in section.blocks]
    added = [code for code in blocks if code.startswith("\n  ")]
    assert len(added) == 3
    services = catalogue_of((ROOT / "services.yaml").read_text("utf-8") + "".join(added)).services
    assert {"reports", "digest", "migrate", "web"} <= services.keys()
