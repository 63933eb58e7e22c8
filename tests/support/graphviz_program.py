"""Graphviz's own `dot`, where it is installed, the judge of what is written for it."""

from __future__ import annotations

import shutil
import subprocess
from xml.etree import ElementTree

import pytest

DOT = shutil.which("dot")

needs_dot = pytest.mark.skipif(DOT is None, reason="there is no `dot` of Graphviz on the path to judge by")

_GROUP = "{http://www.w3.org/2000/svg}g"
_TITLE = "{http://www.w3.org/2000/svg}title"
_TEXT = "{http://www.w3.org/2000/svg}text"


def drawn_by_dot(text: str) -> dict[str, list[str]]:
    """Return what `dot` draws for a graph: the lines of text in each node, edge and cluster, by what it calls them."""
    assert DOT is not None, "only a test that is marked with needs_dot may come here"
    done = subprocess.run([DOT, "-Tsvg"], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    groups = ElementTree.fromstring(done.stdout).iter(_GROUP)  # noqa: S314 - of a program that is trusted
    return {
        group.findtext(_TITLE, ""): [line.text or "" for line in group.iter(_TEXT)]
        for group in groups
        if group.get("class") != "graph"
    }
