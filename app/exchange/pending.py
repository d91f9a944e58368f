"""Which lines of a request still wait for an answer: what a second file has to bring."""

from dataclasses import dataclass

from sqlalchemy import text

from tenants.catalogue import DataItem, catalogue
from tenants.database import db

_PENDING = text("""
SELECT asked.item, count(*) AS lines,
       (array_agg(a.line_no ORDER BY a.line_no))[1:30] AS first
FROM ask a CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS asked(item, outcome)
WHERE a.request_id = :request AND asked.outcome = 0 AND a.line_no IS NOT NULL
GROUP BY asked.item ORDER BY asked.item
""")


@dataclass(frozen=True)
class Pending:
    """One data item: how many lines are without an answer, and the first of them."""

    item: DataItem
    lines: int
    first: tuple[int, ...]


def pending_lines(request_id: int) -> list[Pending]:
    """What accepted replies left open, by data item; line numbers only, nobody's name."""
    rows = db.session.execute(_PENDING, {"request": request_id})
    return [Pending(catalogue().item(row.item), row.lines, tuple(row.first)) for row in rows]
