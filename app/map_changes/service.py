"""Verbs of 区划变更: one administrator of the province records, another confirms, or voids.

Edges are written on confirming, dated ahead: nothing has to happen on the day for letters to go
the right way. Directory tables belong to no tenant; only the registrar may write them.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.map_changes.messages import Fault
from app.map_changes.rules import (
    Approval,
    Called,
    Edge,
    Place,
    check_approval,
    check_merge,
    check_move,
    check_rename,
)
from tenants.agency.changes import AgencyChange
from tenants.agency.models import Agency, AgencyEdge
from tenants.agency.tree import ancestors_of, descendants_of
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.scope import acting_for


def place_of(agency_id: int) -> Place:
    """An agency as the rules look at it; ``Fault("map.unknown")`` when there is none."""
    found = db.session.get(Agency, agency_id)
    if found is None:
        raise Fault("map.unknown", agency=agency_id)
    return Place(found.id, found.name, found.tier)


def check_moving(agency_id: int, parent_id: int, approval: Approval) -> Edge:
    """The edge that would end; raises ``Fault`` where the rules refuse the move. Any role."""
    check_approval(approval, business_date())
    child, parent = place_of(agency_id), place_of(parent_id)
    below = {found.id for found, _ in descendants_of(child.id, approval.since)}
    return check_move(child, parent, edges_of(child.id), below, approval.since)


def edges_of(agency_id: int) -> list[Edge]:
    """Every parent that an agency has, had or will have."""
    query = select(AgencyEdge).where(AgencyEdge.child_id == agency_id)
    rows = db.session.scalars(query.order_by(AgencyEdge.valid_from))
    return [Edge(row.parent_id, row.valid_from, row.valid_to) for row in rows]


def record_move(agency_id: int, parent_id: int, approval: Approval, actor: Actor) -> int:
    """Record that an agency comes under another parent; in force once it is confirmed and its day
    has come. Returns its id. Needs no scope. Raises ``Fault``."""
    actor.must("map.record")
    with acting_for(actor.agency_id, "registrar"):
        edge = check_moving(agency_id, parent_id, approval)
        values = {"before_id": edge.parent_id, "after_id": parent_id}
        return _record("move", agency_id, approval, actor, values)


def check_renaming(agency_id: int, new: Called, approval: Approval) -> Called:
    """What the agency is called now; raises ``Fault`` where the rules refuse the new name."""
    check_approval(approval, business_date())
    place, row = place_of(agency_id), db.session.get_one(Agency, agency_id)
    old = Called(row.name, row.short_name, row.region_name, code_of(agency_id))
    named = Called(new.name, new.short_name, new.region_name, new.code or old.code)
    others = select(Agency.id, Agency.short_name).where(Agency.id != agency_id)
    taken: set[int | str] = {part for pair in db.session.execute(others).tuples() for part in pair}
    codes = select(AgencyChange.new_code).where(
        AgencyChange.agency_id != agency_id, AgencyChange.is_void.is_(False)
    )
    check_rename(place, old, named, taken | set(db.session.scalars(codes)))
    return old


def code_of(agency_id: int) -> int:
    """The national code of an agency: that of its last change, or the one it was opened with."""
    query = select(AgencyChange.new_code).where(
        AgencyChange.agency_id == agency_id,
        AgencyChange.new_code > 0,
        AgencyChange.confirmed_at.is_not(None),
        AgencyChange.is_void.is_(False),
    )
    return db.session.scalar(query.order_by(AgencyChange.since.desc()).limit(1)) or agency_id


def record_rename(agency_id: int, new: Called, approval: Approval, actor: Actor) -> int:
    """Record that an agency gets another name or code from a day on. Raises ``Fault``."""
    actor.must("map.record")
    with acting_for(actor.agency_id, "registrar"):
        old = check_renaming(agency_id, new, approval)
        values = {
            **{"old_name": old.name, "new_name": new.name, "new_short_name": new.short_name},
            **{"new_region_name": new.region_name, "old_code": old.code},
            "new_code": new.code or old.code,
        }
        return _record("rename", agency_id, approval, actor, values)


def check_merging(agency_id: int, successor_id: int, approval: Approval) -> None:
    """Raises ``Fault`` where the rules refuse that an agency goes on in another one."""
    check_approval(approval, business_date())
    below = [found.id for found, _ in descendants_of(agency_id, approval.since)]
    over = select(AgencyChange.id).where(
        AgencyChange.agency_id == successor_id,
        AgencyChange.kind == "merge",
        AgencyChange.is_void.is_(False),
    )
    is_over = db.session.scalar(over.limit(1)) is not None
    check_merge(place_of(agency_id), place_of(successor_id), below, is_over)


def record_merge(agency_id: int, successor_id: int, approval: Approval, actor: Actor) -> int:
    """Record that an agency goes on in another one from a day on. Raises ``Fault``."""
    actor.must("map.record")
    with acting_for(actor.agency_id, "registrar"):
        check_merging(agency_id, successor_id, approval)
        return _record("merge", agency_id, approval, actor, {"after_id": successor_id})


def _record(
    kind: str, agency_id: int, approval: Approval, actor: Actor, values: Mapping[str, Any]
) -> int:
    require_province(agency_id, actor)
    require_no_open(agency_id)
    (id_,) = take_ids(1)
    row = {
        **{"id": id_, "kind": kind, "agency_id": agency_id, "since": approval.since},
        **{"document": approval.number.strip(), "document_on": approval.dated},
        **{"by_agency_id": actor.agency_id, "recorded_by": actor.account_id},
        **{"recorded_name": actor.name, "recorded_at": instant(), **values},
    }
    db.session.execute(insert(AgencyChange).values(row).inline())
    audit.record(actor.account_id, "map.record", kind="agency_change", subject_id=id_, on=agency_id)
    return id_


def require_province(agency_id: int, actor: Actor) -> None:
    """The province at the top of the agency's tree records and confirms; else ``Fault``."""
    above = ancestors_of(agency_id, business_date())
    top = above[-1] if above else db.session.get_one(Agency, agency_id)
    if top.id != actor.agency_id:
        raise Fault("map.not_province", name=top.name)


def require_no_open(agency_id: int) -> None:
    """One change of an agency at a time; else ``Fault("map.open")``."""
    query = select(AgencyChange).where(
        AgencyChange.agency_id == agency_id,
        AgencyChange.is_void.is_(False),
        or_(AgencyChange.confirmed_at.is_(None), AgencyChange.since > business_date()),
    )
    found = db.session.scalars(query.limit(1)).one_or_none()
    if found is not None:
        raise Fault("map.open", name=place_of(agency_id).name, document=found.document)


def confirm(change_id: int, actor: Actor) -> None:
    """A second administrator confirms; the tree has its new edge from the day on.

    Raises ``Fault`` for the one who recorded it, and where the rules refuse it by now.
    """
    actor.must("map.confirm")
    with acting_for(actor.agency_id, "registrar"):
        row = _locked(change_id, actor)
        if row.recorded_by == actor.account_id:
            raise Fault("map.same_person")
        if row.state_on(business_date()) != "waiting":
            raise Fault("map.not_waiting")
        approval = Approval(row.document, row.document_on, row.since)
        _CONFIRMED[row.kind](row, approval)
        row.confirmed_by, row.confirmed_name = actor.account_id, actor.name
        row.confirmed_at = instant()
        _tell_trail("map.confirm", row, actor)


def void(change_id: int, actor: Actor) -> None:
    """Take a change back before its day; it stays in the list. ``Fault`` once it is in force."""
    actor.must("map.confirm")
    with acting_for(actor.agency_id, "registrar"):
        row = _locked(change_id, actor)
        state = row.state_on(business_date())
        if state == "in_force":
            raise Fault("map.too_late")
        if state == "void":
            raise Fault("map.not_waiting")
        if state == "coming" and row.kind == "move":
            _put_back(row)
        row.is_void, row.voided_name = True, actor.name
        _tell_trail("map.void", row, actor)


def _tell_trail(verb: str, row: AgencyChange, actor: Actor) -> None:
    audit.record(actor.account_id, verb, kind="agency_change", subject_id=row.id, on=row.agency_id)


def _locked(change_id: int, actor: Actor) -> AgencyChange:
    query = select(AgencyChange).where(AgencyChange.id == change_id).with_for_update()
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise LookupError(f"no change {change_id} of the map")
    if row.by_agency_id != actor.agency_id:
        raise Fault("map.not_province", name=place_of(row.by_agency_id).name)
    return row


def _move(row: AgencyChange, approval: Approval) -> None:
    edge = check_moving(row.agency_id, row.after_id, approval)
    if edge.parent_id != row.before_id:
        raise Fault("map.overlap", name=place_of(row.agency_id).name, day=row.since)
    here = AgencyEdge.child_id == row.agency_id
    db.session.execute(
        update(AgencyEdge)
        .where(here, AgencyEdge.parent_id == row.before_id)
        .values(valid_to=row.since - dt.timedelta(days=1))
    )
    new = pg_insert(AgencyEdge).values(
        child_id=row.agency_id, parent_id=row.after_id, valid_from=row.since
    )
    # An edge that was taken back before its day is dated anew; no other has this parent.
    again = new.on_conflict_do_update(
        index_elements=["child_id", "parent_id"],
        set_={"valid_from": row.since, "valid_to": None},
        where=AgencyEdge.valid_to < AgencyEdge.valid_from,
    )
    db.session.execute(again.inline())


def _put_back(row: AgencyChange) -> None:
    here = AgencyEdge.child_id == row.agency_id
    db.session.execute(
        update(AgencyEdge).where(here, AgencyEdge.parent_id == row.before_id).values(valid_to=None)
    )
    before = row.since - dt.timedelta(days=1)
    db.session.execute(
        update(AgencyEdge).where(here, AgencyEdge.parent_id == row.after_id).values(valid_to=before)
    )


def _rename(row: AgencyChange, approval: Approval) -> None:
    new = Called(row.new_name, row.new_short_name, row.new_region_name, row.new_code)
    check_renaming(row.agency_id, new, approval)


def _merge(row: AgencyChange, approval: Approval) -> None:
    check_merging(row.agency_id, row.after_id, approval)


_CONFIRMED = {"move": _move, "rename": _rename, "merge": _merge}
