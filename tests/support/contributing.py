"""What `CONTRIBUTING.md` tells to do, done: its examples are a part of tfgen while a test runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.catalogue import kinds, uses
from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import defaults_of_all_kinds
from generator.catalogue.uses import all_uses
from tests.support import strategies
from tests.support.documents import CODE, Block, sections, sessions
from tests.support.paths import ROOT
from tests.support.project import RunTfgen

_SECTIONS = {section.title: section for section in sections(ROOT / "CONTRIBUTING.md")}
_PACKAGES = {Path(*package.__name__.split(".")): package for package in (uses, kinds)}
_EDIT = re.compile("With `(.+?)` in place of `(.+?)`")


class Steps:
    """The steps of a section. A file is a block of code, and the last path above it is its own."""

    def __init__(self, title: str) -> None:
        self._blocks = _SECTIONS[title].blocks
        files = {_path(block): block.code for block in self._blocks if block.language in ("python", "jinja", "yaml")}
        self._modules = {path: code for path, code in files.items() if path.parent in _PACKAGES}
        self._templates = {path: code for path, code in files.items() if path.parts[0] == "templates"}
        self.case = next(path for path in files if path.name == "services.yaml")
        self.catalogue = files[self.case]
        assert len(self._modules) + len(self._templates) + 1 == len(files)

    @contextmanager
    def done(self, root: Path, folder: Path) -> Iterator[None]:
        """Add the modules, which lie in a folder, to tfgen. The templates are those of the project in `root`."""
        self.write_catalogue(root)
        for path, code in self._templates.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(code, "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            for path, code in self._modules.items():
                (folder / path.name).write_text(code, "utf-8")
                package = _PACKAGES[path.parent]
                patch.setattr(package, "__path__", [*package.__path__, str(folder)])
            _forget_what_was_found()
            yield
        _forget_what_was_found()
        for path in self._modules:
            sys.modules.pop(".".join(path.with_suffix("").parts), None)

    def write_catalogue(self, root: Path, written: str = "", instead: str = "") -> None:
        """Write the case's catalogue, with a text in place of another."""
        assert written in self.catalogue
        (root / "services.yaml").write_text(self.catalogue.replace(written, instead), "utf-8")

    def assert_prints(self, root: Path, run_tfgen: RunTfgen) -> None:
        """Check each call of tfgen that is shown, with the edit that is told above it."""
        for block in self._blocks:
            edit = _EDIT.search(" ".join(block.above.split()))
            self.write_catalogue(root, *((edit[2], edit[1]) if edit else ("", "")))
            for session in sessions(block) if block.language == "console" else ():
                result = run_tfgen(*session.arguments, cwd=root)
                session.assert_is(result.stdout + result.stderr)


def _path(block: Block) -> Path:
    return Path(next(name for name in reversed(CODE.findall(block.above)) if "/" in name))


def _forget_what_was_found() -> None:
    for found in (all_uses, all_kinds, defaults_of_all_kinds, strategies._drawn, strategies.written_by_settings):
        found.cache_clear()
