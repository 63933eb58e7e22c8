"""The table behind `generator/aws/values.json`: what a plan shows of a resource beside what is written.

    python tools/provider_values.py MIRROR [TYPE ...] > generator/aws/values.json

MIRROR is a folder as Terraform's `filesystem_mirror` wants it, with the AWS provider in it; Terraform takes the newest.
This needs `terraform` on the PATH, and neither a network nor an account.

What is a set and what is computed is from the schema that the provider tells of itself. Defaults are from a plan that
nobody applies: it creates of each type one resource with little more than the type requires, and one more for each
block that may be written. `provider_values.yaml` says which types, and what the two do not tell. What a newer provider
computes is from `generator/aws/aws.json`.

    {"provider": VERSION, "resource": {TYPE: BODY, ...}}
    BODY = {MEMBER: [NAME, ...], "defaults": {NAME: VALUE, ...}, "blocks": {NAME: BODY, ...}}

`BodyValues` in `generator/aws/values.py` tells which members there are and what they mean. An empty one is left
out.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.aws.schema import BodySchema, aws

Json = dict[str, Any]

BY_HAND: Json = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
AWS = "registry.terraform.io/hashicorp/aws"

GLOBAL = re.compile(r"aws_(iam|route53)_|terraform_data")
"""Types without the argument `region`, which all others have since version 6.0.0 of the provider.

Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/guides/enhanced-region-support.html.markdown
"""


class Body(NamedTuple):
    """The schema of a resource or block: its attributes, and the nested bodies."""

    attributes: dict[str, Json]
    blocks: dict[str, Block]

    @classmethod
    def of(cls, schema: Json) -> Body:
        attributes: dict[str, Json] = schema.get("attributes", {})
        blocks = {name: Block.of_type(one) for name, one in schema.get("block_types", {}).items()}
        objects = {name: Block.of_attribute(one) for name, one in attributes.items() if _is_written_as_block(one)}
        return cls({name: one for name, one in attributes.items() if name not in objects}, blocks | objects)


class Block(NamedTuple):
    """A nested body. `nesting` is `list`, `set` or `single`; an attribute takes objects, and blocks in their place."""

    body: Body
    nesting: str
    is_required: bool
    is_single: bool = False
    is_computed: bool = False
    is_attribute: bool = False

    @classmethod
    def of_type(cls, schema: Json) -> Block:
        is_required, is_single = schema.get("min_items", 0) > 0, schema.get("max_items") == 1
        return cls(Body.of(schema["block"]), schema["nesting_mode"], is_required, is_single)

    @classmethod
    def of_attribute(cls, schema: Json) -> Block:
        nesting, (_, members) = schema["type"]
        body = Body.of({"attributes": {name: {"type": type_, "optional": True} for name, type_ in members.items()}})
        is_required, is_computed = schema.get("required", False), schema.get("computed", False)
        return cls(body, nesting, is_required, is_computed=is_computed, is_attribute=True)

    def parts(self, *values: Json) -> list[Json]:
        """Return the only body of this block that each value has."""
        return [value if self.nesting == "single" else value[0] for value in values]  # type: ignore[index]


def _is_written_as_block(attribute: Json) -> bool:
    match attribute["type"]:
        case ["list" | "set", ["object", _]]:
            return _is_settable(attribute)
    return False


def _is_settable(attribute: Json) -> bool:
    return bool(attribute.get("required") or attribute.get("optional"))


class Samples(NamedTuple):
    """Makes up resources of a type. `write` and `beside` are those of `provider_values.yaml`."""

    type: str
    body: Body
    write: dict[str, Any]
    beside: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, type_: str, body: Body) -> Samples:
        said = BY_HAND["types"][type_] or {}
        return cls(type_, body, said.get("write", {}), said.get("beside", {}))

    def all(self) -> Iterator[tuple[str, Json]]:
        """Yield the arguments of the least resource, and for each block that it lacks those of the least with it."""
        yield "least", self._least(self.body, "")
        for path in _block_paths(self.body):
            arguments = self._least(self.body, "")
            if self._add(arguments, path):
                yield "-".join(path), arguments

    def _least(self, body: Body, prefix: str) -> Json:
        """Return what a body requires by its schema, and what is to be written by hand."""
        arguments = {
            name: self._value(prefix + name, one["type"])
            for name, one in body.attributes.items()
            if one.get("required") or prefix + name in self.write
        }
        blocks = {
            name: self._block(block, prefix + name)
            for name, block in body.blocks.items()
            if block.is_required or prefix + name in self.write
        }
        return arguments | blocks

    def _block(self, block: Block, path: str) -> Any:
        arguments = self._least(block.body, f"{path}.")
        if block.is_attribute:  # as JSON, an object has all its attributes
            arguments = dict.fromkeys(block.body.attributes) | arguments
        return arguments if block.nesting == "single" else [arguments]

    def _value(self, path: str, type_: Any) -> Any:
        if path in self.write:
            return copy.deepcopy(self.write[path])
        match type_:
            case "string":
                name = path.rpartition(".")[2]
                return next((text for pattern, text in BY_HAND["texts"].items() if re.search(pattern, name)), "name")
            case "number":
                return 1
            case "bool":
                return True
            case ["list" | "set", inner]:
                return [self._value(path, inner)]
            case ["map", inner]:
                return {"key": self._value(path, inner)}
        raise SystemExit(f"{self.type}.{path}: no value is known for {type_}; write one in provider_values.yaml")

    def _add(self, arguments: Json, path: tuple[str, ...]) -> bool:
        """Add the blocks of a path where they are not there, and what has to stand beside; tell if any was added."""
        is_new = False
        inner, body, dotted = arguments, self.body, ""
        for name in path:
            block, dotted = body.blocks[name], f"{dotted}.{name}".lstrip(".")
            if inner.get(name) is None:
                inner[name], is_new = self._block(block, dotted), True
            (inner,), body = block.parts(inner[name]), block.body
            for other, value in self.beside.get(dotted, {}).items():
                _set(arguments, other, value)
        return is_new


def _block_paths(body: Body, outer: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, block in body.blocks.items():
        yield (*outer, name)
        yield from _block_paths(block.body, (*outer, name))


def _set(arguments: Json, path: str, value: Any) -> None:
    """Write a value at a dotted path, or nothing there if it is None."""
    *outer, name = path.split(".")
    for block in outer:
        arguments = arguments[block][0]
    if value is None:
        arguments.pop(name, None)
    else:
        arguments[name] = value


class Known:
    """What becomes known of a body, from one source after the other."""

    def __init__(self) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.defaults: Json = {}
        self.blocks: defaultdict[str, Known] = defaultdict(Known)

    def add_schema(self, body: Body) -> None:
        """Add what the provider tells of itself."""
        for name, one in body.attributes.items():
            if one.get("computed"):
                self.names["optional_computed" if _is_settable(one) else "computed"].add(name)
            if _is_settable(one) and one["type"][0] == "set":
                self.names["sets"].add(name)
            for member in ("sensitive", "write_only"):
                if one.get(member):
                    self.names[member].add(name)
        for name, block in body.blocks.items():
            self._add_block(name, block)

    def _add_block(self, name: str, block: Block) -> None:
        is_member = {
            "sets": block.nesting == "set",
            "objects": block.nesting == "single",
            "single": block.is_single,
            "optional_computed": block.is_computed,
        }
        for member in (member for member, is_it in is_member.items() if is_it):
            self.names[member].add(name)
        self.blocks[name].add_schema(block.body)

    def add_planned(self, body: Body, written: Json, after: Json, unknown: Json) -> None:
        """Add what a plan shows where nothing is written. The schema does not tell which blocks are computed."""
        for name in (*body.attributes, *body.blocks):
            if written.get(name) is None and name not in self.names["computed"]:
                if unknown.get(name) is True:
                    self.names["optional_computed"].add(name)
                elif isinstance(value := after.get(name), str | int | float):
                    self.defaults.setdefault(name, value)
        for name, block in body.blocks.items():
            if written.get(name) is not None and after.get(name):
                parts = block.parts(written[name], after[name], unknown[name])
                self.blocks[name].add_planned(block.body, *parts)

    def add_newer(self, schema: BodySchema) -> None:
        """Add what the newest provider computes, and the blocks that only this one has."""
        self.names["computed"] |= schema.attributes
        for name, inner in schema.blocks.items():
            self.blocks[name].add_newer(inner)

    def add_by_hand(self, known: Json) -> None:
        """Add names by member and dotted paths, and defaults by dotted path."""
        for member, paths in known.items():
            for path in paths:
                *outer, name = path.split(".")
                inner = self
                for block in outer:
                    inner = inner.blocks[block]
                if member == "defaults":
                    inner.defaults[name] = paths[path]
                elif member == "blocks":
                    inner.blocks.setdefault(name, Known())
                else:
                    inner.names[member].add(name)
                    inner.names["json"] |= {name} if member == "policies" else set()

    def to_json(self) -> Json:
        """Return the body as the table has it."""
        members: Json = {member: sorted(names) for member, names in sorted(self.names.items())}
        members["defaults"] = dict(sorted(self.defaults.items()))
        members["blocks"] = {name: inner.to_json() for name, inner in sorted(self.blocks.items())}
        return {member: content for member, content in members.items() if content}


class Terraform:
    """The real Terraform in a folder, with the providers of a mirror."""

    def __init__(self, folder: Path, mirror: Path) -> None:
        self._folder = folder
        installation = (
            f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
        )
        (folder / "terraform.rc").write_text(installation, "utf-8")
        self._write("main", _ROOT)
        self._run("init", "-no-color")

    def version(self) -> str:
        """Return the AWS provider's."""
        version: str = json.loads(self._run("version", "-json"))["provider_selections"][AWS]
        return version

    def schemas(self) -> dict[str, Body]:
        """Return the schema of every type of resource, those that Terraform has built in among them."""
        told = json.loads(self._run("providers", "schema", "-json"))["provider_schemas"].values()
        return {type_: Body.of(one["block"]) for schemas in told for type_, one in schemas["resource_schemas"].items()}

    def planned(self, resources: Iterable[tuple[str, str, Json]]) -> dict[tuple[str, str], Json]:
        """Plan to create resources, of types, names and arguments; return the changes by type and name."""
        for type_, name, arguments in resources:
            self._write(f"{type_}.{name}", {"resource": {type_: {name: arguments}}})
        self._run("plan", "-out=plan", "-no-color", "-compact-warnings")
        shown = json.loads(self._run("show", "-json", "plan"))
        return {(one["type"], one["name"]): one["change"] for one in shown["resource_changes"]}

    def _write(self, name: str, content: Json) -> None:
        (self._folder / f"{name}.tf.json").write_text(json.dumps(content), "utf-8")

    def _run(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
        environment |= {"TF_CLI_CONFIG_FILE": str(self._folder / "terraform.rc"), "CHECKPOINT_DISABLE": "1"}
        command = ["terraform", *arguments]
        done = subprocess.run(command, cwd=self._folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
        return done.stdout


_ROOT: Json = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
    "provider": {
        "aws": {
            "region": "us-east-2",
            "access_key": "none",
            "secret_key": "none",
            "skip_credentials_validation": True,
            "skip_metadata_api_check": True,
            "skip_requesting_account_id": True,
        }
    },
    "resource": {"terraform_data": {"unknown": {"input": "known after apply"}}},
}


def table(mirror: Path, types: Iterable[str]) -> Json:
    """Return the table of types, as its file holds it."""
    with tempfile.TemporaryDirectory() as folder:
        terraform = Terraform(Path(folder), mirror)
        schemas = terraform.schemas()
        samples = {
            (type_, name): arguments for type_ in types for name, arguments in Samples.of(type_, schemas[type_]).all()
        }
        changes = terraform.planned((*key, arguments) for key, arguments in samples.items())
        version = terraform.version()
    known = {type_: Known() for type_ in types}
    for type_, one in known.items():
        one.add_schema(schemas[type_])
    for (type_, name), arguments in samples.items():
        change = changes[type_, name]
        known[type_].add_planned(schemas[type_], arguments, change["after"], change["after_unknown"])
    for type_, one in known.items():
        one.add_newer(aws().types.get(type_, BodySchema()))
        if not GLOBAL.match(type_):
            one.names["optional_computed"].add("region")
        one.add_by_hand((BY_HAND["types"][type_] or {}).get("known", {}))
    for type_, one in BY_HAND["other"].items():
        known[type_] = Known()
        known[type_].add_by_hand(one)
    return {"provider": version, "resource": {type_: known[type_].to_json() for type_ in sorted(known)}}


def to_text(made: Json) -> str:
    """Return JSON with each type on a line."""
    lines = ",\n".join(f"{json.dumps(type_)}: {json.dumps(body)}" for type_, body in made["resource"].items())
    return f'{{"provider": {json.dumps(made["provider"])}, "resource": {{\n{lines}\n}}}}\n'


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit("usage: python tools/provider_values.py MIRROR [TYPE ...]")
    sys.stdout.write(to_text(table(Path(sys.argv[1]).absolute(), sys.argv[2:] or BY_HAND["types"])))


if __name__ == "__main__":
    main()
