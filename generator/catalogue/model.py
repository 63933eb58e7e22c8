"""The catalogue as a whole: what the services of one module share, and the services."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from generator.aws import limits
from generator.catalogue.blocks import Block
from generator.catalogue.kinds import all_kinds
from generator.catalogue.names import ModuleNames
from generator.catalogue.permissions import whole_secret
from generator.catalogue.service import TAG_KEY, Service, Settings
from generator.errors import Rejection, likely, listed, nearest
from generator.hcl.tokens import IDENTIFIER
from generator.settings.breach import Breach, Breached
from generator.settings.parts import MappingOf, Part, PartOf, TextList, known_settings, mapping_in, setting
from generator.settings.values import (
    AnyText,
    Embedded,
    Identifier,
    Key,
    OneOf,
    Schema,
    ValueType,
    Word,
    shown,
)

_SHARED_OUTPUTS = {
    "ecs_cluster_arn": "aws_ecs_cluster.this.arn",
    "task_execution_role_arn": "aws_iam_role.task_execution.arn",
}


class _FolderBelow(Word):
    """A folder that is not above the catalogue's own."""

    def __init__(self) -> None:
        super().__init__(r"[^\x00-\x1f]+", "write a folder's path relative to the catalogue")

    def read(self, value: object) -> str:
        path = super().read(value)
        parts = PurePosixPath(path).parts
        if path.startswith(("/", "~")) or ".." in parts or "\\" in path:
            raise Rejection(
                f"`{path}` leaves the catalogue's folder", "write a path below it, with `/` between its parts"
            )
        return path


class Module(Part):
    """Where the module is, and what the root module calls it."""

    path: str = setting(_FolderBelow(), "Folder of the module, relative to the catalogue's own.")
    address: str = setting(
        Word(
            rf"root|module\.{IDENTIFIER}(\.module\.{IDENTIFIER})*",
            "write `module.` and the name of the call, or `root` where no other module calls it",
        ),
        "Address of the module, for printed commands and plans: `root` where it is the root module itself.",
    )


class Image(Part):
    """A container image that the module keeps a repository for."""

    repository: str = setting(
        Word(limits.ECR_REPOSITORY_PATTERN, "use lower-case letters and digits with single . _ - or / between them"),
        "Name of the ECR repository.",
    )
    tag: str = setting(Embedded(), "Tag of the image that the services run.")


class Network(Part):
    """Where the tasks run, unless a service says otherwise."""

    subnets: tuple[str, ...] | str = setting(TextList(), "Subnets of the tasks.")
    security_groups: tuple[str, ...] | str = setting(TextList(), "Security groups of the tasks.")


class _Defaults(PartOf[Settings]):
    """What lies under every service."""

    def __init__(self) -> None:
        super().__init__(Settings)

    def unknown(self, key: str) -> Breach:
        if any(key in known_settings(model) for model in all_kinds().values()):
            return Breach((key,), "no default has this key", "move it to the services that need it", at_key=True)
        return super().unknown(key)


class _ServiceOf(PartOf[Service]):
    """A service of one kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(all_kinds()[kind])
        self._kind = kind

    def unknown(self, key: str) -> Breach:
        others = [name for name, model in all_kinds().items() if key in known_settings(model)]
        if not others:
            return super().unknown(key)
        remedy = f"remove it, or make the kind {listed(others)}"
        return Breach((key,), f"kind {self._kind} has no `{key}`", remedy, at_key=True)

    def schema(self) -> Schema:
        schema = super().schema()
        schema["properties"]["kind"] |= {"type": "string", "const": self._kind}
        return schema


class _AnyService(ValueType[Service]):
    """A service of the kind that it names."""

    def __init__(self) -> None:
        self._kinds = {kind: _ServiceOf(kind) for kind in all_kinds()}

    def read(self, value: object) -> Service:
        entries = mapping_in(value)
        if "kind" not in entries:
            raise Breached([self._without_kind(entries)])
        kind = entries["kind"]
        if not isinstance(kind, str) or kind not in self._kinds:
            remedy = likely(kind if isinstance(kind, str) else "", self._kinds)
            raise Breached([Breach(("kind",), f"{shown(kind)} is no kind of service", remedy)])
        return self._kinds[kind].read(value)

    def _without_kind(self, entries: dict[str, object]) -> Breach:
        near = nearest("kind", entries)
        if near:
            return Breach((near,), "unknown key", "did you mean `kind`?", at_key=True)
        return Breach(("kind",), "it is missing", f"add `kind:` with {listed(list(self._kinds))}")

    def schema(self) -> Schema:
        return {"oneOf": [of_kind.schema() for of_kind in self._kinds.values()]}


class Catalogue(Part):
    """The services of one Terraform module, and what they share."""

    version: int = setting(OneOf((1,), "a version of the format that this tfgen reads"), "Version of this format.")
    project: str = setting(Key(), "Prefix of every name in AWS.")
    module: Module = setting(PartOf(Module), "The Terraform module that the services make up.")
    tags: dict[str, str] = setting(MappingOf(TAG_KEY, AnyText()), "Tags of every resource.", {})
    images: dict[str, Image] = setting(
        MappingOf(Identifier(), PartOf(Image)), "Container images by Terraform name.", {}
    )
    network: Network = setting(PartOf(Network), "Subnets and security groups of the tasks.")
    defaults: Settings = setting(
        _Defaults(), "Merged under every service: mappings merge, the rest replaces.", Settings()
    )
    services: dict[str, Service] = setting(
        MappingOf(Key(), _AnyService(), at_least=1), "The services, in the order of the module."
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        for key, service in self.services.items():
            service.name_within(self.project, key)

    @property
    def names(self) -> ModuleNames:
        return ModuleNames(self.project)

    @property
    def secret_arns(self) -> list[str]:
        """ARNs of all secrets that the services use, as catalogue text, each once."""
        arns = (arn for service in self.services.values() for arn in service.secret_arns.values())
        return list(dict.fromkeys(map(whole_secret, arns)))

    @property
    def has_shared_role(self) -> bool:
        return any(not service.has_own_role for service in self.services.values())

    @property
    def needs_account(self) -> bool:
        """A queue's ARN is built from its name, the region and the account."""
        return any(service.queue for service in self.services.values())

    @property
    def shared_outputs(self) -> dict[str, str]:
        """Output name to its value, as catalogue text, for what the services share."""
        repositories = {f"ecr_{image}_url": f"aws_ecr_repository.{image}.repository_url" for image in self.images}
        role = {"task_role_arn": "aws_iam_role.task.arn"} if self.has_shared_role else {}
        outputs = repositories | _SHARED_OUTPUTS | role
        return {name: "${" + attribute + "}" for name, attribute in outputs.items()}

    def image_chosen_by(self, service: Service) -> str:
        """Return what a service says of its image, or the key of the only one in `images`."""
        return service.image or next(iter(self.images))

    def image_of(self, service: Service) -> str:
        """Return a service's container image, as catalogue text."""
        chosen = self.image_chosen_by(service)
        return f"${{local.{chosen}_image}}" if chosen in self.images else chosen

    @cached_property
    def main_blocks(self) -> tuple[Block, ...]:
        """Every block of `main.tf`."""
        return tuple(self._main_blocks())

    @cached_property
    def output_blocks(self) -> tuple[Block, ...]:
        """Every block of `outputs.tf`."""
        return tuple(self._output_blocks())

    def _main_blocks(self) -> Iterator[Block]:
        yield Block("terraform", ())
        yield Block("locals", ("tags",))
        yield Block("data.aws_region.current", ())
        yield from self._image_blocks()
        yield from self._shared_blocks()
        if self.needs_account:
            yield Block("data.aws_caller_identity.current", ())
        for service in self.services.values():
            yield from service.blocks()

    def _output_blocks(self) -> Iterator[Block]:
        for output in self.shared_outputs:
            yield Block(f"output.{output}", ())
        for service in self.services.values():
            yield from service.output_blocks()

    def _image_blocks(self) -> Iterator[Block]:
        for key, image in self.images.items():
            yield Block(f"aws_ecr_repository.{key}", ("images", key), image.repository)

    def _shared_blocks(self) -> Iterator[Block]:
        names = self.names
        yield Block("aws_ecs_cluster.this", ("project",), names.cluster)
        yield Block("data.aws_iam_policy_document.ecs_assume", ())
        yield Block("aws_iam_role.task_execution", ("project",), names.execution_role)
        if self.secret_arns:
            yield Block("aws_iam_policy.task_execution_secrets", ("project",), names.secrets_policy)
            yield Block("aws_iam_role_policy_attachment.task_execution_secrets", ())
        if self.has_shared_role:
            yield Block("aws_iam_role.task", ("project",), names.task_role)
        yield Block("aws_iam_role_policy_attachment.exec_managed", ())
        yield Block("data.aws_iam_policy_document.exec_inline", ())
        yield Block("aws_iam_role_policy.exec_extra", ("project",), names.execution_policy)
