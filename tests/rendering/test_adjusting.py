"""What the catalogue says in Terraform's own names, laid over what templates write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.adjustments import Adjustment, Layer
from generator.catalogue.container_types import TITLE, container_type
from generator.catalogue.provider_types import DEPENDS_ON, LIFECYCLE, block_type
from generator.hcl.nodes import nodes_of
from generator.hcl.write.layout import laid_out
from generator.hcl.write.text import hcl_key
from generator.rendering.adjusting import adjusted
from generator.rendering.render import built_in_templates, environment_of
from generator.rendering.sandbox import Sandbox
from generator.settings.objects import BareWord, BlockOf, MapOf, ObjectOf, WholeBlocks, literal_of
from generator.settings.parts import ListOf
from generator.settings.values import AnyText, Truth, ValueType, Whole
from generator.source.layers import merged
from generator.source.source import Source
from tests.support.examples import a_few
from tests.support.project import Project
from tests.support.rendering import NO_OVERRIDES, SMALL, dumped, no_types
from tests.support.strategies import Tree, entries, value_of_type

FILTERS = environment_of(NO_OVERRIDES, Sandbox, no_types).filters
TYPES = ("aws_ecs_service", "aws_ecs_task_definition", "aws_scheduler_schedule", "aws_cloudwatch_log_group")

Way = tuple[str, ...]
Line = tuple[str, Way]
"""A line, and the names that lead to the entry that it is of."""


class Writer:
    """Writes entries as a template may: with comments, blank lines and any spaces.

    `converting` are the filters for texts, numbers and truth values.
    """

    def __init__(self, data: st.DataObject, *converting: str) -> None:
        self._draw = data.draw
        self._text, self._number, self._truth = (FILTERS[name] for name in converting)

    def body(
        self, type_: ObjectOf | MapOf, said: Mapping[str, Any], way: Way, indent: str, *, is_block: bool
    ) -> Iterator[Line]:
        for name, value in said.items():
            yield from self._between(way, indent)
            yield from self._item(type_.member(name), value, (*way, name), indent, is_block=is_block)

    def _between(self, way: Way, indent: str) -> Iterator[Line]:
        kind = self._draw(st.integers(0, 5))
        if kind < 2:
            yield (f"{indent}{['# a { comment = [', '// b'][kind]}", way)

    def _item(self, type_: ValueType[Any], value: Any, way: Way, indent: str, *, is_block: bool) -> Iterator[Line]:
        if isinstance(type_, BlockOf | WholeBlocks):
            block = type_ if isinstance(type_, BlockOf) else type_.item
            for one in [value] if isinstance(type_, BlockOf) else value:
                yield (f"{indent}{way[-1]} {{{self._end()}", way)
                yield from self.body(block, one, way, f"{indent}  ", is_block=True)
                yield (f"{indent}}}", way)
            return
        key = hcl_key(way[-1])
        name = way[-1] if is_block else key if key.startswith('"') or self._draw(st.booleans()) else f'"{key}"'
        first, *others = self._value(type_, value, way, indent)
        lines = [(f"{indent}{name}{self._draw(st.sampled_from(['=', ' = ', '    = ']))}{first[0]}", way), *others]
        comma = "" if is_block or lines[-1][0].endswith("EOT") else self._draw(st.sampled_from(["", ","]))
        yield from lines[:-1]
        yield (f"{lines[-1][0]}{comma}{self._end() if len(lines) == 1 else ''}", lines[-1][1])

    def _end(self) -> str:
        return self._draw(st.sampled_from(["", "", " # of it, {"]))

    def _value(self, type_: ValueType[Any], value: Any, way: Way, indent: str) -> list[Line]:
        literal = literal_of(type_)
        if isinstance(value, Mapping) and isinstance(literal, ObjectOf | MapOf):
            return [("{", way), *self.body(literal, value, way, f"{indent}  ", is_block=False), (f"{indent}}}", way)]
        if isinstance(value, tuple) and isinstance(literal, ListOf):
            within = [self._value(literal.item, one, way, f"{indent}  ") for one in value]
            found = [("[", way)]
            for index, (first, *others) in enumerate(within):
                found += [(f"{indent}  {first[0]}", way), *others]
                found[-1] = (found[-1][0] + ("," if index < len(within) - 1 else ""), way)
            return [*found, (f"{indent}]", way)]
        return [(self._scalar(literal, value), way)]

    def _scalar(self, type_: ValueType[Any], value: Any) -> str:
        if isinstance(type_, BareWord) or value == "all":
            return str(value)
        if isinstance(type_, Whole):
            return str(self._number(value))
        if isinstance(type_, Truth):
            return str(self._truth(value))
        return str(self._text(value) if isinstance(type_, AnyText) else FILTERS["hcl"](value))


def read(type_: ObjectOf, tree: Tree) -> Tree:
    data: Any = Source(dumped({"x": tree}), "x").data
    return type_.read(data["x"])


@st.composite
def said_over(draw: st.DrawFn, type_: ObjectOf, base: Tree, path: str) -> Tree:
    """What may be said of a body, of what stands there above all."""
    found = draw(entries(type_, path, is_whole=False, may_be_null=True))
    for name in draw(st.lists(st.sampled_from(list(base)), unique=True)) if base else ():
        member = literal_of(type_.members[name])
        if isinstance(member, ObjectOf) and isinstance(base[name], dict) and draw(st.booleans()):
            found[name] = draw(said_over(member, base[name], f"{path}.{name}"))
        elif name not in type_.required and draw(st.booleans()):
            found[name] = None
        else:
            found[name] = draw(value_of_type(type_.members[name], f"{path}.{name}", may_be_null=True))
    return found


def expected(base: Tree, said: Tree) -> Tree:
    found: Tree = without_none(merged([said, base]))
    if said.get(DEPENDS_ON):
        found[DEPENDS_ON] = tuple(dict.fromkeys([*base.get(DEPENDS_ON, ()), *said[DEPENDS_ON]]))
    empty = [name for name in (LIFECYCLE, "timeouts") if name not in base and not found.get(name)]
    return {name: value for name, value in found.items() if name not in empty}


def without_none(value: Any) -> Any:
    return (
        {name: without_none(it) for name, it in value.items() if it is not None} if isinstance(value, dict) else value
    )


def ways_said(said: Tree, base: Any, way: Way = ()) -> Iterator[Way]:
    """Yield the way to each entry that something is said of."""
    for name, value in said.items():
        under = base.get(name) if isinstance(base, dict) else None
        if isinstance(value, dict) and isinstance(under, dict):
            yield from ways_said(value, under, (*way, name))
        else:
            yield (*way, name)


def assert_unsaid_lines_stay(lines: list[Line], said: Tree, base: Tree, text: str) -> None:
    touched = set(ways_said(said, base))
    kept = [line for line, way in lines if not any(way[:length] in touched for length in range(len(way) + 1))]
    found = iter(text.split("\n"))
    lost = [line for line in kept if line not in found]
    assert not lost


@a_few(60)
@given(st.data())
def test_a_block_is_what_its_template_writes_merged_with_what_is_said_of_it(data: st.DataObject) -> None:
    type_name = data.draw(st.sampled_from(TYPES))
    type_ = block_type(type_name)
    base_tree = data.draw(entries(type_, type_name, is_whole=False, may_be_null=False))
    said_tree = data.draw(said_over(type_, base_tree, type_name))
    base, said = read(type_, base_tree), read(type_, said_tree)
    writer = Writer(data, "hcl", "hcl", "hcl")

    def block(tree: Tree) -> list[Line]:
        return [(f'resource "{type_name}" "x" {{', ()), *writer.body(type_, tree, (), "  ", is_block=True), ("}", ())]

    lines = block(base)
    written = "\n".join(["locals {", "  a = 1", "}", *(line for line, _ in lines), "# behind", ""])
    text = adjusted(written, [Adjustment(f"{type_name}.x", (Layer(("terraform", type_name), said),))], FILTERS)

    wanted = "\n".join(line for line, _ in block(expected(base, said)))
    assert nodes_of([text])[f"{type_name}.x"].arguments == nodes_of([wanted])[f"{type_name}.x"].arguments
    assert nodes_of([laid_out(text)])[f"{type_name}.x"] == nodes_of([text])[f"{type_name}.x"]
    assert text.startswith("locals {\n  a = 1\n}\n")
    assert text.endswith("\n}\n# behind\n")
    assert_unsaid_lines_stay(lines, said, base, text)


@a_few(40)
@given(st.data())
def test_a_container_is_what_its_template_writes_merged_with_what_is_said_of_it(data: st.DataObject) -> None:
    base_tree = data.draw(entries(container_type(), TITLE, is_whole=False, may_be_null=False))
    said_tree = data.draw(said_over(container_type(), base_tree, TITLE))
    base, said = read(container_type(), base_tree), read(container_type(), said_tree)
    writer = Writer(data, "hcl_string", "hcl_number", "hcl_bool")
    other = ["    {", '      name = "other"', "      user = 1", "    },"]

    def block(tree: Tree) -> list[Line]:
        begin = ['resource "aws_ecs_task_definition" "x" {', "  container_definitions = jsonencode(["]
        begin += [*other, "    {", '      name = "mail"']
        end = ["    }", "  ])", "}"]
        return [
            *((line, ()) for line in begin),
            *writer.body(container_type(), tree, (), "      ", is_block=False),
            *((line, ()) for line in end),
        ]

    lines = block(base)
    address = "aws_ecs_task_definition.x"
    layer = Layer(("services", "x", TITLE), said)
    text = adjusted("\n".join(line for line, _ in lines), [Adjustment(address, (layer,), "mail")], FILTERS)

    wanted = "\n".join(line for line, _ in block(expected(base, said)))
    assert nodes_of([text])[address].arguments == nodes_of([wanted])[address].arguments
    assert "\n".join(other) in text
    assert_unsaid_lines_stay(lines, said, base, text)


def test_what_nothing_is_said_of_stays_as_it_is() -> None:
    assert adjusted("no { terraform", [], FILTERS) == "no { terraform"


# Templates of a project's own

SAID = """\
    terraform:
      aws_ecs_service: {propagate_tags: SERVICE, deployment_circuit_breaker: {rollback: false}}
    container_definition: {user: "1000"}
"""
BUILT_IN = {
    name: (built_in_templates() / name).read_text("utf-8")
    for name in ("service/service.tf.j2", "service/task_definition.tf.j2")
}
SERVICE, TASK = BUILT_IN
HEADED = '" {\n{{ count_of(service) }}\n  name '
ESSENTIAL = "      essential = {{ container.is_essential | hcl_bool }}"
OPENED = 'jsonencode({{ "flatten(" if service.any_is_conditional }}['
BEGUN = """
{% for container in service.all_containers %}
    {{ (container.condition | hcl_operand) ~ " ? [" if container.condition }}{"""
"""What the built-in template of a task definition has."""

CIRCUIT_BREAKER = "  deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }\n"
IN_LINES = "with each `{`, `}` and member in a line of its own"
MEND = "fix the template, or remove this\n"


def told(project: Project, said: str, name: str, old: str, new: str) -> str:
    """Return what is said of a catalogue, with another text in place of one of a template; nothing where it renders."""
    assert old in BUILT_IN[name]
    path = project.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BUILT_IN[name].replace(old, new), "utf-8")
    project.says(SMALL + said)
    result = project.run("render")
    assert result.exit_code == (1 if result.stderr.startswith("services.yaml") else 0), result.stderr
    return result.stderr if result.exit_code else ""


@pytest.mark.parametrize(
    ("name", "old", "new", "held"),
    [
        (SERVICE, "  propagate_tags  =", "  # {\n  propagate_tags=", 'propagate_tags = "SERVICE"'),
        (SERVICE, '  propagate_tags  = "TASK_DEFINITION"\n', "", 'propagate_tags         = "SERVICE"'),
        (SERVICE, "circuit_breaker {", "circuit_breaker { # mine", "    rollback = false"),
        (SERVICE, CIRCUIT_BREAKER, "", "propagate_tags"),
        (TASK, ESSENTIAL, '      "essential": true,', '"1000"'),
        (TASK, OPENED, f"{OPENED} # mine", '"1000"'),
        (TASK, OPENED, f"{OPENED}\n{{name=1}},", '"1000"'),
    ],
)
def test_a_template_of_ones_own_is_reached(project: Project, name: str, old: str, new: str, held: str) -> None:
    said = SAID.replace("rollback:", "enable: true, rollback:")
    assert told(project, said, name, old, new) == ""
    assert held in project.main.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "what"),
    [
        (SERVICE, 'ce" "{{', 'ce" /* mine */ "{{', "terraform.aws_ecs_service", "no block aws_ecs_service.mail"),
        (
            SERVICE,
            HEADED,
            HEADED.replace("{\n", "{ # mine\n", 1),
            "terraform.aws_ecs_service",
            "no block aws_ecs_service.mail",
        ),
        (
            SERVICE,
            HEADED,
            HEADED.replace(" {\n", "\n{\n", 1),
            "terraform.aws_ecs_service",
            "no block aws_ecs_service.mail",
        ),
        (
            SERVICE,
            CIRCUIT_BREAKER,
            "  deployment_circuit_breaker { enable = true }\n",
            "terraform.aws_ecs_service.deployment_circuit_breaker",
            "aws_ecs_service.mail.deployment_circuit_breaker, but not",
        ),
        (
            SERVICE,
            CIRCUIT_BREAKER,
            CIRCUIT_BREAKER.replace("\n  }", " }"),
            "terraform.aws_ecs_service.deployment_circuit_breaker",
            "aws_ecs_service.mail.deployment_circuit_breaker, but not",
        ),
        (
            SERVICE,
            CIRCUIT_BREAKER,
            '  dynamic "deployment_circuit_breaker" {\n    for_each = [1]\n    content {\n      enable = true\n'
            "      rollback = true\n    }\n  }\n",
            "terraform.aws_ecs_service.deployment_circuit_breaker",
            "aws_ecs_service.mail.deployment_circuit_breaker, but not",
        ),
        (
            SERVICE,
            "  name            =",
            "  /* of\n  two lines */\n  name =",
            "terraform.aws_ecs_service",
            "aws_ecs_service.mail, but not",
        ),
        (
            TASK,
            BEGUN,
            "{% for container in service.all_containers %}{",
            "container_definition",
            "no container `mail` in",
        ),
        (
            TASK,
            "name      = {{ container",
            "name = local.x # {{ container",
            "container_definition",
            "no container `mail` in",
        ),
        (
            TASK,
            ESSENTIAL,
            f"{ESSENTIAL}, cpu = 1",
            "container_definition",
            "aws_ecs_task_definition.mail, but not",
        ),
    ],
)
def test_what_cannot_be_laid_over_a_template_is_an_error(  # noqa: PLR0917 - one for each column
    project: Project, name: str, old: str, new: str, key: str, what: str
) -> None:
    (line,) = told(project, SAID, name, old, new).splitlines(keepends=True)
    assert f" services.mail.{key}: the templates write {what}" in line
    assert line.endswith(f"{IN_LINES}; {MEND}")


@pytest.mark.parametrize(
    "value",
    [
        "local.containers",
        "jsonencode(local.containers)",
        'file("containers.json")',
        '<<EOT\n[\n{\n"name": "mail"\n}\n]\nEOT\n',
        'jsonencode([{ name = "mail" }])',
    ],
)
def test_containers_that_are_not_written_out_are_an_error_where_something_is_said_of_one(
    project: Project, value: str
) -> None:
    project.out.mkdir()
    (project.out / "locals.tf").write_text("locals {\n  containers = []\n}\n", "utf-8")
    of_block = BUILT_IN[TASK]
    start, end = of_block.index("  container_definitions"), of_block.index("{% if service.has_tags %}\n  tags =")
    old, new = of_block[start:end], f"  container_definitions = {value}\n\n"
    assert "no container `mail` in aws_ecs_task_definition.mail" in told(project, SAID, TASK, old, new)
    assert told(project, "", TASK, old, new) == ""


def test_a_block_in_a_comment_or_a_heredoc_is_none(project: Project) -> None:
    header = 'resource "aws_ecs_service" "mail" {\n  propagate_tags = "NONE"\n}\n'
    old = '{% from "service/tags.tf.j2" import tags_of %}\n'
    for hidden in (f"/*\n{header}*/\n", f"/* one */ /*\n{header}*/\n"):
        assert told(project, SAID, SERVICE, old, old + hidden) == ""
        text = project.main.read_text("utf-8")
        assert '"NONE"' in text
        assert text.count('"SERVICE"') == 1
    behind = "  tags = {{ tags_of(service) }}\n"
    assert told(project, SAID, SERVICE, behind, f"{behind}\n  iam_role = <<EOT\n{header}EOT\n") == ""
    assert project.main.read_text("utf-8").count('"SERVICE"') == 1


def test_what_a_template_lets_a_block_depend_on_stays(project: Project) -> None:
    said = "    terraform: {aws_ecs_service: {depends_on: [aws_ecs_cluster.this, aws_iam_role.task]}}\n"
    behind = "  tags = {{ tags_of(service) }}\n"
    new = f"{behind}\n  depends_on = [aws_iam_role_policy.exec_extra, aws_ecs_cluster.this]\n"
    assert told(project, said, SERVICE, behind, new) == ""
    depends_on = project.main.read_text("utf-8").partition("depends_on = [")[2].partition("]")[0]
    assert depends_on.split() == ["aws_iam_role_policy.exec_extra,", "aws_ecs_cluster.this,", "aws_iam_role.task"]
    assert "depends_on, but not" in told(project, said, SERVICE, behind, f"{behind}\n  depends_on = local.x\n")


@pytest.mark.parametrize(
    ("driver", "options"),
    [
        ("awslogs", ["awslogs-group", "awslogs-region", "awslogs-stream-prefix", "tag"]),
        ("${var.driver}", ["awslogs-group", "awslogs-region", "awslogs-stream-prefix", "tag"]),
        ("awsfirelens", ["tag"]),
    ],
)
def test_another_log_driver_gets_no_options_of_awslogs(project: Project, driver: str, options: list[str]) -> None:
    said = f'    container_definition: {{logConfiguration: {{logDriver: "{driver}", options: {{tag: x}}}}}}\n'
    project.out.mkdir()
    (project.out / "driver.tf").write_text('variable "driver" {}\n', "utf-8")
    assert told(project, said, TASK, "", "") == ""
    assert re.findall(r"^ {10}(\S+) += ", project.main.read_text("utf-8"), re.MULTILINE) == options


@pytest.mark.parametrize("said", ["lifecycle: {ignore_changes: null}", "timeouts: {create: null, update: null}"])
def test_a_block_of_terraform_without_arguments_is_not_written(project: Project, said: str) -> None:
    assert told(project, f"    terraform: {{aws_ecs_service: {{{said}}}}}\n", SERVICE, "", "") == ""
    assert said.partition(":")[0] not in project.main.read_text("utf-8")
