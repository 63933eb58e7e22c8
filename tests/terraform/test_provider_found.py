"""Which providers are found to judge by: those of named folders, of Terraform's own folders, and of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terraform.provider import MIRRORS, PLATFORM, Version, found_providers, newest

HOST = Path("registry.terraform.io", "hashicorp", "aws")


def lay(mirror: Path, name: str) -> None:
    (mirror / HOST / name).parent.mkdir(parents=True, exist_ok=True)
    (mirror / HOST / name).touch()


def unpacked(version: str, platform: str = PLATFORM) -> str:
    return f"{version}/{platform}/terraform-provider-aws_v{version}_x5"


def packed(version: str, platform: str = PLATFORM) -> str:
    return f"terraform-provider-aws_{version}_{platform}.zip"


def not_of_the_package() -> set[Version]:
    return {provider.version for provider in found_providers() if provider.version > (90,)}


def test_those_of_every_named_folder_are_found_and_the_newest_is_chosen_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in (("a", unpacked("99.9.0")), ("a", unpacked("99.10.1")), ("b", packed("98.0.0"))):
        lay(tmp_path / folder, name)
    monkeypatch.setenv(MIRRORS, f"{tmp_path / 'a'}:{tmp_path / 'absent'}:{tmp_path / 'b'}")
    assert not_of_the_package() == {(98, 0, 0), (99, 9, 0), (99, 10, 1)}
    assert newest() == (99, 10, 1)


def test_one_for_another_platform_and_one_before_its_release_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (unpacked("99.0.0", "plan9_mips"), packed("99.0.0", "plan9_mips"), unpacked("99.0.0-beta1")):
        lay(tmp_path, name)
    monkeypatch.setenv(MIRRORS, str(tmp_path))
    assert not_of_the_package() == set()


def test_without_named_folders_those_of_terraform_itself_are_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(MIRRORS, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'x'}:{tmp_path / 'y'}")
    lay(tmp_path / "home" / ".terraform.d" / "plugins", unpacked("91.0.0"))
    lay(tmp_path / "home" / ".local" / "share" / "terraform" / "plugins", unpacked("92.0.0"))
    lay(tmp_path / "y" / "terraform" / "plugins", unpacked("93.0.0"))
    assert not_of_the_package() == {(91, 0, 0), (92, 0, 0), (93, 0, 0)}
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert not_of_the_package() == {(91, 0, 0), (93, 0, 0)}
    monkeypatch.setenv(MIRRORS, "")
    assert not_of_the_package() == set()
