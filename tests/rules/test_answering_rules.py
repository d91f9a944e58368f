"""Who is asked about, as it is pasted from a letter's table; and whose consent still holds."""

import datetime as dt

import pytest

from app.assistance.answering.rules import Asked, has_consent, read_people
from tests.world.identity_numbers import id_number, with_wrong_check

TODAY = dt.date(2026, 12, 10)
NUMBER = id_number(220182, dt.date(1970, 1, 1), 1, male=True)
OTHER = id_number(220182, dt.date(1980, 2, 2), 2, male=False)


def test_a_pasted_table_is_read_line_by_line() -> None:
    pasted = f"郑玉芬\t{NUMBER}\t2026-12-01\n\n何春生\uff0c{OTHER}\n"
    people, wrong = read_people(pasted, TODAY)
    assert people == [
        Asked("郑玉芬", NUMBER, dt.date(2026, 12, 1)),
        Asked("何春生", OTHER, None),
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("郑玉芬", "columns"),
        (f"郑\t{NUMBER}", "name"),
        (f"郑玉芬\t{with_wrong_check(NUMBER)}", "number"),
        (f"郑玉芬\t{NUMBER}\t12月1日", "day"),
        (f"郑玉芬\t{NUMBER}\t2026-12-11", "day"),
        (f"何春生\t{OTHER}", "twice"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, code: str) -> None:
    people, wrong = read_people(f"何春生\t{OTHER}\n{line}", TODAY)
    assert [(one.line, one.code) for one in wrong] == [(2, code)]
    assert len(people) == 1


@pytest.mark.parametrize(
    ("signed", "holds"),
    [
        (None, False),
        (dt.date(2026, 12, 10), True),
        (dt.date(2025, 12, 10), True),
        (dt.date(2025, 12, 9), False),
        (dt.date(2026, 12, 11), False),
    ],
)
def test_an_authorisation_holds_as_long_as_the_rulebook_lets_it(
    signed: dt.date | None, holds: bool
) -> None:
    assert has_consent(signed, TODAY, 12) is holds
