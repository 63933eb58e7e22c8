"""The wheel carries all that a render needs, and nothing that a run leaves behind."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.processes import MAIN

pytestmark = pytest.mark.slow

CATALOGUE = """\
version: 1
project: shop
module: {path: terraform, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
services:
  mail:
    kind: worker
    image: busybox:1.36
    command: [sleep, "60"]
    queue: shop-mail
"""


def run(*command: str | Path, cwd: Path, **variables: str) -> None:
    environment = os.environ | variables
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and a source distribution of a checkout in which tfgen has been run."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-c", MAIN, "validate", cwd=ROOT, PYTHONDONTWRITEBYTECODE="")
    assert list((ROOT / "templates").rglob("*.pyc"))
    for kind in ("--wheel", "--sdist"):
        run(sys.executable, "-m", "build", kind, "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    (built,) = distributions.glob("tfgen-*.whl")
    return built


def test_the_wheel_holds_the_package_and_every_template(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    templates = [path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.j2")]
    files = [path for path in (ROOT / "generator").rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
    assert {".py", ".json", ".j2", ".css", ".js"} == {path.suffix for path in files}
    assert templates
    assert {f"generator/{name}" for name in templates} <= packed
    assert {path.relative_to(ROOT).as_posix() for path in files} <= packed
    assert not any(name.startswith("tests/") for name in packed)


def test_no_distribution_holds_what_a_run_keeps(distributions: Path) -> None:
    (wheel,), (source,) = distributions.glob("*.whl"), distributions.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as in_wheel, tarfile.open(source) as in_source:
        names = [*in_wheel.namelist(), *in_source.getnames()]
    assert any(name.endswith("templates/main.tf.j2") for name in names)
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


def test_installed_in_a_bare_environment_it_renders_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    (work / "services.yaml").write_text(CATALOGUE, "utf-8")
    run(binaries / "tfgen", "render", cwd=work)
    assert sorted(path.name for path in (work / "terraform").iterdir()) == ["main.tf", "outputs.tf"]
    run(binaries / "tfgen", "check", cwd=work)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on the path")
@pytest.mark.parametrize(
    ("target", "installs"),
    [("render", {"."}), ("check", {"."}), ("bench", {"."}), ("test", {".", ".[test]"}), ("lint", {".", ".[test]"})],
)
def test_a_target_installs_what_it_needs_and_no_more(tmp_path: Path, target: str, installs: set[str]) -> None:
    command = ["make", "--dry-run", f"VENV={tmp_path}", target]

    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    commands = map(shlex.split, told.replace("\\\n", "").splitlines())
    assert {words[-1] for words in commands if words[1:2] == ["install"]} == installs
