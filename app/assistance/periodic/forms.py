"""What a page of the periodic check asks for in its address."""

import datetime as dt
from collections.abc import Container, Mapping

from app.assistance.periodic.queries import Filter


def filter_asked(given: Mapping[str, str], schemes: Container[str], usual: str) -> Filter:
    """The filter of an address or a form; what is not there, or malformed, counts as all."""
    scheme, desk, day = (given.get(name, "") for name in ("scheme", "desk", "before"))
    return Filter(
        scheme if scheme in schemes else usual,
        int(desk) if desk.isascii() and desk.isdigit() and len(desk) < 7 else 0,
        _day(day),
    )


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
