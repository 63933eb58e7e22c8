"""What a catalogue may not say in Terraform's own names, or in those of ECS: the message, and where it points."""

from __future__ import annotations

import pytest

from generator.catalogue.read import read
from generator.errors import CatalogueError
from generator.settings.breach import Breached
from generator.source.source import Source
from tests.support.rendering import NAME, SMALL, module_of


@pytest.mark.parametrize(
    ("said", "key", "what"),
    [
        (
            "terraform: {aws_ecs_service: {deployment_circuit_breaker: {enable: null}}}",
            "terraform.aws_ecs_service.deployment_circuit_breaker.enable",
            "aws_ecs_service.deployment_circuit_breaker has to have `enable`",
        ),
        (
            "container_definition: {logConfiguration: {logDriver: null}}",
            "container_definition.logConfiguration.logDriver",
            "container_definition.logConfiguration has to have `logDriver`",
        ),
        (
            'container_definition: {dockerLabels: {"${var.x}": a}}',
            "container_definition.dockerLabels.${var.x}",
            "`${var.x}` is a key, and no key holds an expression",
        ),
        (
            'terraform: {aws_ecs_service: {triggers: {"$${x}": a}}}',
            "terraform.aws_ecs_service.triggers.$${x}",
            "`$${x}` is a key, and no key holds an expression",
        ),
        (
            'terraform: {aws_ecs_service: {lifecycle: {precondition: [{condition: "${var.a}-", error_message: x}]}}}',
            "terraform.aws_ecs_service.lifecycle.precondition[0].condition",
            "a condition is an expression",
        ),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(said: str, key: str, what: str) -> None:
    with pytest.raises(CatalogueError) as raised:
        read(Source(f"{SMALL}    {said}\n", NAME))
    (problem,) = raised.value.problems
    assert (problem.key, problem.what) == (f"services.mail.{key}", what)


@pytest.mark.parametrize("named", ["aws_ecs_service", "aws_ecs_service.mail"])
def test_what_a_new_block_lacks_is_told_at_the_entry_that_says_it(named: str) -> None:
    other = {"aws_ecs_service": "aws_ecs_service.mail"}.get(named, "aws_ecs_service")
    said = f"terraform: {{{named}: {{alarms: {{enable: true}}}}, {other}: {{region: x}}}}"
    with pytest.raises(Breached) as raised:
        module_of(f"{SMALL}    {said}\n")
    keys = {breach.key for breach in raised.value.breaches}
    assert keys == {("services", "mail", "terraform", named, "alarms")}
