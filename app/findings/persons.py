"""A person as the comparison sees one: declared, found, and whether it counts. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tenants.catalogue import MeasureName
from tenants.rulebook import SubjectRole, Uncounted

_DECLARED_AS = {
    MeasureName.MONTHLY_INCOME: "monthly_income_fen",
    MeasureName.DEPOSITS: "deposits_fen",
    MeasureName.HOUSES: "houses",
    MeasureName.VEHICLES: "vehicles",
    MeasureName.BUSINESSES: "businesses",
}


@dataclass(frozen=True, eq=False)
class Told(Mapping[str, Any]):
    """One record as a source told it: its fields, and where and as of when they come from.

    ``finding`` is its row; ``left_out`` how much of it a signed exclusion takes out of the sums
    (fen or a count), which never takes it out of the report.
    """

    fields: Mapping[str, Any]
    source: str = ""
    as_of: dt.date | None = None
    finding: int = 0
    left_out: int = 0

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)


@dataclass(frozen=True)
class Person:
    """One subject. ``told`` is by item code; ``uncounted`` is empty for a member who counts, else
    the code of the reason why not."""

    name: str
    role: str
    declared: Mapping[str, int | None]
    told: Mapping[int, Sequence[Told]]
    uncounted: str = ""
    id: int = 0
    relation: str = ""
    id_number: str = ""
    ended: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Item code → how it was answered (outcomes), over all sources."""

    @property
    def is_counted(self) -> bool:
        """Whether the person is one of the members by whom money is divided."""
        return not self.uncounted

    def declared_of(self, measure: MeasureName) -> int:
        """What was declared of one measure (fen or a count)."""
        return self.declared.get(_DECLARED_AS[measure]) or 0


def reason_not_counted(
    role: str, relation: str, departed: str, left_on: dt.date | None, day: dt.date, law: Uncounted
) -> str:
    """Why a person does not count as a member on ``day``, empty for those who do.

    Verified are also support obligors (2017/58, art. 9), who are no members of the household; who
    left or died (``departed``) counts until that day. Which of them count is the province's value.
    """
    if SubjectRole(role) in law.roles:
        return role
    if relation in law.relations:
        return "relation"
    if law.departed and left_on is not None and left_on <= day:
        return departed or "left"
    return ""
