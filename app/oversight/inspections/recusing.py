"""回避登记: one's own identity number and relatives', sealed, so that a look at one's own or a
relative's file is seen for what it is."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, insert, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.cases.searching import clean, clean_number
from app.oversight.inspections.messages import Fault
from app.oversight.inspections.models import Recusal
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.identity import id_number_fault
from tenants.masking import mask_id_number
from tenants.vault import vault

MOST = 30


@dataclass(frozen=True)
class Registered:
    """One number that somebody registered, masked."""

    id: int
    relation: str
    number: str
    recorded_on: dt.date


def own(actor: Actor) -> list[Registered]:
    """What this person registered and has not taken back."""
    keys = vault()
    return [
        Registered(
            row.id,
            row.relation,
            mask_id_number(keys.open("recusal", row.id, row.sealed)["number"]),
            row.recorded_on,
        )
        for row in db.session.scalars(_mine(actor))
    ]


def register(relation: str, typed: str, actor: Actor) -> Moved:
    """Keep one number. Raises ``Fault``: what is wrong with it, ``recusal.twice``,
    ``recusal.most``."""
    number = clean_number(clean(typed))
    wrong = id_number_fault(number, business_date())
    if wrong is not None:
        raise wrong
    keys = vault()
    digest, known = keys.look_up(number), list(db.session.scalars(_mine(actor)))
    if any(row.id_hash == digest or row.relation == relation == "self" for row in known):
        raise Fault("recusal.twice")
    if len(known) >= MOST:
        raise Fault("recusal.most", most=MOST)
    (id_,) = take_ids(1)
    row = insert(Recusal).values(
        id=id_,
        account_id=actor.account_id,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        relation=relation,
        id_hash=digest,
        sealed=keys.seal("recusal", id_, {"number": number}),
        recorded_on=business_date(),
    )
    db.session.execute(row.inline())
    audit.record(actor.account_id, "recusal.register", unit_id=actor.unit_id, relation=relation)
    return Moved((id_,))


def take_back(recusal_id: int, actor: Actor) -> Moved:
    """What was registered by mistake, or is so no more; ``LookupError`` for somebody else's."""
    found = db.session.scalars(_mine(actor).where(Recusal.id == recusal_id)).one_or_none()
    if found is None:
        raise LookupError(f"no recusal {recusal_id} of one's own")
    ended = update(Recusal).where(Recusal.id == found.id).values(ended_on=business_date())
    db.session.execute(ended)
    audit.record(actor.account_id, "recusal.take_back", unit_id=actor.unit_id)
    return Moved((found.id,))


def _mine(actor: Actor) -> Select[tuple[Recusal]]:
    mine = select(Recusal).where(Recusal.account_id == actor.account_id, Recusal.ended_on.is_(None))
    return mine.order_by(Recusal.id)
