"""A schedule in plain English."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aws.schedule.words import in_words
from tests.support.schedules import crons, hours, matches, minutes, onces, rates

NEAREST = "at 06:00 on the day from Monday to Friday nearest"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(1 minute)", "every minute"),
        ("rate(1 days)", "every day"),
        ("rate(5 minutes)", "every 5 minutes"),
        ("at(2026-12-01T08:00:00)", "once, on 2026-12-01 at 08:00:00"),
        ("cron(0 6 * * ? *)", "at 06:00 every day"),
        ("cron(0 6 ? * * *)", "at 06:00 every day"),
        ("cron(0 0/6 * * ? *)", "at 00:00, 06:00, 12:00 and 18:00 every day"),
        ("cron(0,45 6,18 * * ? *)", "at 06:00, 06:45, 18:00 and 18:45 every day"),
        ("cron(* * * * ? *)", "every minute"),
        ("cron(*/5 * * * ? *)", "every 5 minutes"),
        ("cron(0 * * * ? *)", "every hour"),
        ("cron(0 */2 * * ? *)", "every 2 hours"),
        ("cron(15 */2 * * ? *)", "every 2 hours from 00:15 to 22:15 every day"),
        ("cron(5/15 * * * ? *)", "every 15 minutes from 00:05 to 23:50 every day"),
        ("cron(0/5 9-17 ? * MON-FRI *)", "every 5 minutes from 09:00 to 17:55 on Monday to Friday"),
        ("cron(*/5 * ? * MON-FRI *)", "every 5 minutes on Monday to Friday"),
        ("cron(*/7 * * * ? *)", "at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour every day"),
        ("cron(0-9 3,5 * * ? *)", "at minutes 0 to 9 of hours 3 and 5 every day"),
        ("cron(*/5 * * 1 ? *)", "every 5 minutes in January"),
        ("cron(*/5 * * * ? 2027)", "every 5 minutes, in 2027"),
        ("cron(0 6 * 1-3,12 ? *)", "at 06:00 every day in January to March and December"),
        ("cron(30 2 1 * ? *)", "at 02:30 on the 1st of each month"),
        ("cron(30 2 1,2,3,11,22 * ? *)", "at 02:30 on the 1st to 3rd, 11th and 22nd of each month"),
        ("cron(0 6 11,13,21,23 * ? *)", "at 06:00 on the 11th, 13th, 21st and 23rd of each month"),
        ("cron(0 6 12 * ? *)", "at 06:00 on the 12th of each month"),
        ("cron(0 6 28 * ? *)", "at 06:00 on the 28th of each month"),
        ("cron(0 6 29 * ? *)", "at 06:00 on the 29th of each month, where there is one"),
        ("cron(0 6 31 1,3 ? *)", "at 06:00 on the 31st of January and March"),
        ("cron(0 6 29 2 ? *)", "at 06:00 on the 29th of February, where there is one"),
        ("cron(0 6 3W * ? *)", "at 06:00 on the day from Monday to Friday nearest to the 3rd of each month"),
        ("cron(0 6 31W 1,4 ? *)", f"{NEAREST} to the 31st of January and April, where there is one"),
        ("cron(0 6 31W 1,3 ? *)", f"{NEAREST} to the 31st of January and March"),
        ("cron(0 23 L * ? *)", "at 23:00 on the last day of each month"),
        ("cron(0 23 L 2 ? *)", "at 23:00 on the last day of February"),
        ("cron(0 9 ? * MON-FRI *)", "at 09:00 on Monday to Friday"),
        ("cron(0 9 ? * SUN,SAT *)", "at 09:00 on Sunday and Saturday"),
        ("cron(0 9 ? 6 L *)", "at 09:00 on Saturday in June"),
        ("cron(15 10 ? * 6L 2022-2023)", "at 10:15 on the last Friday of each month, in 2022 and 2023"),
        ("cron(0 9 ? * TUE#2 *)", "at 09:00 on the second Tuesday of each month"),
        ("cron(0 9 ? 3,6 3#5 *)", "at 09:00 on the fifth Tuesday of March and June, where there is one"),
    ],
)  # fmt: skip
def test_a_schedule_is_told_in_words(expression: str, expected: str) -> None:
    assert in_words(expression) == expected


@given(st.one_of(crons, rates, onces))
def test_every_schedule_is_told_in_one_line(expression: str) -> None:
    words = in_words(expression)
    assert re.fullmatch(r"(at|every|once,) \S.*\S|every \w+", words)
    assert "  " not in words


@given(minutes, hours)
def test_the_words_tell_the_very_times_of_a_day(minute: str, hour: str) -> None:
    expression = f"cron({minute} {hour} ? * FRI *)"
    words = in_words(expression).removesuffix(" on Friday")
    expected = [time for time in range(24 * 60) if is_time(expression, time)]
    assert times_of(words) == expected


def is_time(expression: str, minutes_of_day: int) -> bool:
    return matches(expression, datetime(2026, 11, 27, minutes_of_day // 60, minutes_of_day % 60))


def times_of(words: str) -> list[int]:
    """Return the minutes of a day that words are about."""
    if of := re.fullmatch("at minutes? (.+) of (?:every hour|hours? (.+))", words):
        told_hours = numbers(of[2]) if of[2] else list(range(24))
        return sorted(hour * 60 + minute for hour in told_hours for minute in numbers(of[1]))
    clocks = [int(clock[:2]) * 60 + int(clock[3:]) for clock in re.findall(r"\d\d:\d\d", words)]
    if words.startswith("at "):
        return clocks
    every = re.match(r"every (?:(\d+) )?(minute|hour)s?", words)
    assert every
    step = int(every[1] or 1) * (60 if every[2] == "hour" else 1)
    first, last = clocks or (0, 24 * 60 - 1)
    return list(range(first, last + 1, step))


def numbers(words: str) -> list[int]:
    """Return the numbers of `1, 3 to 5 and 7`."""
    spans = [[int(end) for end in span.split(" to ")] for span in re.split(", | and ", words)]
    return [number for span in spans for number in range(span[0], span[-1] + 1)]
