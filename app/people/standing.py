"""AB角: the security administrator files who stands in for whom, and ends it early."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.accounts.models import STAND_IN_REASONS, Account, AccountRole, StandIn
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.notices.service import To, tell
from app.people.rules import Candidate, Period, RoleHeld, StandingIn, judge_stand_in
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.messages import Fault


def file_stand_in(asked: StandingIn, reason: str, actor: Actor) -> Moved:
    """File that one person does another's work in one role within these days.

    Raises the ``Fault`` of ``judge_stand_in``, ``Fault("not_oneself")`` for an administrator who
    is one of the two, and ``LookupError`` for people of another agency.
    """
    actor.must("role.manage")
    if actor.account_id in {asked.account_id, asked.absent_id}:
        raise Fault("not_oneself")
    if reason not in STAND_IN_REASONS:
        raise Fault("choice_malformed")
    people = _candidates([asked.account_id, asked.absent_id])
    who, absent = people[asked.account_id], people[asked.absent_id]
    judge_stand_in(asked, who, absent, not_over(), business_date())
    row = insert(StandIn).values(
        account_id=asked.account_id,
        absent_id=asked.absent_id,
        role=asked.role,
        valid_from=asked.during.first,
        valid_to=asked.during.last,
        reason=reason,
        filed_by=actor.account_id,
        filed_on=business_date(),
    )
    stand_in_id = db.session.execute(row.returning(StandIn.id)).scalar_one()
    _record(actor, "stand_in.file", stand_in_id, asked)
    for candidate in (who, absent):
        _tell("stand_in.filed", candidate, asked.during)
    return Moved((stand_in_id,))


def end_stand_in(stand_in_id: int, actor: Actor) -> Moved:
    """End a stand-in at once, before its last day or before it began."""
    actor.must("role.manage")
    row = db.session.scalars(
        select(StandIn).where(StandIn.id == stand_in_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise LookupError(f"no stand-in {stand_in_id}")
    if actor.account_id in {row.account_id, row.absent_id}:
        raise Fault("not_oneself")
    if row.ended_on is not None or row.valid_to < business_date():
        return Moved((), (Skip(stand_in_id, "another_state"),))
    row.ended_on, row.ended_by = business_date(), actor.account_id
    db.session.flush()
    people = _candidates([row.account_id, row.absent_id])
    _record(actor, "stand_in.end", stand_in_id, _standing(row))
    for candidate in people.values():
        _tell("stand_in.ended", candidate, Period(row.valid_from, row.valid_to))
    return Moved((stand_in_id,))


def not_over(account_id: int | None = None) -> list[StandingIn]:
    """The stand-ins of today and later: all, or those of one person who stands in."""
    query = select(StandIn).where(StandIn.ended_on.is_(None), StandIn.valid_to >= business_date())
    if account_id is not None:
        query = query.where(StandIn.account_id == account_id)
    return [_standing(row) for row in db.session.scalars(query)]


def _standing(row: StandIn) -> StandingIn:
    during = Period(row.valid_from, row.valid_to)
    return StandingIn(row.account_id, row.absent_id, row.role, during)


def _candidates(account_ids: Sequence[int]) -> dict[int, Candidate]:
    """Both people, locked, with the roles that are not over."""
    chosen = select(Account).where(Account.id == any_of(account_ids)).order_by(Account.id)
    accounts = list(db.session.scalars(chosen.with_for_update()))
    if {account.id for account in accounts} != set(account_ids):
        raise LookupError("no such accounts")
    held: dict[int, list[RoleHeld]] = {account.id: [] for account in accounts}
    roles = select(AccountRole).where(AccountRole.account_id == any_of(account_ids))
    for role in db.session.scalars(roles):
        during = Period(role.valid_from, role.valid_to)
        held[role.account_id].append(RoleHeld(role.role, during))
    return {
        account.id: Candidate(
            account_id=account.id,
            person_id=account.person_id,
            place=(account.kind, account.unit_id, account.desk_id),
            is_active=account.is_active,
            roles=held[account.id],
            is_hosted=account.hosted_by_agency_id != 0,
        )
        for account in accounts
    }


def _tell(kind: str, whom: Candidate, during: Period) -> None:
    _, unit_id, desk_id = whom.place
    to = To(unit_id=unit_id, desk_id=desk_id, account_id=whom.account_id)
    tell(kind, to, number=f"{during.first} ~ {during.last}")


def _record(actor: Actor, verb: str, stand_in_id: int, filed: StandingIn) -> None:
    audit.record(
        actor.account_id,
        verb,
        kind="stand_in",
        subject_id=stand_in_id,
        who=filed.account_id,
        absent_id=filed.absent_id,
        role=filed.role,
        first=_plain(filed.during.first),
        last=_plain(filed.during.last),
    )


def _plain(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
