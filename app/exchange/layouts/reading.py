"""A reply in its unit's own layout, read by what was explained of it before."""

from dataclasses import dataclass, field
from datetime import date

from app.exchange.layouts.own_file import OwnFile, check_stamp, known_at, read_own
from app.exchange.layouts.remembering import known_of
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.replies import CheckedReply, ReplyLimits
from app.exchange.models import Reply
from tenants.calendar import business_date


@dataclass(frozen=True)
class ColumnsUnknown:
    """Sheets of whose headings nobody said anything yet; the stamp is right."""

    sheets: int


@dataclass(frozen=True)
class Came:
    """What came with the file: where its stamp was found, the day that was told with it."""

    stamp_from: str
    told_as_of: date | None
    limits: ReplyLimits = field(default_factory=ReplyLimits)

    @classmethod
    def of(cls, reply: Reply) -> "Came":
        """Of a reply that was taken in."""
        return cls(reply.stamp_from, reply.told_as_of)


def read_by_layouts(
    own: OwnFile, unit_id: int, asked: AskedRequest, came: Came
) -> CheckedReply | ColumnsUnknown:
    """The answers of the file, each sheet read by its own layout; raises the file's faults.

    The stamp comes first: what cannot be traced to an export is not even explained.
    """
    check_stamp(own, asked, is_known=came.stamp_from != "file")
    known = known_of(unit_id)
    found = [(grid, known_at(grid, known)) for grid in own.sheets]
    unknown = [grid for grid, at in found if at is None]
    if unknown:
        return ColumnsUnknown(len(unknown))
    chosen = [(grid, *at) for grid, at in found if at is not None]
    return read_own(own, chosen, asked, came.told_as_of, business_date(), came.limits)
