"""What each setting writes, and that nothing says the same beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from generator.blame.origins import BlamedLine, Tie, blamed_lines
from generator.catalogue.container_types import container_type
from generator.catalogue.file_names import MAIN
from generator.catalogue.kinds import all_kinds, resources_of
from generator.catalogue.made_of import MadeOfUses
from generator.catalogue.provider_types import DEPENDS_ON, block_type
from generator.catalogue.read import read
from generator.catalogue.use import Scope
from generator.errors import CatalogueError
from generator.settings.objects import ObjectOf, Refused, WholeObjects, literal_of
from generator.settings.parts import ListOf, MappingOf, OneOrMore, OrPart, Part, PartOf, Setting, known_settings
from generator.source.source import Key, Source
from tests.support.examples import a_few
from tests.support.rendering import NAME, NO_OVERRIDES, catalogue_of, dumped, module_of, same_files
from tests.support.strategies import Tree, catalogues

FIRST: Tree = {
    "task_definition": "latest",
    "port": 8080,
    "schedule": "rate(1 day)",
    "image": "busybox:1",
    "entry_point": ["/bin/env"],
    "command": ["serve"],
    "ports": [9090],
    "depends_on": {"init": "START"},
    "containers": {"init": {"image": "busybox:1", "command": ["migrate"]}},
    "log_router": {"type": "fluentd"},
    "when": "${var.x}",
    "names": {"family": "x-family"},
    "launch": "${var.x}",
    "operating_system": "${var.x}",
    "network_mode": "bridge",
    "placement": {"strategy": [{"spread": "instanceId"}], "constraints": [{"member_of": "task:group == x"}]},
    "scheduling": "DAEMON",
    "capacity": [{"provider": '${var.x ? "FARGATE" : "FARGATE_SPOT"}', "base": 1, "weight": 2}],
    "cpu": 512,
    "memory": 2048,
    "architecture": "ARM64",
    "ephemeral_storage": 50,
    "stop_timeout": 60,
    "volumes": {
        "data": {},
        "disk": {
            "ebs": {
                "role": "${var.x}",
                "size": 20,
                "snapshot": "snap-0a1b2c3d",
                "type": "gp3",
                "iops": 4000,
                "throughput": 250,
                "encrypted": True,
                "kms_key": "${var.x}",
                "file_system": "ext4",
            }
        },
    },
    "mounts": {"data": "/data"},
    "volumes_from": ["${var.x}"],
    "health_check": {"command": ["CMD", "x"], "interval": 10, "timeout": 6, "retries": 4, "start_period": 30},
    "environment": {"A": "b"},
    "environment_file": "config/api.env",
    "environment_from": ["${var.list}"],
    "secrets": {"TOKEN": "${var.x}"},
    "secrets_from": ["${var.list}"],
    "queue": "jobs",
    "buckets": [{"name": "files", "access": ["read"]}],
    "queues": {"mails": ["produce"]},
    "topics": {"orders": ["publish"]},
    "tables": {"orders": ["read"]},
    "parameters": {"/flags": ["read"]},
    "keys": {"1234abcd-12ab-34cd-56ef-1234567890ab": ["decrypt"]},
    "email": {"example.com": ["send"]},
    "metrics": ["Shop"],
    "traces": True,
    "logs": {"audit": ["write"]},
    "permissions": {"sends": {"actions": ["ses:SendEmail"], "resources": ["${var.x}"]}},
    "policies": ["AmazonS3ReadOnlyAccess"],
    "role": "own",
    "execution_role": "own",
    "desired_count": 3,
    "deployment": {"minimum_healthy_percent": 50, "maximum_percent": 150},
    "wait_for_steady_state": True,
    "health_check_grace_period": 60,
    "execute_command": False,
    "subnets": ["subnet-2"],
    "security_groups": ["sg-2"],
    "security_group": {
        "ingress": {
            "all": {
                "port": 80,
                "to_port": 81,
                "protocol": "udp",
                "security_groups": ["sg-3"],
                "cidr_blocks": ["10.0.0.0/8"],
                "ipv6_cidr_blocks": ["2001:db8::/32"],
                "prefix_list_ids": ["pl-1"],
                "description": "All",
            }
        },
        "egress": {"nothing": {"port": 443, "cidr_blocks": ["192.0.2.0/24"]}},
    },
    "assign_public_ip": True,
    "log_group": "logs",
    "log_retention_days": 7,
    "load_balancer": {
        "port": 9090,
        "target_group": {
            "protocol": "HTTPS",
            "deregistration_delay": 30,
            "health_check": {
                "path": "/up",
                "matcher": "204",
                "port": 8081,
                "protocol": "HTTP",
                "interval": 20,
                "timeout": 10,
                "healthy_threshold": 2,
                "unhealthy_threshold": 5,
            },
        },
    },
    "policy_name": "policy",
    "outputs": {"log_group_name": "logs"},
    "tags": {"team": "web"},
    "timezone": "Europe/Berlin",
    "enabled": "${var.x}",
    "delivery": {"retries": 3, "maximum_age": 600, "dead_letter": "dead"},
}
"""A value for each setting, none of which is a default."""

APART = {
    "capacity": ("launch", "placement"),
    "network_mode": ("subnets", "security_groups", "security_group", "assign_public_ip"),
    "scheduling": ("desired_count", "deployment", "placement"),
}
"""Settings that stand beside none of some other ones."""

NAMED_BY_OTHERS = {
    ("log_group", "container_definition.logConfiguration.options.awslogs-group"),
    ("log_router", "container_definition.firelensConfiguration.type"),
    ("log_router", "container_definition.logConfiguration.options.awslogs-stream-prefix"),
    ("containers", "container_definition.logConfiguration.options.awslogs-stream-prefix"),
    ("launch", "aws_ecs_task_definition.requires_compatibilities"),
    ("launch", "aws_ecs_service.platform_version"),
    ("launch", "aws_scheduler_schedule.target.ecs_parameters.platform_version"),
    ("capacity", "aws_ecs_cluster_capacity_providers.capacity_providers"),
}
"""What a setting is the name of, where another block refers to it by that name; and what follows from it."""

FIRST_OF: dict[str, Tree] = {
    "service": {
        "task_definition": "${var.x}",
        "names": {"service": "x-service", "container": "app"},
        "outputs": {"service_name": "name"},
        "load_balancer": {**FIRST["load_balancer"], "port": 8080},
    }
}
"""Settings that have another value in a kind."""

SAYING = {"terraform", "container_definition", "kind"}
"""Settings that say what no other one does."""

KINDS = list(all_kinds())
COMPANION = 'variable "x" {}'


def catalogue_with(kind: str, settings: Tree, **parts: Tree) -> Tree:
    known, values = known_settings(all_kinds()[kind]), {"image": "busybox:1"} | FIRST | FIRST_OF.get(kind, {})
    needed = [name for name, it in known.items() if it.is_required and name != "kind"]
    required = {name: values[name] for name in (*needed, *({"image"} & known.keys()))}
    return {
        "version": 1,
        "project": "shop",
        "module": {"path": "out", "address": "module.shop"},
        "network": {"subnets": ["subnet-1"], "security_groups": ["sg-1"], "vpc": "vpc-1"},
        **parts,
        "services": {"x": {"kind": kind} | required | settings},
    }


def first_value(key: Key) -> Any:
    value: Any = FIRST
    for step in key:
        value = value[step]
    return value


def settings_below(part: type[Part], above: Key = ()) -> Iterator[tuple[Key, Setting]]:
    """Yield each setting of a part and of the parts within it, with the way to it."""
    for name, it in known_settings(part).items():
        yield (*above, name), it
        one = it.type.item if isinstance(it.type, OneOrMore) else it.type
        if isinstance(one, PartOf | OrPart) and not issubclass(one.model, MadeOfUses):
            yield from settings_below(one.model, (*above, name))
        inner = it.type.item if isinstance(it.type, MappingOf) else None
        if isinstance(inner, PartOf) and not issubclass(inner.model, MadeOfUses):
            for entry, said in first_value((*above, name)).items():
                below = settings_below(inner.model, (*above, name, entry))
                yield from ((key, one) for key, one in below if key[len(above) + 2] in said)


def written_by(kind: str) -> dict[Key, set[str]]:
    """Return the arguments that each setting of a kind writes."""
    types = {*resources_of(all_kinds()[kind].made_of), "container_definition"}
    found = {}
    for key, it in settings_below(all_kinds()[kind]):
        found[key] = {path for path in it.writes if path.partition(".")[0] in types}
    return found


def ways_to_say(said: Tree) -> Iterator[Tree]:
    """Yield settings that may stand together: those that stand apart are in one of them each."""
    apart = APART.keys() & said.keys()
    yield {name: value for name, value in said.items() if name not in apart}
    for name in apart:
        without = {*apart, *APART[name]} - {name}
        yield {other: value for other, value in said.items() if other not in without}


def paths_of(lines: list[BlamedLine]) -> Iterator[tuple[str, BlamedLine]]:
    """Yield the argument that each line of a resource is of, told by its indent, as `writes` has it."""
    stack: list[tuple[int, str]] = []
    for line in lines:
        text = line.text.lstrip()
        indent = len(line.text) - len(text)
        words = text.split()
        if words[:1] and words[0].strip('"').replace("_", "").replace("-", "").isalnum() and words[1:2] != []:
            stack = [one for one in stack if one[0] < indent]
            is_data = words[0] == "data"
            stack.append((indent, words[0] if indent or is_data else words[1].strip('"')))
        if stack and line.text[:1] != "}" and stack[0][1].startswith("aws_"):
            path = ".".join(name for _, name in stack)
            yield path.replace("aws_ecs_task_definition.container_definitions", "container_definition"), line


def is_refused(path: str) -> bool:
    """Tell whether an author may not say what is at a path."""
    type_, *way = path.split(".")
    found: Any = container_type() if type_ == "container_definition" else block_type(type_)
    for step in way:
        literal = literal_of(found)
        if isinstance(literal, WholeObjects):
            literal = literal.item
        if not isinstance(literal, ObjectOf):
            return False
        found = literal.members[step]
        if isinstance(found, Refused):
            return True
    return False


def covers(writes: str, path: str) -> bool:
    return path == writes or path.startswith(f"{writes}.")


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_is_written_by_the_setting_that_it_is_blamed_on(kind: str) -> None:
    known = set(known_settings(all_kinds()[kind])) - SAYING
    assert known <= FIRST.keys(), "each setting has a value here"
    said = {name: FIRST[name] for name in known} | FIRST_OF.get(kind, {})
    if "volumes" in said and not all_kinds()[kind].scope & Scope.ECS_SERVICE:
        said["volumes"] = {"data": {}}  # ECS makes a disk for the tasks of a service alone
    writes = written_by(kind)
    every_argument = {path for paths in writes.values() for path in paths}
    seen: dict[Key, set[str]] = {key: set() for key in writes}
    strange = set()
    for some in ways_to_say(said):
        module = module_of(dumped(catalogue_with(kind, some)), variables=COMPANION)
        for path, line in paths_of(blamed_lines(module, NAME, NO_OVERRIDES, MAIN)):
            for key in [
                one.key[2:] for one in line.origins if one.key[:2] == ("services", "x") and one.tie is Tie.VALUE
            ]:
                settings = [key[:length] for length in range(1, len(key) + 1) if key[:length] in writes]
                for setting in settings:
                    seen[setting] |= {one for one in writes[setting] if covers(one, path)}
                is_said = any(covers(one, path) for one in every_argument)
                if "." in path and not (is_said or is_refused(path) or path.endswith(f".{DEPENDS_ON}")):
                    strange |= {(*setting, path) for setting in settings}
    assert strange <= NAMED_BY_OTHERS
    assert seen == writes, "each argument that a setting writes has a line that is blamed on it"


def saying(path: str) -> Tree:
    """Return what says what an argument is."""
    root, *way = path.split(".")
    type_: Any = container_type() if root == "container_definition" else block_type(root)
    for step in way:
        literal: Any = literal_of(type_)
        type_ = literal.members[step]
    value: Any = [] if isinstance(type_, ListOf) else {} if isinstance(type_, ObjectOf) else "${var.x}"
    for step in reversed(way):
        value = {step: value}
    return {root: value} if root == "container_definition" else {"terraform": {root: value}}


def value_at(key: Key) -> Tree:
    """Return a setting, by the way to it, with its value."""
    name, *below = key
    value = FIRST[str(name)]
    return {str(name): value if not below or name == "load_balancer" else {below[0]: value[below[0]]}}


def told(catalogue: Tree) -> list[str]:
    try:
        read(Source(dumped(catalogue), NAME), same_files)
    except CatalogueError as error:
        return [str(problem) for problem in error.problems]
    return []


CONTRADICTIONS = [
    (kind, key, path) for kind in KINDS for key, paths in written_by(kind).items() for path in sorted(paths)
]


@pytest.mark.parametrize(("kind", "key", "path"), CONTRADICTIONS, ids=str)
def test_what_a_setting_says_nothing_else_may_say_in_whatever_layer(kind: str, key: Key, path: str) -> None:
    setting, said = value_at(key), saying(path)
    is_own = known_settings(all_kinds()[kind])[str(key[0])].is_own
    wanted = f"`{'.'.join(map(str, key))}` says this already"
    layers = [catalogue_with(kind, setting | said), catalogue_with(kind, setting, defaults=said)]
    layers += [] if is_own else [catalogue_with(kind, said, defaults=setting)]
    layers += [catalogue_with(kind, setting, **said)] if "terraform" in said else []
    for catalogue in layers:
        assert any(wanted in one for one in told(catalogue)), catalogue
    is_of_a_block_of_its_own = path.startswith(("aws_security_group.", "aws_lb_target_group."))
    required = {way for way, it in settings_below(all_kinds()[kind]) if it.is_required and path in it.writes}
    if not required and key[0] not in ("subnets", "security_groups") and not is_of_a_block_of_its_own:
        assert told(catalogue_with(kind, said)) == []


@a_few(30)
@given(catalogues())
def test_a_kind_names_the_type_of_each_resource_that_it_writes(catalogue: Tree) -> None:
    for service in catalogue_of(dumped(catalogue)).services.values():
        written = {block.type for block in service.blocks() if block.type.startswith("aws_")}
        assert written <= resources_of(service.made_of)
