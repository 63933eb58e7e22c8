"""The generated files have two names, and where there is no file of outputs, no service names any."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach

_ENTRY = ("module", "files", "outputs")


def _each_file_has_a_name_of_its_own(catalogue: Catalogue) -> Iterator[Breach]:
    """On some systems, names that differ in case alone are those of one file."""
    main, outputs = catalogue.module.files.main, catalogue.module.files.outputs
    if isinstance(outputs, str) and main.lower() == outputs.lower():
        yield Breach(_ENTRY, f"the other file is called {main} too", "choose another name, or `false` for no outputs")


def _outputs_have_a_file(catalogue: Catalogue) -> Iterator[Breach]:
    for key, service in catalogue.services.items() if not catalogue.has_outputs else ():
        if service.outputs:
            what = "the module has no outputs: `module.files.outputs` says so"
            yield Breach(("services", key, "outputs"), what, "remove it, or name a file there", at_key=True)


FILES_DIFFER = CatalogueRule("files-differ", "docs/catalogue.md", _each_file_has_a_name_of_its_own)

OUTPUTS_HAVE_A_FILE = CatalogueRule("outputs-have-a-file", "docs/catalogue.md", _outputs_have_a_file)
