"""All Terraform and AWS names: those of the convention are made from a project and a service's key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.aws.attributes import AS_EVER, ReadAttributes
from generator.catalogue.named import NameInAws
from generator.source.source import Key

NAMES = "names"
"""The key under which a catalogue chooses names."""

_REGION, _ACCOUNT = "data.aws_region.current", "${data.aws_caller_identity.current.account_id}"


def terraform_name(key: str) -> str:
    """Return a key as a Terraform name: `_` for `-`."""
    return key.replace("-", "_")


def aws_name(key: str) -> str:
    """Return a key as part of an AWS name: `-` for `_`."""
    return key.replace("_", "-")


class _WithRegion:
    """What is read of the region. `attributes` are those that the provider has for what is read of blocks."""

    attributes: ReadAttributes

    @property
    def region(self) -> str:
        """The expression that is the name of the region."""
        return f"{_REGION}.{self.attributes.region}"

    @property
    def in_account(self) -> str:
        """Region and account in the ARN of what is in the module's own, as catalogue text."""
        return f"${{{self.region}}}:{_ACCOUNT}"


@dataclass(frozen=True)
class ModuleNames(_WithRegion):
    """AWS names of what the services of a module share. `partition` is catalogue text, as it stands in an ARN.

    `chosen_cluster` is the name that the catalogue gives to the cluster, if any. `chosen` are names in place of those
    of the convention, as catalogue text, by their keys under `names`.
    """

    project: str
    partition: str
    chosen_cluster: str | None = None
    attributes: ReadAttributes = AS_EVER
    chosen: Mapping[str, str] = field(default_factory=dict)
    makes_cluster: bool = True
    has_common_tags: bool = True

    def named_at(self, key: str) -> Key:
        """Return the entry that chooses a name, by its key under `names`; none where the convention gives it."""
        return (NAMES, key) if key in self.chosen else ()

    @property
    def cluster(self) -> str:
        return self.chosen_cluster or f"{self.project}-cluster"

    @property
    def execution_role(self) -> str:
        return self.chosen.get("shared_execution_role", f"{self.project}-ecs-task-exec")

    @property
    def execution_policy(self) -> str:
        return self.chosen.get("shared_execution_policy", f"{self.project}-ecs-exec-extras")

    @property
    def secrets_policy(self) -> str:
        return self.chosen.get("shared_secrets_policy", f"{self.project}-task-execution-secrets")

    @property
    def cluster_in_aws(self) -> NameInAws:
        return NameInAws("aws_ecs_cluster.this", self.cluster)

    @property
    def execution_role_in_aws(self) -> NameInAws:
        return NameInAws("aws_iam_role.task_execution", self.execution_role)

    @property
    def task_role(self) -> str:
        return self.chosen.get("shared_role", f"{self.project}-ecs-task")


@dataclass(frozen=True)
class ServiceNames(_WithRegion):
    """The names of one service. `key`, `log_group_key` and `policy_key` are as the catalogue writes them.

    `chosen` are names in place of those of the convention, as catalogue text, by their keys under `names`.
    `further_container` is the key of a further container, whose name it is. The `log_group_key` is empty where the
    module makes no log group for the service. `index` stands behind an address of its own where something is read of
    the block: `[0]` where `count` says whether the block is there. With
    `runs_in_own_cluster`, the module makes the cluster.
    """

    project: str
    partition: str
    key: str
    log_group_key: str
    policy_key: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    further_container: str = ""
    index: str = ""
    attributes: ReadAttributes = AS_EVER
    runs_in_own_cluster: bool = True
    has_common_tags: bool = True

    @property
    def queue_in_account(self) -> str:
        """The same in the ARN of a queue that the tasks consume: it once read another attribute of the region."""
        return f"${{{_REGION}.{self.attributes.region_of_queue}}}:{_ACCOUNT}"

    def named_at(self, key: str) -> Key:
        """Return the entry that chooses a name, by its key under `names`; none where the convention gives it."""
        return ("services", self.key, NAMES, key) if key in self.chosen else ()

    def attribute(self, address: str, name: str) -> str:
        """Return an attribute of one of its own blocks, as catalogue text, for a block that is there with it."""
        return f"${{{address}{self.index}.{name}}}"

    def attribute_or_null(self, address: str, name: str) -> str:
        """Return an attribute of one of its own blocks, as catalogue text: null where the block is not there."""
        return f"${{one({address}[*].{name})}}" if self.index else self.attribute(address, name)

    @property
    def terraform(self) -> str:
        return terraform_name(self.key)

    @property
    def has_log_group(self) -> bool:
        """Whether the module makes a log group for the service."""
        return bool(self.log_group_key)

    @property
    def terraform_log_group(self) -> str:
        return terraform_name(self.log_group_key)

    @property
    def terraform_policy(self) -> str:
        return f"task_{terraform_name(self.policy_key)}"

    @property
    def terraform_own_role(self) -> str:
        return f"task_{self.terraform}"

    @property
    def terraform_own_execution_role(self) -> str:
        return f"task_execution_{self.terraform}"

    @property
    def title(self) -> str:
        return " ".join(word.capitalize() for word in aws_name(self.key).split("-"))

    @property
    def container_key(self) -> str:
        """What the catalogue calls the container."""
        return self.further_container or aws_name(self.key)

    @property
    def container(self) -> str:
        """What its definition calls the container."""
        return self.further_container or self.called_in_definition(self.container_key)

    def called_in_definition(self, container_key: str) -> str:
        """Return what its definition calls a container of the service: the main one may have a chosen name."""
        is_main = container_key == aws_name(self.key)
        return self.chosen.get("container", container_key) if is_main else container_key

    @property
    def family(self) -> str:
        return self.chosen.get("family", self._by_convention)

    @property
    def service(self) -> str:
        return self.chosen.get("service", f"{self._by_convention}-service")

    @property
    def _by_convention(self) -> str:
        return f"{self.project}-{aws_name(self.key)}"

    @property
    def log_group(self) -> str:
        return self.chosen.get("log_group", f"/{self.project}/{aws_name(self.log_group_key)}")

    @property
    def target_group(self) -> str:
        return self.chosen.get("target_group", self._by_convention)

    @property
    def security_group(self) -> str:
        return self.chosen.get("security_group", self._by_convention)

    @property
    def policy(self) -> str:
        return self.chosen.get("policy", f"{self.project}-task-{aws_name(self.policy_key)}")

    @property
    def family_in_aws(self) -> NameInAws:
        return NameInAws(f"aws_ecs_task_definition.{self.terraform}", self.family)

    @property
    def service_in_aws(self) -> NameInAws:
        return NameInAws(f"aws_ecs_service.{self.terraform}", self.service)

    @property
    def log_group_in_aws(self) -> NameInAws:
        return NameInAws(f"aws_cloudwatch_log_group.{self.terraform_log_group}", self.log_group)

    @property
    def own_role(self) -> str:
        return self.chosen.get("role", f"{self.project}-ecs-task-{aws_name(self.key)}")

    @property
    def own_execution_role(self) -> str:
        return self.chosen.get("execution_role", f"{self.project}-ecs-task-exec-{aws_name(self.key)}")

    @property
    def own_execution_policy(self) -> str:
        return self.chosen.get("execution_policy", f"{self.project}-ecs-exec-extras-{aws_name(self.key)}")
