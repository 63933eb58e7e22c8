"""The same catalogue and templates render the same bytes wherever and however tfgen runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, find, settings

from tests.support.paths import CASES, ROOT
from tests.support.processes import MAIN
from tests.support.rendering import VARIABLES, VARIABLES_FILE, dumped
from tests.support.strategies import COMPANION, catalogues

pytestmark = pytest.mark.slow

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "UTF-8": {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"},
    "German": {"LC_ALL": "de_DE.UTF-8", "TZ": "Europe/Berlin", "PYTHONHASHSEED": "42", "PYTHONIOENCODING": "latin-1"},
    "optimized": {"PYTHONOPTIMIZE": "2", "PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "COLUMNS": "7"},
}


UMASKS = [0o000, 0o077, 0o027]


def other_pythons() -> list[str]:
    """Return every Python on the path that tfgen may run on, and that has what it needs."""
    needs = "import sys, click, hcl2, jinja2, rich, yaml; sys.exit(sys.version_info < (3, 11))"
    found = filter(None, (shutil.which(f"python3.{minor}") for minor in range(11, 20)))
    return [path for path in found if _ends_well([path, "-c", needs]) and not os.path.samefile(path, sys.executable)]


def _ends_well(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a folder for each case, and one for a random catalogue of hostile texts."""
    root = tmp_path_factory.mktemp("projects")
    for case in CASES:
        shutil.copytree(case, root / case.name)
    chosen = find(
        catalogues(), lambda tree: len(dumped(tree)) > 800, settings=settings(database=None, phases=[Phase.generate])
    )
    (root / "random" / "out").mkdir(parents=True)
    (root / "random" / "services.yaml").write_text(dumped(chosen), encoding="utf-8")
    (root / "random" / VARIABLES_FILE).parent.mkdir()
    (root / "random" / VARIABLES_FILE).write_bytes(VARIABLES)
    (root / "random" / "out" / "variables.tf").write_text(COMPANION, encoding="utf-8")
    return root


def rendered(
    python: str, root: Path, to: Path, relative: bool, umask: int = 0o022, **environment: str
) -> dict[str, bytes]:
    """Return every file that is generated anew in a copy of the projects."""
    shutil.copytree(root, to)
    for file in to.rglob("*.tf"):
        if file.name in ("main.tf", "outputs.tf"):
            file.unlink()
    for project in to.iterdir():
        where = ["-C", project.name] if relative else ["-C", str(project)]
        done = subprocess.run(
            [python, "-c", MAIN, *where, "render"],
            cwd=to if relative else "/",
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            umask=umask,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
    files = [file for file in sorted(to.rglob("*.tf")) if file.name in ("main.tf", "outputs.tf")]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o644}
    return {file.relative_to(to).as_posix(): file.read_bytes() for file in files}


def test_bytes_depend_on_nothing_but_the_catalogue(projects: Path, tmp_path: Path) -> None:
    expected = rendered(sys.executable, projects, tmp_path / "first", relative=True)
    for file, content in expected.items():
        assert b"\r" not in content
        case = projects / file
        assert not case.exists() or case.read_bytes() == content

    ways = [*((sys.executable, way) for way in ENVIRONMENTS), *((python, "C") for python in other_pythons())]
    for number, (python, name) in enumerate(ways):
        environment = ENVIRONMENTS[name]
        umask = UMASKS[number % len(UMASKS)]
        again = rendered(
            python, projects, tmp_path / str(number), relative=bool(number % 2), umask=umask, **environment
        )
        assert again == expected, (name, python)
