"""介质交接: each medium from when it is written to when nothing of it is left.

The steps are only ever added. The password goes its own way, and the way is a step as well; it is
never written down with the medium.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.exchange import service as exchange
from app.exchange.custody import queries
from app.exchange.custody.messages import BY_RECEIPT, LABEL, PLACES, STEP_TITLES
from app.exchange.custody.models import CustodyStep, Medium
from app.exchange.custody.steps import EXPLAINED, NAMED, WITNESSED, ends, may_follow
from app.exchange.filed import require_filed
from app.exchange.models import ExchangeRequest
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.vault import vault

_LEFT = ("confirmed", "delivered", "answered", "closed", "stopped")


@dataclass(frozen=True)
class Told:
    """What a person says of one step: ``other`` at the unit, ``how``, ``why``, the witness."""

    step: str
    on: dt.date
    other: str = ""
    how: str = ""
    why: str = ""
    witness_id: int | None = None


def add_medium(
    request_id: int, carrier: str, serial: str, on: dt.date, actor: Actor, *, why: str = ""
) -> Medium:
    """A medium that the package was written on. Raises ``Fault("custody.too_early")``."""
    actor.must("exchange.operate")
    request = exchange.request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    if request.state not in _LEFT:
        raise Fault("custody.too_early")
    medium = _new_medium(request, "own", carrier, serial)
    _add(medium, Told("written", on, why=why), actor, first=request.made_on)
    return medium


def take_medium(request_id: int, carrier: str, serial: str, told: Told, actor: Actor) -> Medium:
    """A medium of the unit's own that came with its reply."""
    actor.must("exchange.operate")
    request = exchange.request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    if request.delivered_on is None:
        raise Fault("request_not_delivered")
    medium = _new_medium(request, "unit", carrier, serial)
    _add(medium, told, actor, first=request.delivered_on)
    return medium


def record(medium_id: int, told: Told, actor: Actor) -> Moved:
    """The next step of a medium; raises the ``custody.*`` faults, and nothing is written then."""
    actor.must("exchange.operate")
    medium = _locked(medium_id)
    require_filed(actor, medium.unit_id)
    last = queries.last_step(medium_id)
    allowed = may_follow(last.step, medium.carrier)
    if told.step == "password_told":
        if medium.ended_on is not None and medium.carrier != "line":
            raise _out_of_place(last.step, told.step)
    elif told.step not in allowed:
        raise _out_of_place(last.step, told.step)
    first = None if told.step == "password_told" else last.done_on
    _add(medium, told, actor, first=first)
    return Moved((medium.id,))


def _out_of_place(last: str, step: str) -> Fault:
    return Fault("custody.other_step", place=PLACES[last][0], step=STEP_TITLES[step])


def deliver(
    request_id: int,
    revision: int,
    actor: Actor,
    *,
    on: dt.date,
    carrier: str,
    signed_by: str,
    how: str,
) -> Moved:
    """登记送达签收 by an operator: the clock starts, and the media of the request are out.

    Where nobody registered one, one is registered with the receipt.
    """
    moved = exchange.deliver(request_id, revision, actor, on=on, how=how)
    if not moved.done:
        return moved
    waiting = queries.media_waiting_to_leave(request_id)
    if not waiting:
        waiting = [add_medium(request_id, carrier, "", on, actor, why=BY_RECEIPT)]
    for medium in waiting:
        record(medium.id, Told("handed_over", on, other=signed_by), actor)
    return moved


def _new_medium(request: ExchangeRequest, origin: str, carrier: str, serial: str) -> Medium:
    count = select(func.count()).select_from(Medium).where(Medium.request_id == request.id)
    (medium_id,) = take_ids(1)
    medium = Medium(
        id=medium_id,
        unit_id=request.unit_id,
        request_id=request.id,
        origin=origin,
        carrier=carrier,
        label=LABEL.format(number=request.number, n=(db.session.scalar(count) or 0) + 1),
        serial=serial.strip(),
    )
    db.session.add(medium)
    db.session.flush()
    return medium


def _locked(medium_id: int) -> Medium:
    query = select(Medium).where(Medium.id == medium_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise LookupError(f"no medium {medium_id}")
    return found


def _add(medium: Medium, told: Told, actor: Actor, *, first: dt.date | None) -> None:
    _check(medium, told, actor, first)
    step = CustodyStep(
        unit_id=medium.unit_id,
        medium_id=medium.id,
        step=told.step,
        done_on=told.on,
        at=instant(),
        account_id=actor.account_id,
        witness_id=told.witness_id if told.step in WITNESSED else None,
        other=told.other.strip(),
        how=told.how.strip(),
        why=told.why.strip(),
    )
    db.session.add(step)
    db.session.flush()
    if ends(told.step, medium.carrier):
        here = Medium.id == medium.id
        db.session.execute(update(Medium).where(here).values(ended_on=told.on))
    audit.record(
        actor.account_id,
        f"custody.{told.step}",
        kind="medium",
        subject_id=medium.id,
        request=medium.request_id,
    )


def _check(medium: Medium, told: Told, actor: Actor, first: dt.date | None) -> None:
    today = business_date()
    if told.on > today or (first is not None and told.on < first):
        raise Fault("custody.date", first=first or told.on, today=today)
    if told.step in NAMED and len(told.other.strip()) < 2:
        raise Fault("custody.other_missing")
    if told.step in (*WITNESSED, "password_told") and len(told.how.strip()) < 2:
        raise Fault("custody.how_missing")
    if told.step in EXPLAINED and len(told.why.strip()) < 2:
        raise Fault("custody.why_missing")
    if told.step in WITNESSED:
        others = queries.operators(told.on).keys() - {actor.account_id}
        if told.witness_id not in others:
            raise Fault("custody.witness")
    _refuse_password(medium, (told.other, told.how, told.why, medium.serial))


def _refuse_password(medium: Medium, texts: tuple[str, ...]) -> None:
    """What is written down about a medium never holds what opens it."""
    package = exchange.package_of(medium.request_id)
    if package is None:
        return
    password = str(vault().open("package", package.id, package.password_sealed)["password"])
    if any(_bare(password) in _bare(text) for text in texts):
        raise Fault("custody.password_written")


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()
