"""The six fields of a cron expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from generator.aws.schedule.days import (
    SATURDAY,
    Days,
    DaysOfMonth,
    DaysOfWeek,
    LastDay,
    LastWeekday,
    NearestWeekday,
    NthWeekday,
)
from generator.errors import Rejection, nearest, plural, visible

SIX_FIELDS = "minutes hours day-of-month month day-of-week year"


class Field(NamedTuple):
    """A field: what AWS calls it, its least and greatest value, and the names of its values, the least first."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()

    @property
    def every(self) -> range:
        """Every value."""
        return range(self.low, self.high + 1)

    @property
    def usage(self) -> str:
        """What to write."""
        named = f" or {self.names[0]} to {self.names[-1]}" if self.names else ""
        return f"use {self.low} to {self.high}{named}"


MINUTES = Field("minutes", 0, 59)
HOURS = Field("hours", 0, 23)
DAY_OF_MONTH = Field("day-of-month", 1, 31)
MONTH = Field("month", 1, 12, ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"))
DAY_OF_WEEK = Field("day-of-week", 1, 7, ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))
YEAR = Field("year", 1970, 2199)

_MOST_OF_A_WEEKDAY = 5


@dataclass(frozen=True)
class Cron:
    """The minutes, hours, days, months and years in which a schedule runs. All numbers are in ascending order."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: Days
    months: tuple[int, ...]
    years: tuple[int, ...]


def read_cron(text: str) -> Cron:
    """Return what the six fields between the brackets of `cron(…)` mean. Raises `Rejection`.

    The user guide calls the year optional. The API reference does not, so it is required here:
    https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html.
    """
    fields = text.split(" ") if text else []
    if len(fields) != 6:
        raise Rejection(f"`cron(…)` has {plural(len(fields), 'field')}, not 6", f"write `cron({SIX_FIELDS})`")
    minutes, hours, day_of_month, month, day_of_week, year = fields
    return Cron(
        _values(MINUTES, minutes),
        _values(HOURS, hours),
        _days(day_of_month, day_of_week),
        _values(MONTH, month),
        _values(YEAR, year),
    )


def _days(day_of_month: str, day_of_week: str) -> Days:
    if day_of_month == day_of_week == "?":
        raise Rejection("day-of-month and day-of-week are both `?`", "write `*` for day-of-month")
    if day_of_week == "?":
        return _days_of_month(day_of_month)
    if day_of_month == "?":
        return _days_of_week(day_of_week)
    every_day = {day_of_month: "day-of-month", day_of_week: "day-of-week"}.get("*", "one of them")
    raise Rejection("day-of-month and day-of-week are both set", f"write `?` for {every_day}")


def _days_of_month(text: str) -> Days:
    if text == "L":
        return LastDay()
    if nearest_to := re.fullmatch("([0-9]+)W", text):
        return NearestWeekday(_value(DAY_OF_MONTH, nearest_to[1]))
    if re.fullmatch("[0-9LW,/*-]*[LW][0-9LW,/*-]*", text):
        remedy = "use `L` for the last day or `3W` for the weekday nearest to the 3rd, and nothing beside it"
        raise _no_value(DAY_OF_MONTH, text, remedy)
    return DaysOfMonth(_values(DAY_OF_MONTH, text))


def _days_of_week(text: str) -> Days:
    if text == "L":
        return DaysOfWeek((SATURDAY,))
    if last := re.fullmatch("([0-9A-Z]+)L", text):
        return LastWeekday(_value(DAY_OF_WEEK, last[1]))
    if nth := re.fullmatch("([0-9A-Z]+)#([0-9]+)", text):
        return NthWeekday(_value(DAY_OF_WEEK, nth[1]), _number_in_month(nth[2]))
    if re.search("[#L]", text):
        remedy = "use `6L` for the last Friday or `6#3` for the third, and nothing beside it"
        raise _no_value(DAY_OF_WEEK, text, remedy)
    if "/" in text:
        raise Rejection("`/` is not for day-of-week", "list the days, as in `MON,WED,FRI`")
    return DaysOfWeek(_values(DAY_OF_WEEK, text))


def _number_in_month(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST_OF_A_WEEKDAY:
        raise Rejection(f"`#{visible(text)}` is out of range for day-of-week", f"use #1 to #{_MOST_OF_A_WEEKDAY}")
    return number


def _values(field: Field, text: str) -> tuple[int, ...]:
    """Return the values that a list of values, ranges and steps has in a field."""
    return tuple(sorted({value for item in text.split(",") for value in _item(field, item)}))


def _item(field: Field, text: str) -> range:
    span, slash, step = text.partition("/")
    values = _span(field, span)
    if not slash:
        return values
    is_start = span != "*" and "-" not in span
    return (range(values.start, field.high + 1) if is_start else values)[:: _step(field, step)]


def _span(field: Field, text: str) -> range:
    if text == "*":
        return field.every
    first, dash, last = text.partition("-")
    low = _value(field, first)
    if not dash:
        return range(low, low + 1)
    high = _value(field, last)
    if (first in field.names) != (last in field.names):
        names = f"{field.names[low - field.low]}-{field.names[high - field.low]}"
        raise Rejection(f"`{text}` of {field.name} mixes a name and a number", f"write `{names}` or `{low}-{high}`")
    if low > high:
        remedy = f"write `{last}-{first}`, or two ranges if it goes past the end"
        raise Rejection(f"`{text}` of {field.name} runs backwards", remedy)
    return range(low, high + 1)


def _value(field: Field, text: str) -> int:
    if text in field.names:
        return field.names.index(text) + field.low
    if not text:
        raise Rejection(f"a value of {field.name} is missing", field.usage)
    if not re.fullmatch("[0-9]+", text):
        near = nearest(text.upper(), field.names)
        raise _no_value(field, text, f"write `{near}`" if near else field.usage)
    if int(text) not in field.every:
        raise Rejection(f"`{visible(text)}` is out of range for {field.name}", field.usage)
    return int(text)


def _step(field: Field, text: str) -> int:
    """Return the number behind a slash.

    EventBridge refuses `*/60` for minutes: https://github.com/aws/aws-sdk-js/issues/4212.
    """
    if not re.fullmatch("[0-9]+", text) or not 1 <= int(text) <= field.high:
        raise Rejection(f"`/{visible(text)}` is not a step for {field.name}", f"use /1 to /{field.high}")
    return int(text)


def _no_value(field: Field, text: str, remedy: str) -> Rejection:
    return Rejection(f"`{visible(text)}` is not a value of {field.name}", remedy)
