"""Whose a canary is, and what the rows of every table are made of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from tenants.agency.models import Unit
from tenants.vault import Vault

DAY = dt.date(2026, 11, 5)
OWN_ITEM = 1799
CHANGE = 7
AT = dt.datetime(2026, 11, 5, 3, 0, tzinfo=dt.UTC)
PERIOD = 202611
Row = tuple[str, dict[str, Any]]
"""A table's name and its values; the plain columns are filled in later."""


@dataclass(frozen=True)
class Place:
    """Whose rows: an agency's, one of its units', or one intake desk's of a unit."""

    agency_id: int
    unit_id: int = 0
    desk_id: int = 0

    @property
    def tag(self) -> str:
        return f"CANARY{self.agency_id}u{self.unit_id}d{self.desk_id}x"


@dataclass
class Rows:
    """Makes rows of one agency."""

    agency_id: int
    units: list[Unit]
    keys: Vault
    files: Mapping[Place, Mapping[str, int]]
    tree: tuple[int | None, list[int]]

    def __post_init__(self) -> None:
        self.matters: dict[int, int] = {}
        self.numbers = count(PERIOD * 10**12 + self.agency_id * 10**5)

    def next(self) -> int:
        return next(self.numbers)

    def _kind(self, place: Place) -> str:
        kinds = {unit.id: unit.kind for unit in self.units}
        return kinds.get(place.unit_id, "agency")

    def _sender(self) -> int:
        """Whom a case from below came from; a county has nobody below, so any agency will do."""
        return self.tree[1][0] if self.tree[1] else self.agency_id

    def _base(self, place: Place, **given: Any) -> dict[str, Any]:
        return {"place": place, "agency_id": place.agency_id, "id": self.next(), **given}

    def _key(self, place: Place) -> UUID:
        return uuid5(UUID(int=self.agency_id), place.tag)

    def _event(self, place: Place, machine: str, id_: int, state: str) -> dict[str, Any]:
        return self._base(
            place,
            machine=machine,
            object_id=id_,
            action="submit",
            to_state=state,
            account_id=0,
            at=AT,
            day=DAY,
        )
