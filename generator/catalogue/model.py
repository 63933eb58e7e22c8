"""The catalogue as a whole: what the services of one module share, and the services."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Self

from generator.catalogue.adjustments import Adjustment, adjustments_of
from generator.catalogue.blocks import Block
from generator.catalogue.chosen_names import NamesOfAService, NamesOfKind
from generator.catalogue.execution_reads import ExecutionReads, ServiceReads, reads_of
from generator.catalogue.kinds import all_kinds, resources_of_all_kinds
from generator.catalogue.names import NAMES
from generator.catalogue.preset import BARE
from generator.catalogue.provider_types import SHARED_TYPES, Adjustments
from generator.catalogue.roles import PULLS_AND_LOGS, arn_of_policy
from generator.catalogue.service import Service
from generator.catalogue.shared import Image, Shared
from generator.catalogue.use import Use
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.catalogue.uses.image import ImageUse
from generator.catalogue.uses.launch import LaunchUse
from generator.catalogue.uses.policies import Attachment, attached_to_shared_role
from generator.catalogue.uses.role import RoleUse
from generator.catalogue.uses.terraform import TerraformUse
from generator.errors import likely, listed, nearest
from generator.hcl.module_declarations import ModuleDeclarations
from generator.settings.breach import Breach, Breached
from generator.settings.objects import Entries
from generator.settings.parts import (
    MappingOf,
    Part,
    PartOf,
    Setting,
    given_settings,
    in_bare,
    known_settings,
    mapping_in,
    meant,
    setting,
    value_of,
)
from generator.settings.values import Key, Schema, ValueType, shown


def _settings_of_all_kinds() -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for kind in all_kinds().values():
        found |= {name: it for name, it in known_settings(kind).items() if name not in found or not it.is_own}
    terraform, names = known_settings(TerraformUse)["terraform"], known_settings(Service)[NAMES]
    of_all: dict[str, Setting] = {
        "terraform": terraform._replace(type=Adjustments(resources_of_all_kinds)),
        NAMES: names._replace(type=NamesOfKind(known_settings(NamesOfAService))),
    }
    return found | of_all


@functools.cache
def defaults_of_all_kinds() -> type[Part]:
    """Return the part that lies under every service: the settings of all kinds except the own ones."""
    found = {name: it for name, it in _settings_of_all_kinds().items() if not it.is_own}
    described = {"__doc__": "What a service sets for itself or takes over from `defaults`.", "__module__": __name__}
    return type("Defaults", (Part,), described | {"elsewhere": Service.elsewhere} | found)


class _Defaults(ValueType[Part]):
    """What lies under every service."""

    def read(self, value: object) -> Part:
        return _DefaultsOf(defaults_of_all_kinds()).read(value)

    def set_in(self, value: Any) -> Any:
        return PartOf(defaults_of_all_kinds()).set_in(value)

    def schema(self) -> Schema:
        return PartOf(defaults_of_all_kinds()).schema()


class _DefaultsOf(PartOf[Part]):
    def unknown(self, key: str) -> Breach:
        setting = _setting_of_any_kind(self.model, key)
        if setting is None or setting in known_settings(self.model):
            return super().unknown(key)
        remedy = "move it to the services that need it" + ("" if setting == key else f", as `{setting}`")
        return Breach((key,), "this key is not allowed in `defaults`", remedy, at_key=True)


def _setting_of_any_kind(part: type[Part], key: str) -> str | None:
    """Return the setting that a key which the part lacks is, or stands for, where some kind has it."""
    known = known_settings(any_kind())
    found = key if key in known else meant(part, key)
    return found if isinstance(found, str) and found in known else None


class _ServiceOf(PartOf[Service]):
    """A service of one kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(all_kinds()[kind])
        self._kind = kind

    def unknown(self, key: str) -> Breach:
        setting = _setting_of_any_kind(self.model, key)
        if setting is None or setting in known_settings(self.model):
            return super().unknown(key)
        others = [name for name, model in all_kinds().items() if setting in known_settings(model)]
        remedy = f"remove it, or change the kind to {listed(others)}"
        return Breach((key,), f"kind {self._kind} has no `{setting}`", remedy, at_key=True)

    def schema(self) -> Schema:
        schema = super().schema()
        schema["properties"]["kind"] |= {"type": "string", "const": self._kind}
        return schema


@functools.cache
def any_kind() -> type[Part]:
    """Return a part that may set what any kind may, and has to set nothing."""
    found = {name: it._replace(default=None) for name, it in _settings_of_all_kinds().items()}
    return type("AnyKind", (Part,), {"__module__": __name__, "elsewhere": Service.elsewhere, **found})


def _breaches_of_any_kind(entries: dict[str, object]) -> tuple[Breach, ...]:
    """Return what is wrong with the entries of a service, whatever its kind is."""
    try:
        PartOf(any_kind()).read(entries)
    except Breached as breached:
        return breached.breaches
    return ()


class _AnyService(ValueType[Service]):
    """A service of the kind that it names."""

    def read(self, value: object) -> Service:
        entries = mapping_in(value)
        kind, kinds = entries.get("kind"), all_kinds()
        if isinstance(kind, str) and kind in kinds:
            return _ServiceOf(kind).read(value)
        if "kind" in entries:
            remedy = likely(kind.lower() if isinstance(kind, str) else "", kinds)
            wrong = Breach(("kind",), f"{shown(kind)} is not a kind of service", remedy)
        else:
            wrong = self._without_kind(entries)
        others = {name: entry for name, entry in entries.items() if name not in ("kind", wrong.key[0])}
        raise Breached([wrong, *_breaches_of_any_kind(others)])

    def _without_kind(self, entries: dict[str, object]) -> Breach:
        near = next((key for key in entries if meant(Service, key) == "kind"), None) or nearest("kind", entries)
        if near:
            return Breach((near,), "unknown key", "did you mean `kind`?", at_key=True)
        return Breach(("kind",), "it is missing", f"add `kind:` with {listed(list(all_kinds()))}")

    def schema(self) -> Schema:
        return {"oneOf": [_ServiceOf(kind).schema() for kind in all_kinds()]}


class Catalogue(Shared, ExecutionReads):
    """The services of one Terraform module, and what they share: what ECS reads with the shared execution role, too."""

    terraform: dict[str, Entries] = setting(
        Adjustments(lambda: {*SHARED_TYPES, *resources_of_all_kinds()}),
        "What all of tfgen's resources hold beside, by their types: arguments and blocks as Terraform names them. It "
        "lies under `defaults`.",
        default={},
    )
    defaults: Part = setting(
        _Defaults(), "Merged under every service: mappings merge, the rest replaces.", default=Part()
    )
    services: dict[str, Service] = setting(
        MappingOf(Key(), _AnyService(), at_least=1), "The services, in the order of the module."
    )

    def __init__(self, **values: Any) -> None:
        if values.get("preset") == BARE and "_is_bare" not in values:
            values = {key: in_bare(value) for key, value in values.items()} | {"_is_bare": True}
        names = Shared.partly(**values).names
        called = {key: service.called(names, key) for key, service in values["services"].items()}
        services = {key: service.among(called) for key, service in called.items()}
        super().__init__(**{**values, "services": services})

    def beside(self, declared: ModuleDeclarations) -> Self:
        """Return the catalogue of a module whose hand-written files declare something."""
        given = {key: value_of(self, key) for key in given_settings(self)}
        return self if declared == self.declared else type(self)(**{**given, "_declared": declared})

    @cached_property
    def rendered_services(self) -> list[Service]:
        """The services that have blocks: all but those under `when: false`."""
        return [service for service in self.services.values() if service.is_rendered]

    @cached_property
    def containers(self) -> list[Use]:
        """The containers of all services."""
        return [container for service in self.rendered_services for container in service.all_containers]

    def starting(self) -> Iterator[Service]:
        """Yield the services that ECS starts with the shared execution role."""
        return (
            one for one in self.rendered_services if isinstance(one, ExecutionRoleUse) and one.has_shared_execution_role
        )

    @cached_property
    def own_reads(self) -> dict[str, ServiceReads]:
        """What ECS reads for each service that has an execution role of its own, by the service's key."""
        return {one.names.key: reads_of(one) for one in self.rendered_services if _has_own_execution_role(one)}

    @property
    def has_shared_execution_role(self) -> bool:
        return any(True for _ in self.starting())

    @property
    def has_shared_role(self) -> bool:
        return any(isinstance(service, RoleUse) and service.has_shared_role for service in self.rendered_services)

    @cached_property
    def attached_to_shared_role(self) -> dict[str, Attachment]:
        """What attaches managed policies to the shared task role, by Terraform name."""
        return attached_to_shared_role(self.rendered_services)

    @property
    def makes_roles_of_tasks(self) -> bool:
        """Whether the module makes a task role or an execution role, which ECS may assume."""
        makes_own = any(isinstance(one, RoleUse) and one.has_own_role for one in self.rendered_services)
        return self.has_shared_role or self.has_shared_execution_role or makes_own or bool(self.own_reads)

    @cached_property
    def capacity_providers(self) -> list[str]:
        """The capacity providers that services name, as catalogue text, each once."""
        launched = (service for service in self.rendered_services if isinstance(service, LaunchUse))
        return list(dict.fromkeys(name for service in launched for name in service.named_providers))

    @property
    def reads_region(self) -> bool:
        """Whether it reads the region: with the preset `bare`, only where something needs it."""
        is_needed = not self.is_bare or self.needs_account
        is_needed = is_needed or any(service.log_group_in_use for service in self.rendered_services)
        return is_needed and not self.declared.has("data.aws_region.current")

    @property
    def reads_account(self) -> bool:
        return self.needs_account and not self.declared.has("data.aws_caller_identity.current")

    @property
    def execution_policy_of_aws(self) -> str:
        """ARN of AWS's policy for execution roles, as catalogue text."""
        return arn_of_policy(f"service-role/{PULLS_AND_LOGS}", self.names.partition)

    @property
    def needs_account(self) -> bool:
        """An ARN that is built from a name holds the id of the account."""
        return any(service.asks_for_account() for service in self.rendered_services)

    @property
    def _made_repositories(self) -> dict[str, Image]:
        return {key: image for key, image in self.images.items() if image.makes_repository}

    @property
    def shared_outputs(self) -> dict[str, str]:
        """Output name to its value, as catalogue text, for what the services share."""
        if self.is_bare:
            return {}
        repositories = {
            f"ecr_{image}_url": f"aws_ecr_repository.{image}.repository_url" for image in self._made_repositories
        }
        outputs = repositories | ({"ecs_cluster_arn": "aws_ecs_cluster.this.arn"} if self.makes_cluster else {})
        if self.has_shared_execution_role:
            outputs["task_execution_role_arn"] = "aws_iam_role.task_execution.arn"
        if self.has_shared_role:
            outputs["task_role_arn"] = "aws_iam_role.task.arn"
        return {name: "${" + attribute + "}" for name, attribute in outputs.items()}

    def image_of(self, service: ImageUse) -> str:
        """Return a service's container image, as catalogue text."""
        return service.image_reference(self)

    @cached_property
    def main_blocks(self) -> tuple[Block, ...]:
        """Every block of the main file."""
        return tuple(self._main_blocks())

    def adjustments(self) -> Iterator[Adjustment]:
        """Yield what the catalogue says of blocks of the main file in Terraform's own names, or in those of ECS."""
        yield from adjustments_of(self._blocks_of_module(), self.terraform, ("terraform",))
        for service in self.rendered_services:
            yield from service.all_adjustments()

    @cached_property
    def output_blocks(self) -> tuple[Block, ...]:
        """Every block of the file of outputs."""
        return tuple(self._output_blocks()) if self.has_outputs else ()

    def _main_blocks(self) -> Iterator[Block]:
        yield from self._blocks_of_module()
        for service in self.rendered_services:
            yield from service.blocks()

    def _blocks_of_module(self) -> Iterator[Block]:
        """Yield the blocks of the main file that are no service's alone."""
        if self.requires_versions:
            yield Block("terraform", ("requires",) if self.requires.is_said else ())
        if self.has_locals:
            yield Block("locals", ("tags",))
        if self.reads_region:
            yield Block("data.aws_region.current", ())
        if self.reads_partition:
            yield Block("data.aws_partition.current", ("partition",))
        yield from self._image_blocks()
        yield from self._shared_blocks()
        if self.reads_account:
            yield Block("data.aws_caller_identity.current", ())

    def blocks_of(self, service: Service) -> list[Block]:
        """Return all blocks that are a service's alone, its outputs last."""
        return [*service.blocks(), *(service.output_blocks() if self.has_outputs else ())]

    def _output_blocks(self) -> Iterator[Block]:
        for output in self.shared_outputs:
            yield Block(f"output.{output}", ())
        for service in self.rendered_services:
            yield from service.output_blocks()

    def _image_blocks(self) -> Iterator[Block]:
        for key, image in self._made_repositories.items():
            yield Block(f"aws_ecr_repository.{key}", ("images", key), image.repository)

    def _shared_blocks(self) -> Iterator[Block]:
        names = self.names
        if self.makes_cluster:
            yield Block("aws_ecs_cluster.this", ("cluster",) if self.cluster else ("project",), names.cluster)
            if self.capacity_providers:
                yield Block("aws_ecs_cluster_capacity_providers.this", ())
        if self.makes_roles_of_tasks:
            yield Block("data.aws_iam_policy_document.ecs_assume", ())
        if self.has_shared_execution_role:
            yield from self._blocks_of_execution_role()
        if self.has_shared_role:
            yield Block("aws_iam_role.task", ("project",), names.task_role, names.named_at("shared_role"))
            for name in self.attached_to_shared_role:
                yield Block(f"aws_iam_role_policy_attachment.{name}", ())

    def _blocks_of_execution_role(self) -> Iterator[Block]:
        names, project = self.names, ("project",)
        role = Block(
            "aws_iam_role.task_execution", project, names.execution_role, names.named_at("shared_execution_role")
        )
        yield role
        if self.secret_arns or self.parameter_arns:
            named_at = names.named_at("shared_secrets_policy")
            yield Block("aws_iam_policy.task_execution_secrets", project, names.secrets_policy, named_at)
            yield Block("aws_iam_role_policy_attachment.task_execution_secrets", ())
        yield Block("aws_iam_role_policy_attachment.exec_managed", ())
        yield Block("data.aws_iam_policy_document.exec_inline", ())
        named_at = names.named_at("shared_execution_policy")
        yield Block("aws_iam_role_policy.exec_extra", project, names.execution_policy, named_at, within=role.address)


class CatalogueType(PartOf[Catalogue]):
    """A catalogue. What a key may be left out for depends on its preset."""

    def __init__(self) -> None:
        super().__init__(Catalogue)

    def _lacking(self, entries: Mapping[str, object]) -> list[str]:
        known, lacking = known_settings(Catalogue), super()._lacking(entries)
        return [name for name in lacking if entries.get("preset") != BARE or known[name].is_required_in_bare]

    def schema(self) -> Schema:
        schema = super().schema()
        in_bare = [name for name in schema["required"] if known_settings(Catalogue)[name].is_required_in_bare]
        is_bare = {"properties": {"preset": {"const": BARE}}, "required": ["preset"]}
        return schema | {"required": in_bare, "if": is_bare, "else": {"required": schema["required"]}}


def _has_own_execution_role(service: Service) -> bool:
    return isinstance(service, ExecutionRoleUse) and service.has_own_execution_role
