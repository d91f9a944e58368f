"""回避: who sees a tip-off, and who keeps away from it, as the key of ``tip_off_duty`` holds."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.accounts.models import Account, AccountRole
from app.accounts.people import names_of
from app.accounts.permissions import ADMINISTRATORS
from app.cases.lifecycle import Moved
from app.cases.models import Case, CaseDuty
from app.oversight.tipoffs.entering import trail
from app.oversight.tipoffs.messages import Fault
from app.oversight.tipoffs.models import TipOff, TipOffCase, TipOffDuty
from tenants.calendar import business_date
from tenants.database import db

KEPT_AWAY = ("accused", "involved")


def visible(actor: Actor) -> ColumnElement[bool]:
    """The tip-offs that somebody may see: the managers all, others those they handle; nobody one
    that accuses them, or that is about a case which they took part in."""
    away = select(TipOffDuty.account_id).where(
        TipOffDuty.agency_id == TipOff.agency_id,
        TipOffDuty.tip_off_id == TipOff.id,
        TipOffDuty.account_id == actor.account_id,
        TipOffDuty.step.in_(KEPT_AWAY),
    )
    theirs = TipOff.handler_id == actor.account_id
    return ~away.exists() if actor.may("tipoff.manage") else ~away.exists() & theirs


def tip_off_of(tip_off_id: int, actor: Actor, *, lock: bool = False) -> TipOff:
    """A tip-off that this person may see; ``LookupError`` when there is none such."""
    query = select(TipOff).where(TipOff.id == tip_off_id, visible(actor))
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no tip-off {tip_off_id}")
    return found


def staff() -> list[tuple[int, str]]:
    """(account, name) of the agency's people who can be given a tip-off."""
    today = business_date()
    holds = select(AccountRole.account_id).where(
        AccountRole.role.not_in(ADMINISTRATORS),
        AccountRole.valid_from <= today,
        AccountRole.valid_to.is_(None) | (AccountRole.valid_to >= today),
    )
    query = select(Account.id, Account.name).where(
        Account.kind == "staff", Account.is_active, Account.id.in_(holds)
    )
    return list(db.session.execute(query.order_by(Account.id)).tuples())


def keep_away(tip_off_id: int, case_number: str, accused: Sequence[int], actor: Actor) -> Moved:
    """Say which case it is about, or whom of the agency it accuses: they neither see nor handle it.

    Raises ``Fault`` for a case that is not here, or a handler who would be among them.
    """
    actor.must("tipoff.manage")
    row = tip_off_of(tip_off_id, actor, lock=True)
    if not case_number.strip() and not accused:
        raise Fault("tipoff.nothing")
    if case_number.strip():
        query = select(Case.id).where(Case.number == case_number.strip())
        case_id = db.session.scalars(query).one_or_none()
        if case_id is None:
            raise Fault("tipoff.no_case", number=case_number.strip())
        link = pg_insert(TipOffCase).values(tip_off_id=row.id, case_id=case_id)
        db.session.execute(link.on_conflict_do_nothing().inline())
        keep_case_workers_away(row)
    known = dict(staff())
    for account_id in accused:
        if account_id not in known:
            raise Fault("tipoff.handler")
        if not take_part(row, account_id, "accused"):
            _refuse_handler(row, account_id)
    if is_away(row, row.handler_id):
        _refuse_handler(row, row.handler_id)
    trail(actor, "keep_away", row)
    return Moved((row.id,))


def _refuse_handler(row: TipOff, account_id: int) -> None:
    if account_id == row.handler_id:
        raise Fault("tipoff.handler_now_involved", name=names_of([account_id])[account_id])


def take_part(row: TipOff, account_id: int, step: str) -> bool:
    """Record what somebody has to do with it; False when they have to do something else with it,
    which the key of the table holds."""
    values = {"tip_off_id": row.id, "account_id": account_id, "step": step}
    put = pg_insert(TipOffDuty).values(values).on_conflict_do_nothing()
    db.session.execute(put.inline())
    held = select(TipOffDuty.step).where(
        TipOffDuty.tip_off_id == row.id, TipOffDuty.account_id == account_id
    )
    return db.session.scalars(held).one() == step


def keep_case_workers_away(row: TipOff) -> None:
    """Everybody who by now holds a duty on a case that it is about."""
    cases = select(TipOffCase.case_id).where(TipOffCase.tip_off_id == row.id)
    workers = select(CaseDuty.account_id).where(CaseDuty.case_id.in_(cases)).distinct()
    for account_id in db.session.scalars(workers).all():
        take_part(row, account_id, "involved")


def _took_part(row: TipOff, account_id: int) -> bool:
    cases = select(TipOffCase.case_id).where(TipOffCase.tip_off_id == row.id)
    query = select(CaseDuty.case_id).where(
        CaseDuty.account_id == account_id, CaseDuty.case_id.in_(cases)
    )
    return db.session.scalars(query.limit(1)).first() is not None


def is_away(row: TipOff, account_id: int) -> bool:
    """Whether somebody is accused or took part in a case that it is about, by now."""
    held = select(TipOffDuty.step).where(
        TipOffDuty.tip_off_id == row.id, TipOffDuty.account_id == account_id
    )
    step = db.session.scalars(held).one_or_none()
    return step in KEPT_AWAY or bool(account_id) and _took_part(row, account_id)
