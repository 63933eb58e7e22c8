"""A container that takes the logs of all others and sends them on: FireLens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.catalogue import elsewhere
from generator.catalogue.arns import is_of_parameter
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.container import FurtherContainer
from generator.catalogue.uses.container_definition import ContainerDefinitionUse
from generator.catalogue.uses.secrets import SECRET, Secret
from generator.errors import Rejection
from generator.settings.breach import Breach
from generator.settings.objects import MapOf
from generator.settings.parts import MappingOf, PartOf, setting
from generator.settings.values import AnyText, Choice, Matching, OrExpression, Text, Truth
from generator.source.source import Key

_NAME = "log_router"
_DEFAULT_IMAGE = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"
_FIRELENS = "firelensConfiguration"


class LogRouter(FurtherContainer):
    """The container that takes the logs, and where it sends them."""

    elsewhere = elsewhere.OF_A_LOG_ROUTER

    image: str | None = setting(
        Text(), "Key of an entry in `images`, an image reference, or an expression.", default=_DEFAULT_IMAGE
    )
    type: str = setting(OrExpression(Choice("fluentbit", "fluentd")), "The program in the image.", default="fluentbit")
    options: dict[str, str] = setting(
        MapOf(AnyText()), "Options of every container's log driver: where the logs go, as the program names it.", default={}
    )
    secret_options: dict[str, str | Secret] = setting(
        MappingOf(Text(), SECRET), "Further options, whose values are secrets.", default={}
    )
    config_file: str | None = setting(
        Matching(Text(), r"/.+", "write its absolute path in the image"),
        "Path of a file in the image with further settings of the program.",
        default=None,
        examples=("/fluent-bit/etc/extra.conf",),
    )
    metadata: bool | str = setting(
        OrExpression(Truth()), "Whether names of cluster, task and container are added to the logs.", default=True
    )

    @property
    def place(self) -> Key:
        return ("services", self.names.key, _NAME)
