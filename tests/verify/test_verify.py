"""The proof that the text is what the catalogue implies: whatever is tampered with is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.catalogue.file_names import MAIN, OUTPUTS
from generator.errors import VerificationError
from generator.rendering.render import GeneratedFile
from generator.verify.module import Owners, RenderedModule
from generator.verify.verify import check_tokens, verify
from tests.support.rendering import SMALL, module_of


def refused(module: RenderedModule) -> list[str]:
    with pytest.raises(VerificationError) as refusal:
        verify(module)
    return [str(problem) for problem in refusal.value.problems]


def tampered(change: Callable[[str], str], name: str = MAIN, **companions: str) -> RenderedModule:
    module = module_of(SMALL, **companions)
    files = [GeneratedFile(file.name, change(file.text)) if file.name == name else file for file in module.files]
    assert files != module.files
    return replace(module, files=files)


def with_value(value: str) -> Callable[[str], str]:
    """Return a change that puts a text, unescaped, where a template writes the image."""
    return lambda text: text.replace('"busybox:1"', value)


def line_of(module: RenderedModule, text: str, name: str = MAIN) -> int:
    (file,) = (file for file in module.files if file.name == name)
    return 1 + next(number for number, line in enumerate(file.text.split("\n")) if text in line)


def test_what_was_rendered_is_what_the_catalogue_implies() -> None:
    verify(module_of(SMALL))


def test_a_value_that_has_become_structure_is_refused() -> None:
    module = tampered(lambda text: text.replace('= "shop-cluster"', '= "shop"\n}\nresource "a" "b" {\n  c = "d"'))
    line = line_of(module, 'resource "a" "b"')
    assert refused(module) == [
        f"out/main.tf:{line}:1: the catalogue implies no block a.b; "
        "fix the template that wrote it, or report this as a bug of tfgen"
    ]


def test_a_block_that_is_not_there_is_refused_at_its_catalogue_entry() -> None:
    module = tampered(
        lambda text: text.replace('"aws_cloudwatch_log_group" "mail"', '"aws_cloudwatch_log_group" "male"')
    )
    found = refused(module)
    assert "the catalogue implies no block aws_cloudwatch_log_group.male" in "\n".join(found)
    expected = (
        "services.yaml:6:3: services.mail: the block aws_cloudwatch_log_group.mail, which it implies, "
        "is missing in main.tf"
    )
    assert any(problem.startswith(expected) for problem in found)


def test_a_block_that_is_there_twice_is_refused() -> None:
    module = tampered(lambda text: f'{text}\ndata "aws_region" "current" {{}}\n')
    assert ["is written 2 times" in problem for problem in refused(module)] == [True]


@pytest.mark.parametrize("extra", ["a = 1\n", "locals {\n  b = 1\n}\n", 'provider "aws" {}\n', 'output "x" {}\n'])
def test_anything_else_at_the_top_is_refused(extra: str) -> None:
    assert refused(tampered(lambda text: text + extra))


def test_an_output_in_the_wrong_file_is_refused() -> None:
    outputs = {file.name: file.text for file in module_of(SMALL).files}[OUTPUTS]
    assert refused(tampered(lambda text: text + outputs))


@pytest.mark.parametrize("value", ['"', '"a" "b"', "a b", '"${"', "[", "}"])
def test_text_that_is_no_hcl_is_refused_where_it_stands(value: str) -> None:
    module = tampered(with_value(value))
    line = line_of(module_of(SMALL), "busybox:1")
    ((place, problem),) = (problem.split(": ", 1) for problem in refused(module))
    assert problem.startswith(("not HCL: ", "not Terraform's language: "))
    assert int(place.split(":")[1]) >= line


@pytest.mark.parametrize("value", ['"a\nb"', r'"\q"'])
def test_text_that_only_python_hcl2_takes_for_hcl_is_refused(value: str) -> None:
    assert refused(tampered(with_value(value)))


def test_a_block_that_python_hcl2_does_not_write_back_is_refused_where_it_begins() -> None:
    module = tampered(with_value("[for x in var.a : 0]"), variables='variable "a" {}\n')
    line = line_of(module, 'resource "aws_ecs_task_definition" "mail"')
    assert refused(module) == [
        f"out/main.tf:{line}:1: this block is not the same after python-hcl2 has written it and read it again; "
        "fix the template that wrote it, or report this as a bug of tfgen"
    ]


def test_an_argument_of_terraforms_own_has_no_place_in_a_nested_block() -> None:
    module = tampered(lambda text: text.replace("    enable   = true\n", "    enable   = true\n    count    = 1\n"))
    (problem,) = refused(module)
    assert "aws_ecs_service.mail.deployment_circuit_breaker has no argument `count` in AWS provider" in problem


def with_circuit_breaker(block: str) -> RenderedModule:
    return tampered(lambda text: re.sub(r"  deployment_circuit_breaker \{.*?\n  \}\n", block, text, flags=re.DOTALL))


CIRCUIT_BREAKER = """\
  dynamic "deployment_circuit_breaker" {
    for_each = [1]
    content {
      enable   = true
      rollback = true
    }
  }
"""


def test_a_dynamic_block_is_judged_as_the_block_that_it_makes() -> None:
    verify(with_circuit_breaker(CIRCUIT_BREAKER))
    (problem,) = refused(with_circuit_breaker(CIRCUIT_BREAKER.replace("enable  ", "enabled ")))[:1]
    assert "aws_ecs_service.mail.deployment_circuit_breaker has no argument `enabled`" in problem
    (problem,) = refused(with_circuit_breaker(CIRCUIT_BREAKER.replace("breaker", "braker")))
    assert "aws_ecs_service.mail has no block `deployment_circuit_braker`" in problem


def test_a_dynamic_block_without_content_is_refused() -> None:
    found = refused(with_circuit_breaker('  dynamic "deployment_circuit_breaker" {\n    for_each = [1]\n  }\n'))
    assert ["deployment_circuit_breaker lacks the argument `enable`" in problem for problem in found].count(True) == 1


@pytest.mark.parametrize("argument", ["depends_on = []", "provider = aws.b"])
def test_a_resource_takes_terraforms_own_arguments(argument: str) -> None:
    verify(tampered(lambda text: text.replace("  launch_type ", f"  {argument}\n  launch_type ")))


@pytest.mark.parametrize("argument", ["count = 1", "for_each = {}"])
def test_a_repeated_resource_is_refused_for_what_reads_it_alone(argument: str) -> None:
    found = refused(tampered(lambda text: text.replace("  launch_type ", f"  {argument}\n  launch_type ")))
    assert all("this does not say which instance it reads (outputs.tf needs it" in problem for problem in found)


@pytest.mark.parametrize("block", ["connection", "lifecycle", 'provisioner "local-exec"'])
def test_a_resource_takes_terraforms_own_blocks(block: str) -> None:
    verify(
        tampered(lambda text: text.replace("  network_configuration {", f"  {block} {{}}\n  network_configuration {{"))
    )


def test_a_fault_of_two_services_is_told_of_each() -> None:
    module = module_of(SMALL + "  post:\n    kind: worker\n    image: busybox:1\n")
    files = [file._replace(text=file.text.replace("  launch_type ", "  lunch_type ")) for file in module.files]
    found = refused(replace(module, files=files))
    assert [problem.split(": ")[1] for problem in found] == ["services.mail", "services.post"]


def test_what_is_lacking_is_told_in_order() -> None:
    module = tampered(
        lambda text: re.sub(r"  (family|container_definitions) .*?\n(?=\n|  cpu)", "", text, flags=re.DOTALL)
    )
    found = [problem for problem in refused(module) if "lacks" in problem]
    assert [problem.split("`")[1] for problem in found] == ["container_definitions", "family"]


def test_a_block_that_is_an_argument_is_refused() -> None:
    (problem,) = refused(tampered(lambda text: text.replace("  desired_count   = 1\n", "  desired_count {\n  }\n")))
    assert "`desired_count` of aws_ecs_service.mail is an argument" in problem
    assert problem.endswith("write it as an argument")


def test_files_that_are_not_judged_are_still_held_to_be_hcl() -> None:
    files = module_of(SMALL).files
    check_tokens(files, "out")
    broken = [file._replace(text=f"{file.text}x = $\n") for file in files]
    with pytest.raises(VerificationError) as refusal:
        check_tokens(broken, "out")
    assert [str(problem).partition(":")[0] for problem in refusal.value.problems] == ["out/main.tf", "out/outputs.tf"]


def test_of_two_values_that_name_a_missing_block_the_one_for_its_type_is_told() -> None:
    backend = """\
  shop:
    kind: backend
    image: busybox:1
    port: 80
    load_balancer: {listener: web, target_group: web}
"""
    module = module_of(SMALL + backend, listeners='resource "aws_lb_listener" "web" {}\n')
    (problem,) = refused(module)
    assert problem.startswith("services.yaml:13:50: services.shop.load_balancer.target_group: aws_lb_target_group.web ")


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("var.nope", "var.nope"),
        ("local.nope.x", "local.nope"),
        ("data.aws_x.nope.id", "data.aws_x.nope"),
        ("aws_x.nope[0].id", "aws_x.nope"),
        ("module.nope.id", "module.nope"),
        ('"a${"b${var.nope}"}"', "var.nope"),
        ("[for x in var.nope : x]", "var.nope"),
        ("true ? 1 : var.nope", "var.nope"),
    ],
)
def test_a_reference_to_nothing_is_refused(reference: str, address: str) -> None:
    module = tampered(with_value(reference))
    line = line_of(module, reference)
    (problem,) = refused(module)
    assert f"{address} is not declared in out (main.tf needs it in line {line})" in problem


def test_a_reference_to_nothing_is_told_at_the_catalogue_value_with_the_nearest_name() -> None:
    module = module_of(
        SMALL + "    environment: {A: x, B: '${var.imag_tag}'}\n",
        variables='variable "image_tag" {}\nvariable "z" {}\n',
    )
    (problem,) = refused(module)
    assert problem.startswith("services.yaml:9:28: services.mail.environment.B: var.imag_tag is not declared in out")
    assert problem.endswith("did you mean `var.image_tag`?")


def test_no_name_of_another_sort_is_proposed() -> None:
    module = module_of(SMALL + "    environment: {A: '${var.image_tag}'}\n", variables="locals {\n  image_tag = 1\n}\n")
    (problem,) = refused(module)
    assert problem.endswith("; declare it in a file of that folder")


@pytest.mark.parametrize(
    ("uses_it", "key"),
    [
        ("    environment: {A: '${var.a}'}\n", "environment.A"),
        ("    queue: x-${var.a}\n    policy_name: mine\n", "queue"),
    ],
)
def test_a_reference_of_two_services_is_told_at_each(uses_it: str, key: str) -> None:
    post = "  post:\n    kind: worker\n    image: busybox:1\n"
    found = refused(module_of(SMALL + uses_it + post + uses_it.replace("mine", "its")))
    assert [problem.split(": ")[1] for problem in found] == [f"services.mail.{key}", f"services.post.{key}"]


def test_a_reference_that_a_service_inherits_is_told_at_the_defaults() -> None:
    post = "  post:\n    kind: worker\n    image: busybox:1\n    environment: {B: '${var.a}'}\n"
    found = refused(module_of(SMALL + post + "defaults:\n  environment: {A: '${var.a}'}\n"))
    assert [problem.split(": ")[1] for problem in found] == ["services.post.environment.B", "defaults.environment.A"]


@pytest.mark.parametrize("other", ["x-var.a", "x.var.a", "xvar.a", "var.a-b", "var.ab", "var-a"])
def test_a_reference_is_told_at_no_value_that_only_looks_like_it(other: str) -> None:
    (problem,) = refused(module_of(SMALL + f"    environment: {{A: {other}, B: '${{var.a}}'}}\n"))
    assert problem.split(": ")[1] == "services.mail.environment.B"


def test_what_only_an_output_needs_is_told() -> None:
    module = tampered(lambda text: text.replace("aws_ecs_cluster.this.arn", "var.a"), OUTPUTS)
    (problem,) = refused(module)
    assert "var.a is not declared in out (outputs.tf needs it in line 4)" in problem


@pytest.mark.parametrize(
    "companion",
    [
        'variable "a" {}\n',
        'variable "a" {\n  default = {\n    b = "}"\n  }\n}\n',
        '# comment\n/* variable "b" {} */ variable "a" {}\n',
        'resource "aws_x" "y" {\n  z = <<-EOT\n    }}} " $${\n  EOT\n}\n\nvariable "a" {}\n',
        'locals {\n  b = { for k, v in var.a : k => v... if !v }\n}\nvariable "a" {}\n',
        '\ufeffvariable "a" {}\n',
        'variable "a" {}\r\n',
    ],
)
def test_a_companion_declares_what_is_referred_to(companion: str) -> None:
    verify(module_of(SMALL + "    environment: {A: '${var.a}'}\n", variables=companion))


def test_a_companion_of_json_declares_as_well() -> None:
    module = module_of(SMALL + "    environment: {A: '${var.a}'}\n")
    verify(replace(module, companions={"variables.tf.json": b'{"variable": {"a": {}}}'}))


def test_an_override_declares_nothing() -> None:
    module = module_of(SMALL + "    environment: {A: '${var.a}'}\n")
    for name in ("override.tf", "x_override.tf"):
        assert refused(replace(module, companions={name: b'variable "a" {}\n'}))
    verify(replace(module, companions={"overrides.tf": b'variable "a" {}\n'}))


def test_what_stands_beside_an_override_is_read_all_the_same() -> None:
    verify(tampered(with_value("var.a"), a_override="x {}\n", variables='variable "a" {}\n'))


def test_an_override_may_declare_again_what_is_generated() -> None:
    module = module_of(SMALL)
    verify(replace(module, companions={"main_override.tf": b'resource "aws_ecs_cluster" "this" {}\n'}))


def test_a_companion_that_declares_a_generated_block_is_refused() -> None:
    (problem,) = refused(module_of(SMALL, mine='resource "aws_ecs_cluster" "this" {}\n'))
    assert problem.startswith("out/mine.tf:1:1: it declares aws_ecs_cluster.this, which main.tf declares too")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tf", b'variable "a {}\n'),
        ("a.tf", b"\xff\n"),
        ("a.tf", b"see the manual: it's there\n"),
        ("a.tf.json", b"{"),
        ("a.tf.json", b"[1]"),
    ],
)
def test_a_companion_that_is_not_terraforms_language_is_refused(name: str, content: bytes) -> None:
    (problem,) = refused(replace(module_of(SMALL), companions={name: content}))
    assert re.match(rf"out/{name}(:\d+:\d+)?: not Terraform's language", problem)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.tf", b"{}\n"), ("a.tf", b'variable "${x}" {}\n'), ("a.tf.json", b'{"resource": {"aws_a": null}}')],
)
def test_a_companion_that_is_almost_terraforms_language_is_refused(name: str, content: bytes) -> None:
    assert refused(replace(module_of(SMALL), companions={name: content}))


@pytest.mark.parametrize(("line", "owner"), [(1, "a"), (4, "a"), (5, "b"), (8, "b"), (9, "c"), (20, "c")])
def test_a_line_belongs_to_the_entry_of_the_block_that_begins_last_before_it(line: int, owner: str) -> None:
    assert Owners([1, 5, 9], [("a",), ("b",), ("c",)]).entry(line) == (owner,)


def test_every_problem_is_told_at_once() -> None:
    module = tampered(lambda text: with_value("var.a + var.b")(text) + 'data "aws_x" "y" {}\n')
    assert len(refused(module)) == 3


def test_of_many_references_that_lead_nowhere_the_first_are_told_with_what_may_be_meant() -> None:
    environment = "".join(f"      A{i}: '${{var.thing_{i:03}x}}'\n" for i in range(200))
    declared = "".join(f'variable "thing_{i:03}" {{}}\n' for i in range(100))
    told = refused(module_of(f"{SMALL}    environment:\n{environment}", variables=declared))
    assert len(told) == 200
    assert ["did you mean `var.thing_0" in problem for problem in told] == [True] * 50 + [False] * 150
    assert all("declare it in a file of that folder" in problem for problem in told[50:])


def test_a_name_of_great_length_is_compared_with_none() -> None:
    name = "a" * 201
    (told,) = refused(
        module_of(f"{SMALL}    environment: {{A: '${{var.{name}}}'}}\n", variables=f'variable "{name}a" {{}}\n')
    )
    assert "did you mean" not in told


def test_files_by_hand_have_four_mebibytes_together() -> None:
    half = "# a\n" * (1 << 19)
    verify(module_of(SMALL, a=half, b=half))
    (told,) = refused(module_of(SMALL, a=half, b=f"#{half}"))
    assert told == (
        "out/b.tf: the hand-written files together have more than 4 MiB, and this one is the largest; "
        "keep it in another folder"
    )
