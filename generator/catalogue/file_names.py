"""What the generated files of a module are called."""

from __future__ import annotations

from typing import Any

from generator.catalogue.paths import TerraformFile
from generator.settings.parts import Part, PartOf, setting
from generator.settings.values import OrFalse
from generator.source.layers import is_null
from generator.source.source import Scalar

MAIN, OUTPUTS = "main.tf", "outputs.tf"
"""The names of the files where the catalogue has no others. Their templates are called so in any case."""

_OUTPUTS = "outputs"


class FileNames(Part):
    """What the generated files are called."""

    main: str = setting(TerraformFile(), "File of all blocks but the outputs.", default=MAIN)
    outputs: str | bool = setting(
        OrFalse(TerraformFile()), "File of the outputs; `false` or null for none, and no outputs.", default=OUTPUTS
    )

    @property
    def templates(self) -> dict[str, str]:
        """The template of each file, by the file's name; that of the outputs comes last."""
        outputs = {self.outputs: OUTPUTS} if isinstance(self.outputs, str) else {}
        return {self.main: MAIN} | outputs


class FileNamesType(PartOf[FileNames]):
    """The names of the generated files. Elsewhere a null leaves a default; here it says that there is no file."""

    def __init__(self) -> None:
        super().__init__(FileNames)

    def set_in(self, value: Any) -> Any:
        if isinstance(value, dict) and is_null(value.get(_OUTPUTS)):
            return super().set_in({**value, _OUTPUTS: _none()})
        return super().set_in(value)


def _none() -> Scalar:
    """Return what stands for no file where no null does."""
    found = Scalar("false")
    found.quoted = False
    return found
