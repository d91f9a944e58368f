"""The register of devices: put into use, moved, disposed of by two (民发〔2020〕95号 三（三）)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.oversight.confidentiality.messages import Fault
from app.oversight.confidentiality.models import Device
from app.oversight.confidentiality.queries import staff
from app.oversight.confidentiality.rules import KEEP
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids


@dataclass(frozen=True)
class NewDevice:
    """A device as it is put into use."""

    number: str
    kind: str
    model: str
    place: str
    keeper_id: int
    is_encrypted: bool
    in_use_from: dt.date


@dataclass(frozen=True)
class Disposed:
    """How a device ended, by whom, and who watched."""

    how: str
    on: dt.date
    by: int
    witness: int
    note: str


def record_device(given: NewDevice, actor: Actor) -> Moved:
    """Put a device on the register. Raises ``Fault``: ``device.number``, ``device.day``."""
    actor.must(KEEP)
    number = given.number.strip()
    if given.in_use_from > business_date():
        raise Fault("device.day", today=business_date())
    if db.session.scalar(select(Device.id).where(Device.number == number)):
        raise Fault("device.number", number=number)
    if given.keeper_id not in staff():
        raise Fault("undertaking.person")
    (id_,) = take_ids(1)
    values = {**vars(given), "number": number, "model": given.model.strip()}
    row = insert(Device).values(
        id=id_, **values, recorded_by=actor.account_id, recorded_at=instant()
    )
    db.session.execute(row.inline())
    audit.record(actor.account_id, "device.record", kind="device", subject_id=id_)
    return Moved((id_,))


def change_device(
    device_id: int, place: str, keeper_id: int, is_encrypted: bool, actor: Actor
) -> Moved:
    """Another place or keeper. Raises ``Fault("device.disposed")``."""
    found = _in_use(device_id, actor)
    if keeper_id not in staff():
        raise Fault("undertaking.person")
    found.place, found.keeper_id, found.is_encrypted = place.strip(), keeper_id, is_encrypted
    db.session.flush()
    audit.record(
        *(actor.account_id, "device.change"),
        kind="device",
        subject_id=found.id,
        keeper=keeper_id,
    )
    return Moved((found.id,))


def dispose_device(device_id: int, given: Disposed, actor: Actor) -> Moved:
    """Its end, with two people. Raises ``Fault``: ``device.disposed``, ``device.two``,
    ``device.day``."""
    found = _in_use(device_id, actor)
    if given.on > business_date():
        raise Fault("device.day", today=business_date())
    if given.by == given.witness or not {given.by, given.witness} <= staff().keys():
        raise Fault("device.two")
    found.disposal, found.disposed_on, found.disposal_note = given.how, given.on, given.note.strip()
    found.disposed_by, found.witness_id = given.by, given.witness
    db.session.flush()
    audit.record(
        actor.account_id, "device.dispose", kind="device", subject_id=found.id, how=given.how
    )
    return Moved((found.id,))


def device_of(device_id: int, *, lock: bool = False) -> Device:
    """A device of this scope; ``LookupError`` when there is none."""
    query = select(Device).where(Device.id == device_id).execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no device {device_id}")
    return found


def _in_use(device_id: int, actor: Actor) -> Device:
    actor.must(KEEP)
    found = device_of(device_id, lock=True)
    if found.disposal:
        raise Fault("device.disposed")
    return found
