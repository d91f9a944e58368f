"""One sheet of a unit's own file, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.exchange.medium.reply_parts import Table
from tenants.catalogue import DataItem
from tenants.messages import RowFault

Texts = Sequence[str]


@dataclass(frozen=True)
class OwnSheet:
    """One sheet of a unit's file: its title, heading row from 0, the rows with their numbers."""

    title: str
    header: int
    headings: Texts
    above: Sequence[Texts]
    rows: Sequence[tuple[int, Texts]]


@dataclass
class Converted:
    """Tables for the reader, faults that it could not find, and the unit's own headings."""

    item: DataItem
    tables: list[Table] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    notes: int = 0
