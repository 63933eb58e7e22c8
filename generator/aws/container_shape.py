"""What a container definition may hold, as the API of ECS names it.

`tools/container_table.py` makes the table. Source:
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "container.json"

ApiShape = Any
"""A shape of the API, in the form that `tools/container_table.py` describes."""


@functools.cache
def container_shape() -> ApiShape:
    """Return the shape of a container definition."""
    return json.loads(_TABLE.read_text("utf-8"))["container"]
