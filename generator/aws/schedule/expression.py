"""A schedule expression: `cron(…)`, `rate(…)` or `at(…)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from generator.aws.schedule.cron import SIX_FIELDS, Cron, read_cron
from generator.errors import Rejection, visible

LONGEST = 256
"""Characters of an expression. Source: EventBridge Scheduler API, `CreateSchedule`."""


class Rate(NamedTuple):
    """A schedule that runs again and again, counted from its start. `unit` is `minute`, `hour` or `day`.

    A day is 24 hours, whatever the clock shows.
    """

    value: int
    unit: str


class Once(NamedTuple):
    """A schedule that runs once, at a time on the clock of its time zone."""

    time: datetime


Schedule = Cron | Rate | Once

_FORM = re.compile(r"(cron|rate|at)\((.*)\)", re.DOTALL)
_NEARLY = re.compile(r"(cron|rate|at) ?\( ?(.*?) ?\)", re.IGNORECASE)
_RATE = re.compile(r"([0-9]+) (minute|hour|day)(s?)")
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_UNIX = re.compile(r"[0-9*]\S*( \S+){4}")
_UNWRAPPED = {"cron": re.compile(r"[0-9*]\S*( \S+){5}"), "rate": _RATE, "at": _TIME}


def read_schedule(expression: str) -> Schedule:
    """Return what an expression means. Raises `Rejection`."""
    if len(expression) > LONGEST:
        raise Rejection(f"the expression has {len(expression)} characters", f"use at most {LONGEST}")
    form = _FORM.fullmatch(expression)
    if form is None:
        raise _formless(expression)
    kind, inner = form.groups()
    tidy = " ".join(inner.split())
    if tidy != inner:
        raise Rejection(f"`{visible(expression)}` has more spaces than it needs", f"write `{kind}({tidy})`")
    return _READERS[kind](inner)


def _formless(expression: str) -> Rejection:
    """Return what is wrong with a text that is not a schedule, and what may be meant."""
    shown, tidy = f"`{visible(expression)}`", " ".join(expression.split())
    if nearly := _NEARLY.fullmatch(tidy):
        return Rejection(f"{shown} is not a schedule", f"write `{nearly[1].lower()}({nearly[2]})`")
    if _UNIX.fullmatch(tidy):
        return Rejection(f"{shown} is cron as Unix has it", f"write `cron({SIX_FIELDS})`")
    for kind, content in _UNWRAPPED.items():
        if content.fullmatch(tidy):
            return Rejection(f"{shown} has no `{kind}(…)` around it", f"write `{kind}({tidy})`")
    return Rejection(f"{shown} is not a schedule", "write `cron(…)`, `rate(…)` or `at(…)`")


def _rate(text: str) -> Rate:
    """Return what stands between the brackets of `rate(…)`.

    The user guide itself writes `rate(1 days)`. No source shows a singular with another number.
    """
    found = _RATE.fullmatch(text)
    if found is None:
        raise Rejection(
            f"`rate({visible(text)})` is not a rate", "write it like `rate(5 minutes)`, in minutes, hours or days"
        )
    value, unit, ending = int(found[1]), found[2], found[3]
    if value == 0:
        raise Rejection(f"`rate({visible(text)})` never runs", "use 1 or more")
    if value > 1 and not ending:
        raise Rejection(f"`rate({visible(text)})` lacks the plural", f"write `rate({value} {unit}s)`")
    return Rate(value, unit)


def _once(text: str) -> Once:
    if not _TIME.fullmatch(text):
        raise Rejection(f"`at({visible(text)})` is not a time", "write `at(yyyy-mm-ddThh:mm:ss)`, without an offset")
    try:
        return Once(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S"))
    except ValueError:
        remedy = "use a day of the calendar and a time from 00:00:00 to 23:59:59"
        raise Rejection(f"there is no `{text}`", remedy) from None


_READERS: Mapping[str, Callable[[str], Schedule]] = {"cron": read_cron, "rate": _rate, "at": _once}
"""What reads the text between the brackets."""
