"""What a catalogue looks like, in the format that is asked for."""

from __future__ import annotations

from generator.changes.granted import GrantedBlocks
from generator.edition import Edition
from generator.graph.dot import to_dot
from generator.graph.mermaid import to_mermaid
from generator.graph.model import graph_of
from generator.graph.page import to_html
from generator.graph.svg import to_svg
from generator.output.description import Description
from generator.stages import Stage, counted, enter

_WRITERS = {"mermaid": to_mermaid, "dot": to_dot, "svg": to_svg}


def document(edition: Edition, folder_name: str, output_format: str) -> str:
    """Return the text of a document that shows a catalogue and, in HTML, the files that it renders."""
    enter(Stage("drawing"))
    catalogue = edition.catalogue
    graph = graph_of(catalogue, edition.names)
    if output_format in _WRITERS:
        return _WRITERS[output_format](graph)
    permissions = GrantedBlocks(edition)
    description = Description(catalogue, edition.files, folder_name, edition.names)
    services = counted("describing", "services", [*catalogue.services.items()])
    told = {key: [*description.lines(service), *permissions.lines(service)] for key, service in services}
    enter(Stage("drawing"))
    return to_html(graph, told)
