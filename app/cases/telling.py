"""Notices about households: to those who sent them in, and to those who check them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.models import Case, Entrustment
from app.notices.service import tell_from
from tenants.database import any_of


def tell_senders(kind: str, case_ids: Sequence[int]) -> None:
    """Tell departments and desks how many of their households it is about, per entrustment."""
    if case_ids:
        tell_from(kind, ["department_clerk"], _counted(case_ids, [Case.unit_id]))
        by_desk = _counted(case_ids, [Case.unit_id, Case.desk_id]).where(Case.desk_id != 0)
        tell_from(kind, ["desk_clerk"], by_desk)


def tell_staff(kind: str, roles: Sequence[str], case_ids: Sequence[int]) -> None:
    """Tell desks of the agency how many households it is about, per entrustment."""
    if case_ids:
        tell_from(kind, roles, _counted(case_ids, []))


def _counted(case_ids: Sequence[int], place: list[InstrumentedAttribute[int]]) -> Select[Any]:
    here = [literal(0), literal(0)]
    columns = [*place, *here[len(place) :]]
    query = (
        select(*columns, Case.entrustment_id, Entrustment.number, func.count())
        .join(
            Entrustment,
            (Entrustment.agency_id == Case.agency_id) & (Entrustment.id == Case.entrustment_id),
        )
        .where(Case.id == any_of(case_ids))
        .group_by(*place, Case.entrustment_id, Entrustment.number)
    )
    return query.where(Case.origin == "unit") if place else query
