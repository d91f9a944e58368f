"""区划变更: what the approval of a higher government changes in the tree, and from which day."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Text,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.agency.models import ALL_STAFF
from tenants.database import NEXT_ID, THIS_AGENCY, Base, db
from tenants.isolation import Grant, Wall

KINDS = ("move", "rename", "merge")

# What anybody may know of a change: who it is about and from when on.
_PUBLIC = (
    *("id", "kind", "agency_id", "before_id", "after_id", "since", "document"),
    *("document_on", "confirmed_at", "is_void"),
    *("old_code", "new_code", "old_name", "new_name"),
)


class AgencyChange(Base):
    """One approved change of an agency: its parent (move), its name and code (rename), or that it
    goes on in another one (merge). Recorded by one administrator of the province, in force from
    ``since`` on once another has confirmed it. Public facts, and who entered them.

    ``before_id``, ``after_id``: the former and the new parent; of a merge the successor only.
    """

    __tablename__ = "agency_change"
    __table_args__ = (
        CheckConstraint("kind IN ('move', 'rename', 'merge')", name="kind"),
        CheckConstraint("recorded_by <> confirmed_by", name="two_people"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        Index(None, "agency_id", "since"),
        {
            "info": {
                "wall": Wall(
                    ALL_STAFF
                    | {
                        "public": Grant("select", columns=_PUBLIC),
                        "registrar": "select insert update",
                    },
                    directory=True,
                )
            }
        },
    )

    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, server_default=NEXT_ID
    )
    kind: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    before_id: Mapped[int] = mapped_column(Integer, server_default="0")
    after_id: Mapped[int] = mapped_column(Integer, server_default="0")
    since: Mapped[dt.date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(Text)
    document_on: Mapped[dt.date] = mapped_column(Date)
    # Of the province: whose administrators record and confirm.
    by_agency_id: Mapped[int] = mapped_column(Integer)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_name: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_name: Mapped[str] = mapped_column(Text, server_default="")
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")
    voided_name: Mapped[str] = mapped_column(Text, server_default="")
    # Of a rename: what it is called, and its national code, before and after.
    old_code: Mapped[int] = mapped_column(Integer, server_default="0")
    new_code: Mapped[int] = mapped_column(Integer, server_default="0")
    old_name: Mapped[str] = mapped_column(Text, server_default="")
    new_name: Mapped[str] = mapped_column(Text, server_default="")
    new_short_name: Mapped[str] = mapped_column(Text, server_default="")
    new_region_name: Mapped[str] = mapped_column(Text, server_default="")

    def state_on(self, day: dt.date) -> str:
        """waiting (for the second person), coming, in_force, or void."""
        if self.is_void:
            return "void"
        if self.confirmed_at is None:
            return "waiting"
        return "coming" if self.since > day else "in_force"


class AgencyTurn(Base):
    """That this agency carried out its part of a change once its day had come."""

    __tablename__ = "agency_turn"
    __table_args__ = ({"info": {"wall": Wall({"desk": "select insert"})}},)

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    change_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    turned_on: Mapped[dt.date] = mapped_column(Date)


def concerning(agency_ids: Iterable[int]) -> Sequence[AgencyChange]:
    """The changes that are about these agencies or their parents, the latest day first."""
    ids = sorted(set(agency_ids))
    columns = (AgencyChange.agency_id, AgencyChange.before_id, AgencyChange.after_id)
    query = select(AgencyChange).where(or_(*(column.in_(ids) for column in columns)))
    newest = query.order_by(AgencyChange.since.desc(), AgencyChange.id.desc())
    return db.session.scalars(newest).all()


def untold(agency_id: int, day: dt.date) -> Sequence[AgencyChange]:
    """The confirmed changes about this agency whose day has come and whose part here is not done
    yet, in their order (desk)."""
    columns = (AgencyChange.agency_id, AgencyChange.before_id, AgencyChange.after_id)
    done = select(AgencyTurn.change_id)
    query = select(AgencyChange).where(
        or_(*(column == agency_id for column in columns)),
        AgencyChange.since <= day,
        AgencyChange.confirmed_at.is_not(None),
        AgencyChange.is_void.is_(False),
        AgencyChange.id.not_in(done),
    )
    return db.session.scalars(query.order_by(AgencyChange.since, AgencyChange.id)).all()


_IN_FORCE = (AgencyChange.confirmed_at.is_not(None), AgencyChange.is_void.is_(False))


def successor_of(agency_id: int, day: dt.date) -> tuple[int, dt.date] | None:
    """The agency that this one goes on in, and since when; None while it takes in anything new."""
    query = select(AgencyChange.after_id, AgencyChange.since).where(
        AgencyChange.agency_id == agency_id,
        AgencyChange.kind == "merge",
        AgencyChange.since <= day,
        *_IN_FORCE,
    )
    return db.session.execute(query.limit(1)).tuples().one_or_none()


FormerNames = Mapping[int, Sequence[tuple[dt.date, str]]]
"""Agency → the names that it had until a day, the earliest first."""


def former_names() -> FormerNames:
    """The names that agencies had before they were renamed; one statement."""
    columns = (AgencyChange.agency_id, AgencyChange.since, AgencyChange.old_name)
    query = select(*columns).where(AgencyChange.kind == "rename", *_IN_FORCE)
    found: dict[int, list[tuple[dt.date, str]]] = {}
    for id_, since, name in db.session.execute(query.order_by(AgencyChange.since)).tuples():
        found.setdefault(id_, []).append((since, name))
    return found


def name_then(former: FormerNames, agency_id: int, name: str, day: dt.date) -> str:
    """What an agency was called on ``day``, where it is called ``name`` now."""
    return next((old for since, old in former.get(agency_id, ()) if since > day), name)


def agency_coded(code: int, day: dt.date) -> int:
    """The agency that has this national code on ``day``: its id is the code that it was opened
    with, and stays good."""
    query = select(AgencyChange.agency_id).where(
        AgencyChange.new_code == code,
        AgencyChange.kind == "rename",
        AgencyChange.since <= day,
        *_IN_FORCE,
    )
    return db.session.scalar(query.limit(1)) or code
