"""The last days on which each tier can still act, counted back from the first agency's date.

The law gives one date: the agency that was asked reports by the 27th (Jilin, procedure 4). Our own
rule: each agency above has its report out ``tier_working_days`` working days before the agency
below it, so that there is time to take it in; requests leave early enough for a full reply term.
Where the windows' own last days go when they fall on a rest day is a rulebook value.
"""

from dataclasses import dataclass
from datetime import date

from tenants.calendar import WorkingCalendar, calendar_here
from tenants.rulebook.model import Rulebook


@dataclass(frozen=True)
class LastDays:
    """One agency's last days in a period; all ``None`` where the rulebook knows no windows.

    ``review_by``: its review must be done. ``delegate_by``: its letter to the parent must have
    left (``None`` at the top). ``send_by``: its requests must be received by the sharing units.
    ``report_by``: its own report must be out.
    """

    review_by: date | None = None
    delegate_by: date | None = None
    send_by: date | None = None
    report_by: date | None = None


def last_days(
    rulebook: Rulebook, period: int, agencies: int, calendar: WorkingCalendar | None = None
) -> tuple[LastDays, ...]:
    """The last days of each of ``agencies`` in line; the one first asked is at index 0."""
    counting = calendar or calendar_here()
    report_by, cut_off = rulebook.report_by(period, counting), rulebook.cut_off(period, counting)
    if report_by is None or cut_off is None:
        return (LastDays(),) * agencies
    margin = rulebook.tier_working_days.value
    reply = rulebook.reply_working_days.value
    days: list[LastDays] = []
    for height in reversed(range(agencies)):
        out_by = counting.add_working_days(report_by, -height * margin)
        send_by = min(cut_off, counting.add_working_days(out_by, -reply))
        above = days[-1].review_by if days else None
        delegate_by = above and counting.add_working_days(above, -margin)
        days.append(LastDays(min(delegate_by or send_by, send_by), delegate_by, send_by, out_by))
    return tuple(reversed(days))
