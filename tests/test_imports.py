"""One stage, one module, and imports only downward: the table of what may import what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "generator"

FLOORS: dict[str, set[str]] = {
    "stages": set(),
    "errors": set(),
    "hcl": {"errors", "stages"},
    "source": {"errors", "stages"},
    "aws": {"errors", "hcl"},
    "settings": {"errors", "hcl", "source"},
    "catalogue": {"aws", "errors", "hcl", "settings", "source", "stages"},
    "rendering": {"catalogue", "errors", "hcl", "settings", "source", "stages"},
    "files": {"aws", "errors", "hcl", "rendering", "source"},
    "edition": {"catalogue", "files", "hcl", "rendering", "source"},
    "output": {"aws", "catalogue", "errors", "files", "hcl", "rendering", "stages"},
    "verify": {"aws", "catalogue", "errors", "files", "hcl", "rendering", "settings", "source", "stages"},
    "changes": {"aws", "catalogue", "edition", "errors", "hcl", "output", "settings", "source"},
    "graph": {"catalogue", "changes", "edition", "errors", "output", "stages"},
    "workspace": {"catalogue", "edition", "errors", "files", "output", "rendering", "settings", "source", "verify"},
    "blame": {"catalogue", "errors", "files", "hcl", "rendering", "settings", "source", "verify", "workspace"},
    "options": {"changes", "edition", "files", "output", "stages", "workspace"},
    "plan": {"aws", "changes", "edition", "errors", "hcl", "output", "source", "stages"},
    "report": {"aws", "catalogue", "changes", "edition", "errors", "files", "hcl", "plan", "source", "stages"},
    "commands": {
        "blame",
        "catalogue",
        "changes",
        "errors",
        "files",
        "graph",
        "options",
        "output",
        "plan",
        "report",
        "workspace",
    },
    "cli": {"commands", "errors", "options", "output"},
    "start": {"cli"},
}
"""Each module or package from the ground up, and all that it imports."""

WITHIN: dict[str, dict[str, set[str]]] = {
    "hcl": {
        "identifiers": set(),
        "addresses": set(),
        "errors": set(),
        "escapes": set(),
        "fragments": set(),
        "json_forms": set(),
        "numbers": set(),
        "tokens": {"identifiers"},
        "version_constraints": set(),
        "language_versions": {"tokens", "version_constraints"},
        "json_reader": {"tokens"},
        "structure": {"escapes", "identifiers", "tokens"},
        "items": {"escapes", "structure", "tokens"},
        "constraints": {"structure", "tokens"},
        "evaluated": {"constraints", "numbers"},
        "alike": {"evaluated"},
        "json_syntax": {"identifiers", "json_forms", "json_reader", "structure", "tokens"},
        "json_text": {"evaluated", "numbers"},
        "moves": {"structure", "tokens"},
        "references": {"structure", "tokens"},
        "values": {"escapes", "numbers", "structure", "tokens"},
        "functions": {"alike", "evaluated", "json_text", "numbers"},
        "nodes": {"references", "structure", "values"},
        "module_declarations": {"nodes"},
        "operators": {"evaluated", "json_text", "numbers"},
        "proof": {"errors", "identifiers", "references", "structure", "tokens"},
        "piecewise": {"fragments", "proof", "tokens"},
        "rendered_nodes": {"nodes", "piecewise", "proof"},
        "evaluation": {"alike", "escapes", "evaluated", "functions", "json_text", "numbers", "operators", "tokens"},
        "overriding": {"nodes", "values"},
        "write": {"constraints", "escapes", "identifiers", "numbers", "proof", "tokens"},
        "scope": {"addresses", "evaluated", "evaluation", "nodes", "values"},
    },
    "hcl.proof": {
        "lines": set(),
        "gaps": set(),
        "known": set(),
        "outline": set(),
        "parse": set(),
        "judge": {"gaps", "outline", "parse"},
        "places": {"judge", "known", "lines", "parse"},
        "proof": {"judge", "known", "lines", "outline", "places"},
    },
    "hcl.write": {
        "composed": set(),
        "expression": set(),
        "layout": set(),
        "text": {"composed", "expression"},
        "conversion": {"text"},
    },
    "source": {
        "reading": set(),
        "source": {"reading"},
        "variables": {"source"},
        "layers": {"source"},
    },
    "aws": {
        "managed_policies": set(),
        "wildcards": set(),
        "iam_actions": set(),
        "container_shape": set(),
        "limits": set(),
        "policy": set(),
        "resource_types": set(),
        "schedule": set(),
        "schema": set(),
        "defaults": {"resource_types"},
        "replacement": {"resource_types"},
        "values": {"policy"},
        "kept": {"values"},
        "versions": {"resource_types"},
        "attributes": {"versions"},
    },
    "aws.schedule": {
        "days": set(),
        "zones": set(),
        "cron": {"days"},
        "expression": {"cron"},
        "times": {"cron", "expression", "zones"},
        "words": {"cron", "days", "expression"},
    },
    "settings": {
        "breach": set(),
        "values": set(),
        "parts": {"breach", "values"},
        "objects": {"breach", "parts", "values"},
    },
    "catalogue": {
        "paths": set(),
        "provider_types": set(),
        "container_types": set(),
        "elsewhere": set(),
        "target_groups": {"elsewhere"},
        "security_group_rules": {"elsewhere"},
        "partition": set(),
        "tags": set(),
        "arns": set(),
        "image_references": {"arns"},
        "named_arns": {"arns"},
        "blocks": set(),
        "adjustments": {"blocks"},
        "credentials": set(),
        "named": set(),
        "file_names": {"paths"},
        "chosen_names": {"elsewhere"},
        "permissions": set(),
        "policy_length": {"arns", "partition", "permissions"},
        "names": {"named"},
        "own_names": {"names"},
        "rendered_names": {"named"},
        "words": {"arns", "named_arns"},
        "volume_types": {"arns", "elsewhere", "names", "words"},
        "existing": {"arns", "named_arns"},
        "access": {"arns", "existing", "names", "permissions", "words"},
        "cluster": {"chosen_names", "elsewhere", "existing", "named", "names"},
        "preset": set(),
        "requires": {"elsewhere"},
        "shared": {
            "chosen_names",
            "cluster",
            "elsewhere",
            "file_names",
            "image_references",
            "names",
            "partition",
            "paths",
            "preset",
            "requires",
            "tags",
            "words",
        },
        "roles": {"elsewhere", "existing", "words"},
        "log_groups": {"chosen_names", "elsewhere", "existing", "named"},
        "use": {"access", "adjustments", "blocks", "log_groups", "named", "names", "permissions", "shared"},
        "made_of": {"access", "adjustments", "names", "shared", "use"},
        "written_arguments": {"made_of"},
        "uses": {
            "access",
            "adjustments",
            "arns",
            "blocks",
            "container_types",
            "credentials",
            "elsewhere",
            "existing",
            "image_references",
            "log_groups",
            "made_of",
            "named",
            "named_arns",
            "names",
            "paths",
            "permissions",
            "preset",
            "provider_types",
            "roles",
            "security_group_rules",
            "shared",
            "tags",
            "target_groups",
            "use",
            "volume_types",
            "words",
            "written_arguments",
        },
        "service": {
            "blocks",
            "chosen_names",
            "elsewhere",
            "log_groups",
            "made_of",
            "named",
            "names",
            "permissions",
            "shared",
            "use",
            "uses",
        },
        "execution_reads": {"permissions", "use", "uses"},
        "ecs_service": {"blocks", "service", "shared", "use", "uses"},
        "kinds": {
            "arns",
            "blocks",
            "chosen_names",
            "ecs_service",
            "elsewhere",
            "existing",
            "named",
            "names",
            "provider_types",
            "service",
            "shared",
            "use",
            "uses",
            "volume_types",
        },
        "model": {
            "adjustments",
            "blocks",
            "chosen_names",
            "execution_reads",
            "kinds",
            "names",
            "preset",
            "provider_types",
            "roles",
            "service",
            "shared",
            "use",
            "uses",
        },
        "argument_entries": {"model", "written_arguments"},
        "layers": {"kinds", "model", "names"},
        "rules": {
            "access",
            "arns",
            "blocks",
            "chosen_names",
            "cluster",
            "ecs_service",
            "execution_reads",
            "kinds",
            "model",
            "names",
            "partition",
            "permissions",
            "policy_length",
            "provider_types",
            "roles",
            "service",
            "uses",
            "written_arguments",
        },
        "schema": {"model"},
        "extent": {"layers"},
        "environment_files": {"extent", "own_names", "paths"},
        "read": {
            "chosen_names",
            "environment_files",
            "extent",
            "kinds",
            "layers",
            "model",
            "names",
            "own_names",
            "partition",
            "rules",
            "service",
            "shared",
        },
    },
    "rendering": {
        "terms": set(),
        "adjusting": {"terms"},
        "bounds": set(),
        "vocabulary": set(),
        "sandbox": {"vocabulary"},
        "bytecode": {"sandbox", "vocabulary"},
        "render": {"adjusting", "bytecode", "sandbox"},
        "unused": {"render"},
    },
    "files": {
        "beside": set(),
        "companion": set(),
        "diff": set(),
        "folder": set(),
        "declared_types": {"companion", "folder"},
        "declarations": {"companion", "folder"},
        "git": set(),
        "drift": {"diff", "folder"},
        "revision": {"git"},
        "write": {"drift", "folder"},
    },
    "output": {
        "progress_line": set(),
        "progress": {"progress_line"},
        "findings": set(),
        "streams": {"progress"},
        "table": {"progress"},
        "description": {"table"},
    },
    "verify": {
        "module": set(),
        "containers": {"module"},
        "settings_types": {"module"},
        "variables": {"module"},
        "target_groups": {"module"},
        "environment": {"module"},
        "origins": set(),
        "arguments": {"module"},
        "overrides": {"module"},
        "instances": {"module"},
        "conditions": {"instances", "module"},
        "references": {"instances", "module", "origins"},
        "texts": {"module"},
        "versions": {"arguments", "module", "origins"},
        "verify": {
            "arguments",
            "conditions",
            "containers",
            "environment",
            "module",
            "overrides",
            "references",
            "settings_types",
            "target_groups",
            "texts",
            "variables",
            "versions",
        },
    },
    "changes": {
        "containers": set(),
        "staying": set(),
        "difference": set(),
        "fields": set(),
        "order": set(),
        "policies": set(),
        "instances": {"difference"},
        "lifecycle": {"difference"},
        "reach": {"policies", "staying"},
        "grants": {"reach"},
        "granted": {"grants", "reach"},
        "implied": {"difference", "instances", "lifecycle", "order", "staying"},
        "effects": {"implied"},
        "resources": {"difference", "implied"},
        "edit": {"containers", "effects", "fields", "grants", "implied", "reach", "resources"},
        "told": {"containers", "edit", "effects", "grants", "reach"},
    },
    "graph": {
        "columns": set(),
        "lanes": set(),
        "lettering": set(),
        "model": {"lettering"},
        "dot": {"model"},
        "mermaid": {"model"},
        "shapes": {"lettering", "model"},
        "boxes": {"lettering", "model", "shapes"},
        "layout": {"boxes", "columns", "lanes", "model", "shapes"},
        "svg": {"boxes", "layout", "lettering", "model", "shapes"},
        "page": {"lettering", "model", "svg"},
        "document": {"dot", "mermaid", "model", "page", "svg"},
    },
    "blame": {
        "marks": set(),
        "following": {"marks"},
        "lines": {"marks"},
        "templates": {"marks"},
        "origins": {"following", "lines", "marks", "templates"},
        "listing": {"origins"},
        "target": {"origins"},
    },
    "options": {
        "where": set(),
        "base": {"where"},
        "document": {"where"},
        "formats": {"where"},
    },
    "plan": {
        "revisions": set(),
        "configuration": set(),
        "containers": set(),
        "matching": set(),
        "verdict": set(),
        "planned": {"configuration"},
        "provisioners": {"verdict"},
        "readers": {"configuration"},
        "told": {"verdict"},
        "comparison": {"containers", "matching", "planned", "verdict"},
        "read": {"configuration", "planned"},
        "scope": {"planned"},
        "held": {"comparison", "configuration", "planned", "scope", "verdict"},
        "outside": {"comparison", "planned", "provisioners", "readers", "scope", "verdict"},
        "contract": {"comparison", "held", "outside", "planned", "provisioners", "revisions", "scope", "verdict"},
        "judging": {"contract", "read", "verdict"},
    },
    "report": {
        "known": set(),
        "markdown": set(),
        "rollback": {"markdown"},
        "places": set(),
        "checklist": {"markdown"},
        "commands": {"markdown"},
        "siblings": {"markdown"},
        "notes": {"checklist", "markdown"},
        "document": {"checklist", "commands", "known", "markdown", "notes", "places", "rollback", "siblings"},
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


def test_the_documented_table_is_this_one() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", text, re.MULTILINE)
    assert {name: set(re.findall(r"`(\w+)`", imported)) for name, imported in rows} == FLOORS


@pytest.mark.parametrize("package", WITHIN)
def test_within_a_package_imports_go_down_as_well(package: str) -> None:
    way = package.split(".")
    folder = PACKAGE.joinpath(*way)
    found = {name: imported_by(path, ("generator", *way)) - {name} for name, path in modules(folder)}
    assert found == WITHIN[package]
    assert_each_goes_down(WITHIN[package])


def test_no_kind_knows_another() -> None:
    kinds = PACKAGE / "catalogue" / "kinds"
    for kind in kinds.glob("*.py"):
        assert imported_by(kind, ("generator", "catalogue", "kinds")) == set(), kind.name


def test_no_command_knows_another() -> None:
    commands = PACKAGE / "commands"
    for command in commands.glob("*.py"):
        assert imported_by(command, ("generator", "commands")) == set(), command.name


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
