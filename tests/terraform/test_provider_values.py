"""The table of values against a real provider: a few types of it, made anew."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from generator.aws.values import provider_version
from tests.support.paths import ROOT
from tools.provider_values import AWS, table

pytestmark = pytest.mark.slow

MADE = json.loads((ROOT / "generator/aws/values.json").read_text("utf-8"))
TYPES = [
    *("aws_ecs_service", "aws_ecs_task_definition", "aws_iam_role", "aws_lb_listener", "aws_security_group"),
    *("aws_sfn_state_machine", "aws_sqs_queue", "terraform_data"),
]


def mirror() -> Path | None:
    """Return the folder with the very provider that the table is from, and no newer one, if there is any."""
    folders = [Path(folder) for folder in os.environ.get("TFGEN_PROVIDER_MIRRORS", "").split(os.pathsep) if folder]
    versions = {folder: [version.name for version in (folder / AWS).glob("*.*.*")] for folder in folders}
    return next((folder for folder, found in versions.items() if found == [provider_version()]), None)


@pytest.mark.skipif(shutil.which("terraform") is None, reason="there is no `terraform` on the path")
@pytest.mark.skipif(
    mirror() is None,
    reason=f"TFGEN_PROVIDER_MIRRORS names no folder with AWS provider {provider_version()} alone",
)
def test_the_table_is_what_the_provider_tells_and_plans() -> None:
    folder = mirror()
    assert folder is not None
    anew = table(folder, TYPES)
    assert anew["provider"] == MADE["provider"]
    assert anew["resource"].keys() >= set(TYPES)
    assert anew["resource"] == {type_: MADE["resource"][type_] for type_ in anew["resource"]}
