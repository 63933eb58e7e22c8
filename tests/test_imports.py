"""One stage, one module, and imports only downward: the table of what may import what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

FLOORS: dict[str, set[str]] = {
    "errors": set(),
    "reading": set(),
    "diff": set(),
    "source": {"errors", "reading"},
    "hcl": {"errors"},
    "catalogue": {"errors", "source", "hcl"},
    "vocabulary": {"errors"},
    "sandbox": {"vocabulary"},
    "compiled": {"vocabulary", "sandbox"},
    "render": {"errors", "hcl", "catalogue", "sandbox", "compiled"},
    "unused": {"errors", "render"},
    "folder": {"errors", "reading"},
    "provider": {"hcl"},
    "companion": {"hcl", "provider"},
    "verify": {"errors", "source", "hcl", "catalogue", "render", "folder", "provider", "companion"},
    "bounds": {"errors"},
    "edition": {"source", "hcl", "catalogue", "render", "folder", "companion"},
    "drift": {"diff", "render", "folder"},
    "write": {"errors", "folder", "drift"},
    "output": {"errors", "drift"},
    "git": {"errors"},
    "revision": {"errors", "git"},
    "workspace": {
        *("errors", "source", "catalogue", "render", "folder", "verify", "bounds", "edition", "drift", "output"),
        *("revision", "unused"),
    },
    "blame": {"errors", "source", "hcl", "catalogue", "sandbox", "render", "verify", "drift", "workspace"},
    "table": {"errors"},
    "describe": {"hcl", "catalogue", "render", "provider", "table"},
    "graph": {"errors", "catalogue", "render", "describe"},
    "changes": {"errors", "source", "hcl", "catalogue", "provider", "edition", "table"},
    "plan": {"errors", "reading", "hcl", "provider", "edition", "output", "table", "changes"},
    "report": {"errors", "diff", "source", "hcl", "catalogue", "provider", "edition", "changes", "plan"},
    "cli": {
        "errors",
        "catalogue",
        "drift",
        "write",
        "output",
        "workspace",
        "describe",
        "graph",
        "changes",
        "plan",
        "report",
        "blame",
    },
    "start": {"cli"},
}
"""Each module or package from the ground up, and all that it imports."""

WITHIN: dict[str, dict[str, set[str]]] = {
    "hcl": {
        "tokens": set(),
        "errors": set(),
        "addresses": set(),
        "escapes": set(),
        "layout": {"tokens"},
        "composed": {"escapes", "tokens"},
        "structure": {"escapes", "tokens"},
        "parse": {"errors", "structure"},
        "references": {"structure", "tokens"},
        "numbers": set(),
        "values": {"escapes", "numbers", "structure", "tokens"},
        "json_forms": set(),
        "json_reader": {"tokens"},
        "json_syntax": {"json_forms", "json_reader", "structure", "tokens"},
        "nodes": {"references", "structure", "values"},
        "overriding": {"nodes", "values"},
        "moves": {"structure", "tokens"},
        "evaluated": {"numbers"},
        "json_text": {"evaluated", "numbers"},
        "alike": {"evaluated"},
        "operators": {"evaluated", "json_text", "numbers"},
        "functions": {"alike", "evaluated", "json_text", "numbers"},
        "evaluation": {"alike", "escapes", "evaluated", "functions", "json_text", "numbers", "operators", "tokens"},
        "scope": {"addresses", "evaluated", "evaluation", "nodes", "values"},
        "expression": {"tokens"},
        "fragments": set(),
        "piecewise": {"fragments", "tokens"},
        "outline": {"references", "structure"},
        "shape": {"outline", "references", "structure", "tokens"},
        "known": set(),
        "proof": {"errors", "fragments", "known", "outline", "parse", "references", "shape", "structure", "tokens"},
        "text": {"composed", "expression", "proof", "tokens"},
    },
    "catalogue": {
        "limits": set(),
        "names": set(),
        "permissions": set(),
        "blocks": set(),
        "credentials": set(),
        "values": set(),
        "breach": set(),
        "parts": {"breach", "values"},
        "service": {"blocks", "limits", "names", "parts", "permissions", "values"},
        "kinds": {"parts", "service", "values"},
        "model": {"blocks", "breach", "kinds", "limits", "names", "parts", "permissions", "service", "values"},
        "rules": {"blocks", "breach", "credentials", "limits", "model"},
        "layers": {"parts", "service"},
        "extent": set(),
        "read": {"breach", "extent", "layers", "model", "parts", "rules", "service"},
        "schema": {"model", "parts"},
    },
    "provider": {
        "defaults": set(),
        "policy": set(),
        "replacement": set(),
        "schema": set(),
        "values": set(),
        "versions": set(),
    },
    "verify": {
        "module": set(),
        "origins": set(),
        "references": {"module", "origins"},
        "arguments": {"module"},
        "overrides": {"module"},
        "texts": {"module"},
        "verify": {"arguments", "module", "overrides", "references", "texts"},
    },
    "changes": {
        "difference": set(),
        "lifecycle": {"difference"},
        "instances": {"difference"},
        "order": set(),
        "implied": {"difference", "instances", "lifecycle", "order"},
        "resources": {"difference", "implied"},
        "effects": {"implied"},
        "fields": set(),
        "policies": set(),
        "reach": {"policies"},
        "grants": {"reach"},
        "edit": {"effects", "fields", "grants", "reach", "resources"},
        "told": {"edit", "effects", "grants", "reach"},
    },
    "blame": {
        "marks": set(),
        "following": {"marks"},
        "lines": {"marks"},
        "templates": {"marks"},
        "origins": {"following", "lines", "templates"},
        "listing": {"origins"},
        "target": {"origins"},
    },
    "graph": {
        "lettering": set(),
        "model": {"lettering"},
        "columns": set(),
        "lanes": set(),
        "shapes": {"lettering", "model"},
        "boxes": {"lettering", "model", "shapes"},
        "layout": {"boxes", "columns", "lanes", "model", "shapes"},
        "svg": {"boxes", "layout", "lettering", "model", "shapes"},
        "page": {"lettering", "model", "svg"},
        "mermaid": {"model"},
        "dot": {"model"},
        "document": {"dot", "mermaid", "model", "page", "svg"},
    },
    "plan": {
        "verdict": set(),
        "configuration": set(),
        "planned": {"configuration"},
        "read": {"configuration", "planned"},
        "readers": {"configuration"},
        "scope": {"planned"},
        "containers": set(),
        "matching": set(),
        "comparison": {"containers", "matching", "planned", "verdict"},
        "held": {"comparison", "planned", "scope", "verdict"},
        "provisioners": {"verdict"},
        "outside": {"comparison", "planned", "provisioners", "readers", "scope", "verdict"},
        "contract": {"comparison", "held", "outside", "planned", "provisioners", "scope", "verdict"},
        "told": {"verdict"},
    },
    "report": {
        "markdown": set(),
        "commands": {"markdown"},
        "known": set(),
        "places": set(),
        "siblings": {"markdown"},
        "checklist": {"markdown"},
        "notes": {"checklist", "markdown"},
        "document": {"checklist", "commands", "known", "markdown", "notes", "places", "siblings"},
    },
}
"""The same for the packages."""


def test_every_module_has_a_floor() -> None:
    assert {name for name, _ in modules(PACKAGE)} == FLOORS.keys()


def test_every_import_goes_down() -> None:
    assert_each_goes_down(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_a_module_imports_what_the_table_says(name: str) -> None:
    assert imported_by(dict(modules(PACKAGE))[name], ("generator",)) - {name} == FLOORS[name]


@pytest.mark.parametrize("package", WITHIN)
def test_within_a_package_imports_go_down_as_well(package: str) -> None:
    found = {name: imported_by(path, ("generator", package)) - {name} for name, path in modules(PACKAGE / package)}
    assert found == WITHIN[package]
    assert_each_goes_down(WITHIN[package])


def test_no_kind_knows_another() -> None:
    kinds = PACKAGE / "catalogue" / "kinds"
    for kind in kinds.glob("*.py"):
        assert imported_by(kind, ("generator", "catalogue", "kinds")) == set(), kind.name


def test_no_package_imports_through_the_doors_of_another() -> None:
    """`import generator.hcl` would hide which of its modules is needed."""
    for path in PACKAGE.rglob("*.py"):
        for name in imports(path):
            assert len(name) > 1, path


def assert_each_goes_down(table: dict[str, set[str]]) -> None:
    floors = list(table)
    for name, below in table.items():
        assert below <= set(floors[: floors.index(name)]), name
    TopologicalSorter(table).prepare()


def modules(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each module and package right below a folder of Python."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            yield path.stem, path
        elif (path / "__init__.py").is_file():
            yield path.name, path


def imported_by(path: Path, prefix: tuple[str, ...]) -> set[str]:
    """Return what a module, or any of a package's, imports right below `prefix`, wherever the import stands."""
    files = path.rglob("*.py") if path.is_dir() else [path]
    depth = len(prefix)
    return {name[depth] for file in files for name in imports(file) if name[:depth] == prefix and len(name) > depth}


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (tuple(name.split(".")) for name in names if name.split(".")[0] == "generator")
