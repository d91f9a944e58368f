"""What is asked of a sharing unit: the lines of a list, the head of a request, the request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tenants.catalogue import DataItem
from tenants.catalogue.outcomes import Outcome

Pair = tuple[int, int]
"""``(line_no, item)``: one asked subject × data item."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One subject on the list of one request.

    ``line_no`` counts from 1 within the request; ``id_type`` is the Chinese word; ``items`` are
    the codes of the data items asked about this subject.
    """

    line_no: int
    name: str
    id_type: str
    id_number: str
    items: tuple[int, ...]
    authorised_on: date
    authorisation_expires_on: date | None


@dataclass(frozen=True)
class PackageHead:
    """Who asks whom, when and why; ``period`` is yyyymm, ``stamp`` is empty until it is made."""

    agency_code: str
    agency_name: str
    unit_id: int
    unit_name: str
    request_no: str
    period: int
    made_on: date
    due_in_working_days: int | None
    legal_basis: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What was asked on one line, as far as a reply is held against it."""

    name: str
    id_number: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class AskedRequest:
    """A request that has left, to hold a reply against.

    ``items`` are the typed data items by code, as they were when the package was made;
    ``answered`` is what earlier parts of the reply brought (accepted outcomes only).
    """

    request_no: str
    stamp: str
    unit_name: str
    lines: Mapping[int, AskedLine]
    items: Mapping[int, DataItem]
    answered: Mapping[Pair, Outcome] = field(default_factory=dict)

    def pairs(self) -> list[Pair]:
        """Every asked pair, in the order of the lines."""
        return [(number, item) for number, line in self.lines.items() for item in line.items]
