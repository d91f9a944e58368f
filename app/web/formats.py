"""The one place that turns values into the words people read: dates, money, due dates, masks.

Everything here is pure. ``FILTERS`` are the Jinja names; ``app.web.components.install`` adds them
to an environment together with what depends on the day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.web.messages import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
MISSING = "—"
STAR = "*"

WorkingDays = Callable[[date, date], int]
"""Counts the working days after the first date up to and including the second."""

DueTone = Literal["late", "today", "soon", "calm"]


@dataclass(frozen=True)
class Due:
    """A due date in words, with the tone of its badge."""

    on: date
    words: str
    tone: DueTone


def due(on: date, today: date, working_days: WorkingDays) -> Due:
    """Say how ``on`` stands to ``today``: over time in calendar days, left in working days.

    The next working day is already ``soon``. When only days off are left, those are counted.
    """
    if on < today:
        return Due(on, say("due.late", days=(today - on).days), "late")
    if on == today:
        return Due(on, say("due.today"), "today")
    left = working_days(today, on)
    if left == 0:
        return Due(on, say("due.days", days=(on - today).days), "soon")
    return Due(on, say("due.working_days", days=left), "soon" if left == 1 else "calm")


def money(fen: int | None) -> str:
    """``120000`` fen → ``1,200.00``; without the unit, for columns headed 元."""
    if fen is None:
        return MISSING
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def money_with_unit(fen: int | None) -> str:
    """``120000`` fen → ``1,200.00`` and the unit, for running text."""
    return MISSING if fen is None else say("format.yuan", amount=money(fen))


def number(value: int | None) -> str:
    """A count with thousands separators."""
    return MISSING if value is None else f"{value:,}"


def day(value: date | None) -> str:
    """``2026-11-15``, for tables; an instant is refused, since its day depends on the clock."""
    return MISSING if value is None else _date(value).isoformat()


def short_day(value: date | None) -> str:
    """``11-15``, where the year is known from the page."""
    return MISSING if value is None else _date(value).strftime("%m-%d")


def long_day(value: date) -> str:
    """Month, day and day of the week, for headings."""
    weekday = say(f"format.weekday.{_date(value).isoweekday()}")
    return say("format.long_day", month=value.month, day=value.day, weekday=weekday)


def written_day(value: date) -> str:
    """Year, month and day as official documents write them."""
    return say("format.written_day", year=_date(value).year, month=value.month, day=value.day)


def month(yyyymm: int) -> str:
    """A period given as ``202611``."""
    year, ordinal = divmod(yyyymm, 100)
    return say("format.month", year=year, month=ordinal)


def instant(value: datetime | None) -> str:
    """``2026-11-15 14:03`` in Shanghai; ``ValueError`` for an instant without a zone."""
    return MISSING if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


def short_instant(value: datetime | None) -> str:
    """``11-15 14:03`` in Shanghai."""
    return MISSING if value is None else _local(value).strftime("%m-%d %H:%M")


def happened(day: date | None, at: datetime) -> str:
    """``2026-11-15 14:03``: the business day of an act with its time of day.

    On another day (the business date was set, or a Shanghai midnight lay between) the time says
    nothing about that day and is left out.
    """
    local = _local(at)
    if day is None or local.date() == _date(day):
        return local.strftime("%Y-%m-%d %H:%M")
    return _date(day).isoformat()


def mask_id(number: str | None) -> str:
    """``220182********123X``: region and last four stay; other documents keep two at each end."""
    if not number:
        return MISSING
    if len(number) in (15, 18):
        return _mask(number, 6, 4 if len(number) == 18 else 3)
    return _mask(number, 2, 2)


def mask_name(name: str | None) -> str:
    """First and last character stay; of a name of two only the first."""
    return _mask(name, 1, 1 if len(name) > 2 else 0) if name else MISSING


def mask_phone(phone: str | None) -> str:
    """``138****5678``."""
    return _mask(phone, 3, 4) if phone else MISSING


def mask_account(number: str | None) -> str:
    """Account and card numbers keep the last four digits."""
    return _mask(number, 0, 4) if number else MISSING


def _mask(text: str, head: int, tail: int) -> str:
    """Star out the middle; a text too short to hide anything is starred wholly."""
    if len(text) <= head + tail:
        return STAR * len(text)
    hidden = len(text) - head - tail
    return text[:head] + STAR * hidden + (text[-tail:] if tail else "")


def _date(value: date) -> date:
    if isinstance(value, datetime):
        raise ValueError("a business date is wanted, not an instant")
    return value


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return value.astimezone(SHANGHAI)


def dash(value: Any) -> Any:
    """``—`` for what is not there; zero is there."""
    return MISSING if value is None or value == "" else value


FILTERS: dict[str, Callable[..., Any]] = {
    "money": money,
    "money_with_unit": money_with_unit,
    "number": number,
    "day": day,
    "short_day": short_day,
    "long_day": long_day,
    "written_day": written_day,
    "month": month,
    "instant": instant,
    "short_instant": short_instant,
    "happened": happened,
    "mask_id": mask_id,
    "mask_name": mask_name,
    "mask_phone": mask_phone,
    "mask_account": mask_account,
    "dash": dash,
}
