"""Where a generated line comes from: a line of a template, and keys of the catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from generator.blame.origins import BlamedLine, Tie, blamed_line, blamed_lines
from generator.catalogue.file_names import MAIN
from generator.rendering.render import Overrides
from generator.source.source import Key
from generator.workspace import Workspace
from tests.support.examples import a_few
from tests.support.paths import CASES, DATA, ROOT
from tests.support.project import RunTfgen
from tests.support.rendering import NO_OVERRIDES, SMALL, dumped, module_of, module_with
from tests.support.strategies import COMPANION, Tree, catalogues

LINES_ALONE = 30
"""How many lines of a file are also asked for one by one."""

LISTING = DATA / "blame-main.txt"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    shutil.copy(ROOT / "services.yaml", tmp_path)
    return tmp_path


def test_every_line_of_this_repositorys_module_is_told(project: Path, run_tfgen: RunTfgen, update_golden: bool) -> None:
    result = run_tfgen("blame", "generated/compute/main.tf", cwd=project)
    assert (result.exit_code, result.stderr) == (0, "")
    told = result.stdout.replace(str(ROOT / "templates"), "templates")
    if update_golden:
        LISTING.write_text(told, "utf-8")
    assert told == LISTING.read_text("utf-8"), (
        "to accept what it says now: pytest tests/blame/test_blame.py --update-golden"
    )


def test_a_built_in_template_of_a_checkout_is_named_as_from_there(run_tfgen: RunTfgen) -> None:
    result = run_tfgen("blame", "generated/compute/main.tf:3", cwd=ROOT)
    assert result.stdout.startswith("templates/module/terraform.tf.j2:2  ")


def blamed_of(text: str) -> list[BlamedLine]:
    companions = {path.stem: path.read_text("utf-8") for path in (ROOT / "generated" / "compute").glob("*.tf")}
    return blamed_lines(module_of(text, **companions), "services.yaml", NO_OVERRIDES, MAIN)


def lines_of(text: str) -> list[str]:
    return [line.text for line in blamed_of(text)]


CATALOGUE = (ROOT / "services.yaml").read_text("utf-8")

OTHER_VALUES: list[tuple[Key, Any]] = [
    (("tags", "env"), "staging"),
    (("images", "backend", "repository"), "another"),
    (("images", "backend", "tag"), "v2"),
    (("network", "subnets"), "${var.public_subnets}"),
    (("defaults", "cpu"), 256),
    (("defaults", "memory"), 2048),
    (("defaults", "log_retention_days"), 7),
    (("defaults", "secrets", "DATABASE_URL"), "${aws_lb.application.arn}"),
    (("defaults", "environment", "AWS_REGION"), "us-east-1"),
    (("services", "backend", "port"), 9000),
    (("services", "backend", "load_balancer", "target_group"), "${var.vpc_id}"),
    (("services", "backend", "environment", "RUN_MIGRATIONS"), "false"),
    (("services", "worker", "queue"), "another"),
    (("services", "worker", "buckets", 0, "name"), "another"),
]


@pytest.mark.parametrize(("key", "value"), OTHER_VALUES, ids=str)
def test_another_value_changes_the_lines_that_are_blamed_on_its_key(key: Key, value: object) -> None:
    catalogue = yaml.safe_load(CATALOGUE)
    before = yaml.safe_dump(catalogue, sort_keys=False)
    holder = catalogue
    for step in key[:-1]:
        holder = holder[step]
    holder[key[-1]] = value
    old, new = blamed_of(before), lines_of(yaml.safe_dump(catalogue, sort_keys=False))
    assert len(old) == len(new), "the value changes lines, and neither adds nor removes any"
    changed = {number for number, (line, other) in enumerate(zip(old, new, strict=True)) if line.text != other}
    blamed = {
        number
        for number, line in enumerate(old)
        if any(origin.key == key and origin.tie is Tie.VALUE for origin in line.origins)
    }
    assert changed
    assert changed <= blamed
    names = {number for number in blamed if 'name      = "' in old[number].text or 'name  = "' in old[number].text}
    assert blamed - changed <= names, "but for the name of a variable, which is the entry's key"


def test_a_setting_that_is_not_written_is_told_as_a_default() -> None:
    line = next(
        line for line in blamed_lines(module_of(SMALL), "services.yaml", NO_OVERRIDES, MAIN) if " cpu" in line.text
    )
    assert [(origin.key, origin.tie) for origin in line.origins] == [(("services", "mail", "cpu"), Tie.DEFAULT)]


def test_a_template_of_the_projects_own_is_named() -> None:
    banner = Overrides("templates", {"service/banner.tf.j2": b"# one\n# {{ service.names.title }}\n"})
    with_banner = module_with(banner, SMALL)
    told = blamed_lines(with_banner, "services.yaml", banner, MAIN)
    line = next(line for line in told if line.text == "# Mail")
    assert str(line.template).startswith("templates/service/banner.tf.j2:2")


def test_a_record_that_passes_a_filter_is_followed() -> None:
    banner = Overrides(
        "templates",
        {
            "service/banner.tf.j2": b'# {{ service.names | attr("title") }}\n'
            b'# {{ service.statements | map(attribute="actions") | map("first") | join(" ") }}\n'
        },
    )
    told = blamed_lines(module_with(banner, SMALL + "    queue: letters\n"), "services.yaml", banner, MAIN)
    origins = {line.text: [origin.key for origin in line.origins] for line in told}
    assert origins["# Mail"] == [("services", "mail")]
    assert "# sqs:ReceiveMessage" in origins


FILES = "generated/compute/main.tf or generated/compute/outputs.tf"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("main.tf:375", "main.tf: it has no line 375: it has 374 lines; use 1 to 374"),
        ("main.tf:0", "main.tf: it has no line 0: it has 374 lines; use 1 to 374"),
        ("main.tf:x", "main.tf: `x` is not a line number; write a number, such as main.tf:1"),
        ("alb.tf:3", f"alb.tf: it is written by hand, not generated; name {FILES}"),
        ("nope.tf", f"nope.tf: services.yaml does not render this file; name {FILES}"),
    ],
)
def test_what_is_no_generated_line_is_refused(asked: str, said: str, project: Path, run_tfgen: RunTfgen) -> None:
    result = run_tfgen("blame", asked, cwd=project)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{said}\n")


def test_a_file_that_has_drifted_is_refused(project: Path, run_tfgen: RunTfgen) -> None:
    main = project / "generated" / "compute" / "main.tf"
    main.write_text(main.read_text("utf-8").replace("retention_in_days = 30", "retention_in_days = 7", 1), "utf-8")
    result = run_tfgen("blame", "main.tf:3", cwd=project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "main.tf: it is not what the catalogue renders, so its lines cannot be traced; run `tfgen render`\n"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_line_of_a_case_is_told(case: Path) -> None:
    workspace = Workspace(case / "services.yaml")
    rendered = workspace.rendered()
    module = module_of(
        (case / "services.yaml").read_text("utf-8"),
        **{Path(name).stem: content.decode() for name, content in rendered.edition.companions.items()},
    )
    for file in module.files:
        told = blamed_lines(module, "services.yaml", NO_OVERRIDES, file.name)
        for number in range(1, len(told) + 1, 1 + len(told) // LINES_ALONE):
            assert blamed_line(module, "services.yaml", NO_OVERRIDES, file.name, number) == told[number - 1]
        assert [line.text for line in told] == file.text.splitlines()
        for line in told:
            assert line.template.line > 0
            assert all(module.source.holds(o.key) for o in line.origins if o.tie is not Tie.DEFAULT)


LAYERS = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
terraform:
  aws_ecs_cluster: {service_connect_defaults: {namespace: top}}
  aws_ecs_service: {propagate_tags: top, timeouts: {create: top}, platform_version: top, triggers: {a: top}}
  aws_ecs_cluster.this: {region: top}
defaults:
  container_definition: {user: defaults, logConfiguration: {options: {mode: defaults, a: defaults}}}
  terraform:
    aws_ecs_service: {platform_version: defaults, timeouts: {update: defaults}, triggers: {b: defaults}}
services:
  mail:
    kind: worker
    image: busybox:1
    container_definition: {hostname: service, logConfiguration: {options: {mode: service}}, dnsServers: [service]}
    terraform:
      aws_ecs_service: {availability_zone_rebalancing: service, triggers: {c: service}, iam_role: null}
      aws_ecs_service.mail: {scheduling_strategy: service, depends_on: [aws_iam_role.task]}
      aws_ecs_task_definition: {volume: [{name: service}], lifecycle: {ignore_changes: [cpu]}}
"""
"""Each value is the name of the layer that says it."""

ROOTS: dict[str, Key] = {"top": ("terraform",), "defaults": ("defaults",), "service": ("services", "mail")}


def test_a_line_in_terraforms_own_names_is_blamed_on_the_entry_that_says_it() -> None:
    module = module_of(LAYERS)
    told = blamed_lines(module, "services.yaml", NO_OVERRIDES, MAIN)
    said: list[tuple[str, Key]] = []
    for line in told:
        layer = next((name for name in ROOTS if f'"{name}"' in line.text), "")
        if layer:
            origin = line.origins[0]
            assert origin.key[: len(ROOTS[layer])] == ROOTS[layer], line
            assert origin.tie is Tie.VALUE
            assert module.source.position(origin.key) == origin.where
            said.append((line.text.split()[0], origin.key[len(ROOTS[layer]) :]))
    assert said == [
        ("region", ("aws_ecs_cluster.this", "region")),
        ("namespace", ("aws_ecs_cluster", "service_connect_defaults", "namespace")),
        ("hostname", ("container_definition", "hostname")),
        ("dnsServers", ("container_definition", "dnsServers", 0)),
        ("user", ("container_definition", "user")),
        ("mode", ("container_definition", "logConfiguration", "options", "mode")),
        ("a", ("container_definition", "logConfiguration", "options", "a")),
        ("name", ("terraform", "aws_ecs_task_definition", "volume", 0, "name")),
        ("propagate_tags", ("aws_ecs_service", "propagate_tags")),
        ("platform_version", ("terraform", "aws_ecs_service", "platform_version")),
        ("scheduling_strategy", ("terraform", "aws_ecs_service.mail", "scheduling_strategy")),
        ("availability_zone_rebalancing", ("terraform", "aws_ecs_service", "availability_zone_rebalancing")),
        ("c", ("terraform", "aws_ecs_service", "triggers", "c")),
        ("b", ("terraform", "aws_ecs_service", "triggers", "b")),
        ("a", ("aws_ecs_service", "triggers", "a")),
        ("update", ("terraform", "aws_ecs_service", "timeouts", "update")),
        ("create", ("aws_ecs_service", "timeouts", "create")),
    ]
    by_text = {line.text.strip(): line.origins[0].key for line in told if line.origins}
    of_service = (*ROOTS["service"], "terraform")
    assert by_text["aws_iam_role.task"] == (*of_service, "aws_ecs_service.mail", "depends_on", 0)
    ignored = (*of_service, "aws_ecs_task_definition", "lifecycle", "ignore_changes", 0)
    assert by_text["ignore_changes = [cpu]"] == ignored


def test_each_line_of_terraforms_own_names_is_told_alone_as_among_all() -> None:
    module = module_of(LAYERS)
    told = blamed_lines(module, "services.yaml", NO_OVERRIDES, MAIN)
    for number, line in enumerate(told, start=1):
        assert blamed_line(module, "services.yaml", NO_OVERRIDES, MAIN, number) == line


CONTAINERS = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
defaults:
  image: busybox:1
  containers:
    xray:
      image: xray:3
      when: ${data.aws_region.current.id == "eu-west-1"}
      ports: [{port: 2000, protocol: udp}]
      stop_timeout: 7
      container_definition: {user: inherited}
    never: {when: false, image: never:1}
services:
  web_mail:
    kind: worker
    depends_on: {xray: START}
    containers:
      xray: {stop_timeout: 8}
      migrate:
        image: migrate:2
        essential: false
        command: [migrate]
        secrets: {DATABASE_URL: {parameter: /shop/db}}
        environment: {STAGE: own}
        health_check: {command: [CMD, healthy]}
        container_definition: {user: own}
        depends_on: {web-mail: START, xray: START}
"""

INHERITED: Key = ("defaults", "containers", "xray")
OVERRIDDEN: Key = ("services", "web_mail", "containers", "xray")
OF_MIGRATE: Key = ("services", "web_mail", "containers", "migrate")


def of_containers() -> dict[str, list[BlamedLine]]:
    """Return the lines of each container, and, under no name, those before the first one."""
    found: dict[str, list[BlamedLine]] = {"": []}
    for line in blamed_lines(module_of(CONTAINERS), "services.yaml", NO_OVERRIDES, MAIN):
        if line.text.startswith("      name "):
            found[line.text.split('"')[1]] = []
        [*found.values()][-1].append(line)
    return found


def test_there_are_lines_of_the_containers_that_a_task_may_have() -> None:
    assert list(of_containers()) == ["", "web-mail", "xray", "migrate"]


@pytest.mark.parametrize(
    ("container", "text", "key", "tie"),
    [
        ("web-mail", "dependsOn = flatten([", ("services", "web_mail", "depends_on"), Tie.WITHIN),
        ("web-mail", 'containerName = "xray"', ("services", "web_mail", "depends_on", "xray"), Tie.VALUE),
        ("web-mail", "}] : []", ("services", "web_mail", "depends_on", "xray"), Tie.WITHIN),
        ("web-mail", 'data.aws_region.current.id == "eu-west-1" ? [{', (*INHERITED, "when"), Tie.VALUE),
        ("xray", 'name      = "xray"', OVERRIDDEN, Tie.VALUE),
        ("xray", 'image     = "xray:3"', (*INHERITED, "image"), Tie.VALUE),
        ("xray", "essential = true", (*OVERRIDDEN, "essential"), Tie.DEFAULT),
        ("xray", "containerPort = 2000", (*INHERITED, "ports", 0, "port"), Tie.VALUE),
        ("xray", 'protocol      = "udp"', (*INHERITED, "ports", 0, "protocol"), Tie.VALUE),
        ("xray", "stopTimeout = 8", (*OVERRIDDEN, "stop_timeout"), Tie.VALUE),
        ("xray", 'user        = "inherited"', (*INHERITED, "container_definition", "user"), Tie.VALUE),
        ("migrate", 'name      = "migrate"', OF_MIGRATE, Tie.VALUE),
        ("migrate", 'image     = "migrate:2"', (*OF_MIGRATE, "image"), Tie.VALUE),
        ("migrate", "essential = false", (*OF_MIGRATE, "essential"), Tie.VALUE),
        ("migrate", 'command   = ["migrate"]', (*OF_MIGRATE, "command", 0), Tie.VALUE),
        ("migrate", "dependsOn = flatten([", (*OF_MIGRATE, "depends_on"), Tie.WITHIN),
        ("migrate", 'containerName = "web-mail"', (*OF_MIGRATE, "depends_on", "web-mail"), Tie.VALUE),
        ("migrate", 'condition     = "START"', (*OF_MIGRATE, "depends_on", "web-mail"), Tie.VALUE),
        ("migrate", 'command = ["CMD", "healthy"]', (*OF_MIGRATE, "health_check", "command", 0), Tie.VALUE),
        ("migrate", 'awslogs-stream-prefix = "migrate"', OF_MIGRATE, Tie.VALUE),
        ("migrate", 'name      = "DATABASE_URL"', (*OF_MIGRATE, "secrets", "DATABASE_URL"), Tie.VALUE),
        ("migrate", 'value = "own"', (*OF_MIGRATE, "environment", "STAGE"), Tie.VALUE),
        ("migrate", 'user      = "own"', (*OF_MIGRATE, "container_definition", "user"), Tie.VALUE),
        ("migrate", "environment = [", (*OF_MIGRATE, "environment"), Tie.WITHIN),
    ],
    ids=str,
)
def test_a_line_of_a_container_is_blamed_on_the_entry_that_says_it(
    container: str, text: str, key: Key, tie: Tie
) -> None:
    line = next(line for line in of_containers()[container] if line.text.strip() == text)
    origin = line.origins[0]
    assert (origin.key, origin.tie) == (key, tie)


def test_each_line_of_a_container_is_told_alone_as_among_all() -> None:
    module = module_of(CONTAINERS)
    told = blamed_lines(module, "services.yaml", NO_OVERRIDES, MAIN)
    for number, line in enumerate(told, start=1):
        assert blamed_line(module, "services.yaml", NO_OVERRIDES, MAIN, number) == line


def test_a_list_that_is_as_long_as_its_line_may_be_can_be_traced() -> None:
    for length in range(60, 75):
        texts = f"[{'x' * length}, b]"
        module = module_of(f"{SMALL}    container_definition: {{dnsServers: {texts}}}\n")
        assert len(blamed_lines(module, "services.yaml", NO_OVERRIDES, MAIN)) == module.files[0].text.count("\n")


@pytest.mark.slow
@a_few(20)
@given(catalogues())
def test_every_line_of_a_random_catalogue_is_told(catalogue: Tree) -> None:
    module = module_of(dumped(catalogue), variables=COMPANION)
    for file in module.files:
        told = blamed_lines(module, "services.yaml", NO_OVERRIDES, file.name)
        assert [line.text for line in told] == file.text.removesuffix("\n").split("\n")
        assert all(module.source.holds(o.key) for line in told for o in line.origins if o.tie is not Tie.DEFAULT)
