"""The table of names behind `generator/aws/`: what arguments, attributes and blocks each type of the provider has.

    pip download --no-deps cdktn-provider-aws==25.8.1
    python tools/provider_table.py cdktn_provider_aws-25.8.1-py3-none-any.whl > generator/aws/aws.json

The wheel holds jsii's description of classes that were generated from the provider's schema. The documentation of each
property carries the Terraform name, the kind of block and the provider's version. Computed attributes carry no
documentation; their names are the properties' in snake case.

    {"provider": VERSION, "resource": {TYPE: BODY, ...}, "data": {TYPE: BODY, ...}}
    BODY = {"required": [NAME, ...], "arguments": [NAME, ...], "attributes": [NAME, ...], "types": {TYPE: [NAME, ...]},
            "single": [NAME, ...], "blocks": {NAME: BODY, ...}}

`required` names arguments and blocks; `attributes` are those that cannot be set; an empty member is left out. A name
under both `arguments` and `blocks` may be written either way. `single` names the blocks that may stand once. `types`
has the arguments and attributes that are not texts, by their type constraint: a set is told as a list, and what is made
of objects as `list(any)`. Meta-arguments are not part of the table.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

RESOURCES = [
    "aws_appautoscaling_policy",
    "aws_appautoscaling_target",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_metric_alarm",
    "aws_db_instance",
    "aws_dynamodb_table",
    "aws_ecr_repository",
    "aws_ecs_cluster",
    "aws_ecs_cluster_capacity_providers",
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_efs_access_point",
    "aws_efs_file_system",
    "aws_elasticache_cluster",
    "aws_elasticache_replication_group",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_kinesis_stream",
    "aws_kms_key",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_listener_rule",
    "aws_lb_target_group",
    "aws_rds_cluster",
    "aws_s3_bucket",
    "aws_scheduler_schedule",
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_version",
    "aws_security_group",
    "aws_service_discovery_http_namespace",
    "aws_service_discovery_private_dns_namespace",
    "aws_service_discovery_service",
    "aws_sns_topic",
    "aws_sqs_queue",
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_vpc",
]

DATA_SOURCES = [
    "aws_caller_identity",
    "aws_db_instance",
    "aws_ecr_repository",
    "aws_ecs_task_definition",
    "aws_iam_policy_document",
    "aws_iam_role",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_partition",
    "aws_rds_cluster",
    "aws_region",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
    "aws_security_group",
    "aws_sqs_queue",
    "aws_subnet",
    "aws_subnets",
    "aws_vpc",
]

REPRESENTS = re.compile(r"Represents a \{@link \S+/(resources|data-sources|r|d)/\S+ (\w+)}")
TERRAFORM_NAME = re.compile(r"\{@link \S+#(\w+) \S+}")
KINDS = {"r": "resources", "d": "data-sources"}
"""Short names of kinds, in the links of older wheels."""

BLOCK = re.compile(r"\w+ block\.")
ASSEMBLY, PACKAGE = "package/.jsii", "package/package.json"
LIST_OF_NAMES = re.compile(r"\[[^][{}]*]")

Json = dict[str, Any]


class Assembly:
    """The types that a jsii assembly describes, by their full names."""

    def __init__(self, assembly: Json, provider_version: str) -> None:
        self.provider_version = provider_version
        self.prefix: str = assembly["name"] + "."
        self.types: dict[str, Json] = assembly["types"]
        self.classes: dict[tuple[str, str], str] = {}
        """`resources` or `data-sources`, and the Terraform name, to the class."""
        for name, described in self.types.items():
            if found := REPRESENTS.match(described.get("docs", {}).get("summary", "")):
                self.classes[KINDS.get(found[1], found[1]), found[2]] = name

    def body(self, kind: str, terraform_type: str) -> Json:
        if (kind, terraform_type) not in self.classes:
            raise SystemExit(f"{terraform_type} is not among the {kind} of this wheel")
        name = self.classes[kind, terraform_type]
        return self._body(f"{name}Config", name, ())

    def _body(self, inputs: str, outputs: str, path: tuple[str, ...]) -> Json:
        """The body whose settable names are those of `inputs`, and whose readable ones those of `outputs`."""
        if inputs in path:
            raise SystemExit(f"{inputs} contains itself: {' > '.join(path)}")
        settable = self.types[inputs].get("properties", [])
        blocks, single = {}, []
        for settable_property in settable:
            for struct in self._structs(settable_property["type"]):
                body = self._body(struct, f"{struct}OutputReference", (*path, inputs))
                blocks[terraform_name(settable_property)] = body
            if settable_property["type"].get("fqn", "").startswith(self.prefix):
                single.append(terraform_name(settable_property))
        arguments = {terraform_name(one): one for one in settable if not BLOCK.match(one["docs"]["summary"])}
        computed = self._computed(outputs, {one["name"] for one in settable})
        attributes = {snake_case(one["name"]): one for one in computed}
        body = {
            "required": sorted(terraform_name(one) for one in settable if not one.get("optional")),
            "arguments": sorted(arguments),
            "attributes": sorted(attributes),
            "types": self._types(arguments | attributes),
            "single": sorted(single),
            "blocks": dict(sorted(blocks.items())),
        }
        return {member: names for member, names in body.items() if names}

    def _types(self, described: dict[str, Json]) -> dict[str, list[str]]:
        """Names by their type, without those of texts."""
        types = {name: self._constraint(one["type"]) for name, one in sorted(described.items())}
        types = {name: "bool" if its == "token" else its for name, its in types.items()}
        return {
            type_: [name for name, its in types.items() if its == type_]
            for type_ in sorted(set(types.values()) - {"string"})
        }

    def _constraint(self, jsii_type: Json) -> str:
        """The type constraint of Terraform. A truth value may be a token, and a token alone is a truth value."""
        if "primitive" in jsii_type:
            primitive: str = jsii_type["primitive"]
            return {"boolean": "bool"}.get(primitive, primitive)
        if "collection" in jsii_type:
            kind = {"array": "list"}.get(jsii_type["collection"]["kind"], jsii_type["collection"]["kind"])
            return f"{kind}({self._constraint(jsii_type['collection']['elementtype'])})"
        if "union" in jsii_type:
            (type_,) = {self._constraint(one) for one in jsii_type["union"]["types"]} - {"token"}
            return type_
        name: str = jsii_type["fqn"]
        if name.endswith(".IResolvable"):
            return "token"
        known = {"StringMap": "map(string)", "NumberMap": "map(number)", "BooleanMap": "map(bool)"}
        known |= {"StringMapList": "list(map(string))", "StringListMap": "map(list(string))"}
        return known.get(name.rpartition(".")[2], "list(any)")

    def _structs(self, jsii_type: Json) -> Iterator[str]:
        """The provider's own types in a type, through unions and collections."""
        if jsii_type.get("fqn", "").startswith(self.prefix):
            yield jsii_type["fqn"]
        for member in jsii_type.get("union", {}).get("types", []):
            yield from self._structs(member)
        if "collection" in jsii_type:
            yield from self._structs(jsii_type["collection"]["elementtype"])

    def _computed(self, outputs: str, settable: set[str]) -> Iterator[Json]:
        for readable in self.types[outputs].get("properties", []):
            name: str = readable["name"]
            known = name in settable or name.removesuffix("Input") in settable
            if not known and not readable.get("static") and name != "internalValue":
                yield readable


def terraform_name(described: Json) -> str:
    docs = described["docs"]
    found = TERRAFORM_NAME.search(docs.get("remarks", "")) or TERRAFORM_NAME.search(docs["summary"])
    if found is None:
        raise SystemExit(f"the documentation of {described['name']} has no Terraform name")
    return found[1]


def snake_case(name: str) -> str:
    return re.sub(r"[A-Z]", lambda capital: "_" + capital[0].lower(), name)


def read_assembly(wheel: str) -> Assembly:
    """The assembly in a wheel: the file `package/.jsii` of the one archive of npm in it. Beside it is the version."""
    with zipfile.ZipFile(wheel) as files:
        (archive,) = (name for name in files.namelist() if PurePosixPath(name).match("_jsii/*.jsii.tgz"))
        with files.open(archive) as packed, tarfile.open(fileobj=packed, mode="r|gz") as members:
            found = {member.name: json.load(content) for member, content in contents(members)}
    if found.keys() != {ASSEMBLY, PACKAGE}:
        raise SystemExit(f"{archive} holds no {ASSEMBLY}, or no {PACKAGE}")
    return Assembly(found[ASSEMBLY], found[PACKAGE]["cdktf"]["provider"]["version"])


def contents(members: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in members:
        content = members.extractfile(member) if member.name in (ASSEMBLY, PACKAGE) else None
        if content is not None:
            yield member, content


def to_text(table: Json) -> str:
    """JSON with each list of names on one line."""
    return LIST_OF_NAMES.sub(lambda names: json.dumps(json.loads(names[0])), json.dumps(table, indent=1)) + "\n"


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/provider_table.py WHEEL")
    assembly = read_assembly(sys.argv[1])
    table = {
        "provider": assembly.provider_version,
        "resource": {name: assembly.body("resources", name) for name in RESOURCES},
        "data": {name: assembly.body("data-sources", name) for name in DATA_SOURCES},
    }
    sys.stdout.write(to_text(table))


if __name__ == "__main__":
    main()
