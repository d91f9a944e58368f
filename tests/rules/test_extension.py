"""Whether a reply term may be extended, as the examples of article 12."""

import datetime as dt
from dataclasses import replace

import pytest

from app.exchange.terms.rules import Asked, refusal

ASKED = Asked("delivered", dt.date(2026, 11, 12), dt.date(2026, 11, 23), is_extended=False)


def judged(asked: Asked = ASKED, *, days: int = 5, letter: int = 20, arrived: int = 20) -> str:
    """On the 25th; days of November."""
    on = [dt.date(2026, 11, day) for day in (letter, arrived, 25)]
    return refusal(asked, days=days, most=5, letter_on=on[0], arrived_on=on[1], today=on[2])


@pytest.mark.parametrize(
    ("days", "letter", "arrived", "code"),
    [
        (5, 20, 20, ""),
        (1, 20, 23, ""),
        (5, 20, 24, "extension_late"),
        (6, 20, 20, "extension_days"),
        (0, 20, 20, "extension_days"),
        (5, 21, 20, "extension_dates"),
        (5, 10, 11, "extension_dates"),
        (5, 20, 26, "extension_dates"),
    ],
)
def test_one_letter_in_time_moves_the_term(days: int, letter: int, arrived: int, code: str) -> None:
    assert judged(days=days, letter=letter, arrived=arrived) == code


def test_only_an_awaited_reply_with_a_term_is_extended_and_once() -> None:
    assert judged(replace(ASKED, state="confirmed")) == "extension_not_awaited"
    assert judged(replace(ASKED, delivered_on=None)) == "extension_not_awaited"
    assert judged(replace(ASKED, due_on=None)) == "extension_no_term"
    assert judged(replace(ASKED, is_extended=True)) == "extension_twice"
