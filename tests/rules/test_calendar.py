"""Two clocks, and working days over the holidays of 2026 with their make-up days."""

from contextvars import Context
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.calendar import (
    SHANGHAI,
    Due,
    DueWords,
    WorkingCalendar,
    add_working_days,
    business_date,
    business_date_set_to,
    due_in_words,
    instant,
    is_provisional,
    is_working_day,
    set_process_business_date,
    working_days_between,
)
from tenants.holidays import Notice, load_notices

NOVEMBER_9 = date(2026, 11, 9)
FAR_YEAR = 2091
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))


def test_the_business_date_is_shanghais() -> None:
    before = datetime.now(SHANGHAI).date()
    assert before <= business_date() <= datetime.now(SHANGHAI).date()


def test_a_business_date_can_be_set_and_ends_with_its_block() -> None:
    today = business_date()
    with business_date_set_to(NOVEMBER_9, allow=True):
        assert business_date() == NOVEMBER_9
        with business_date_set_to(date(2026, 11, 28), allow=True):
            assert business_date() == date(2026, 11, 28)
        assert business_date() == NOVEMBER_9
    assert business_date() == today


def test_it_ends_even_when_the_block_fails() -> None:
    with pytest.raises(LookupError), business_date_set_to(NOVEMBER_9, allow=True):
        raise LookupError
    assert business_date() != NOVEMBER_9


def test_what_is_set_here_does_not_reach_another_context() -> None:
    with business_date_set_to(NOVEMBER_9, allow=True):
        assert Context().run(business_date) != NOVEMBER_9


def test_the_whole_process_can_be_set_for_the_demonstration() -> None:
    try:
        set_process_business_date(NOVEMBER_9, allow=True)
        assert Context().run(business_date) == NOVEMBER_9
        with business_date_set_to(date(2026, 11, 10), allow=True):
            assert business_date() == date(2026, 11, 10)
    finally:
        set_process_business_date(None, allow=True)
    assert business_date() != NOVEMBER_9


def test_production_cannot_be_dated_back() -> None:
    with pytest.raises(PermissionError), business_date_set_to(NOVEMBER_9, allow=False):
        pass
    with pytest.raises(PermissionError):
        set_process_business_date(NOVEMBER_9, allow=False)
    assert business_date() != NOVEMBER_9


def test_instants_stay_true_whatever_the_business_date() -> None:
    with business_date_set_to(date(2001, 1, 1), allow=True):
        now = instant()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a plain Monday
        (date(2026, 11, 22), False),  # a plain Sunday
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # Saturday, made up
        (date(2026, 9, 20), True),  # Sunday, made up
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
    ],
)
def test_offices_follow_the_notice_for_2026(day: date, works: bool) -> None:
    assert is_working_day(day) is works
    assert not is_provisional(day)


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        (date(2026, 11, 16), 7, date(2026, 11, 25)),
        (date(2026, 11, 14), 1, date(2026, 11, 16)),  # received on a Saturday
        (date(2026, 9, 30), 7, date(2026, 10, 15)),  # over the October holidays, 10 Oct works
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), -1, date(2026, 11, 13)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
    ],
)
def test_seven_working_days_from_receipt(received: date, n: int, due: date) -> None:
    assert add_working_days(received, n) == due
    assert working_days_between(received, due) == n


@given(days, st.integers(-60, 60))
def test_counting_there_and_back(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert working_days_between(start, end) == n
    assert n == 0 or is_working_day(end)


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_two_terms_add_up_to_one(start: date, n: int, m: int) -> None:
    assert add_working_days(add_working_days(start, n), m) == add_working_days(start, n + m)


@given(days, days)
def test_more_days_are_never_fewer_working_days(a: date, b: date) -> None:
    count = working_days_between(a, b)
    assert abs(count) <= abs((b - a).days)
    assert (count >= 0) if b >= a else (count <= 0)


def test_a_year_without_notice_is_provisional_but_fixed_holidays_hold() -> None:
    assert is_provisional(date(FAR_YEAR, 3, 1))
    assert not is_working_day(date(FAR_YEAR, 5, 1))
    assert not is_working_day(date(FAR_YEAR, 10, 1))
    assert is_working_day(date(FAR_YEAR, 10, 4))


def test_our_own_notice_settles_a_year_that_the_library_does_not_know(tmp_path: Path) -> None:
    (tmp_path / f"{FAR_YEAR}.toml").write_text(
        'source = "a made-up notice"\n'
        f"holidays = [{FAR_YEAR}-03-05]\nmake_up_days = [{FAR_YEAR}-03-10]\n"
    )
    calendar = WorkingCalendar(load_notices(tmp_path))
    assert not calendar.is_provisional(date(FAR_YEAR, 3, 5))
    assert not calendar.is_working_day(date(FAR_YEAR, 3, 5))
    assert calendar.is_working_day(date(FAR_YEAR, 3, 10))  # a Saturday
    assert is_provisional(date(FAR_YEAR, 3, 6))  # the notice is not in the shipped calendar
    assert calendar.add_working_days(date(FAR_YEAR, 3, 2), 5) == date(FAR_YEAR, 3, 10)


def test_our_own_notice_goes_before_the_library() -> None:
    notice = Notice(2026, "a change", frozenset({date(2026, 11, 23)}), frozenset())
    calendar = WorkingCalendar({2026: notice})
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert calendar.is_working_day(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('source = "s"\nholidays = []\n', "make_up_days is missing"),
        ('source = "s"\nholidays = ["3月5日"]\nmake_up_days = []\n', "is not a date"),
        ('source = "s"\nholidays = [2050-03-05]\nmake_up_days = []\n', "does not belong"),
        ('source = "s"\nholidays = []\nmake_up_days = [2091-03-05]\n', "is a weekday anyway"),
        (
            'source = "s"\nholidays = [2091-03-10]\nmake_up_days = [2091-03-10]\n',
            "both a holiday and a make-up day",
        ),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "2091.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"2091.toml: .*{problem}"):
        load_notices(tmp_path)


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2026, 11, 27), date(2026, 11, 28), DueWords(Due.LATE, 1)),
        (date(2026, 11, 27), date(2026, 11, 30), DueWords(Due.LATE, 3)),
        (date(2026, 11, 27), date(2026, 11, 27), DueWords(Due.TODAY, 0)),
        (date(2026, 11, 28), date(2026, 11, 27), DueWords(Due.TODAY, 0)),  # due on a Saturday
        (date(2026, 11, 27), date(2026, 11, 25), DueWords(Due.SOON, 2)),
        (date(2026, 11, 27), date(2026, 11, 24), DueWords(Due.LATER, 3)),
        (date(2026, 10, 9), date(2026, 9, 30), DueWords(Due.SOON, 2)),  # over the holidays
    ],
)
def test_how_urgent_in_words(due: date, today: date, words: DueWords) -> None:
    assert due_in_words(due, today) == words
