"""What hand-written files say of versions: it is not rendered again, and what such a version lacks is warned about."""

from __future__ import annotations

import pytest

from generator.verify.verify import verify
from tests.support.rendering import SMALL, module_of

VERSIONS = 'terraform {\n  required_version = ">= 1.5"\n%s}\n'
PROVIDERS = '  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "%s"\n    }\n  }\n'
DATA = 'data "aws_region" "current" {}\ndata "aws_caller_identity" "current" {}\n'
ROLLING = "    terraform: {aws_ecs_service: {deployment_configuration: {strategy: ROLLING}}}\n"
REQUIRES = SMALL.replace("project: shop\n", 'project: shop\nrequires: {terraform: ">= 1.5", aws: "~> 6.4"}\n')


def rendered(text: str, **companions: str) -> str:
    module = module_of(text, **companions)
    verify(module)
    return "\n".join(file.text for file in module.files)


def test_what_is_said_in_a_file_is_not_rendered() -> None:
    assert "required_version" in rendered(SMALL)
    assert "terraform {" not in rendered(SMALL, versions=VERSIONS % "")
    assert "terraform {" not in rendered(REQUIRES, versions=VERSIONS % (PROVIDERS % "~>6.4"))


def test_each_half_of_what_a_file_says_counts_for_itself() -> None:
    of_providers = rendered(SMALL, versions=f"terraform {{\n{PROVIDERS % '~> 6.4'}}}\n")
    assert 'required_version = ">= 1.6.0"' in of_providers
    assert "required_providers" not in of_providers
    of_terraform = rendered(REQUIRES, versions=VERSIONS % "")
    assert "required_version" not in of_terraform
    assert 'version = "~> 6.4"' in of_terraform


def test_an_override_file_declares_nothing() -> None:
    assert "required_version" in rendered(SMALL, versions_override=VERSIONS % "")


def test_json_counts_as_well() -> None:
    said = '{"terraform": {"required_version": ">= 1.5", "required_providers": {"aws": {"version": "~> 5.0"}}}}'
    text = rendered(SMALL, **{"versions.tf.json": said})
    assert "terraform {" not in text
    assert "aws_ecs_service.mail.id" in text


@pytest.mark.parametrize(
    ("constraint", "attribute"), [("~> 5.0", "id"), (">= 5.0", "id"), ("~> 6.0", "arn"), ("newest", "arn")]
)
def test_an_output_reads_what_each_allowed_version_has(constraint: str, attribute: str) -> None:
    text = rendered(SMALL, versions=VERSIONS % (PROVIDERS % constraint))
    assert f"value = aws_ecs_service.mail.{attribute}\n" in text
    assert "data.aws_region.current.id" in text


def test_data_sources_of_a_file_are_used() -> None:
    text = rendered(f"{SMALL}    queue: mails\n", data=DATA)
    assert "data.aws_region.current.name" in text
    assert 'data "aws_region"' not in text
    assert 'data "aws_caller_identity"' not in text


def test_what_is_newer_than_a_file_allows_is_warned_about() -> None:
    older = module_of(SMALL + ROLLING, versions=VERSIONS % (PROVIDERS % "~> 5.0"))
    name = "services.mail.terraform.aws_ecs_service.deployment_configuration"
    assert [str(problem) for problem in verify(older)] == [
        f"services.yaml:9:35: warning: {name}: `deployment_configuration` of aws_ecs_service is not there in AWS "
        "provider 5.0.0, the oldest that versions.tf allows; write `>= 6.6.0` in versions.tf, or remove this"
    ]
    assert verify(module_of(SMALL + ROLLING, versions=VERSIONS % (PROVIDERS % "~> 6.6"))) == []
    assert verify(module_of(SMALL + ROLLING)) == []
