"""Paths that an author writes: they lead to no place outside of the catalogue's folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from generator.errors import Rejection
from generator.hcl.write.text import WrittenExpression, parts
from generator.settings.values import OWN_ROOT, Schema, Text, Word, shown

_NO_CONTROL_CHARACTERS = r"[^\x00-\x1f]+"
_OWN_NAME = re.compile(rf"{OWN_ROOT}\.\w+")


class FolderBelow(Word):
    """A folder that is not outside of the catalogue's folder."""

    def __init__(self) -> None:
        super().__init__(_NO_CONTROL_CHARACTERS, "write a folder's path relative to the catalogue")

    def read(self, value: object) -> str:
        path = super().read(value)
        _check_below(path)
        return path


class TerraformFile(Word):
    """A file of Terraform: no override file, which Terraform merges into others, and no hidden one, which it ignores.

    Source: https://developer.hashicorp.com/terraform/language/files.
    """

    def __init__(self) -> None:
        remedy = (
            "write a name that ends with `.tf`, such as `services.tf`, without a folder, and not of an override file"
        )
        super().__init__(r"(?!\.|(.*_)?override\.tf$)[A-Za-z0-9_.-]+\.tf", remedy)


class FileBelow(Text):
    """A file that is not outside of the catalogue's folder. Names of the catalogue may stand in its path."""

    def read(self, value: object) -> str:
        path = super().read(value)
        for part in parts(path):
            if isinstance(part, WrittenExpression) and not _OWN_NAME.fullmatch(part.bare):
                what = f"{shown(path)} has an expression in it, and tfgen reads the file before Terraform evaluates any"
                raise Rejection(what, "write the path itself, in which `${tfgen.service}` may stand")
        if not re.fullmatch(_NO_CONTROL_CHARACTERS, path):
            raise Rejection(f"{shown(path)} is not a valid path", "write a file's path relative to the catalogue")
        _check_below(path)
        return path

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}


def _check_below(path: str) -> None:
    parts_of_path = PurePosixPath(path).parts
    if path.startswith(("/", "~")) or ".." in parts_of_path or "\\" in path:
        raise Rejection(f"`{path}` leaves the catalogue's folder", "write a path below it, with `/` between its parts")
