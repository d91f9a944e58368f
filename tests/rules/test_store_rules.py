"""What a store of returned data may still say: usable, as a table of examples."""

import datetime as dt

import pytest

from app.exchange.store.rules import Held, usable

TODAY, DAYS = dt.date(2026, 11, 12), 62
FRESH, EDGE, OLD = dt.date(2026, 10, 31), dt.date(2026, 9, 11), dt.date(2026, 9, 10)


@pytest.mark.parametrize(
    ("held", "loads", "as_of", "why"),
    [
        ([], [], None, "not_held"),
        ([FRESH], [1], FRESH, ""),
        ([EDGE], [1], EDGE, ""),
        ([OLD], [], None, "too_old"),
        ([FRESH, EDGE], [1, 2], EDGE, ""),
        ([FRESH, OLD], [1], None, "too_old"),
    ],
)
def test_no_record_needs_every_part_fresh(
    held: list[dt.date], loads: list[int], as_of: dt.date | None, why: str
) -> None:
    found = usable([Held(n, day) for n, day in enumerate(held, start=1)], TODAY, DAYS)
    assert [one.load_id for one in found.loads] == loads
    assert (found.as_of, found.why) == (as_of, why)
