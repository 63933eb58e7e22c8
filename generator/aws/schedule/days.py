"""The days that a cron expression means. Weekdays have the numbers that AWS gives them: 1 is Sunday, 7 is Saturday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

SUNDAY, SATURDAY = 1, 7


@dataclass(frozen=True)
class DaysOfMonth:
    """Days by their numbers, in ascending order. A month may be too short for some."""

    numbers: tuple[int, ...]

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the days of a month, in ascending order."""
        return [day for day in self.numbers if day <= _length(year, month)]


@dataclass(frozen=True)
class LastDay:
    """The last day of a month."""

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the day of a month."""
        return [_length(year, month)]


@dataclass(frozen=True)
class NearestWeekday:
    """The day from Monday to Friday that is nearest to a day of the month.

    AWS does not say whether it may be in another month. Here it is in the same one, as in Quartz, whose notation it is:
    https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html.
    """

    day: int

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the day of a month, or nothing where the month is too short."""
        length = _length(year, month)
        if self.day > length:
            return []
        weekday = _weekday(year, month, self.day)
        if weekday == SATURDAY:
            return [self.day - 1 if self.day > 1 else 3]
        if weekday == SUNDAY:
            return [self.day + 1 if self.day < length else length - 2]
        return [self.day]


@dataclass(frozen=True)
class DaysOfWeek:
    """Weekdays, in ascending order."""

    weekdays: tuple[int, ...]

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the days of a month, in ascending order."""
        return [day for day in range(1, _length(year, month) + 1) if _weekday(year, month, day) in self.weekdays]


@dataclass(frozen=True)
class NthWeekday:
    """A weekday's first to fifth occurrence in a month. Not every month has a fifth."""

    weekday: int
    number: int

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the day of a month, or nothing if the month does not have it."""
        return DaysOfWeek((self.weekday,)).in_month(year, month)[self.number - 1 : self.number]


@dataclass(frozen=True)
class LastWeekday:
    """A weekday's last occurrence in a month."""

    weekday: int

    def in_month(self, year: int, month: int) -> list[int]:
        """Return the day of a month."""
        return DaysOfWeek((self.weekday,)).in_month(year, month)[-1:]


Days = DaysOfMonth | LastDay | NearestWeekday | DaysOfWeek | NthWeekday | LastWeekday


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _weekday(year: int, month: int, day: int) -> int:
    return date(year, month, day).isoweekday() % 7 + 1
