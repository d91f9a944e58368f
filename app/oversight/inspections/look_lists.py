"""谁查看过我的信息: asked for at a desk by the person or their guardian, made by the worker."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.cases.models import Case, Subject
from app.oversight.inspections.messages import Fault
from app.oversight.inspections.models import LookList
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post

FILE_KIND = "look_list"


@dataclass(frozen=True)
class Order:
    """What somebody asks for at a desk."""

    subject_id: int
    asked_as: str
    proof: str
    first: dt.date
    last: dt.date


def order(case_id: int, wanted: Order, actor: Actor) -> Moved:
    """Write down who asked by which proof; the worker makes the paper.

    Raises ``Fault``: ``look_list.days``, ``look_list.nobody``. The caller has made sure that the
    household is in scope.
    """
    actor.must("look_list.order")
    today = business_date()
    if wanted.last < wanted.first or wanted.last > today:
        raise Fault("look_list.days", today=today)
    case = db.session.execute(
        select(Case.unit_id, Case.desk_id, Subject.id)
        .join(Subject, and_(Subject.agency_id == Case.agency_id, Subject.case_id == Case.id))
        .where(Case.id == case_id, Subject.id == wanted.subject_id)
    ).one_or_none()
    if case is None:
        raise Fault("look_list.nobody")
    (id_,) = take_ids(1)
    row = insert(LookList).values(
        id=id_,
        case_id=case_id,
        subject_id=wanted.subject_id,
        unit_id=case.unit_id,
        desk_id=case.desk_id,
        asked_as=wanted.asked_as,
        proof=wanted.proof,
        first_on=wanted.first,
        last_on=wanted.last,
        asked_by=actor.account_id,
        asked_on=today,
        asked_at=instant(),
    )
    db.session.execute(row.inline())
    place = {"unit_id": actor.unit_id, "desk_id": actor.desk_id}
    post("look_list.make", {"look_list_id": id_}, account_id=actor.account_id, **place)
    audit.record(
        *(actor.account_id, "look_list.order"),
        kind="subject",
        subject_id=wanted.subject_id,
        unit_id=actor.unit_id,
        look_list=id_,
    )
    return Moved((id_,))


def lists_of(case_id: int) -> list[LookList]:
    """What was asked for about a household, newest first."""
    query = select(LookList).where(LookList.case_id == case_id)
    return list(db.session.scalars(query.order_by(LookList.id.desc()).limit(50)))


def list_of(look_list_id: int) -> LookList:
    """One of this scope; ``LookupError`` when there is none."""
    query = select(LookList).where(LookList.id == look_list_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no look list {look_list_id}")
    return found


def download(look_list_id: int, actor: Actor) -> files.StoredFile:
    """The paper; the look is on the trail. Raises ``Fault("look_list.not_yet")``."""
    actor.must("look_list.order")
    row = list_of(look_list_id)
    if row.file_id is None:
        raise Fault("look_list.not_yet")
    audit.record(
        *(actor.account_id, "look_list.download"),
        kind="subject",
        subject_id=row.subject_id,
        unit_id=actor.unit_id,
    )
    return files.read(row.file_id, FILE_KIND)
