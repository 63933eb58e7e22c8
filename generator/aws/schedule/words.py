"""A schedule in plain English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from generator.aws.schedule.cron import DAY_OF_MONTH, DAY_OF_WEEK, HOURS, MONTH, YEAR, Cron, Field
from generator.aws.schedule.days import (
    Days,
    DaysOfMonth,
    DaysOfWeek,
    LastDay,
    LastWeekday,
    NearestWeekday,
    NthWeekday,
)
from generator.aws.schedule.expression import Once, Rate, read_schedule
from generator.errors import listed, plural

_MINUTES_OF_A_DAY = 24 * 60
_MOST_TIMES = 4
"""Times of a day that are listed."""

_LEAST_OF_A_SPAN = 3
"""Values in a row that are told as `first to last`."""

_SHORTEST = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
"""Days of the months that can have fewer than 31."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def in_words(expression: str) -> str:
    """Return when a schedule runs, without its time zone, as `at 06:00 every day`. Raises `Rejection`."""
    schedule = read_schedule(expression)
    if isinstance(schedule, Once):
        return f"once, on {schedule.time:%Y-%m-%d} at {schedule.time:%H:%M:%S}"
    if isinstance(schedule, Rate):
        return _every(schedule.value, schedule.unit)
    return _cron(schedule)


def _cron(cron: Cron) -> str:
    times = [hour * 60 + minute for hour in cron.hours for minute in cron.minutes]
    years = "" if _is_all(YEAR, cron.years) else f", in {_told(cron.years, str)}"
    days = _days(cron.days, cron.months)
    if _is_whole_day(times):
        days = days.removeprefix("every day").lstrip()  # `every 5 minutes` says as much
    return f"{_times(cron, times)} {days}".rstrip() + years


def _times(cron: Cron, times: Sequence[int]) -> str:
    step = _step(times)
    if len(times) <= _MOST_TIMES:
        return f"at {listed([_clock(time) for time in times], 'and')}"
    if step is None:
        hours = "every hour" if _is_all(HOURS, cron.hours) else _counted("hour", cron.hours)
        return f"at {_counted('minute', cron.minutes)} of {hours}"
    interval = _every(step, "minute") if step % 60 else _every(step // 60, "hour")
    return interval if _is_whole_day(times) else f"{interval} from {_clock(times[0])} to {_clock(times[-1])}"


def _step(times: Sequence[int]) -> int | None:
    """Return the minutes from each time to the next, if they are always as many."""
    steps = {later - earlier for earlier, later in pairwise(times)}
    return steps.pop() if len(steps) == 1 else None


def _is_whole_day(times: Sequence[int]) -> bool:
    """Tell whether many times fill the day from midnight at one interval, which goes on into the next day."""
    step = _step(times)
    is_many = len(times) > _MOST_TIMES
    return is_many and step is not None and times[0] == 0 and times[-1] + step == _MINUTES_OF_A_DAY


def _days(days: Days, months: Sequence[int]) -> str:
    is_all_year = _is_all(MONTH, months)
    in_months = "" if is_all_year else f" in {_told(months, _month)}"
    if _is_every_day(days):
        return f"every day{in_months}"
    if isinstance(days, DaysOfWeek):
        return f"on {_told(days.weekdays, _weekday)}{in_months}"
    of_months = "each month" if is_all_year else _told(months, _month)
    return f"on the {_day(days)} of {of_months}{', where there is one' if _may_lack(months, days) else ''}"


def _day(days: DaysOfMonth | LastDay | NearestWeekday | NthWeekday | LastWeekday) -> str:
    match days:
        case DaysOfMonth(numbers):
            return _told(numbers, _ordinal)
        case LastDay():
            return "last day"
        case NearestWeekday(day):
            return f"day from Monday to Friday nearest to the {_ordinal(day)}"
        case NthWeekday(weekday, number):
            return f"{_ORDINALS[number - 1]} {_weekday(weekday)}"
        case LastWeekday(weekday):
            return f"last {_weekday(weekday)}"


def _may_lack(months: Sequence[int], days: Days) -> bool:
    """Tell whether one of these months may be too short for the days."""
    shortest = min(_SHORTEST.get(month, 31) for month in months)
    match days:
        case DaysOfMonth(numbers):
            return numbers[-1] > shortest
        case NearestWeekday(day):
            return day > shortest
        case NthWeekday(_, number):
            return number == len(_ORDINALS)
    return False


def _is_every_day(days: Days) -> bool:
    match days:
        case DaysOfMonth(numbers):
            return _is_all(DAY_OF_MONTH, numbers)
        case DaysOfWeek(weekdays):
            return _is_all(DAY_OF_WEEK, weekdays)
    return False


def _is_all(field: Field, values: Sequence[int]) -> bool:
    return len(values) == len(field.every)


def _every(value: int, unit: str) -> str:
    return f"every {unit}" if value == 1 else f"every {plural(value, unit)}"


def _counted(noun: str, values: Sequence[int]) -> str:
    return f"{noun}{'' if len(values) == 1 else 's'} {_told(values, str)}"


def _told(values: Sequence[int], word: Callable[[int], str]) -> str:
    """Return values as prose: `Monday to Friday and Sunday`."""
    told: list[str] = []
    for run in _runs(values):
        is_span = len(run) >= _LEAST_OF_A_SPAN
        told += [f"{word(run[0])} to {word(run[-1])}"] if is_span else map(word, run)
    return listed(told, "and")


def _runs(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the stretches of values without a gap."""
    start = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[end - 1] + 1:
            yield values[start:end]
            start = end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _month(number: int) -> str:
    return _MONTHS[number - 1]


def _weekday(number: int) -> str:
    return _WEEKDAYS[number - 1]


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
