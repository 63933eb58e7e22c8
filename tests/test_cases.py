"""Golden folders: each is a workspace whose module's folder, companions included, is `expected/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue.kinds import all_kinds
from generator.files.write import write
from generator.settings.parts import known_settings
from generator.workspace import Workspace
from tests.support.paths import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_renders_what_is_expected(case: Path, update_golden: bool) -> None:
    rendered = Workspace(case / "services.yaml").rendered()
    if update_golden:
        write(rendered.folder, rendered.folder_name, rendered.comparisons, adopt=False)
        return
    for file in rendered.files:
        expected = rendered.folder / file.name
        message = f"{expected} differs: read the diff, then run `pytest --update-golden`"
        assert expected.read_bytes() == file.text.encode(), message


def test_every_kind_has_a_case_of_its_name() -> None:
    assert set(all_kinds()) <= {case.name for case in CASES}


def test_some_case_uses_every_option() -> None:
    used = set()
    for case in CASES:
        _, catalogue, _ = Workspace(case / "services.yaml").load()
        for service in catalogue.services.values():
            options = known_settings(service)
            used |= {name for name, it in options.items() if getattr(service, name) != it.default}
    assert used == {name for kind in all_kinds().values() for name in known_settings(kind)}
