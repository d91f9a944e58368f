"""What a list is made of, before it is numbered, stamped and kept (desk)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.assistance.outward.models import OutwardList
from app.assistance.outward.rows import Row, told
from app.assistance.outward.states import Asked, counts, differences, endings, unknown_ages
from tenants.rulebook.outward import OutwardFlow


@dataclass(frozen=True)
class Issue:
    """The rows of a list, the list that they are a difference against, and how many people are
    there in all by scheme; ``words`` take the place of lines of its cover."""

    flow: OutwardFlow
    as_of: dt.date
    base: OutwardList | None
    rows: list[Row]
    schemes: Mapping[str, Mapping[str, int]]
    unknown: int = 0
    round_id: int = 0
    left_out: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


def of_register(asked: Asked, base: OutwardList | None) -> Issue:
    """What a list of the register says: everybody, or the difference against its base."""
    found = list(differences(asked))
    why = endings(asked, [one.row for one in found if one.new is None])
    rows = list(told(asked, found, why))
    return Issue(asked.flow, asked.as_of, base, rows, counts(asked), unknown_ages(asked))
