"""Execution roles: whose reads each of them grants, and who refers to which."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given

from generator.catalogue.execution_reads import ExecutionReads, ServiceReads
from generator.catalogue.model import Catalogue
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.changes.reach import reach_between
from generator.hcl.nodes import nodes_of
from tests.support.examples import a_few
from tests.support.rendering import SMALL, catalogue_of, dumped, module_of
from tests.support.strategies import COMPANION, Tree, catalogues

TWO = f"{SMALL}  post: {{kind: worker, image: 'busybox:1', secrets: {{B: b}}}}\n"
READS = {
    "secret_arns": ["secrets: {A: a, B: {secret: a, key: b}, C: '${aws_secretsmanager_secret.a.arn}'}"],
    "parameter_arns": ["secrets: {A: {parameter: /shop/a}, B: {parameter: shop/a}}"],
    "key_arns": ["secrets: {A: {secret: a, kms_key: k}, B: {parameter: /a, kms_key: '${aws_kms_key.k.arn}'}}"],
    "environment_files": [
        "container_definition: {environmentFiles: [{type: s3, value: 'arn:aws:s3:::b/k'}, {type: s3, value: "
        "'arn:aws:s3:::b/k'}]}"
    ],
    "environment_buckets": [
        "container_definition: {environmentFiles: [{type: s3, value: 'arn:aws:s3:::b/k'}, {type: s3, value: "
        "'arn:aws:s3:::b/l'}]}"
    ],
    "secret_mappings": ["secrets: '${var.a}'"],
    "secret_lists": ["secrets_from: ['${var.a}', '${var.a}']"],
}
"""What a service says, by what it lets ECS read: of each sort, one thing."""


def reads_of(reads: ExecutionReads) -> dict[str, list[str]]:
    return {name: getattr(reads, name) for name in READS}


def with_lines(*lines: str) -> Catalogue:
    return catalogue_of(TWO.replace("    image: busybox:1\n", "".join(f"    {line}\n" for line in (IMAGE, *lines)), 1))


IMAGE = "image: busybox:1"


@pytest.mark.parametrize("sort", READS)
def test_what_a_service_reads_is_granted_once_to_the_role_that_starts_it_and_to_no_other(sort: str) -> None:
    without, shared, own = with_lines(), with_lines(*READS[sort]), with_lines(*READS[sort], "execution_role: own")
    (read,) = getattr(own.own_reads["mail"], sort)
    assert getattr(shared, sort) == [read, *getattr(without, sort)]
    assert shared.own_reads == {}
    assert reads_of(own) == reads_of(without)


@pytest.mark.parametrize(
    ("member", "sort"),
    [
        ("repositoryCredentials: {credentialsParameter: 'arn:aws:secretsmanager:r:1:secret:x'}", "secret_arns"),
        ("logConfiguration: {secretOptions: [{name: a, valueFrom: 'arn:aws:ssm:r:1:parameter/x'}]}", "parameter_arns"),
        ("logConfiguration: {secretOptions: [{name: a, valueFrom: '${var.x}:key::'}]}", "secret_arns"),
    ],
)
def test_what_members_of_the_container_name_is_read_too(member: str, sort: str) -> None:
    catalogue = with_lines("execution_role: own", f"container_definition: {{{member}}}")
    assert len(getattr(catalogue.own_reads["mail"], sort)) == 1
    assert reads_of(catalogue) == reads_of(with_lines())


def test_the_shared_role_is_there_while_a_service_uses_it() -> None:
    lines = "\n    execution_role: own\n"
    alone = catalogue_of(SMALL.rstrip("\n") + lines)
    assert not alone.has_shared_execution_role
    assert [block.address for block in alone.main_blocks if "exec" in block.address] == [
        "aws_iam_role.task_execution_mail",
        "aws_iam_role_policy_attachment.exec_managed_mail",
        "data.aws_iam_policy_document.exec_inline_mail",
        "aws_iam_role_policy.exec_extra_mail",
    ]
    assert "task_execution_role_arn" not in alone.shared_outputs
    assert with_lines("execution_role: own").has_shared_execution_role


def _makes_role(service: ExecutionRoleUse) -> bool:
    return service.has_own_execution_role or service.has_shared_execution_role


def of_roles(catalogue: Catalogue) -> Iterator[tuple[str, ExecutionReads]]:
    """Yield the address of each execution role that is made, with what ECS reads for the services that it starts."""
    services = [one for one in catalogue.services.values() if isinstance(one, ExecutionRoleUse) and _makes_role(one)]
    for address in dict.fromkeys(service.execution_role_address for service in services):
        started = [one for one in services if one.execution_role_address == address]
        yield address, ServiceReads(tuple(started))


@a_few(25)
@given(catalogues())
def test_each_role_may_read_what_its_services_need_and_nothing_else(catalogue: Tree) -> None:
    """Read from what is rendered: resources by their actions. What expressions come to is another matter."""
    module = module_of(dumped(catalogue | {"tags": {}}), variables=COMPANION)
    before, after = nodes_of([COMPANION]), nodes_of([COMPANION, module.files[0].text])
    granted: dict[tuple[str, str], set[str]] = {}
    for one in reach_between(before, after).gained:
        granted.setdefault((one.role, one.action), set()).add(json.dumps(one.resource))
    roles = dict(of_roles(module.catalogue))
    for address, reads in roles.items():
        is_known = not (reads.secret_mappings or reads.secret_lists)
        for action, arns in (
            ("secretsmanager:GetSecretValue", reads.secret_arns if is_known else None),
            ("ssm:GetParameters", reads.parameter_arns if is_known else None),
            ("kms:Decrypt", reads.key_arns),
            ("s3:GetObject", reads.environment_files),
            ("s3:GetBucketLocation", reads.environment_buckets),
        ):
            found = granted.get((address, action), set())
            assert arns is None or len(found) == len(arns), (address, action, found, arns)
    addresses = {block.address for block in module.catalogue.main_blocks}
    assert {one for one in addresses if one.startswith("aws_iam_role.task_execution")} == roles.keys()
