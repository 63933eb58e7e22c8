"""A module beside files as people write them, called in several ways, and edits of its catalogue.

All the ways are applied together; each is then taken for a root module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from generator.edition import Edition
from generator.hcl.addresses import ROOT
from tests.support.paths import DATA
from tests.support.rendering import dumped
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import Draft
from tests.terraform.roots import as_root
from tests.terraform.stack import Files, Plan, texts

SHAPES = DATA / "shapes"

DEFAULT_TAGS = {"product": "shop", "managed-by": "terraform"}

DIRECT, COUNTED, KEYED, FLAT = WAYS = ("direct", "counted", "keyed", "flat")
"""The ways in which the module is called: once, with `count`, with `for_each`; and where it is the root itself."""

_VARIABLES = """\
variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}
"""

_CALL = """\
module "{way}" {{
  source = "./{way}"

  stage          = "{stage}"
  {image_tag} = "2026-01"
  subnets        = var.subnets
  security_group = var.security_group
}}

output "{way}" {{
  value = module.{way}
}}
"""

_REPEATED = """\
variable "release" {{
  type = string
}}

variable "stage" {{
  type = string
}}

{variables}
module "compute" {{
  source = "./compute"

  {repeated}

  stage          = "${{var.stage}}-${{{key}}}"
  image_tag      = var.release
  subnets        = var.subnets
  security_group = var.security_group
}}

output "sizes" {{
  value = {sizes}
}}
"""

Catalogue = dict[str, Any]


class Edit(NamedTuple):
    """What an edit makes of the catalogue, and of the hand-written files beside the module that is called once."""

    change: Callable[[Catalogue], None]
    companions: Mapping[str, str] = {}
    ways: tuple[str, ...] = (DIRECT,)


@dataclass(frozen=True)
class World:
    """The module in all its ways, before or after an edit."""

    edit: Edit

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """What is rendered, by the way in which it is called."""
        return {way: self._draft(way).edition for way in self.edit.ways}

    @property
    def files(self) -> dict[str, str]:
        """The folder of the module that calls each way's root module."""
        found = {"variables.tf": _VARIABLES}
        for way in self.edit.ways:
            image_tag = "image_tag     " if way == FLAT else "release       "
            stage = "prod" if way == DIRECT else f"shop-{way}"
            found[f"{way}.tf"] = _CALL.format(way=way, stage=stage, image_tag=image_tag)
            found |= {f"{way}/{name}": text for name, text in self._root(way).items()}
        return found

    def _root(self, way: str) -> dict[str, str]:
        module = self._draft(way).files
        if way == FLAT:
            return module
        found = {f"compute/{name}": text for name, text in module.items()}
        if way == DIRECT:
            found |= {f"dashboard/{name}": text for name, text in texts(SHAPES / "dashboard").items()}
            return found | texts(SHAPES / "root")
        repeated, key, sizes = _REPETITIONS[way]
        return found | {"main.tf": _REPEATED.format(repeated=repeated, key=key, sizes=sizes, variables=_VARIABLES)}

    def _draft(self, way: str) -> Draft:
        catalogue = yaml.safe_load((SHAPES / "services.yaml").read_text("utf-8"))
        if way == FLAT:
            catalogue["module"]["address"] = ROOT
        self.edit.change(catalogue)
        return Draft(dumped(catalogue), self._companions(way))

    def _companions(self, way: str) -> Files:
        if way != DIRECT:
            return texts(SHAPES / "repeated")
        return {**texts(SHAPES / "compute"), **self.edit.companions}


_REPETITIONS = {
    COUNTED: ("count = 2", "count.index", "module.compute[0].sizes"),
    KEYED: ('for_each = toset(["eu", "us"])', "each.key", "{ for key, one in module.compute : key => one.sizes }"),
}


class Planned(NamedTuple):
    """An edition, and the plan of the root module that calls it."""

    edition: Edition
    plan: Plan


@dataclass(frozen=True)
class Shapes:
    """What was applied, by way; and each edit's outcome, by its name and way."""

    base: dict[str, Edition]
    edits: dict[tuple[str, str], Planned]


def live_through(new_stack: NewStack) -> Shapes:
    """Apply the module in all ways, and plan each edit of it."""
    stack = new_stack(default_tags=DEFAULT_TAGS)
    base = World(Edit(lambda catalogue: None, ways=WAYS))
    stack.plan(base.files)
    stack.apply()
    worlds = {name: World(edit) for name, edit in EDITS.items()}
    plans = stack.plans({name: world.files for name, world in worlds.items()})
    edits = {
        (name, way): Planned(edition, as_root(plans[name], way))
        for name, world in worlds.items()
        for way, edition in world.editions.items()
    }
    return Shapes(base.editions, edits)


def nothing(catalogue: Catalogue) -> None:
    """Leave the catalogue as it is."""


def more_tasks(catalogue: Catalogue) -> None:
    catalogue["services"]["api"]["desired_count"] = 3


def fewer_tasks(catalogue: Catalogue) -> None:
    catalogue["services"]["api"]["desired_count"] = 1


def another_env(catalogue: Catalogue) -> None:
    catalogue["tags"]["env"] = "stage"


def one_more_tag(catalogue: Catalogue) -> None:
    catalogue["tags"]["owner"] = "platform"


def one_tag_less(catalogue: Catalogue) -> None:
    del catalogue["tags"]["cost-center"]


def larger(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"] |= {"cpu": 512, "memory": 1024}


def another_command(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"]["command"] = ["python", "all.py"]


def another_configuration(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"]["environment"]["CONFIG"] = '${jsonencode({ queue = "other", stage = var.stage })}'


def another_queue(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"]["queue"] = "shop-other"


def more_access(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"]["buckets"][0]["access"] = ["read", "write", "delete", "list"]


def another_team(catalogue: Catalogue) -> None:
    catalogue["services"]["jobs"]["tags"] = {"team": "web"}


def another_service(catalogue: Catalogue) -> None:
    catalogue["services"]["mail"] = {"kind": "worker", "role": "own", "queue": "shop-mail", "outputs": {}}


def another_port(catalogue: Catalogue) -> None:
    catalogue["services"]["api"]["port"] = 9090


def longer_logs(catalogue: Catalogue) -> None:
    catalogue["defaults"]["log_retention_days"] = 60


def shared_role(catalogue: Catalogue) -> None:
    catalogue["services"]["api"]["role"] = "shared"


def another_log_level(catalogue: Catalogue) -> None:
    catalogue["defaults"]["environment"]["LOG_LEVEL"] = "debug"


def another_secret(catalogue: Catalogue) -> None:
    catalogue["services"]["api"]["secrets"] = {"CACHE_URL": "${aws_secretsmanager_secret.db_url.arn}:cache::"}


def renamed(catalogue: Catalogue) -> None:
    """The log group stays."""
    services = catalogue["services"]
    services["batch"] = services.pop("jobs") | {"log_group": "jobs"}


def _moved(*blocks: str) -> str:
    return "\n".join(f"moved {{\n  from = {block}.jobs\n  to   = {block}.batch\n}}\n" for block in blocks)


def _of_batch() -> dict[str, str]:
    """Return the hand-written files as they are where `jobs` is called `batch`."""
    files = {name: text.replace(".jobs", ".batch") for name, text in texts(SHAPES / "compute").items()}
    return files | {"moves.tf": _moved("aws_ecs_task_definition", "aws_ecs_service")}


EDITS = {
    "nothing": Edit(nothing, ways=WAYS),
    "more_tasks": Edit(more_tasks, ways=WAYS),
    "another_env": Edit(another_env, ways=WAYS),
    "another_service": Edit(another_service, ways=WAYS),
    "larger": Edit(larger, ways=WAYS),
    "renamed": Edit(renamed, _of_batch()),
    **{
        edit.__name__: Edit(edit)
        for edit in (
            *(fewer_tasks, one_more_tag, one_tag_less, another_command, another_configuration, another_queue),
            *(more_access, another_team, another_port, longer_logs, shared_role, another_log_level, another_secret),
        )
    },
}
