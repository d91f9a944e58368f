"""发放: the list that the system makes of what was granted, the proof of each payment (desk)."""

import base64
import datetime as dt
import hmac
from collections.abc import Sequence

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.assistance.temporary import ledger
from app.assistance.temporary.messages import Fault
from app.assistance.temporary.models import Application
from app.assistance.temporary.paying_models import Payment, PaymentList
from app.assistance.temporary.people import application_of
from app.assistance.temporary.rules import lines_of
from app.audit import service as audit
from app.cases.lifecycle import CHUNK, Chosen, Moved, move
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.numbers import take_numbers
from tenants.vault import vault

_CODE_BYTES = 15
_GROUP = 4
TO_LIST = ("granted", "returned")


def make_list(actor: Actor) -> Moved:
    """Put everybody who waits to be paid on one numbered list; nobody writes one by hand.

    Raises ``Fault`` where nobody waits.
    """
    actor.must("temporary.pay")
    query = select(Application.id, Application.amount_fen).where(Application.state.in_(TO_LIST))
    rows = list(db.session.execute(query.order_by(Application.id).limit(CHUNK).with_for_update()))
    pairs = [(row.id, row.amount_fen) for row in rows]
    if not pairs:
        raise Fault("temporary.nothing_to_list")
    moved = move("temporary", "list_temporary", Chosen.of([id_ for id_, _ in pairs]), actor)
    (id_,), (number,) = take_ids(1), take_numbers("temporary_list", 1)
    total = sum(amount for _, amount in pairs)
    row = insert(PaymentList).values(
        id=id_,
        number=number,
        persons=len(pairs),
        amount_fen=total,
        check_value=check_value(number, pairs),
        made_by=actor.account_id,
        made_on=business_date(),
        made_at=instant(),
    )
    db.session.execute(row.inline())
    lines = [
        {"list_id": id_, "application_id": application_id, "amount_fen": amount}
        for application_id, amount in pairs
    ]
    db.session.execute(insert(Payment).inline(), lines)
    audit.record(
        *(actor.account_id, "temporary.list"),
        kind="temporary_list",
        subject_id=id_,
        persons=len(moved.done),
        amount_fen=total,
    )
    return Moved((id_,))


def check_value(number: str, pairs: Sequence[tuple[int, int]]) -> str:
    """A keyed value over a list's number, rows and total, in groups of four."""
    said = f"temporary list|{number}|{lines_of(pairs)}|{sum(amount for _, amount in pairs)}"
    digest = hmac.digest(vault().stamp_key, said.encode(), "sha256")
    code = base64.b32encode(digest[:_CODE_BYTES]).decode("ascii")
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def list_of(list_id: int) -> PaymentList:
    """One list; ``LookupError`` when this agency has none such."""
    found = db.session.scalars(select(PaymentList).where(PaymentList.id == list_id)).one_or_none()
    if found is None:
        raise LookupError(f"no payment list {list_id}")
    return found


def payment_of(payment_id: int) -> Payment:
    """One row of a list; ``LookupError`` when this agency has none such."""
    query = select(Payment).where(Payment.id == payment_id).with_for_update()
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no payment {payment_id}")
    return found


def prove(payment_id: int, paid_on: dt.date, voucher: str, actor: Actor) -> Moved:
    """发放凭证: the day on which the money went out, and the number of the voucher."""
    row = payment_of(payment_id)
    made_on = list_of(row.list_id).made_on
    if not made_on <= paid_on <= business_date():
        raise Fault("temporary.paid_before", made_on=made_on)
    moved = move("temporary", "pay_temporary", Chosen.of([row.application_id]), actor)
    if moved.done:
        _write(row.id, paid_on=paid_on, voucher=voucher.strip(), proved_by=actor.account_id)
        ledger.mark_paid(row.application_id)
        _trail(actor, "pay", row.application_id)
    return moved


def take_back(payment_id: int, on: dt.date, reason: str, actor: Actor) -> Moved:
    """The money came back: the applicant keeps the place in the ledger until another person frees
    it, and can be put on the next list meanwhile."""
    row = payment_of(payment_id)
    if on > business_date():
        raise Fault("temporary.day", today=business_date())
    chosen = Chosen.of([row.application_id])
    moved = move("temporary", "return_temporary", chosen, actor, reason=reason)
    if moved.done:
        why = reason.strip()
        _write(row.id, returned_on=on, returned_why=why, returned_by=actor.account_id)
        ledger.ask_release(row.application_id, actor)
        _trail(actor, "take_back", row.application_id)
    return moved


def release(application_id: int, revision: int, reason: str, actor: Actor) -> Moved:
    """解除占用, by another person than who took the payment back; a check holds that as well."""
    actor.must("temporary.release")
    row = application_of(application_id, lock=True)
    if row.state == "returned" and ledger.asker_of(row.id) == actor.account_id:
        raise Fault("temporary.released_by_self")
    chosen = Chosen.seen({row.id: revision})
    moved = move("temporary", "release_temporary", chosen, actor, reason=reason)
    if moved.done:
        ledger.release(row.id, actor)
        _trail(actor, "release", row.id)
    return moved


def payments(list_ids: Sequence[int]) -> list[Payment]:
    """The rows of lists, in their order."""
    query = select(Payment).where(Payment.list_id == any_of(list_ids))
    return list(db.session.scalars(query.order_by(Payment.id)))


def _write(payment_id: int, **values: object) -> None:
    db.session.execute(update(Payment).where(Payment.id == payment_id).values(**values))


def _trail(actor: Actor, verb: str, application_id: int) -> None:
    audit.record(
        *(actor.account_id, f"temporary.{verb}"),
        kind="temporary_application",
        subject_id=application_id,
    )
