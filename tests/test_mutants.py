"""The groups of `make mutants`: what they name is there."""

from __future__ import annotations

import pytest

from tools.mutants import GROUPS, Group


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_a_group_names_modules_and_tests_that_exist(group: Group) -> None:
    assert [path for path in group.paths() if not path.exists()] == []
    assert len(group.test_files()) >= len(group.tests)
