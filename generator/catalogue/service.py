"""A service of a catalogue: the uses that it is made of, and what only its kind has."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Self

from generator.catalogue import elsewhere
from generator.catalogue.blocks import Block
from generator.catalogue.chosen_names import NamesOfKind, chosen
from generator.catalogue.log_groups import LogGroupInUse, existing_log_group
from generator.catalogue.made_of import MadeOfUses
from generator.catalogue.named import Told
from generator.catalogue.names import ModuleNames, ServiceNames
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Feature, Scope, Section, Use
from generator.catalogue.uses.log_group import LogGroupUse
from generator.catalogue.uses.role import RoleUse
from generator.catalogue.uses.task_definition import TaskDefinitionUse
from generator.settings.parts import MappingOf, Part, as_data, given_settings, known_settings, setting, values_of
from generator.settings.values import AnyText, Text

LOG_GROUP_NAME = "log_group_name"
"""The output that tells the name of the log group."""


_BY_SERVICE = ("queue", "buckets", "volumes")
"""The keys whose statements come by the name of the AWS service: buckets where they are a list."""


class CommandLine(NamedTuple):
    """A line for a shell: `{}` stands for each word, which is quoted where it needs to be."""

    pattern: str
    words: tuple[Told, ...] = ()


class Service(MadeOfUses):
    """What all kinds have in common. A kind is a subclass in `kinds/`; its services have `defaults` merged in.

    `scope` says which uses a kind has, and `further` which ones beside them; the last of those that it is `made_of` is
    the kind itself. `exports` are the values that outputs may have, as attributes of its blocks. `templates` are the
    files in `templates/kinds/` that write its own blocks, and `banner` says above them what they are.
    """

    elsewhere = elsewhere.OF_A_SERVICE

    scope = Scope.TASK_DEFINITION

    further: ClassVar[tuple[type[Use], ...]] = ()
    exports: ClassVar[Mapping[str, str]] = {}
    templates: ClassVar[tuple[str, ...]] = ()
    banner: ClassVar[str] = ""

    kind: str = setting(Text(), "What kind of service it is.", own=True)
    chosen_names: Part = setting(
        NamesOfKind(()),  # each kind has the names of its own blocks
        "Names in AWS of what the service has, in place of those of the convention. What is not given stays.",
        default=Part(),
        key="names",
    )
    outputs: dict[str, str] | None = setting(
        MappingOf(AnyText(), AnyText()),
        "Names of the outputs; without it all are there, with the service's name in front.",
        default=None,
        own=True,
        bare={},
    )

    def called(self, of_module: ModuleNames, key: str) -> Self:
        """Return the service with its names."""
        index = "[0]" if isinstance(self.is_there, str) else ""
        names = ServiceNames(
            of_module.project,
            of_module.partition,
            key,
            self.key_of_log_group(key) if isinstance(self, LogGroupUse) else "",
            (self.policy_name if isinstance(self, RoleUse) else None) or key,
            chosen(self.chosen_names),
            index=index,
            attributes=of_module.attributes,
            runs_in_own_cluster=of_module.makes_cluster,
            has_common_tags=of_module.has_common_tags,
        )
        return self.with_names(names)

    @property
    def is_rendered(self) -> bool:
        """Whether its blocks are rendered: with a condition, Terraform says whether there is anything of them."""
        return isinstance(self.is_there, str) or bool(self.is_there)

    @property
    def task_definition_arn(self) -> str:
        """ARN of the task definition that it runs, as catalogue text."""
        if isinstance(self, TaskDefinitionUse) and self.runs_newest:
            return self.arn_of_newest
        return self.names.attribute(self.names.family_in_aws.address, "arn")

    @functools.cached_property
    def log_group_in_use(self) -> LogGroupInUse | None:
        """How containers name the log group; none where there is none."""
        names = self.names
        if names.has_log_group:
            made = names.log_group_in_aws
            return LogGroupInUse(names.attribute(made.address, "name"), made)
        return existing_log_group(self.log_group) if isinstance(self, LogGroupUse) else None

    @functools.cached_property
    def statements(self) -> list[Statement]:
        """What its tasks may do, in the order of the keys that say it.

        What the oldest of these keys say comes first, by the name of the AWS service.
        """
        first = {*_BY_SERVICE} - ({"buckets"} if isinstance(vars(self).get("buckets"), dict) else set())
        places = {key: place for place, key in enumerate(given_settings(self))}
        found = sorted(self._granted(), key=lambda one: places[one[0]])
        by_service = sorted((statement for key, statement in found if key in first), key=lambda one: one.service)
        return [*by_service, *(statement for key, statement in found if key not in first)]

    def _granted(self) -> Iterator[tuple[str, Statement]]:
        """Yield what its tasks may do, with the setting that says it."""
        for use in self._saying("accesses", "grants"):
            for access in use.accesses(self):
                yield from ((str(access.way[0]), statement) for statement in access.statements())
            setting_of_use = next(iter(known_settings(use)))
            yield from ((setting_of_use, statement) for statement in use.grants(self))

    @functools.cached_property
    def all_containers(self) -> list[Use]:
        return [self, *(one for use in self._saying("further_containers") for one in use.further_containers(self))]

    @property
    def dependencies(self) -> list[str]:
        """Addresses that must exist before the service and as long as it does, and that its settings do not name."""
        return [address for use in self._saying("needed_first") for address in use.needed_first(self)]

    @property
    def needed_by_tasks(self) -> list[str]:
        """Those of them that its tasks need, whatever starts them."""
        uses = (use for use in self._saying("needed_first") if use.scope is Scope.TASK_DEFINITION)
        return [address for use in uses for address in use.needed_first(self)]

    def among(self, services: Mapping[str, Service]) -> Self:
        """Return the service as it is among all services of a catalogue, given by their keys."""
        return self

    @property
    def exported(self) -> list[str]:
        """The values that its outputs may have: a service without a log group has none of that."""
        return [value for value in self.exports if value != LOG_GROUP_NAME or self.names.has_log_group]

    @property
    def named_outputs(self) -> dict[str, str]:
        """Output name to its value, as catalogue text."""
        chosen = self.outputs
        if chosen is None:
            chosen = {value: f"{self.names.terraform}_{value}" for value in self.exported}
        return {output: self._value_of(value) for value, output in chosen.items()}

    def _value_of(self, exported: str) -> str:
        names = self.names
        arn = names.attributes.arn_of_service
        called = {"log_group": names.terraform_log_group, "service": names.terraform, "arn_of_service": arn}
        address, _, attribute = self.exports[exported].format_map(called).rpartition(".")
        return names.attribute_or_null(address, attribute)

    def templates_of(self, section: str) -> list[str]:
        """Return the templates that write its blocks in a section of the main file, in their order."""
        own = self.templates if section == Section.SERVICES.name else ()
        return [*self._templates_of_uses(section), *(f"kinds/{self.kind}/{name}.tf.j2" for name in own)]

    @classmethod
    @functools.cache
    def _templates_of_uses(cls, section: str) -> tuple[str, ...]:
        uses = [use for use in cls.made_of if use.section.name == section and use.template]
        return tuple(f"service/{use.template}.tf.j2" for use in uses)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the main file that are this service's alone."""
        for use in sorted(self._saying("own_blocks"), key=lambda use: use.section):
            yield from use.own_blocks(self)

    def task_definition_block(self) -> Block:
        """Return the block of its task definition, which every kind has."""
        names = self.names
        address = f"aws_ecs_task_definition.{names.terraform}"
        return Block(address, self.entry(), names.family, names.named_at("family"))

    def output_blocks(self) -> Iterator[Block]:
        """Yield the outputs that are this service's alone."""
        chosen = {output: (*self.entry("outputs"), value) for value, output in (self.outputs or {}).items()}
        for output in self.named_outputs:
            yield Block(f"output.{output}", chosen.get(output, self.entry()))

    def asks_for_account(self) -> bool:
        granted = (text for statement in self.statements for text in statement.texts())
        return any("data.aws_caller_identity.current" in text for text in granted) or super().asks_for_account()

    @classmethod
    def all_columns(cls) -> list[Column]:
        """Return the columns of the table of services that it fills."""
        return [column for use in cls.made_of for column in use.columns]

    def all_features(self, shared: Shared) -> list[Feature]:
        """Return what a comparison of two services shows of it beside its settings, in their order."""
        features = (feature for use in self._saying("features") for feature in use.features(self, shared))
        return sorted(features, key=lambda feature: feature.place)

    def while_it_stays(self) -> Iterator[Check]:
        """Yield what a reviewer has to check for a service that exists and does not change."""
        return iter(())

    def caption(self, shared: Shared) -> str:
        """Return what a graph says of it under its name."""
        told = {column.heading: column.value(self, shared) for column in self.all_columns()}
        count = f"{told['COUNT']} × " if told.get("COUNT") is not None else ""
        sizes = ((told.get("CPU"), "CPU"), (told.get("MEMORY"), "MiB"))
        size = ", ".join(f"{value} {unit}" for value, unit in sizes if value is not None) or "task"
        return f"{self.kind} · {count}{size}"

    def watched_by(self, shared: Shared) -> Iterator[CommandLine]:
        """Yield how to watch it run."""
        return iter(())

    def run_by(self, shared: Shared) -> Iterator[CommandLine]:
        """Yield how to run it, where nothing that is rendered does."""
        return iter(())

    def stopped_by(self) -> Iterator[str]:
        """Yield the addresses of what runs it, and is destroyed in an emergency."""
        return iter(())

    def shown(self, shared: Shared, at: datetime | None) -> Iterator[str | CommandLine]:
        """Yield what `tfgen show` says of it beside its settings and blocks: words, and lines for a shell.

        Without a time, it says nothing that depends on a clock.
        """
        return iter(())


def settings_of(
    service: Service, *, with_defaults: bool = True, with_defaults_of_containers: bool = False
) -> dict[str, Any]:
    """Return what a service sets or takes over, as the catalogue writes it; what is empty is left out.

    With the format's own defaults, also what nobody wrote is told.
    """
    return {"kind": service.kind} | _told(service, with_defaults, with_defaults_of_containers)


def _told(one: MadeOfUses, with_defaults: bool, with_defaults_within: bool) -> dict[str, Any]:
    known, unset = known_settings(one), one.not_set()
    told = {
        name: _as_written(value, with_defaults_within)
        for name, value in values_of(one)
        if not (value is None or name in unset) and (with_defaults or value != known[name].default)
    }
    return {name: value for name, value in told.items() if value not in ([], {})}


def _as_written(value: Any, with_defaults: bool) -> Any:
    if isinstance(value, MadeOfUses):
        return _told(value, with_defaults, with_defaults)
    if isinstance(value, Mapping):
        return {name: _as_written(inner, with_defaults) for name, inner in value.items()}
    return as_data(value)
