"""The table of values behind `generator/provider/values.json`: what a plan shows of a resource beside what is written.

    python -m tools.provider_values MIRROR [TYPE ...] > generator/provider/values.json

MIRROR is a folder as Terraform's `filesystem_mirror` wants it, with the AWS provider in it; the newest version is taken.
This needs `terraform` on the PATH, and neither a network nor an account. The shapes are from the schema that the
provider tells of itself. The defaults are from a plan that creates resources, and that nobody applies: of each type one
resource with little more than it requires, and one more for each block that may be written.

`tools/provider_values.yaml` says which types, and what the schema does not tell. What the provider refuses is told on
stderr, and no defaults are known of that block.

    {"provider": VERSION, "resource": {TYPE: BODY, ...}}
    BODY = {MEMBER: [NAME, ...], "defaults": {NAME: VALUE, ...}, "blocks": {NAME: BODY, ...}}

`BodyValues` in `generator/provider/values.py` tells what the members mean. An empty one is left out. Attributes that
only a newer provider computes are added from `generator/provider/aws.json`.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.provider.schema import BodySchema, aws

Json = dict[str, Any]
BlockPath = tuple[str, ...]

BY_HAND: Json = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
PROVIDER = "registry.terraform.io/hashicorp/aws"
GLOBAL = re.compile(r"aws_(iam|route53)_")
"""Types without the argument `region`, which all others have since version 6.0.0 of the provider.

Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/guides/enhanced-region-support.html.markdown
"""
NOTHING: tuple[object, ...] = (None, [], {})
"""How a plan shows an argument or block without a value."""


class Body(NamedTuple):
    """What the schema of a resource or block has: attributes as the schema tells them, and nested bodies."""

    attributes: dict[str, Json]
    blocks: dict[str, Block]

    @classmethod
    def of_block(cls, schema: Json) -> Body:
        attributes: dict[str, Json] = schema.get("attributes", {})
        blocks = {name: Block.of_type(one) for name, one in schema.get("block_types", {}).items()}
        objects = {name: Block.of_attribute(one) for name, one in attributes.items() if _is_written_as_block(one)}
        others = {name: one for name, one in attributes.items() if name not in objects}
        return cls(others, blocks | objects)

    def named(self, member: str) -> Iterator[str]:
        """Yield the names of attributes that have a member of the schema, such as `sensitive`."""
        yield from (name for name, one in self.attributes.items() if one.get(member))


class Block(NamedTuple):
    """A nested body, and how often it may be there. `nesting` is `list`, `set` or `single`."""

    body: Body
    nesting: str
    is_required: bool
    is_single: bool
    is_computed: bool
    is_attribute: bool
    """Whether it is an attribute that takes objects, which may be written as blocks."""

    @classmethod
    def of_type(cls, schema: Json) -> Block:
        body, is_required = Body.of_block(schema["block"]), schema.get("min_items", 0) > 0
        return cls(body, schema["nesting_mode"], is_required, schema.get("max_items") == 1, False, False)

    @classmethod
    def of_attribute(cls, schema: Json) -> Block:
        nesting, (_, members) = schema["type"]
        body = Body.of_block({"attributes": {name: {"type": one, "optional": True} for name, one in members.items()}})
        return cls(body, nesting, schema.get("required", False), False, schema.get("computed", False), True)


def _is_settable(attribute: Json) -> bool:
    return bool(attribute.get("required") or attribute.get("optional"))


def _is_written_as_block(attribute: Json) -> bool:
    match attribute["type"]:
        case ["list" | "set", ["object", _]]:
            return _is_settable(attribute)
    return False


class ByHand(NamedTuple):
    """What `provider_values.yaml` says of a type: values to write, by dotted path, and which hold JSON."""

    type: str
    write: dict[str, Any]
    beside: dict[str, dict[str, Any]]
    variants: list[dict[str, Any]]
    json: frozenset[str]
    policies: frozenset[str]

    @classmethod
    def of(cls, type_: str) -> ByHand:
        said = BY_HAND["types"][type_] or {}
        policies = frozenset(said.get("policies", ()))
        return cls(type_, said.get("write", {}), said.get("beside", {}), said.get("variants", []), policies | set(said.get("json", ())), policies)


class Probe(NamedTuple):
    """A resource that is planned to see what a plan adds to it."""

    path: BlockPath
    """The block that it is there for; empty for the resource itself."""
    arguments: Json


def probes(body: Body, by_hand: ByHand) -> Iterator[Probe]:
    """Yield the least resource of a type, and for each block that it lacks the least resource that has it."""
    maker = Maker(by_hand)
    for variant in ({}, *by_hand.variants):
        arguments = maker.least(body, ())
        change(arguments, variant)
        yield Probe((), arguments)
    for path in block_paths(body, ()):
        arguments = maker.least(body, ())
        if maker.add(arguments, body, path):
            maker.set_beside(arguments, path)
            yield Probe(path, arguments)


def block_paths(body: Body, path: BlockPath) -> Iterator[BlockPath]:
    for name, block in body.blocks.items():
        if name != "timeouts":
            yield (*path, name)
            yield from block_paths(block.body, (*path, name))


class Maker(NamedTuple):
    """Makes up values."""

    by_hand: ByHand

    def least(self, body: Body, path: BlockPath) -> Json:
        """Return what a body requires, by its schema or by hand."""
        made = {name: self.value((*path, name), one["type"]) for name, one in body.attributes.items()
                if one.get("required") or self._dotted(path, name) in self.by_hand.write}
        for name, block in body.blocks.items():
            if block.is_required or self._dotted(path, name) in self.by_hand.write:
                made[name] = self.block(block, (*path, name))
        return made

    def block(self, block: Block, path: BlockPath) -> Any:
        made = self.least(block.body, path)
        if block.is_attribute:  # JSON has to name every attribute of an object
            made = dict.fromkeys([*block.body.attributes, *block.body.blocks]) | made
        return made if block.nesting == "single" else [made]

    def add(self, arguments: Json, body: Body, path: BlockPath) -> bool:
        """Add the blocks of a path where they are not there; tell whether any was added."""
        is_new = False
        for depth, name in enumerate(path, 1):
            block = body.blocks[name]
            if arguments.get(name) is None:
                arguments[name], is_new = self.block(block, path[:depth]), True
            inner = arguments[name]
            arguments, body = inner if block.nesting == "single" else inner[0], block.body
        return is_new

    def set_beside(self, arguments: Json, path: BlockPath) -> None:
        """Write, or leave out, what a block that is not always there wants."""
        for depth in range(1, len(path) + 1):
            change(arguments, self.by_hand.beside.get(".".join(path[:depth]), {}))

    def value(self, path: BlockPath, type_: Any) -> Any:
        dotted = ".".join(path)
        if dotted in self.by_hand.write:
            return copy.deepcopy(self.by_hand.write[dotted])
        match type_:
            case "string":
                return next((text for pattern, text in BY_HAND["texts"].items() if re.search(pattern, path[-1])), "name")
            case "number":
                return 1
            case "bool":
                return True
            case ["list" | "set", inner]:
                return [self.value(path, inner)]
            case ["map", inner]:
                return {"key": self.value(path, inner)}
        raise SystemExit(f"{self.by_hand.type}.{dotted}: write by hand what a {type_} may be")

    @staticmethod
    def _dotted(path: BlockPath, name: str) -> str:
        return ".".join((*path, name))


def change(arguments: Json, changes: dict[str, Any]) -> None:
    """Write other values at dotted paths, or nothing where they are None."""
    for dotted, value in changes.items():
        *outer, name = dotted.split(".")
        inner = arguments
        for one in outer:
            inner = inner[one][0]
        if value is None:
            inner.pop(name, None)
        else:
            inner[name] = value


class Terraform:
    """A folder with one file for each resource, and the real Terraform in it."""

    def __init__(self, folder: Path, mirror: Path) -> None:
        self.folder = folder
        installation = f"filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}"
        (folder / "terraform.rc").write_text(f"provider_installation {{\n  {installation}\n}}\n", "utf-8")
        self._write("main", {"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}, "provider": {"aws": _ACCOUNT}})
        self.run("init")

    def run(self, *arguments: str, may_fail: bool = False) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
        environment |= {"TF_CLI_CONFIG_FILE": str(self.folder / "terraform.rc"), "CHECKPOINT_DISABLE": "1"}
        done = subprocess.run(["terraform", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode and not may_fail:
            raise SystemExit(f"terraform {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def schemas(self) -> dict[str, Body]:
        told = json.loads(self.run("providers", "schema", "-json"))
        schemas = told["provider_schemas"][PROVIDER]["resource_schemas"]
        return {type_: Body.of_block(schema["block"]) for type_, schema in schemas.items()}

    def version(self) -> str:
        return json.loads(self.run("version", "-json"))["provider_selections"][PROVIDER]

    def planned(self, resources: dict[str, tuple[str, Json]]) -> dict[str, Json]:
        """Plan to create resources, of types and with arguments by name; return those changes that can be planned."""
        for name, (type_, arguments) in resources.items():
            self._write(name, {"resource": {type_: {name: arguments}}})
        self._remove_what_is_invalid()
        told = map(json.loads, self.run("plan", "-json", "-out=plan", may_fail=True).splitlines())
        for one in told:
            if one["@level"] == "error":
                tell(one["diagnostic"])
        plan = json.loads(self.run("show", "-json", "plan"))
        return {change["name"]: change["change"] for change in plan["resource_changes"]}

    def _remove_what_is_invalid(self) -> None:
        while True:
            told = json.loads(self.run("validate", "-json", may_fail=True))
            errors = [one for one in told["diagnostics"] if one["severity"] == "error"]
            for one in errors:
                tell(one)
                (self.folder / one["range"]["filename"]).unlink(missing_ok=True)
            if not errors:
                return

    def _write(self, name: str, content: Json) -> None:
        (self.folder / f"{name}.tf.json").write_text(json.dumps(content), "utf-8")


_ACCOUNT = {
    "region": "us-east-2",
    "access_key": "none",
    "secret_key": "none",
    "max_retries": 1,
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_requesting_account_id": True,
}


def tell(diagnostic: Json) -> None:
    sys.stderr.write(f"{diagnostic.get('range',{}).get('filename') or diagnostic.get('address')}: {diagnostic['summary']} {diagnostic['detail'][:300]}\n".replace("\n", " ")+"\n")


class Seen(NamedTuple):
    """What plans show of a body where nothing is written: values, and what only an apply tells."""

    defaults: Json
    unknown: set[str]
    blocks: dict[str, Seen]

    def see(self, body: Body, written: Json, after: Json, unknown: Json) -> None:
        for name in (*body.attributes, *body.blocks):
            if written.get(name) is None:
                if unknown.get(name) is True:
                    self.unknown.add(name)
                elif (value := after.get(name)) not in NOTHING:
                    if name in self.defaults and self.defaults[name] != value:
                        sys.stderr.write(f"CONFLICT {body.attributes.keys()} {name} {self.defaults[name]} {value}\n")
                    self.defaults.setdefault(name, value)
        for name, block in body.blocks.items():
            if written.get(name) is not None and after.get(name):
                parts = [one[name] if block.nesting == "single" else one[name][0] for one in (written, after, unknown)]
                self.blocks.setdefault(name, Seen({}, set(), {})).see(block.body, *parts)


def table(terraform: Terraform, types: Iterable[str]) -> Json:
    schemas = terraform.schemas()
    made = {
        f"{type_}-{number}": (type_, probe)
        for type_ in types
        for number, probe in enumerate(probes(schemas[type_], ByHand.of(type_)))
    }
    changes = terraform.planned({name: (type_, probe.arguments) for name, (type_, probe) in made.items()})
    seen = {type_: Seen({}, set(), {}) for type_ in types}
    for name, (type_, probe) in made.items():
        if name in changes:
            change = changes[name]
            seen[type_].see(schemas[type_], probe.arguments, change["after"], change["after_unknown"])
        else:
            sys.stderr.write(f"NOT SEEN {name} {'.'.join(probe.path)}\n")
    return {type_: described(schemas[type_], seen[type_], ByHand.of(type_), aws().types.get(type_), ()) for type_ in types}


def described(body: Body, seen: Seen, by_hand: ByHand, newer: BodySchema | None, path: BlockPath) -> Json:
    computed = {name for name in body.named("computed") if not _is_settable(body.attributes[name])}
    blocks = body.blocks.items()
    optional_computed = {*body.named("computed"), *(name for name, block in blocks if block.is_computed), *seen.unknown} - computed
    if not path and not GLOBAL.match(by_hand.type):
        optional_computed.add("region")
    defaults = {name: value for name, value in seen.defaults.items() if name not in computed and not isinstance(value, list)}
    for name in seen.defaults.keys() & computed:
        sys.stderr.write(f"COMPUTED AND KNOWN {by_hand.type} {path} {name} {seen.defaults[name]}\n")
    members = {
        "sets": {*(name for name, one in body.attributes.items() if one["type"][0] == "set" and name not in computed), *(name for name, block in blocks if block.nesting == "set")},
        "objects": {name for name, block in blocks if block.nesting == "single"},
        "single": {name for name, block in blocks if block.is_single},
        "computed": computed | (newer.attributes if newer else set()),
        "optional_computed": optional_computed,
        "sensitive": set(body.named("sensitive")),
        "write_only": set(body.named("write_only")),
        "json": below(path, by_hand.json),
        "policies": below(path, by_hand.policies),
    }
    result = {member: sorted(names) for member, names in members.items()}
    result["defaults"] = dict(sorted(defaults.items()))
    result["blocks"] = {
        name: described(block.body, seen.blocks.get(name, Seen({}, set(), {})), by_hand, newer.blocks.get(name) if newer else None, (*path, name))
        for name, block in sorted(blocks)
    }
    return {member: content for member, content in result.items() if content}


def below(path, dotted):
    for one in dotted:
        *outer, name = one.split(".")
        if tuple(outer) == path: yield name


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m tools.provider_values MIRROR [TYPE ...]")
    types = sorted(sys.argv[2:] or BY_HAND["types"])
    with tempfile.TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), Path(sys.argv[1]).absolute())
        made = {"provider": terraform.version(), "resource": dict(sorted((table(terraform, types) | BY_HAND["other"]).items()))}
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in made["resource"].items())
    sys.stdout.write(f'{{"provider": {json.dumps(made["provider"])}, "resource": {{\n{lines}\n}}}}\n')


if __name__ == "__main__":
    main()
