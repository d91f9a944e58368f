"""The register at the end of a day, and of two days what is different: set operations (desk)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Subquery, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.assistance.outward.models import HeldPerson
from app.assistance.outward.rules import Bounds, bounds, premium_bound
from app.assistance.register.models import AssistedPerson
from app.cases.models import Subject
from tenants.database import db
from tenants.rulebook.outward import OutwardFlow, WorkingAge

Person = AssistedPerson | HeldPerson
Source = type[AssistedPerson] | type[HeldPerson]
Who = tuple[int, str, bytes]
"""By which agency (0: this one), under which scheme, and the keyed hash of the person."""


@dataclass(frozen=True)
class Asked:
    """Whom a list is about: a flow, by whose working age, from which day to which; of the register
    here, or of those that were told."""

    flow: OutwardFlow
    law: WorkingAge
    as_of: dt.date
    base_as_of: dt.date | None
    of_held: bool

    @property
    def source(self) -> Source:
        """The table of whom the list is about."""
        return HeldPerson if self.of_held else AssistedPerson

    def bounds_on(self, day: dt.date) -> Bounds | None:
        """The months of birth that count on a day; None where age does not matter."""
        return bounds(self.law, day) if self.flow.working_age_only else None


@dataclass(frozen=True)
class Difference:
    """One person of a list: as they are, and as they were at its base."""

    new: Person | None
    old: Person | None

    @property
    def row(self) -> Person:
        """The newest there is of the person."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a difference is about somebody")
        return found

    @property
    def change(self) -> str:
        """added, ended or changed."""
        if self.old is None:
            return "added"
        return "ended" if self.new is None else "changed"


def who(row: Person) -> Who:
    """By what a person is told apart from others."""
    by = row.by_agency_id if isinstance(row, HeldPerson) else 0
    return by, row.scheme, bytes(row.person_hash)


def differences(asked: Asked, most: int | None = None) -> Iterator[Difference]:
    """Everybody of a full list, or whoever was added, changed or ended since its base; of these the
    first ``most``."""
    new: Any = aliased(asked.source, _at(asked, asked.as_of))
    if asked.base_as_of is None:
        whole = select(new).order_by(new.id).limit(most)
        yield from (Difference(row, None) for row in db.session.scalars(whole))
        return
    old: Any = aliased(asked.source, _at(asked, asked.base_as_of))
    query = (
        select(new, old)
        .select_from(new)
        .join(old, and_(*_same(new, old)), full=True)
        .where(_told(asked, new, asked.as_of).is_distinct_from(_told(asked, old, asked.base_as_of)))
        .order_by(func.coalesce(new.id, old.id))
        .limit(most)
    )
    for found in db.session.execute(query).tuples():
        yield Difference(*found)


def _at(asked: Asked, day: dt.date) -> Subquery:
    of = asked.source
    parts: list[ColumnElement[bool]] = [
        of.scheme.in_(asked.flow.schemes),
        of.valid_from <= day,
        or_(of.valid_to.is_(None), of.valid_to > day),
    ]
    within = asked.bounds_on(day)
    if within:
        oldest = {True: within.oldest_man, False: within.oldest_woman}
        ages = [of.is_male.is_(sex) & (of.born_month >= month) for sex, month in oldest.items()]
        parts += [of.born_month <= within.youngest, or_(*ages)]
    return select(of).where(*parts).subquery()


def _same(new: Any, old: Any) -> list[ColumnElement[bool]]:
    names = ("by_agency_id", "scheme", "person_hash")
    return [getattr(new, n) == getattr(old, n) for n in names if hasattr(new, n)]


def _told(asked: Asked, of: Any, day: dt.date) -> ColumnElement[Any]:
    """What is told of a person; another household or another head is told as well, and, of a list
    by age, what the person is named for."""
    age = of.born_month >= premium_bound(asked.law, day)
    more = (age,) if asked.flow.working_age_only else ()
    return func.row(of.content_hash, of.household_key, of.is_head, *more)


def counts(asked: Asked) -> dict[str, dict[str, int]]:
    """Scheme → households and persons, of everybody at the end of the day."""
    of = aliased(asked.source, _at(asked, asked.as_of))
    home = func.row(*_home(of)) if asked.source is HeldPerson else of.household_key
    query = select(of.scheme, func.count(home.distinct()), func.count()).group_by(of.scheme)
    told = {scheme: (homes, persons) for scheme, homes, persons in db.session.execute(query)}
    nobody = (0, 0)
    return {
        scheme: dict(zip(("households", "persons"), told.get(scheme, nobody), strict=True))
        for scheme in asked.flow.schemes
    }


def _home(of: Any) -> tuple[Any, Any]:
    return of.by_agency_id, of.household_key


def unknown_ages(asked: Asked) -> int:
    """How many could not be judged: month of birth or sex is not known."""
    if not asked.flow.working_age_only:
        return 0
    of = asked.source
    query = select(func.count()).where(
        of.scheme.in_(asked.flow.schemes),
        of.valid_from <= asked.as_of,
        or_(of.valid_to.is_(None), of.valid_to > asked.as_of),
        or_(of.born_month == 0, of.is_male.is_(None)),
    )
    return db.session.scalar(query) or 0


def endings(asked: Asked, gone: Iterable[Person]) -> dict[Who, str]:
    """Why each of these is on the list no more: as the register ended them, or ``over_age``."""
    people = {who(row): row for row in gone}
    if not people:
        return {}
    of: Any = asked.source
    hashes = {hash_ for _, _, hash_ in people}
    query = select(of).where(of.person_hash == _any(hashes), of.scheme.in_(asked.flow.schemes))
    query = query.where(of.valid_from <= asked.as_of).order_by(of.valid_from, of.id)
    last = {who(row): row for row in db.session.scalars(query)}
    died = _died(hashes)
    found = {}
    for one in people:
        row = last[one]
        is_there = row.valid_to is None or row.valid_to > asked.as_of
        found[one] = "over_age" if is_there else row.ended_why
        if not is_there and one[2] in died:
            found[one] = "died"
    return found


def _died(hashes: set[bytes]) -> set[bytes]:
    """Who of these is recorded as dead in any case of this agency."""
    query = select(Subject.id_hash).where(
        Subject.id_hash == _any(hashes), Subject.left_reason == "died"
    )
    return {bytes(hash_) for hash_ in db.session.scalars(query)}


def _any(hashes: Iterable[bytes]) -> Any:
    return func.any(literal(sorted(hashes), ARRAY(LargeBinary)))


def anybody(asked: Asked) -> bool:
    """Whether there is, or ever was, somebody to be told of."""
    of = asked.source
    known = (of.scheme.in_(asked.flow.schemes), of.valid_from <= asked.as_of)
    return db.session.scalar(select(of.id).where(*known).limit(1)) is not None
