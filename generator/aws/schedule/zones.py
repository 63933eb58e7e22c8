"""Time zones by their names in the Time Zone Database of the IANA, as EventBridge Scheduler takes them."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.errors import Rejection, nearest, visible

_OF_THE_MACHINE = {"Factory", "localtime"}
"""Files of the database on a machine that are not zones of a place."""


def check_zone(name: str) -> None:
    """Raise `Rejection` if no time zone has this name. On a machine without the database, every name is accepted."""
    known = _known()
    if known and name not in known:
        near = nearest(name, known)
        remedy = f"did you mean `{near}`?" if near else "use a name like `Europe/Berlin` or `UTC`"
        raise Rejection(f"`{visible(name)}` is not a time zone", remedy)


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of a name. Raises `Rejection` if this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what = f"this machine does not know the time zone `{visible(name)}`"
        raise Rejection(what, "check the name, or install the package `tzdata`") from None


@cache
def _known() -> tuple[str, ...]:
    return tuple(sorted(available_timezones() - _OF_THE_MACHINE))
