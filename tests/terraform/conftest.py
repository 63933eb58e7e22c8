"""What the tests with the real Terraform share. They skip where it cannot run; in CI with terraform they fail."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import NoReturn

import pytest

from tests.terraform.account import new_account, running_aws
from tests.terraform.history import VALUES, History, live_through
from tests.terraform.provider import (
    MIRRORS,
    PACKAGED,
    Provider,
    Serving,
    Version,
    found_providers,
    newest,
    serving,
    spelt,
)
from tests.terraform.stack import Stack

NewStack = Callable[..., Stack]
"""Called with the values of variables, a version of the provider if it is not to be the newest, and default tags."""


@pytest.fixture(scope="session")
def new_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewStack]:
    """Return what makes a stack with an account of its own."""
    _only_where_it_can_run()
    with ExitStack() as running:
        url = running.enter_context(running_aws())

        @functools.cache
        def provider(version: Version) -> Serving:
            folder = tmp_path_factory.mktemp("provider")
            return running.enter_context(serving(_provider(version), url, folder))

        def stack(
            values: Mapping[str, object] | None = None,
            version: Version | None = None,
            default_tags: Mapping[str, str] | None = None,
        ) -> Stack:
            folder = tmp_path_factory.mktemp("stack")
            return Stack(folder, provider(version or newest()), new_account(url), values or {}, default_tags or {})

        yield stack


@pytest.fixture(scope="session")
def history(new_stack: NewStack) -> History:
    return live_through(new_stack(VALUES))


def _only_where_it_can_run() -> None:
    if shutil.which("terraform") is None:
        pytest.skip("there is no `terraform` on the path")
    if importlib.util.find_spec("moto") is None:
        _skip_out_of_ci("moto, the stand-in for AWS, is not installed")


def _provider(version: Version) -> Provider:
    found = {provider.version: provider for provider in found_providers()}
    if version in found:
        return found[version]
    reason = f"there is no AWS provider {spelt(version)} for this platform"
    if version == PACKAGED:
        _skip_out_of_ci(reason)
    pytest.skip(f"{reason} in the folders that {MIRRORS} names")


def _skip_out_of_ci(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must not skip this: {reason}")
    pytest.skip(reason)
