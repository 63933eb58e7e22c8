"""What tfgen is at, for whoever shows it to a person: to say so costs next to nothing, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Stage(NamedTuple):
    """A part of the work: what tfgen does, and how many of how many things are done, where they are counted."""

    doing: str
    things: str = ""
    done: int = 0
    all: int = 0

    def __str__(self) -> str:
        return f"{self.doing}: {self.done:,} of {self.all:,} {self.things}" if self.all else self.doing


class _Now:
    """The stage of this process, and how far it is: a number alone changes with each thing that is done."""

    stage = Stage("starting")
    done = 0


def stage_now() -> Stage:
    """Return the stage that tfgen is at."""
    return _Now.stage._replace(done=_Now.done)


def enter(stage: Stage) -> None:
    """Say which stage tfgen is at."""
    _Now.stage, _Now.done = stage, stage.done


def counted(doing: str, things: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield items one after the other: a stage of its own, which counts them."""
    enter(Stage(doing, things, all=len(items)))
    for done, item in enumerate(items):
        _Now.done = done
        yield item


class CountedServices(list[Item]):
    """Services, which count themselves for the stage that tfgen is at, whoever goes through them."""

    def __iter__(self) -> Iterator[Item]:
        return counted(_Now.stage.doing, "services", [*super().__iter__()])
