"""What is made up of uses: a service, which is its main container too, and each further container of one."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import ClassVar, Self

from generator.catalogue.access import Access
from generator.catalogue.adjustments import Adjustment
from generator.catalogue.names import ServiceNames
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Rule, Use
from generator.settings.parts import given_settings, value_of
from generator.source.source import Key


class MadeOfUses(Use):
    """Asks each of its uses in turn. `made_of` are all of them: those that a class names as its bases."""

    made_of: ClassVar[tuple[type[Use], ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        named = tuple(base for base in cls.__bases__ if issubclass(base, Use) and not issubclass(base, MadeOfUses))
        if named and "made_of" not in vars(cls):
            cls.made_of = named

    def with_names(self, names: ServiceNames, **known: object) -> Self:
        """Return the same with names, and with what else is `known` of it."""
        given = {key: value_of(self, key) for key in given_settings(self)}
        return type(self)(**{**given, **known, "_names": names})

    @classmethod
    @functools.cache
    def _saying(cls, *methods: str) -> tuple[type[Use], ...]:
        """Return the uses that define one of the methods. There are twenty uses, and each service is asked often."""
        return tuple(
            use for use in cls.made_of if any(getattr(use, name) is not getattr(Use, name) for name in methods)
        )

    def all_reads_at_start(self) -> Iterator[Key]:
        """Yield the way from a container to each setting for which ECS reads something with the execution role."""
        return (way for use in self._saying("reads_at_start") for way in use.reads_at_start(self))

    def asks_for_account(self) -> bool:
        """Tell whether anything of it is rendered with the id of the AWS account."""
        return any(use.needs_account(self) for use in self._saying("needs_account"))

    @classmethod
    @functools.cache
    def all_rules(cls) -> tuple[Rule, ...]:
        """Return what must hold of its settings."""
        return tuple(rule for use in cls.made_of for rule in use.rules)

    def not_set(self) -> set[str]:
        """Return the settings that are not written, and whose defaults do not count."""
        return {name for use in self._saying("without_defaults") for name in use.without_defaults(self)}

    def all_adjustments(self) -> Iterator[Adjustment]:
        """Yield what the catalogue says of its blocks in Terraform's own names, or in those of ECS."""
        return (said for use in self._saying("adjustments") for said in use.adjustments(self))

    def all_checks(self, shared: Shared) -> Iterator[Check]:
        """Yield what a reviewer has to check before an apply that changes it."""
        for use in self._saying("checks", "accesses"):
            yield from (_exists(access) for access in use.accesses(self))
            yield from use.checks(self, shared)

    def all_drawn(self, shared: Shared) -> Iterator[Drawn]:
        """Yield the things that it uses, as a graph draws them."""
        for use in self._saying("drawn", "accesses"):
            yield from (_drawn(access) for access in use.accesses(self))
            yield from use.drawn(self, shared)

    def all_accesses(self) -> Iterator[Access]:
        """Yield what its tasks may do with things that have names."""
        return (access for use in self._saying("accesses") for access in use.accesses(self))


def _exists(access: Access) -> Check:
    return Check("{} exists", (access.told,)) if access.thing.arn else Check(access.of.exists, (access.told,))


def _drawn(access: Access) -> Drawn:
    meanings = tuple(dict.fromkeys(profile.of_a_service for profile in access.profiles))
    return Drawn(access.of.noun, access.identity, access.told, access.of.noun, meanings)
