"""When a schedule runs, against a reader that looks at each minute, and what AWS says of the change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.aws.schedule.times import next_times
from generator.errors import Rejection
from tests.support.schedules import crons, days, hours, matches, minute_by_minute, minutes

NOVEMBER = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)

CHANGES_OF_CLOCKS = [
    ("Europe/Berlin", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/Los_Angeles", datetime(2026, 3, 8, tzinfo=UTC)),
    ("America/Los_Angeles", datetime(2026, 11, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),  # by half an hour
    ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    ("America/St_Johns", datetime(2006, 10, 29, tzinfo=UTC)),  # from 00:01 to the day before
    ("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC)),  # which left out a day
    ("UTC", datetime(2026, 6, 30, tzinfo=UTC)),
]


def told(times: list[datetime]) -> list[str]:
    return [time.isoformat(" ", "minutes") for time in times]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("30 12 * * ? *", ["2026-11-28 12:30", "2026-11-29 12:30", "2026-11-30 12:30"]),
        ("31 12 * * ? *", ["2026-11-27 12:31", "2026-11-28 12:31", "2026-11-29 12:31"]),
        ("0/30 23 L * ? *", ["2026-11-30 23:00", "2026-11-30 23:30", "2026-12-31 23:00"]),
        ("0 6 31 * ? *", ["2026-12-31 06:00", "2027-01-31 06:00", "2027-03-31 06:00"]),
        ("0 6 29 2 ? *", ["2028-02-29 06:00", "2032-02-29 06:00", "2036-02-29 06:00"]),
        ("0 6 1W * ? *", ["2026-12-01 06:00", "2027-01-01 06:00", "2027-02-01 06:00"]),
        ("0 6 1W 5 ? *", ["2027-05-03 06:00", "2028-05-01 06:00", "2029-05-01 06:00"]),  # 1 May 2027 is a Saturday
        ("0 6 31W 1 ? *", ["2027-01-29 06:00", "2028-01-31 06:00", "2029-01-31 06:00"]),  # 31 January 2027 is a Sunday
        ("0 6 15W 5,8 ? 2027", ["2027-05-14 06:00", "2027-08-16 06:00"]),  # a Saturday and a Sunday
        ("0 6 ? * MON-FRI *", ["2026-11-30 06:00", "2026-12-01 06:00", "2026-12-02 06:00"]),
        ("0 6 ? * L *", ["2026-11-28 06:00", "2026-12-05 06:00", "2026-12-12 06:00"]),
        ("15 10 ? * 6L *", ["2026-12-25 10:15", "2027-01-29 10:15", "2027-02-26 10:15"]),
        ("0 6 ? * 3#2 *", ["2026-12-08 06:00", "2027-01-12 06:00", "2027-02-09 06:00"]),
        ("0 6 ? * 3#5 *", ["2026-12-29 06:00", "2027-03-30 06:00", "2027-06-29 06:00"]),
        ("0 6 1 1 ? 2026-2028", ["2027-01-01 06:00", "2028-01-01 06:00"]),
    ],
)
def test_the_next_times_are_those_of_the_calendar(fields: str, expected: list[str]) -> None:
    times = next_times(f"cron({fields})", "UTC", NOVEMBER, count=3)
    assert told(times) == [f"{time}+00:00" for time in expected]


def test_five_times_are_returned_where_nobody_says_how_many() -> None:
    assert len(next_times("cron(0 6 * * ? *)", "UTC", NOVEMBER)) == 5


def test_a_time_that_clocks_leave_out_is_skipped() -> None:
    times = next_times("cron(30 2 * * ? *)", "America/Los_Angeles", datetime(2026, 3, 7, tzinfo=UTC), count=2)
    assert told(times) == ["2026-03-07 02:30-08:00", "2026-03-09 02:30-07:00"]


def test_a_time_that_clocks_show_twice_counts_once_and_at_the_first() -> None:
    times = next_times("cron(30 1 * * ? *)", "America/Los_Angeles", datetime(2026, 11, 1, tzinfo=UTC), count=2)
    assert told(times) == ["2026-11-01 01:30-07:00", "2026-11-02 01:30-08:00"]
    second_hour = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert next_times("cron(30 1 * * ? *)", "America/Los_Angeles", second_hour, count=1) == times[1:]


def test_a_schedule_that_runs_once_has_one_time_and_none_thereafter() -> None:
    assert told(next_times("at(2026-12-01T08:00:00)", "Europe/Berlin", NOVEMBER)) == ["2026-12-01 08:00+01:00"]
    assert next_times("at(2026-11-27T13:30:00)", "Europe/Berlin", NOVEMBER) == []
    assert next_times("at(2027-03-28T02:30:00)", "Europe/Berlin", NOVEMBER) == []


def test_a_rate_has_no_times_since_it_counts_from_its_start() -> None:
    assert next_times("rate(5 minutes)", "UTC", NOVEMBER) == []


@pytest.mark.parametrize(
    "expression",
    [
        "cron(* * 31 2 ? *)",
        "cron(* * 31W 2,4,6,9,11 ? *)",
        "cron(* * * * ? 1970-2025)",
        "cron(* * 29 2 ? 2100)",
        "cron(* 2 ? 3 1#2 *)",  # the night in which clocks leave out the hour
        "at(0001-01-01T00:00:00)",
        "at(9999-12-31T23:59:59)",
    ],
)
def test_what_never_comes_is_soon_told(expression: str) -> None:
    assert next_times(expression, "America/New_York", NOVEMBER) == []


@pytest.mark.parametrize("zone", ["Europe/Berlinn", "../etc/passwd", "Europe", "", "x" * 300])
def test_there_are_no_times_in_a_zone_that_is_not_known(zone: str) -> None:
    with pytest.raises(Rejection, match="this machine does not know the time zone"):
        next_times("cron(0 6 * * ? *)", zone, NOVEMBER)


@given(crons, st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)), st.sampled_from(CHANGES_OF_CLOCKS))
def test_each_time_is_one_of_the_expression_and_comes_after_the_one_before(
    expression: str, after: datetime, change: tuple[str, datetime]
) -> None:
    zone, _ = change
    start = after.replace(tzinfo=UTC)
    times = next_times(expression, zone, start)
    assert all(matches(expression, time) for time in times)
    assert all(time.tzinfo == ZoneInfo(zone) for time in times)
    instants = [start, *(time.astimezone(UTC) for time in times)]
    assert instants == sorted(set(instants))


frequent = st.tuples(minutes, hours, days).map(
    lambda parts: f"cron({parts[0]} {parts[1]} {parts[2][0]} * {parts[2][1]} *)"
)


@given(frequent, st.sampled_from(CHANGES_OF_CLOCKS), st.integers(-1440, 1440))
@example("cron(* * * * ? *)", CHANGES_OF_CLOCKS[1], 75)
@example("cron(* * * * ? *)", CHANGES_OF_CLOCKS[6], 151)
def test_around_a_change_of_clocks_no_time_is_left_out_and_none_is_added(
    expression: str, change: tuple[str, datetime], offset: int
) -> None:
    zone, day = change
    after = day + timedelta(minutes=offset)
    end = after + timedelta(days=2)
    expected = minute_by_minute(expression, ZoneInfo(zone), after, end)
    times = [time.astimezone(UTC) for time in next_times(expression, zone, after, count=len(expected) + 1)]
    assert times[: len(expected)] == expected
    assert all(time >= end for time in times[len(expected) :])


@given(crons, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_of_the_days_of_a_year_none_is_left_out(expression: str, after: datetime) -> None:
    noon = " ".join(["cron(0 12", *expression.split(" ")[2:]])
    start = after.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=UTC)
    year = [start + timedelta(days) for days in range(1, 366)]
    expected = [day for day in year if matches(noon, day)]
    assert [time for time in next_times(noon, "UTC", start, count=366) if time <= year[-1]] == expected
