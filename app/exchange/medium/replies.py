"""What a reply comes to once it has been read: answers, records, faults, reconciliation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.exchange.medium.asked import Pair
from app.exchange.medium.reconciliation import Reconciliation
from app.exchange.medium.values import Value
from tenants.catalogue.outcomes import Outcome
from tenants.messages import RowFault
from tenants.untrusted.workbook import WorkbookLimits


@dataclass(frozen=True)
class ReplyLimits:
    """What is taken at most; ``max_faults`` are listed, the others are only counted."""

    workbook: WorkbookLimits = WorkbookLimits()
    max_faults: int = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """How one asked pair ended; ``as_of`` and ``remark`` as the unit wrote them."""

    line_no: int
    item: int
    outcome: Outcome
    as_of: date | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a hit. ``fields`` holds only what was filled in, typed by the catalogue."""

    line_no: int
    item: int
    as_of: date
    fields: Mapping[str, Value]


@dataclass(frozen=True)
class CheckedReply:
    """A reply that was read through.

    With any row fault the whole file is refused: ``answers`` and ``records`` are then empty and
    ``reconciliation`` shows how the request stands without it. ``faults_found`` counts all faults,
    ``faults`` lists the first of them; a fault's ``column`` leads with its sheet, which is
    also ``values["sheet"]``. ``repeated`` counts rows that only said again what an earlier part had
    said.
    """

    answers: tuple[Answer, ...]
    records: tuple[Record, ...]
    reconciliation: Reconciliation
    faults: tuple[RowFault, ...]
    faults_found: int
    repeated: int

    @property
    def is_accepted(self) -> bool:
        """Whether there is something to take and nothing to mend."""
        return self.faults_found == 0


@dataclass
class Gathered:
    """What the rows of all sheets have brought so far."""

    max_faults: int
    outcomes: dict[Pair, Outcome] = field(default_factory=dict)
    as_of: dict[Pair, date] = field(default_factory=dict)
    remarks: dict[Pair, dict[str, None]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    faults_found: int = 0
    repeated: int = 0

    def add_fault(self, fault: RowFault) -> None:
        self.faults_found += 1
        if len(self.faults) < self.max_faults:
            self.faults.append(fault)
