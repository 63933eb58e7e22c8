"""When a schedule runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

from generator.aws.schedule.cron import YEAR, Cron
from generator.aws.schedule.expression import Once, Schedule, read_schedule
from generator.aws.schedule.zones import zone_of


def next_times(expression: str, zone: str, after: datetime, count: int = 5) -> list[datetime]:
    """Return the first times after a given one at which a schedule runs, in its time zone; fewer where it ends.

    `zone` is a name of the IANA, and `after` has a time zone too. There are no times for `rate(…)`, which counts from
    its start, and none after 2199, where the years of `cron(…)` end. Raises `Rejection`.

    When clocks go forward, a time that they leave out is skipped. When they go back, a time that they show twice
    counts once, the first time. Source: EventBridge Scheduler user guide, "Daylight savings time on EventBridge
    Scheduler". AWS says this only about `cron(…)`; here it is the same for `at(…)`.
    """
    schedule, place = read_schedule(expression), zone_of(zone)
    first_day = after.astimezone(place).date()
    times = (time.replace(tzinfo=place) for time in _on_the_clock(schedule, first_day))
    return list(islice((time for time in times if _exists(time) and time.astimezone(UTC) > after), count))


def _on_the_clock(schedule: Schedule, first_day: date) -> Iterator[datetime]:
    """Yield the times from a day on as clocks show them, in ascending order."""
    if isinstance(schedule, Once) and first_day.year <= schedule.time.year <= YEAR.high:
        yield schedule.time
    if isinstance(schedule, Cron):
        for day in _days(schedule, first_day):
            for hour in schedule.hours:
                for minute in schedule.minutes:
                    yield datetime(day.year, day.month, day.day, hour, minute)


def _days(cron: Cron, first_day: date) -> Iterator[date]:
    for year in (year for year in cron.years if year >= first_day.year):
        for month in cron.months:
            days = (date(year, month, day) for day in cron.days.in_month(year, month))
            yield from (day for day in days if day >= first_day)


def _exists(time: datetime) -> bool:
    """Tell whether clocks show a time; what they leave out becomes another on its way to UTC and back."""
    there_and_back = time.astimezone(UTC).astimezone(time.tzinfo)
    return there_and_back.replace(tzinfo=None) == time.replace(tzinfo=None)
