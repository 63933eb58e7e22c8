"""The interface of a use: something that a service has or uses. Each use is a file in `uses/`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import Flag, IntEnum
from typing import Any, ClassVar, NamedTuple

from generator.catalogue.access import Access, Profile
from generator.catalogue.adjustments import Adjustment
from generator.catalogue.blocks import Block
from generator.catalogue.log_groups import LogGroupInUse
from generator.catalogue.named import Told
from generator.catalogue.names import ServiceNames
from generator.catalogue.permissions import Statement
from generator.catalogue.shared import Shared
from generator.settings.breach import Breach
from generator.settings.parts import Part
from generator.source.source import Key


class Scope(Flag):
    """What a kind makes of its own. A use is for kinds that make one of these, or for those that name it."""

    NAMED = 0
    ECS_SERVICE = 1
    TASK_DEFINITION = 2
    ALL = 3


class Section(IntEnum):
    """A place of the main file where each service has blocks, in the order of the file."""

    LOG_GROUPS = 0
    PERMISSIONS = 1
    SERVICES = 2


class Check(NamedTuple):
    """A point of the checklist: a sentence with `{}` for each value, and what the thing that it tells of has to hold.

    `container` is the further container that it is about; the main one goes without saying.
    """

    sentence: str
    values: tuple[Told, ...] = ()
    holds: tuple[str, ...] = ()
    container: str = ""


class Drawn(NamedTuple):
    """A thing that a service uses, as a graph draws it. Two with the same `kind` and `identity` are one thing.

    `kind` says what it is, in words; `meanings` say what the service does with it, or what one of its further
    containers does, whose name is `container`. With `comes_before`, the arrow leads from the thing to the service.
    """

    kind: str
    identity: str
    name: Told
    caption: str
    meanings: tuple[str, ...]
    comes_before: bool = False
    container: str = ""


class Column(NamedTuple):
    """A column of the table of services: `place` is its order among all of them. `value` takes the service.

    One that is rare is left out where no service has a value.
    """

    place: int
    heading: str
    value: Callable[[Any, Shared], object]
    is_number: bool = False
    is_rare: bool = False


class Feature(NamedTuple):
    """Something that two services may differ in and that is not a setting. `place` is its order among all features.

    A `{}` in its name stands for the `container` that it is about.
    """

    place: int
    name: str
    value: Told
    container: str = ""


class Rule(NamedTuple):
    """A rule about a use's settings. `needs` are the settings that it reads; `source` says who requires it.

    `breaches` takes the service, and returns breaches with keys from the service on.
    """

    id: str
    needs: frozenset[str]
    source: str
    breaches: Callable[[Any, Shared], Iterator[Breach]]


class Use(Part):
    """One thing that a service has or uses: its settings, and all that follows from them.

    A service has the settings of all its uses. Each method is asked of each use in turn; none calls the next one.
    `position` is its order among the uses. `template` is the file in `templates/service/` that writes its blocks in
    its `section` of the main file; without one, they are written elsewhere. `draws` is the kind of what a graph shows
    of it. `resources` are the types of the resources among its blocks. `nameable` are the keys under `names` of what it
    has. `profiles` say in words what roles may do because of it.
    """

    position: ClassVar[int]
    scope: ClassVar[Scope] = Scope.TASK_DEFINITION
    section: ClassVar[Section] = Section.SERVICES
    template: ClassVar[str] = ""
    draws: ClassVar[str] = ""
    resources: ClassVar[tuple[str, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    columns: ClassVar[tuple[Column, ...]] = ()
    nameable: ClassVar[tuple[str, ...]] = ()
    profiles: ClassVar[tuple[Profile, ...]] = ()

    @property
    def names(self) -> ServiceNames:
        """What the service is called. Only a service of a catalogue has names."""
        names: ServiceNames = vars(self)["_names"]
        return names

    @property
    def statements(self) -> list[Statement]:
        """What the service's tasks may do: what all its uses grant."""
        raise NotImplementedError  # a service knows all its uses

    @property
    def log_group_in_use(self) -> LogGroupInUse | None:
        """How containers name the log group; none where there is none."""
        raise NotImplementedError  # a service knows what its kind has

    @property
    def all_containers(self) -> Sequence[Use]:
        """The containers of a task, the main one first: that one has the settings of the service itself."""
        raise NotImplementedError  # a service knows all its uses

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the main file that are the service's alone: those of all its uses."""
        raise NotImplementedError  # a service knows all its uses

    @property
    def place(self) -> Key:
        """The entry of the catalogue whose settings it has."""
        return ("services", self.names.key)

    @property
    def way(self) -> Key:
        """The way from the service to what has its settings: none for the service itself."""
        return self.place[2:]

    @property
    def is_there(self) -> bool | str:
        """Whether the service is there at all; an expression, as catalogue text, where only Terraform can tell."""
        return True

    @property
    def conditions(self) -> tuple[str, ...]:
        """The condition under which its own blocks are there, as catalogue text; nothing where they always are."""
        return (self.is_there,) if isinstance(self.is_there, str) else ()

    @property
    def is_essential(self) -> bool | str:
        """Whether the task stops when this container stops."""
        return True

    @property
    def condition(self) -> str | None:
        """The expression, as catalogue text, that says whether a task has this container; none where it always has."""
        return None

    def entry(self, setting: str = "") -> Key:
        """Return the entry of the catalogue that a block comes from: that of a setting where it is written."""
        return (*self.place, setting) if vars(self).get(setting) else self.place

    def without_defaults(self) -> Collection[str]:
        """Return the settings whose defaults do not count for the service: each that is not written is not set."""
        return ()

    def adjustments(self) -> Iterable[Adjustment]:
        """Return what it says of the service's blocks in Terraform's own names, or in those of ECS."""
        return ()

    def own_blocks(self) -> Iterable[Block]:
        """Return the blocks of the main file that it adds for the service."""
        return ()

    def further_containers(self) -> Iterable[Use]:
        """Return the containers that run beside the service's main one because of it."""
        return ()

    def accesses(self) -> Iterable[Access]:
        """Return what the service's tasks may do with things that have names, in words."""
        return ()

    def grants(self) -> Iterable[Statement]:
        """Return what the service's tasks may do because of it, beside that."""
        return ()

    def reads_at_start(self) -> Iterable[Key]:
        """Return the way to each setting for which ECS reads something with the execution role."""
        return ()

    def all_reads_at_start(self) -> Iterable[Key]:
        """Return the same of all uses of one container."""
        raise NotImplementedError  # a container knows all its uses

    def needed_first(self) -> Iterable[str]:
        """Return addresses that must exist before the service and that its arguments do not name."""
        return ()

    def needs_account(self) -> bool:
        """Tell whether it is rendered with the id of the AWS account, beside what it grants."""
        return False

    def checks(self, shared: Shared) -> Iterable[Check]:
        """Return what a reviewer has to check before an apply that changes the service."""
        return ()

    def drawn(self, shared: Shared) -> Iterable[Drawn]:
        """Return what a graph shows of it."""
        return ()

    def features(self, shared: Shared) -> Iterable[Feature]:
        """Return what a comparison of two services shows of it, beside its settings."""
        return ()
