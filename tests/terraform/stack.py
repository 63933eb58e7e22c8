"""A root module that calls a generated one, and the real Terraform with a real AWS provider to run it.

Where the provider is older than what is generated, the difference is named and made up for here, so that no assertion
has to be.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.files.companion import code_of
from generator.hcl.nodes import nodes_in
from generator.hcl.values import Expression
from tests.terraform.account import REGION, Account
from tests.terraform.provider import Serving, Version

Files = Mapping[str, str]
"""A module's files: name to text. A name may begin with the folder of a module within it."""

Plan = dict[str, Any]
"""A plan as `terraform show -json` tells it."""

ADDRESS = "module.generated"
"""What the root module calls the generated one, and every plan that is returned too."""

_OUTPUT_SINCE: Version = (6, 0, 0)
_SERVICE_ARN = re.compile(r'output "(?P<name>[\w-]+)" \{\n  value = (?P<service>aws_ecs_service\.[\w-]+)\.arn\n\}')
_NO_ARN = "# aws_ecs_service exports `arn` since version 6.0.0 of the provider. Before, its `id` is the ARN.\n"

_BLOCKS_SINCE: dict[str, Version] = {"ephemeral_storage": (3, 45, 0), "runtime_platform": (3, 69, 0)}
"""Nested blocks of `aws_ecs_task_definition`, which an older provider does not know."""

_ENDPOINT_URL_SINCE: Version = (5,)
_SERVICES = (
    *("ecs", "ecr", "iam", "sts", "elb", "ec2", "cloudwatchlogs", "secretsmanager", "sqs", "s3"),
    *("ssm", "cloudwatch", "applicationautoscaling"),
)
"""Endpoints as an old provider's block names them. A newer one takes the URL for all from AWS_ENDPOINT_URL; a block of
endpoints would cost it seconds in each run."""

_BUCKETS_AS_PATHS = "s3_force_path_style = true"
"""An old provider would look for a bucket at a host that is named after it."""

_DEFAULTS: dict[str, object] = {
    "string": "arn:aws:test:::text",
    "list(string)": ["arn:aws:test:::text"],
    "number": 1,
    "bool": True,
}
"""The value of a variable of a type where nobody says another."""


def texts(folder: Path) -> dict[str, str]:
    """Return a folder's files."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@dataclass(frozen=True)
class Stack:
    """A folder for Terraform with a provider, an account, and what an account has no value for.

    `default_tags` are those of the provider.
    """

    folder: Path
    provider: Serving
    account: Account
    values: Mapping[str, object]
    default_tags: Mapping[str, str] = field(default_factory=dict)

    def plan(self, module: Files) -> Plan:
        """Plan the module over what is applied. The plan's file is left for `apply`."""
        self._write({"generated": module})
        return self._planned()

    def apply(self) -> dict[str, Any]:
        """Apply the last plan and return the module's outputs."""
        self.terraform("apply", "plan.tfplan")
        outputs: dict[str, Any] = self._state["outputs"]["generated"]["value"]
        return outputs

    def plans(self, changes: Mapping[str, Files]) -> dict[str, Plan]:
        """Plan each of several changes of the module over what is applied, as if it were the only one.

        One run of Terraform plans them all, each over a copy of the state, since a run costs more than a plan. The
        resources are not read anew: the last apply left them as they are.
        """
        beside = replace(self, folder=self.folder / "changes")
        calls = {f"change-{number}": module for number, module in enumerate(changes.values())}
        beside._write(calls)
        beside._state_file.write_text(json.dumps(_copied(self._state, calls)), "utf-8")
        plan = beside._planned("-refresh=false")
        return {name: _of_one(plan, call) for name, call in zip(changes, calls, strict=True)}

    def schema(self) -> dict[str, Any]:
        """Return what the provider tells of itself, as `terraform providers schema -json` does."""
        self._write({})
        self.terraform("init")
        (schema,) = json.loads(self.terraform("providers", "schema", "-json"))["provider_schemas"].values()
        found: dict[str, Any] = schema
        return found

    def terraform(self, command: str, *arguments: str) -> str:
        """Run one command of Terraform and return what it prints; fail with its own words."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
        environment |= {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
        environment |= {"TF_REATTACH_PROVIDERS": self.provider.reattach}
        colour = () if command in ("show", "providers") else ("-no-color",)
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

    @property
    def _state_file(self) -> Path:
        return self.folder / "terraform.tfstate"

    @property
    def _state(self) -> dict[str, Any]:
        """The state after the last apply."""
        if not self._state_file.exists():
            return {"version": 4, "outputs": {}, "resources": []}
        state: dict[str, Any] = json.loads(self._state_file.read_text("utf-8"))
        return state

    def _planned(self, *options: str) -> Plan:
        self.terraform("init")
        self.terraform("plan", "-out=plan.tfplan", *options)
        plan: Plan = json.loads(self.terraform("show", "-json", "plan.tfplan"))
        return plan

    def _write(self, calls: Mapping[str, Files]) -> None:
        """Write the modules, each into the folder that its call is named after, and the root module."""
        self.folder.mkdir(exist_ok=True)
        root = [self.provider_block]
        for call, module in calls.items():
            folder = self.folder / call
            shutil.rmtree(folder, ignore_errors=True)
            for name, text in self._taken_by_the_provider(module).items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, "utf-8")
            arguments = "".join(f"  {name} = {json.dumps(value)}\n" for name, value in self._values_for(module).items())
            root.append(f'module "{call}" {{\n  source = "./{call}"\n{arguments}}}\n')
            root.append(f'output "{call}" {{\n  value = module.{call}\n}}\n')
        (self.folder / "main.tf").write_text("\n".join(root), "utf-8")

    @property
    def provider_block(self) -> str:
        is_old = self.provider.version < _ENDPOINT_URL_SINCE
        services, paths = (_SERVICES, _BUCKETS_AS_PATHS) if is_old else ((), "")
        endpoints = "\n".join(f'    {service} = "{self.account.url}"' for service in services)
        tags = f"default_tags {{\n    tags = {json.dumps(self.default_tags)}\n  }}" if self.default_tags else ""
        return _PROVIDER.format(
            region=REGION, endpoints=endpoints, paths=paths, tags=tags, **self.account.credentials._asdict()
        )

    def _values_for(self, module: Files) -> dict[str, object]:
        known = {**self.account.values, **self.values}
        return {
            name: known.get(name, _DEFAULTS.get(type_))
            for name, type_, has_default in _variables(module)
            if name in known or not has_default
        }

    def _taken_by_the_provider(self, module: Files) -> dict[str, str]:
        """Return a module as it is but for what the provider is too old for."""
        files = dict(module)
        if self.provider.version < _OUTPUT_SINCE:
            found = _SERVICE_ARN.finditer(files.get("outputs.tf", ""))
            overrides = [f'output "{m["name"]}" {{\n  value = {m["service"]}.id\n}}\n' for m in found]
            files["provider_override.tf"] = _NO_ARN + "\n".join(overrides)
        unknown = [block for block, version in _BLOCKS_SINCE.items() if self.provider.version < version]
        return {name: _without(unknown, text) for name, text in files.items()}


def _without(blocks: list[str], text: str) -> str:
    for block in blocks:
        text = re.sub(rf"^  {block} \{{\n(    .*\n)*  \}}\n", "", text, flags=re.MULTILINE)
    return text


def _variables(module: Files) -> Iterator[tuple[str, str, bool]]:
    """Yield name and type of each variable that a module declares, and whether it has a default."""
    for name in (name for name in module if "/" not in name):
        for node in nodes_in(code_of(name, module[name].encode())):
            type_ = node.arguments.get("type")
            if node.type == "variable" and isinstance(type_, Expression):
                yield node.address.rpartition(".")[2], type_.text.replace(" ", ""), "default" in node.arguments


def _copied(state: dict[str, Any], calls: Mapping[str, Files]) -> dict[str, Any]:
    """Return a state in which each call of a module has all that the generated one has."""
    resources = json.dumps(state["resources"])
    copies = [json.loads(resources.replace(ADDRESS, f"module.{call}")) for call in calls]
    outputs = {call: state["outputs"]["generated"] for call in calls if state["outputs"]}
    return state | {"outputs": outputs, "resources": [resource for copy in copies for resource in copy]}


def _of_one(plan: Plan, call: str) -> Plan:
    """Return the part of a plan that is about one call of a module, under the name of the generated one."""
    root = plan["configuration"]["root_module"]
    part = plan | {
        "resource_changes": [one for one in plan["resource_changes"] if one["address"].startswith(f"module.{call}.")],
        "output_changes": {call: plan["output_changes"][call]},
        "planned_values": {"root_module": _child(plan["planned_values"], call)},
        "prior_state": {"values": {"root_module": _child(plan["prior_state"]["values"], call)}},
        "configuration": plan["configuration"]
        | {
            "root_module": {
                "module_calls": {call: root["module_calls"][call]},
                "outputs": {call: root["outputs"][call]},
            }
        },
    }
    text = json.dumps(part)
    for behind in ('"', ".", "["):
        text = text.replace(f"module.{call}{behind}", f"{ADDRESS}{behind}")
    named: Plan = json.loads(text.replace(f'"{call}"', '"generated"'))
    return named


def _child(values: Mapping[str, Any], call: str) -> dict[str, Any]:
    children = values["root_module"].get("child_modules", [])
    return {"child_modules": [child for child in children if child["address"] == f"module.{call}"]}


_PROVIDER = """\
provider "aws" {{
  region                      = "{region}"
  access_key                  = "{access_key}"
  secret_key                  = "{secret_key}"
  max_retries                 = 3
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {{
{endpoints}
  }}

  {paths}
  {tags}
}}
"""
