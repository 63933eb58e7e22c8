"""What EventBridge Scheduler takes for a schedule, and what is said of all else."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aws.schedule import zones
from generator.aws.schedule.cron import Cron
from generator.aws.schedule.days import (
    Days,
    DaysOfMonth,
    DaysOfWeek,
    LastDay,
    LastWeekday,
    NearestWeekday,
    NthWeekday,
)
from generator.aws.schedule.expression import Once, Rate, Schedule, read_schedule
from generator.aws.schedule.zones import check_zone
from generator.errors import Rejection
from tests.support.schedules import crons, onces, rates

EVERY_DAY = DaysOfMonth(tuple(range(1, 32)))
EVERY_MONTH = tuple(range(1, 13))
EVERY_YEAR = tuple(range(1970, 2200))


def cron(
    minutes: tuple[int, ...] = (0,),
    hours: tuple[int, ...] = (6,),
    days: Days = EVERY_DAY,
    months: tuple[int, ...] = EVERY_MONTH,
    years: tuple[int, ...] = EVERY_YEAR,
) -> Cron:
    return Cron(minutes, hours, days, months, years)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cron(0 6 * * ? *)", cron()),
        ("cron(0 6 ? * * *)", cron(days=DaysOfWeek((1, 2, 3, 4, 5, 6, 7)))),
        ("cron(00 06 * * ? *)", cron()),
        ("cron(*/20 6 * * ? *)", cron((0, 20, 40))),
        ("cron(1/10 6 * * ? *)", cron((1, 11, 21, 31, 41, 51))),
        ("cron(0-30/10 6 * * ? *)", cron((0, 10, 20, 30))),
        ("cron(5-5/2 6 * * ? *)", cron((5,))),
        ("cron(0 20-23 * * ? *)", cron(hours=(20, 21, 22, 23))),
        ("cron(0 9,6-7,7 * * ? *)", cron(hours=(6, 7, 9))),
        ("cron(0 6 1,15 * ? *)", cron(days=DaysOfMonth((1, 15)))),
        ("cron(0 6 1/7 * ? *)", cron(days=DaysOfMonth((1, 8, 15, 22, 29)))),
        ("cron(0 6 L * ? *)", cron(days=LastDay())),
        ("cron(0 6 3W * ? *)", cron(days=NearestWeekday(3))),
        ("cron(0 6 * JAN,MAR-MAY,12 ? *)", cron(months=(1, 3, 4, 5, 12))),
        ("cron(0 6 * 1/3 ? *)", cron(months=(1, 4, 7, 10))),
        ("cron(0 6 ? * MON-FRI *)", cron(days=DaysOfWeek((2, 3, 4, 5, 6)))),
        ("cron(0 6 ? * SUN,4 *)", cron(days=DaysOfWeek((1, 4)))),
        ("cron(0 6 ? * L *)", cron(days=DaysOfWeek((7,)))),
        ("cron(0 6 ? * 6L *)", cron(days=LastWeekday(6))),
        ("cron(0 6 ? * FRIL *)", cron(days=LastWeekday(6))),
        ("cron(0 6 ? * 3#2 *)", cron(days=NthWeekday(3, 2))),
        ("cron(0 6 ? * TUE#2 *)", cron(days=NthWeekday(3, 2))),
        ("cron(0 6 * * ? 2026)", cron(years=(2026,))),
        ("cron(0 6 * * ? 2022-2023)", cron(years=(2022, 2023))),
        ("cron(0 6 * * ? 2190/5)", cron(years=(2190, 2195))),
        ("rate(1 minute)", Rate(1, "minute")),
        ("rate(1 days)", Rate(1, "day")),
        ("rate(5 minutes)", Rate(5, "minute")),
        ("rate(012 hours)", Rate(12, "hour")),
        ("at(2026-12-01T08:00:00)", Once(datetime(2026, 12, 1, 8))),
        ("at(2028-02-29T23:59:59)", Once(datetime(2028, 2, 29, 23, 59, 59))),
    ],
)
def test_an_expression_means_what_the_user_guide_says(expression: str, expected: Schedule) -> None:
    assert read_schedule(expression) == expected


SIX = "write `cron(minutes hours day-of-month month day-of-week year)`"
LAST_OR_NEAREST = "use `L` for the last day or `3W` for the weekday nearest to the 3rd, and nothing beside it"
LAST_OR_NTH = "use `6L` for the last Friday or `6#3` for the third, and nothing beside it"


@pytest.mark.parametrize(
    ("expression", "what", "remedy"),
    [
        ("", "`` is not a schedule", "write `cron(…)`, `rate(…)` or `at(…)`"),
        ("nightly", "`nightly` is not a schedule", "write `cron(…)`, `rate(…)` or `at(…)`"),
        ("cron(0 6 * * ? *", "`cron(0 6 * * ? *` is not a schedule", "write `cron(…)`, `rate(…)` or `at(…)`"),
        ("0 6 * * ? *", "`0 6 * * ? *` has no `cron(…)` around it", "write `cron(0 6 * * ? *)`"),
        ("0 6 * * *", "`0 6 * * *` is cron as Unix has it", SIX),
        ("5 minutes", "`5 minutes` has no `rate(…)` around it", "write `rate(5 minutes)`"),
        (
            "2026-12-01T08:00:00",
            "`2026-12-01T08:00:00` has no `at(…)` around it",
            "write `at(2026-12-01T08:00:00)`",
        ),
        ("CRON(0 6 * * ? *)", "`CRON(0 6 * * ? *)` is not a schedule", "write `cron(0 6 * * ? *)`"),
        ("Rate (5 minutes)", "`Rate (5 minutes)` is not a schedule", "write `rate(5 minutes)`"),
        (
            " at(2026-12-01T08:00:00)\n",
            r"` at(2026-12-01T08:00:00)\n` is not a schedule",
            "write `at(2026-12-01T08:00:00)`",
        ),
        ("cron( 0 6 * * ? * )", "`cron( 0 6 * * ? * )` has more spaces than it needs", "write `cron(0 6 * * ? *)`"),
        ("cron(0 6  * * ? *)", "`cron(0 6  * * ? *)` has more spaces than it needs", "write `cron(0 6 * * ? *)`"),
        ("cron(0\t6 * * ? *)", r"`cron(0\t6 * * ? *)` has more spaces than it needs", "write `cron(0 6 * * ? *)`"),
        ("x" * 257, "the expression has 257 characters", "use at most 256"),
        ("cron()", "`cron(…)` has 0 fields, not 6", SIX),
        ("cron(0 6 * * ?)", "`cron(…)` has 5 fields, not 6", SIX),
        ("cron(0 0 6 * * ? *)", "`cron(…)` has 7 fields, not 6", SIX),
        ("cron(0 6 * * * *)", "day-of-month and day-of-week are both set", "write `?` for day-of-week"),
        ("cron(0 6 1 * * *)", "day-of-month and day-of-week are both set", "write `?` for day-of-week"),
        ("cron(0 6 * * MON *)", "day-of-month and day-of-week are both set", "write `?` for day-of-month"),
        ("cron(0 6 1 * MON *)", "day-of-month and day-of-week are both set", "write `?` for one of them"),
        ("cron(0 6 ? * ? *)", "day-of-month and day-of-week are both `?`", "write `*` for day-of-month"),
        ("cron(61 6 * * ? *)", "`61` is out of range for minutes", "use 0 to 59"),
        ("cron(0 24 * * ? *)", "`24` is out of range for hours", "use 0 to 23"),
        ("cron(0 6 0 * ? *)", "`0` is out of range for day-of-month", "use 1 to 31"),
        ("cron(0 6 * 13 ? *)", "`13` is out of range for month", "use 1 to 12 or JAN to DEC"),
        ("cron(0 6 ? * 0 *)", "`0` is out of range for day-of-week", "use 1 to 7 or SUN to SAT"),
        ("cron(0 6 * * ? 1969)", "`1969` is out of range for year", "use 1970 to 2199"),
        ("cron(0 6 * * ? 2200)", "`2200` is out of range for year", "use 1970 to 2199"),
        ("cron(? 6 * * ? *)", "`?` is not a value of minutes", "use 0 to 59"),
        ("cron(0 ٣ * * ? *)", "`٣` is not a value of hours", "use 0 to 23"),
        ("cron(0 noon * * ? *)", "`noon` is not a value of hours", "use 0 to 23"),
        ("cron(0 L * * ? *)", "`L` is not a value of hours", "use 0 to 23"),
        ("cron(0 -1 * * ? *)", "a value of hours is missing", "use 0 to 23"),
        ("cron(0 1- * * ? *)", "a value of hours is missing", "use 0 to 23"),
        ("cron(0 1,,2 * * ? *)", "a value of hours is missing", "use 0 to 23"),
        ("cron(0 /2 * * ? *)", "a value of hours is missing", "use 0 to 23"),
        ("cron(0 6 * jan ? *)", "`jan` is not a value of month", "write `JAN`"),
        ("cron(0 6 * SEPT ? *)", "`SEPT` is not a value of month", "write `SEP`"),
        ("cron(0 6 ? * monday *)", "`monday` is not a value of day-of-week", "write `MON`"),
        (
            "cron(0 17-9 * * ? *)",
            "`17-9` of hours runs backwards",
            "write `9-17`, or two ranges if it goes past the end",
        ),
        (
            "cron(0 6 ? * FRI-MON *)",
            "`FRI-MON` of day-of-week runs backwards",
            "write `MON-FRI`, or two ranges if it goes past the end",
        ),
        (
            "cron(0 6 ? * MON-6 *)",
            "`MON-6` of day-of-week mixes a name and a number",
            "write `MON-FRI` or `2-6`",
        ),
        ("cron(0 6 * 1-MAR ? *)", "`1-MAR` of month mixes a name and a number", "write `JAN-MAR` or `1-3`"),
        ("cron(*/60 6 * * ? *)", "`/60` is not a step for minutes", "use /1 to /59"),
        ("cron(*/0 6 * * ? *)", "`/0` is not a step for minutes", "use /1 to /59"),
        ("cron(5/ 6 * * ? *)", "`/` is not a step for minutes", "use /1 to /59"),
        ("cron(5/5/5 6 * * ? *)", "`/5/5` is not a step for minutes", "use /1 to /59"),
        ("cron(0 6 LW * ? *)", "`LW` is not a value of day-of-month", LAST_OR_NEAREST),
        ("cron(0 6 L-3 * ? *)", "`L-3` is not a value of day-of-month", LAST_OR_NEAREST),
        ("cron(0 6 1,L * ? *)", "`1,L` is not a value of day-of-month", LAST_OR_NEAREST),
        ("cron(0 6 1-3W * ? *)", "`1-3W` is not a value of day-of-month", LAST_OR_NEAREST),
        ("cron(0 6 W * ? *)", "`W` is not a value of day-of-month", LAST_OR_NEAREST),
        ("cron(0 6 32W * ? *)", "`32` is out of range for day-of-month", "use 1 to 31"),
        ("cron(0 6 ? * 3#6 *)", "`#6` is out of range for day-of-week", "use #1 to #5"),
        ("cron(0 6 ? * 3#0 *)", "`#0` is out of range for day-of-week", "use #1 to #5"),
        ("cron(0 6 ? * 8#1 *)", "`8` is out of range for day-of-week", "use 1 to 7 or SUN to SAT"),
        ("cron(0 6 ? * 3#1,6#3 *)", "`3#1,6#3` is not a value of day-of-week", LAST_OR_NTH),
        ("cron(0 6 ? * 3# *)", "`3#` is not a value of day-of-week", LAST_OR_NTH),
        ("cron(0 6 ? * 2,6L *)", "`2,6L` is not a value of day-of-week", LAST_OR_NTH),
        ("cron(0 6 ? * 8L *)", "`8` is out of range for day-of-week", "use 1 to 7 or SUN to SAT"),
        ("cron(0 6 ? * 2/2 *)", "`/` is not for day-of-week", "list the days, as in `MON,WED,FRI`"),
        ("rate(0 minutes)", "`rate(0 minutes)` never runs", "use 1 or more"),
        ("rate(5 minute)", "`rate(5 minute)` lacks the plural", "write `rate(5 minutes)`"),
        *(
            (
                f"rate({text})",
                f"`rate({text})` is not a rate",
                "write it like `rate(5 minutes)`, in minutes, hours or days",
            )
            for text in ("-5 minutes", "1.5 hours", "5", "minutes", "5 weeks", "5minutes", "5 Minutes", "five minutes")
        ),
        (
            "at(2026-02-30T08:00:00)",
            "there is no `2026-02-30T08:00:00`",
            "use a day of the calendar and a time from 00:00:00 to 23:59:59",
        ),
        (
            "at(2026-12-01T24:00:00)",
            "there is no `2026-12-01T24:00:00`",
            "use a day of the calendar and a time from 00:00:00 to 23:59:59",
        ),
        (
            "at(2026-12-01T08:00:60)",
            "there is no `2026-12-01T08:00:60`",
            "use a day of the calendar and a time from 00:00:00 to 23:59:59",
        ),
        *(
            (
                f"at({text})",
                f"`at({text})` is not a time",
                "write `at(yyyy-mm-ddThh:mm:ss)`, without an offset",
            )
            for text in ("2026-12-01", "2026-12-01T08:00:00Z", "2026-12-01T08:00", "2026-12-01 08:00:00", "tomorrow")
        ),
    ],
)
def test_all_else_is_rejected_with_what_to_write(expression: str, what: str, remedy: str) -> None:
    with pytest.raises(Rejection) as caught:
        read_schedule(expression)
    assert str(caught.value) == f"{what}; {remedy}"


@given(st.one_of(crons, rates, onces))
def test_every_expression_of_the_grammar_is_read(expression: str) -> None:
    read_schedule(expression)


@given(st.one_of(st.text(), st.text("0123456789*?,-/LW#MONFRIJANcronrateat() "), crons.map(lambda text: text[:-3])))
def test_whatever_is_written_is_read_or_rejected(expression: str) -> None:
    with suppress(Rejection):
        read_schedule(expression)


def test_the_longest_expression_is_read() -> None:
    longest = f"cron({','.join(['0'] * 119)},00 6 * * ? *)"
    assert len(longest) == 256
    assert read_schedule(longest) == cron()


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_a_name_of_the_iana_is_a_time_zone(name: str) -> None:
    check_zone(name)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Europe/Berlinn", "did you mean `Europe/Berlin`?"),
        ("europe/berlin", "did you mean `Europe/Berlin`?"),
        ("America/NewYork", "did you mean `America/New_York`?"),
        ("UTC+2", "did you mean `UTC`?"),
        ("Central European Summer Time", "use a name like `Europe/Berlin` or `UTC`"),
        ("localtime", "use a name like `Europe/Berlin` or `UTC`"),
        ("", "use a name like `Europe/Berlin` or `UTC`"),
    ],
)
def test_another_name_is_none_and_the_nearest_is_named(name: str, remedy: str) -> None:
    with pytest.raises(Rejection) as caught:
        check_zone(name)
    assert str(caught.value) == f"`{name}` is not a time zone; {remedy}"


def test_where_no_time_zone_is_known_none_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "_known", lambda: ())
    check_zone("Europe/Berlinn")
