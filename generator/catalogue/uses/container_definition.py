"""What a service says of its container in the names of ECS, beside what the other settings say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.catalogue.adjustments import Adjustment, Layer
from generator.catalogue.arns import attribute_read
from generator.catalogue.container_types import TITLE, container_type
from generator.catalogue.named_arns import BUCKET, OBJECT, PARAMETER, SECRET, Named, check_named
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.port import PortUse
from generator.catalogue.written_arguments import contradictions
from generator.errors import Rejection
from generator.hcl.write.text import up_to, whole_expression
from generator.settings.breach import Breach
from generator.settings.objects import Entries
from generator.settings.parts import setting
from generator.settings.values import Schema, ValueType, shown
from generator.source.source import Key


class _Container(ValueType[Entries]):
    """What the API of ECS takes in a container definition."""

    def set_in(self, value: Any) -> Any:
        """Return all of it: a null says what to leave out of what tfgen would write."""
        return value

    def read(self, value: object) -> Entries:
        return container_type().read(value)

    def member(self, name: str) -> ValueType[Any]:
        """Return the type of a member."""
        return container_type().member(name)

    def schema(self) -> Schema:
        return container_type().schema()


def _it_contradicts_no_setting(service: ContainerDefinitionUse, shared: Shared) -> Iterator[Breach]:
    for breach in contradictions(service, TITLE, service.container_definition):
        if breach.key != (_PORT_MAPPINGS,):
            yield breach.below(TITLE)
        elif not _maps_its_port(service):
            remedy = "let one of its mappings have this port as its `containerPort`, or remove it"
            yield breach._replace(remedy=remedy).below(TITLE)


def _maps_its_port(service: ContainerDefinitionUse) -> bool:
    """Tell whether mappings of ports say more of the service's port, as a name, or of others beside it."""
    mappings = service.container_definition[_PORT_MAPPINGS]
    if not (isinstance(service, PortUse) and isinstance(mappings, tuple)) or vars(service).get("ports"):
        return False
    return any(one.get("containerPort") == service.port for one in mappings)


_LOG_DRIVER, _AWSLOGS, _AWSFIRELENS = ("logConfiguration", "logDriver"), "awslogs", "awsfirelens"
_PORT_MAPPINGS = "portMappings"
_ENVIRONMENT_FILES, _SECRET_OPTIONS = "environmentFiles", ("logConfiguration", "secretOptions")
_AN_ARN = re.compile(r"arn:|\$\{")


def _it_is_known_what_ecs_reads(service: ContainerDefinitionUse, shared: Shared) -> Iterator[Breach]:
    """Check that the execution role can be granted what ECS reads before the container starts."""
    said = service.container_definition
    lists = (((_ENVIRONMENT_FILES,), "value", (OBJECT, BUCKET)), (_SECRET_OPTIONS, "valueFrom", (SECRET, PARAMETER)))
    for way, name, things in lists:
        listed = _member(said, way)
        if isinstance(listed, str):
            what = "tfgen lets the execution role read what is listed, and an expression does not tell what that is"
            yield Breach((TITLE, *way), what, "write a list")
            continue
        for index, entries in enumerate(listed or ()):
            yield from _arns_only(entries[name], (TITLE, *way, index, name), things)
    credentials = (TITLE, "repositoryCredentials", "credentialsParameter")
    yield from _arns_only(service.registry_credentials, credentials, (SECRET,))
    for index, arn in enumerate(service.environment_files):
        if _AN_ARN.match(arn) and (bucket_of(arn) is None or attribute_read(arn) == ("aws_s3_bucket", "arn")):
            what = f"{shown(arn)} names no object of the bucket"
            yield Breach((TITLE, _ENVIRONMENT_FILES, index, "value"), what, "write the object's key behind a `/`")


def bucket_of(arn: str) -> str | None:
    """Return the ARN of the bucket of an object's ARN, both as catalogue text; none where it does not tell."""
    expression = whole_expression(arn)
    return f'${{split("/", {expression})[0]}}' if expression else up_to(arn, "/")


def _arns_only(text: str | None, key: Key, things: tuple[Named, ...]) -> Iterator[Breach]:
    if text and not _AN_ARN.match(text):
        yield Breach(key, f"{shown(text)} is not an ARN, which the execution role needs", "write the ARN")
    elif text:
        try:
            check_named(text, *things)
        except Rejection as reason:
            yield Breach(key, reason.what, reason.remedy)


def _member(said: Entries, way: Sequence[str]) -> Any:
    """Return what a way of names leads to; none where nothing is said."""
    found: Any = said or None
    for step in way if said else ():
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


class ContainerDefinitionUse(Use):
    """Members of the container definition that the catalogue has no key for."""

    position = 45
    nameable = ("container",)

    container_definition: Entries = setting(
        _Container(),
        "What the container's definition holds beside, as the API of ECS names it. `null` leaves out what tfgen would "
        "write.",
        default={},
    )

    rules = (
        Rule(
            "no-contradiction-in-container",
            frozenset({"container_definition"}),
            "docs/catalogue.md",
            _it_contradicts_no_setting,
        ),
        Rule(
            "what-ecs-reads",
            frozenset({"container_definition"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
            _it_is_known_what_ecs_reads,
        ),
    )

    @property
    def registry_credentials(self) -> str | None:
        """ARN of the secret that ECS pulls the image with, as catalogue text."""
        credentials: str | None = _member(self.container_definition, ("repositoryCredentials", "credentialsParameter"))
        return credentials

    @property
    def secrets_of_members(self) -> list[str]:
        """ARNs of the secrets and parameters that ECS reads for members of the container, as catalogue text."""
        options = _member(self.container_definition, _SECRET_OPTIONS)
        of_log = [entries["valueFrom"] for entries in options] if isinstance(options, tuple) else []
        return [*([self.registry_credentials] if self.registry_credentials else []), *of_log]

    @property
    def environment_files(self) -> list[str]:
        """ARNs of the objects in S3 that ECS reads environment variables from, as catalogue text."""
        files = _member(self.container_definition, (_ENVIRONMENT_FILES,))
        return [entries["value"] for entries in files] if isinstance(files, tuple) else []

    @property
    def mount_members(self) -> list[tuple[str, bool | str | None]]:
        """The volume of each mount, as catalogue text, and what is said of whether it is read-only.

        One expression for all mounts stands for any volume.
        """
        mounts = _member(self.container_definition, ("mountPoints",))
        if isinstance(mounts, str):
            return [(mounts, None)]
        return [(entries.get("sourceVolume") or "", entries.get("readOnly")) for entries in mounts or ()]

    @property
    def log_driver(self) -> str | None:
        """The log driver that the container's definition names, as catalogue text."""
        driver: str | None = _member(self.container_definition, _LOG_DRIVER)
        return driver

    @property
    def logs_to_router(self) -> bool:
        """Whether the container's log driver takes the options of `awsfirelens`, where the task has a log router."""
        driver = self.log_driver or _AWSFIRELENS
        return driver == _AWSFIRELENS or "${" in driver

    @property
    def logs_to_cloudwatch(self) -> bool:
        """Whether the container's log driver takes the options of `awslogs`. Each driver refuses those of another.

        An expression for the driver may come to `awslogs`. Source: https://github.com/moby/moby/issues/20347, which
        quotes what Docker says of an option that a driver does not know.
        """
        driver = self.log_driver or _AWSLOGS
        return driver == _AWSLOGS or "${" in driver

    def reads_at_start(self) -> Iterator[Key]:
        if self.registry_credentials:
            yield (TITLE, "repositoryCredentials")
        if self.environment_files:
            yield (TITLE, _ENVIRONMENT_FILES)
        if _member(self.container_definition, _SECRET_OPTIONS):
            yield (TITLE, *_SECRET_OPTIONS)

    def adjustments(self) -> Iterator[Adjustment]:
        if self.container_definition:
            address = f"aws_ecs_task_definition.{self.names.terraform}"
            said = Layer(self.entry(TITLE), self.container_definition)
            yield Adjustment(address, (said,), self.names.container)


def environment_files_of(services: Iterable[Use]) -> list[str]:
    """Return the ARNs of all objects in S3 that ECS reads variables of services from, as catalogue text, each once."""
    found = (service for service in services if isinstance(service, ContainerDefinitionUse))
    return list(dict.fromkeys(arn for service in found for arn in service.environment_files))


def said_of_container(container: Use) -> Entries:
    """Return what the catalogue says of a container in ECS's own names; of one that takes none, nothing."""
    return container.container_definition if isinstance(container, ContainerDefinitionUse) else {}
