"""Cron expressions for the tests of schedules, and a slow reader of them that shares nothing with the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


def lists(low: int, high: int, names: tuple[str, ...] = (), has_steps: bool = True) -> st.SearchStrategy[str]:
    """Return texts of a field: all, values, ranges, steps, and lists of these."""
    numbers = st.integers(low, high)
    pairs = st.tuples(numbers, numbers).map(sorted)
    ranges = pairs.map(lambda pair: f"{pair[0]}-{pair[1]}")
    spans = [st.just("*"), numbers.map(str), ranges]
    if names:
        spans += [st.sampled_from(names), pairs.map(lambda pair: f"{names[pair[0] - low]}-{names[pair[1] - low]}")]
    if has_steps:
        starts = st.one_of(st.just("*"), numbers.map(str), ranges)
        spans.append(st.tuples(starts, st.integers(1, high)).map(lambda parts: f"{parts[0]}/{parts[1]}"))
    return st.lists(st.one_of(spans), min_size=1, max_size=3).map(",".join)


def _days() -> st.SearchStrategy[tuple[str, str]]:
    of_month = st.one_of(lists(1, 31), st.just("L"), st.integers(1, 31).map("{}W".format))
    weekday = st.one_of(st.integers(1, 7).map(str), st.sampled_from(WEEKDAYS))
    of_week = st.one_of(
        lists(1, 7, WEEKDAYS, has_steps=False),
        st.just("L"),
        weekday.map("{}L".format),
        st.tuples(weekday, st.integers(1, 5)).map(lambda parts: f"{parts[0]}#{parts[1]}"),
    )
    return st.one_of(of_month.map(lambda day: (day, "?")), of_week.map(lambda day: ("?", day)))


minutes, hours = lists(0, 59), lists(0, 23)
days = _days()
years = st.one_of(st.just("*"), lists(2020, 2040), st.integers(1970, 2199).map(str))
crons = st.tuples(minutes, hours, days, lists(1, 12, MONTHS), years).map(
    lambda parts: f"cron({parts[0]} {parts[1]} {parts[2][0]} {parts[3]} {parts[2][1]} {parts[4]})"
)
rates = st.one_of(
    st.sampled_from(["minute", "hour", "day"]).map("rate(1 {})".format),
    st.tuples(st.integers(1, 10**6), st.sampled_from(["minutes", "hours", "days"])).map(
        lambda parts: f"rate({parts[0]} {parts[1]})"
    ),
)
onces = st.datetimes().map(lambda time: f"at({time.replace(microsecond=0).isoformat()})")


def matches(expression: str, time: datetime) -> bool:
    """Tell whether a cron expression means a time on the clock."""
    minute, hour, day_of_month, month, day_of_week, year = expression[5:-1].split(" ")
    return (
        _is_among(minute, time.minute, 0, 59)
        and _is_among(hour, time.hour, 0, 23)
        and _is_among(month, time.month, 1, 12, MONTHS)
        and _is_among(year, time.year, 1970, 2199)
        and (_is_in_month(day_of_month, time.date()) if day_of_week == "?" else _is_in_week(day_of_week, time.date()))
    )


def _is_among(field: str, value: int, low: int, high: int, names: tuple[str, ...] = ()) -> bool:
    return any(_is_in(item, value, low, high, names) for item in field.split(","))


def _is_in(item: str, value: int, low: int, high: int, names: tuple[str, ...]) -> bool:
    span, _, step = item.partition("/")
    if span == "*":
        first, last = low, high
    else:
        ends = [low + names.index(end) if end in names else int(end) for end in span.split("-")]
        first, last = ends[0], high if step and len(ends) == 1 else ends[-1]
    return first <= value <= last and (value - first) % int(step or 1) == 0


def _is_in_month(field: str, day: date) -> bool:
    if field == "L":
        return (day + timedelta(1)).day == 1
    if field.endswith("W"):
        return day.day == _nearest_weekday(int(field[:-1]), day)
    return _is_among(field, day.day, 1, 31)


def _nearest_weekday(wanted: int, in_month: date) -> int | None:
    every = [day for day in _around(in_month) if day.month == in_month.month]
    if wanted not in [day.day for day in every]:
        return None
    return min((day.day for day in every if day.weekday() < 5), key=lambda number: abs(number - wanted))


def _around(day: date) -> Iterator[date]:
    yield from (day + timedelta(days) for days in range(-31, 32))


def _is_in_week(field: str, day: date) -> bool:
    weekday = WEEKDAYS[(day.weekday() + 1) % 7]
    number = str(WEEKDAYS.index(weekday) + 1)
    if field == "L":
        return weekday == "SAT"
    if field.endswith("L"):
        return field[:-1] in (weekday, number) and (day + timedelta(7)).month != day.month
    if "#" in field:
        wanted, _, nth = field.partition("#")
        return wanted in (weekday, number) and (day.day - 1) // 7 + 1 == int(nth)
    return _is_among(field, int(number), 1, 7, WEEKDAYS)


def minute_by_minute(expression: str, zone: ZoneInfo, after: datetime, end: datetime) -> list[datetime]:
    """Return every time of an expression between two, each that the clock shows twice at the first."""
    shown: set[datetime] = set()
    found = []
    minute = after.astimezone(UTC).replace(second=0, microsecond=0) - timedelta(days=1)
    while minute < end:
        on_the_clock = minute.astimezone(zone).replace(tzinfo=None)
        is_first = on_the_clock not in shown
        shown.add(on_the_clock)
        if is_first and minute > after and matches(expression, on_the_clock):
            found.append(minute)
        minute += timedelta(minutes=1)
    return found
