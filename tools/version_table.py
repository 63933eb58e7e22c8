"""The table of versions behind `generator/aws/`: since which version of the provider each of its names is there.

    pip download --no-deps cdktf-cdktf-provider-aws==19.0.0 …
    python -m tools.version_table cdktf_cdktf_provider_aws-19.0.0-py3-none-any.whl … > generator/aws/since.json

Each wheel holds the names of one version, as `tools/provider_table.py` reads them; the last one is that of `aws.json`.
The more wheels there are, the closer together are the two versions between which a name was added.

    {"versions": [VERSION, ...], "since": {PATH: {NAME: [VERSION, VERSION], ...}, ...}}

A path is a type, as `aws.json` has it, and the blocks that lead to a nested one. `since` has for each name that the
oldest version lacks the newest version that lacks it and the oldest one that has it; the name of a type itself is
empty. Of a type or a block that is newer, its own names are not told.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

from tools.provider_table import DATA_SOURCES, RESOURCES, Assembly, Json, read_assembly, to_text

Names = dict[str, set[str]]
"""The names in each body of a version, by the path of the body. That of a type has the empty name, too."""

THE_TYPE = ""


def names_of(assembly: Assembly) -> Names:
    found: Names = {}
    for kind, prefix, types in (("resources", "", RESOURCES), ("data-sources", "data.", DATA_SOURCES)):
        for type_ in types:
            if (kind, type_) in assembly.classes:
                found |= names_within(f"{prefix}{type_}", assembly.body(kind, type_), {THE_TYPE})
    return found


def names_within(path: str, body: Json, others: set[str]) -> Names:
    blocks = body.get("blocks", {})
    found = {path: {*body.get("arguments", ()), *body.get("attributes", ()), *blocks, *others}}
    for name, inner in blocks.items():
        found |= names_within(f"{path}.{name}", inner, set())
    return found


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def newer(of_versions: dict[str, Names]) -> Json:
    """What the newest version has and the oldest one lacks. Versions come oldest first."""
    since: Json = {}
    newest = of_versions[[*of_versions][-1]]
    for path in sorted(newest):
        is_type = not path.rpartition(".")[0].removesuffix("data")
        known = {version: names.get(path, set()) for version, names in of_versions.items() if is_type or path in names}
        for name in sorted(newest[path]):
            turn = first_turn([(version, name in names) for version, names in known.items()])
            if turn:
                since.setdefault(path, {})[name] = turn
    return {path: {THE_TYPE: names[THE_TYPE]} if THE_TYPE in names else names for path, names in since.items()}


def first_turn(seen: list[tuple[str, bool]]) -> list[str] | None:
    """The last version without a name and the one after it, of a name that is not there from the beginning."""
    for (before, was_there), (version, is_there) in itertools.pairwise(seen):
        if was_there:
            return None
        if is_there:
            return [before, version]
    return None


def read(wheels: list[str]) -> Iterator[tuple[str, Names]]:
    for wheel in wheels:
        assembly = read_assembly(wheel)
        yield assembly.provider_version, names_of(assembly)


def main() -> None:
    if len(sys.argv) < 3:
        raise SystemExit("usage: python -m tools.version_table WHEEL WHEEL …")
    of_versions = dict(sorted(read(sys.argv[1:]), key=lambda one: numbers(one[0])))
    sys.stdout.write(to_text({"versions": [*of_versions], "since": newer(of_versions)}))


if __name__ == "__main__":
    main()
