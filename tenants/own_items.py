"""Data items that an agency added to the catalogue for itself, with their legal basis (第十条).

One operator records an item, another confirms it; from then on it never changes, so that what was
answered stays readable. It can be asked about no more from a day on.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from flask import g, has_app_context
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Integer,
    SmallInteger,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.agency.models import ALL_STAFF
from tenants.calendar import business_date
from tenants.catalogue import DataItem, Field, FieldType, Service
from tenants.database import THIS_AGENCY, Base, db
from tenants.isolation import Grant, Wall
from tenants.rulebook import Rulebook
from tenants.scope import Scope

_LATER = ("confirmed_by", "confirmed_at", "is_void", "ended_on")
_READERS = {role: Grant("select", compares=("agency_id",)) for role in ALL_STAFF}
Matrix = Mapping[tuple[str, str], frozenset[int]]
"""(scheme, role) → the data items that are asked about such a person."""


class OwnItem(Base):
    """One data item that this agency added. ``definition``: ``fields`` (name, title, type, unit,
    codes, sensitive), ``schemes`` and ``roles`` of the people that it is asked about."""

    __tablename__ = "own_item"
    __table_args__ = (
        CheckConstraint("mod(item, 100) BETWEEN 51 AND 99 AND item / 100 BETWEEN 1 AND 17", "item"),
        CheckConstraint("law_text <> '' OR law_file_id IS NOT NULL", "law"),
        CheckConstraint("recorded_by <> confirmed_by", "two_operators"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", "confirmed"),
        CheckConstraint("NOT (is_void AND confirmed_by IS NOT NULL)", "void"),
        CheckConstraint("ended_on IS NULL OR confirmed_by IS NOT NULL", "ended"),
        {
            "info": {
                "wall": Wall(
                    _READERS | {"desk": Grant("select insert update", update_columns=_LATER)}
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    item: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    law_title: Mapped[str] = mapped_column(Text)
    law_article: Mapped[str] = mapped_column(Text)
    law_text: Mapped[str] = mapped_column(Text, server_default="")
    law_file_id: Mapped[int | None] = mapped_column(BigInteger)
    definition: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")
    # From this day on nobody is asked about it any more.
    ended_on: Mapped[dt.date | None] = mapped_column(Date)

    def standing(self, day: dt.date) -> str:
        """waiting, void, running or ended."""
        if self.is_void:
            return "void"
        if self.confirmed_by is None:
            return "waiting"
        return "ended" if self.ended_on is not None and self.ended_on <= day else "running"

    def data_item(self) -> DataItem:
        """The item as the catalogue would describe it."""
        fields = tuple(
            Field(**raw | {"type": FieldType(raw["type"])}) for raw in self.definition["fields"]
        )
        only_yes_no = all(field.type is FieldType.YES_NO for field in fields)
        return DataItem(
            code=self.item,
            name=f"own_{self.item}",
            title=self.title,
            article=f"{self.law_title} {self.law_article}",
            service=Service.YES_NO if only_yes_no else Service.RECORDS,
            fields=fields,
        )


def read_own(code: int | None) -> Mapping[int, DataItem]:
    """How the catalogue finds what the agency in scope added: with a code everything that was ever
    confirmed, without one what is asked about today; nothing outside of a scope."""
    scope: Scope | None = g.get("scope") if has_app_context() else None
    if scope is None or scope.role not in ALL_STAFF:
        return {}
    known: dict[int, tuple[DataItem, bool]] | None = g.get("own_items")
    if known is None or (code is not None and code not in known):
        day = business_date()
        known = g.own_items = {
            row.item: (row.data_item(), row.standing(day) == "running") for row in _confirmed()
        }
    return {item: found for item, (found, is_asked) in known.items() if is_asked or item == code}


def asked_of_each(law: Rulebook) -> Matrix:
    """The rulebook's matrix with what the agency in scope added to it; one statement."""
    day = business_date()
    added = [row for row in _confirmed() if row.standing(day) == "running"]
    return {
        (str(scheme), str(role)): items
        | {
            row.item
            for row in added
            if scheme in row.definition["schemes"] and role in row.definition["roles"]
        }
        for scheme, value in law.matrix.items()
        for role, items in value.value.items()
    }


def _confirmed() -> Iterable[OwnItem]:
    query = select(OwnItem).where(OwnItem.confirmed_by.is_not(None))
    return db.session.scalars(query.order_by(OwnItem.item))
