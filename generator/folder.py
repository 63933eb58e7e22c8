"""The module's folder as it is on disk."""

from __future__ import annotations

from pathlib import Path

from generator.errors import FolderError, Position, Problem

Files = dict[str, bytes]
"""File name to content."""

TERRAFORM_SUFFIXES = (".tf", ".tf.json")


def _is_terraforms(name: str) -> bool:
    """Terraform passes over hidden files, whatever their ending."""
    return name.endswith(TERRAFORM_SUFFIXES) and not name.startswith(".")


def read_folder(folder: Path, name: str) -> Files:
    """Return the Terraform files of a folder; none where it does not exist. `name` is what messages call it.

    Raises `FolderError`.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if _is_terraforms(path.name))
        return {path.name: path.read_bytes() for path in paths if path.is_file()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        remedy = "let `module.path` name a folder that tfgen may read"
        raise FolderError([Problem(Position(name), "", what, remedy)]) from None
