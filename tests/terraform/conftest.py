"""What the tests with the real Terraform share. They skip where it cannot run; in CI with terraform they fail."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terraform.account import Account, running_account
from tests.terraform.history import History, live_through
from tests.terraform.stack import PROVIDER, Stack, new_stack, provider_archive, unpack_provider


def _what_is_missing() -> str | None:
    if shutil.which("terraform") is None:
        return "there is no `terraform` on the path"
    if provider_archive() is None:
        return f"the package with the AWS provider {PROVIDER}, for Linux on x86-64, is not installed"
    if importlib.util.find_spec("moto") is None:
        return "moto, the stand-in for AWS, is not installed"
    return None


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = _what_is_missing()
    if missing:
        if os.environ.get("CI") == "true" and shutil.which("terraform"):
            pytest.fail(f"CI must not skip this: {missing}")
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("mirror")
    unpack_provider(folder)
    return folder


@pytest.fixture(scope="session")
def account(mirror: Path) -> Iterator[Account]:
    with running_account() as running:
        yield running


@pytest.fixture(scope="session")
def stack_in(mirror: Path, account: Account) -> Callable[[Path], Stack]:
    return lambda folder: new_stack(folder, mirror, account)


@pytest.fixture(scope="session")
def history(stack_in: Callable[[Path], Stack], account: Account, tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("specification")
    return live_through(stack_in(folder / "root"), account, folder / "workspace")
