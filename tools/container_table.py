"""The table behind `generator/aws/container_shape.py`: what a container definition may hold, by the API of ECS.

    pip install botocore==1.44.8
    python tools/container_table.py > generator/aws/container.json

botocore carries the description of each API of AWS. Source: its `data/ecs/2014-11-13/service-2.json`, the shape
`ContainerDefinition`.

    {"botocore": VERSION, "container": SHAPE}
    SHAPE = "string" | "integer" | "boolean" | {"enum": [WORD, ...]} | {"list": SHAPE} | {"map": SHAPE}
          | {"required": [NAME, ...], "members": {NAME: SHAPE, ...}}

An empty `required` is left out.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import botocore
from botocore.loaders import Loader

Json = Any


def shape(shapes: dict[str, Json], name: str, path: tuple[str, ...] = ()) -> Json:
    """Return a shape of the API, by its name, with those that it is made of."""
    if name in path:
        raise SystemExit(f"{name} contains itself: {' > '.join(path)}")
    described, path = shapes[name], (*path, name)
    kind = described["type"]
    if kind == "structure":
        members = {member: shape(shapes, it["shape"], path) for member, it in described["members"].items()}
        required = {"required": sorted(described["required"])} if described.get("required") else {}
        return required | {"members": dict(sorted(members.items()))}
    if kind == "list":
        return {"list": shape(shapes, described["member"]["shape"], path)}
    if kind == "map":
        return {"map": shape(shapes, described["value"]["shape"], path)}
    if kind in ("string", "integer", "boolean"):
        return {"enum": described["enum"]} if "enum" in described else kind
    raise SystemExit(f"{name} is of the type {kind}, which this script does not know")


def main() -> None:
    shapes = Loader().load_service_model("ecs", "service-2")["shapes"]
    table = {"botocore": botocore.__version__, "container": shape(shapes, "ContainerDefinition")}
    json.dump(table, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
