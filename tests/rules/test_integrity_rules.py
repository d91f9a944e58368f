"""When an entry counts, until when, and who has still to be told of its end (第二十条)."""

import datetime as dt

import pytest

from app.oversight.integrity.rules import ends_on, is_shown, still_to_tell

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("served", "months", "last"),
    [
        ("2026-11-20", 12, "2027-11-20"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-01-31", 1, "2026-02-28"),
    ],
)
def test_the_last_day(served: str, months: int, last: str) -> None:
    assert ends_on(dt.date.fromisoformat(served), months) == dt.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("state", "days", "shown"),
    [
        ("in_force", 0, True),
        ("in_force", 1, True),
        ("in_force", -1, False),
        ("confirmed", 9, False),
        ("suspended", 9, False),
        ("withdrawn", 9, False),
        ("proposed", 9, False),
    ],
)
def test_what_counts_today(state: str, days: int, shown: bool) -> None:
    assert is_shown(state, TODAY + dt.timedelta(days=days), TODAY) is shown
    assert not is_shown(state, None, TODAY)


def test_whoever_was_told_is_told_of_the_end() -> None:
    assert still_to_tell(["人社局", "长春市", "人社局"], ["长春市"]) == ["人社局"]
    assert still_to_tell([], []) == []
