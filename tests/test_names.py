"""No two classes of the package have the same name, but for helpers within a module."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.support.paths import ROOT

TREES = {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / "generator").rglob("*.py")}


def is_helper(name: str) -> bool:
    return name.startswith("_")


def test_no_two_classes_have_the_same_name() -> None:
    places: dict[str, list[Path]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not is_helper(node.name):
                places[node.name].append(path)
    assert len(places) > 100
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_a_helper_is_used_by_its_own_module_alone() -> None:
    imported = {
        (path.name, alias.name)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("generator")
        for alias in node.names
        if is_helper(alias.name)
    }
    assert imported == set()
