"""Working age by the month of birth, the day of a list, and where two tiers differ."""

import datetime as dt

import pytest

from app.assistance.outward.names import HEADINGS, WIDTHS
from app.assistance.outward.rhythm import newest_due, next_due
from app.assistance.outward.rules import (
    Count,
    bounds,
    day_told,
    ends_in,
    gap,
    is_full_due,
    services,
)
from tenants.rulebook import rulebook
from tenants.rulebook.outward import COLUMNS, Rhythm

LAW = rulebook(22).working_age.value
FLOWS = rulebook(44).outward_flows
DAY = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("is_male", "born", "ends"),
    [
        (True, 196412, 202412),
        (True, 196501, 202502),
        (True, 196504, 202505),
        (True, 196505, 202507),
        (True, 197609, 203909),
        (True, 199001, 205301),
        (False, 196912, 202412),
        (False, 197001, 202502),
        (False, 198109, 203909),
    ],
)
def test_working_age_ends_later_for_who_was_born_later(is_male: bool, born: int, ends: int) -> None:
    """As the tables of the decision of 13 September 2024 have it (men 60 to 63, women 55 to 58)."""
    assert ends_in(LAW.male if is_male else LAW.female, born) == ends


def test_the_bounds_of_a_day_are_those_of_each_person() -> None:
    found = bounds(LAW, DAY)
    assert found.youngest == 201011
    for rule, oldest in ((LAW.male, found.oldest_man), (LAW.female, found.oldest_woman)):
        assert ends_in(rule, oldest) > 202611 >= ends_in(rule, oldest - 1)


@pytest.mark.parametrize(
    ("born", "named_for"),
    [
        (196610, ("job",)),
        (196611, ("job",)),
        (196612, ("job", "premium")),
        (201011, ("job", "premium")),
    ],
)
def test_a_premium_is_paid_until_sixty(born: int, named_for: tuple[str, ...]) -> None:
    assert services(LAW, born, DAY) == named_for


@pytest.mark.parametrize(
    ("flow", "last", "is_due"),
    [
        ("upload", None, True),
        ("upload", dt.date(2026, 1, 1), False),
        ("working_age", dt.date(2026, 11, 1), False),
        ("working_age", dt.date(2026, 10, 31), True),
        ("working_age", dt.date(2025, 11, 30), True),
    ],
)
def test_everybody_is_named_at_first_or_once_a_month(
    flow: str, last: dt.date | None, is_due: bool
) -> None:
    assert is_full_due(FLOWS[flow].value, last, DAY) is is_due
    assert day_told(DAY) == dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("told", "held", "found"),
    [
        (Count(2, 3, DAY), Count(2, 3, DAY), ""),
        (Count(2, 3, DAY), Count(2, 4, DAY), "differs"),
        (Count(2, 3, DAY), Count(1, 3, DAY), "differs"),
        (Count(2, 3, DAY), Count(2, 3, day_told(DAY)), "behind"),
        (Count(2, 3, DAY), Count(0, 0, None), "nothing"),
    ],
)
def test_figures_of_two_tiers(told: Count, held: Count, found: str) -> None:
    assert gap(told, held) == found


def test_every_column_has_a_heading_and_a_flow_says_for_what_it_is() -> None:
    assert set(COLUMNS) == set(HEADINGS) == set(WIDTHS)
    for book in (rulebook(22), rulebook(44)):
        for value in book.outward_flows.values():
            assert value.value.purpose
            assert value.article or value.note


@pytest.mark.parametrize(
    ("every", "day", "today", "newest", "following"),
    [
        ("week", 1, (2026, 11, 30), (2026, 11, 30), (2026, 12, 7)),
        ("week", 1, (2026, 12, 1), (2026, 11, 30), (2026, 12, 7)),
        ("week", 7, (2026, 12, 5), (2026, 11, 29), (2026, 12, 6)),
        ("month", 20, (2026, 12, 20), (2026, 12, 20), (2027, 1, 20)),
        ("month", 20, (2026, 12, 19), (2026, 11, 20), (2026, 12, 20)),
        ("month", 28, (2027, 3, 1), (2027, 2, 28), (2027, 3, 28)),
        ("month", 5, (2027, 1, 4), (2026, 12, 5), (2027, 1, 5)),
        ("month", 5, (2026, 12, 31), (2026, 12, 5), (2027, 1, 5)),
        ("day", 0, (2026, 12, 31), (2026, 12, 31), (2027, 1, 1)),
    ],
)
def test_a_list_is_due_on_its_day_and_owed_until_the_next(
    every: str,
    day: int,
    today: tuple[int, int, int],
    newest: tuple[int, int, int],
    following: tuple[int, int, int],
) -> None:
    rhythm = Rhythm(every, day)
    assert newest_due(rhythm, dt.date(*today)) == dt.date(*newest)
    assert next_due(rhythm, dt.date(*today)) == dt.date(*following)
