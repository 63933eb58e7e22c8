"""A container that takes the logs of all others and sends them on: FireLens.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.catalogue import elsewhere
from generator.catalogue.credentials import looks_like_a_credential
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.container import FurtherContainer
from generator.catalogue.uses.container_definition import said_of_container
from generator.catalogue.uses.secrets import WHERE_KEPT, Secret, in_full
from generator.settings.breach import Breach
from generator.settings.objects import MapOf
from generator.settings.parts import MappingOf, PartOf, setting
from generator.settings.values import AnyText, Choice, Matching, OrExpression, Text, Truth
from generator.source.source import Key

_SETTING = "log_router"
_FIRELENS = "firelensConfiguration"


class LogRouter(FurtherContainer):
    """The container that takes the logs of the others, and where it sends them."""

    elsewhere = elsewhere.OF_A_LOG_ROUTER

    image: str | None = setting(
        Text(),
        "Key of an entry in `images`, an image reference, or an expression.",
        default="public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
    )
    type: str = setting(
        OrExpression(Choice("fluentbit", "fluentd")),
        "The program in the image.",
        default="fluentbit",
        writes=("container_definition.firelensConfiguration.type",),
    )
    config_file: str | None = setting(
        Matching(Text(), r"/.+", "write its absolute path in the image"),
        "A file in the image that holds more of the program's configuration.",
        default=None,
        examples=("/extra.conf",),
    )
    metadata: bool | str = setting(
        OrExpression(Truth()), "Whether each record tells of its cluster, task and container.", default=True
    )
    options: dict[str, str] = setting(
        MapOf(AnyText()), "Where the logs go, as the program calls its options.", default={}
    )
    secret_options: dict[str, str | Secret] = setting(
        MappingOf(Text(), WHERE_KEPT), "Further options, whose values are kept as `secrets` are.", default={}
    )

    @property
    def place(self) -> Key:
        return ("services", self.names.key, _SETTING)

    @property
    def kept_options(self) -> dict[str, Secret]:
        return in_full(self.secret_options)

    @property
    def option_arns(self) -> dict[str, str]:
        """Option to what ECS reads its value from, as catalogue text."""
        return {name: secret.value_from(self.names) for name, secret in self.kept_options.items()}

    @property
    def own_options(self) -> dict[str, str]:
        """Options of FireLens itself."""
        metadata = self.metadata if isinstance(self.metadata, str) else str(self.metadata).lower()
        file = {"config-file-type": "file", "config-file-value": self.config_file} if self.config_file else {}
        return {"enable-ecs-log-metadata": metadata} | file


def _a_task_has_one_router(service: LogRouterUse, shared: Shared) -> Iterator[Breach]:
    for container in service.all_containers if service.log_router else ():
        if said_of_container(container).get(_FIRELENS) and container is not service.router:
            entry = (*container.way, "container_definition", _FIRELENS)
            yield Breach(entry, "a task has one log router, and `log_router` is it", "remove one of the two")


def _no_credential_is_among_the_options(service: LogRouterUse, shared: Shared) -> Iterator[Breach]:
    for name, value in service.log_router.options.items() if service.log_router else ():
        if looks_like_a_credential(name, value):
            what = "it looks like a credential, and everyone who may read the task definition can read it"
            remedy = "store it in Secrets Manager, and refer to it under `secret_options`"
            yield Breach(("log_router", "options", name), what, remedy, "warning")


class LogRouterUse(Use):
    """The log router of a task."""

    position = 43

    log_router: LogRouter | None = setting(
        PartOf(LogRouter), "A container that takes the logs of all others and sends them on, by FireLens.", default=None
    )

    rules = (
        Rule(
            "one-log-router",
            frozenset({"log_router", "containers", "container_definition"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html",
            _a_task_has_one_router,
        ),
        Rule(
            "no-credential-among-the-options",
            frozenset({"log_router"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-task-management.html",
            _no_credential_is_among_the_options,
        ),
    )

    @cached_property
    def router(self) -> LogRouter | None:
        """The log router, with its names."""
        return self.log_router.with_names(replace(self.names, further_container=_SETTING)) if self.log_router else None

    def further_containers(self) -> Iterator[Use]:
        if self.router:
            yield self.router
