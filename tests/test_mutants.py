"""The table of `make mutants`: what it names is there."""

from __future__ import annotations

import pytest

from tests.support.paths import ROOT
from tools.mutants import TESTS


@pytest.mark.parametrize("package", TESTS)
def test_it_names_packages_and_tests_that_exist(package: str) -> None:
    assert (ROOT / "generator" / package).is_dir()
    assert [path for path in TESTS[package] if not (ROOT / "tests" / path).exists()] == []
