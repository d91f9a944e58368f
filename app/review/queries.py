"""What waits for the review: own and from below, with who did the intake check."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.accounts.actor import Actor
from app.cases.history import duty_holders
from app.cases.models import Case
from app.cases.paging import Page, Place
from app.cases.queries import Household, Member, households, members
from tenants.calendar import business_date
from tenants.database import db


@dataclass(frozen=True)
class ReviewRow:
    """A case that waits. ``checked_by`` is empty for one from below, which skips that check;
    ``is_barred``: this person holds another step of the case (操作规程 五(一))."""

    household: Household
    members: tuple[Member, ...]
    authorised: int
    checked_by: str
    is_barred: bool

    @property
    def refused(self) -> int:
        """How many support obligors refused the authorisation: not asked about, no obstacle."""
        return sum(member.refused_on is not None for member in self.members)


def waiting_condition(origin: str, scheme: str) -> ColumnElement[bool]:
    """Cases that wait for the review, narrowed by where they come from and by scheme."""
    condition = Case.state == "accepted"
    if origin:
        condition = condition & (Case.origin == origin)
    if scheme:
        condition = condition & (Case.scheme == scheme)
    return condition


def waiting(condition: ColumnElement[bool], place: Place, actor: Actor) -> Page[ReviewRow]:
    """A page of the cases that wait, oldest first."""
    page = households(condition, place, ascending=True)
    ids = [row.id for row in page.rows]
    holders, people = duty_holders(ids), members(ids)
    today = business_date()
    return page.holding(
        tuple(
            _row(
                row,
                people.get(row.id, ()),
                holders.get(row.id, {}),
                sum(m.is_authorised_on(today) for m in people.get(row.id, ())),
                actor,
            )
            for row in page.rows
        )
    )


def _row(
    row: Household,
    people: tuple[Member, ...],
    holders: dict[str, tuple[int, str]],
    authorised: int,
    actor: Actor,
) -> ReviewRow:
    mine = {step for step, (account, _) in holders.items() if account == actor.account_id}
    checked_by = holders.get("intake_check", (0, ""))[1]
    return ReviewRow(row, people, authorised, checked_by, bool(mine - {"review"}))


def counts_by_origin() -> dict[str, int]:
    """How many wait: own (``unit``) and from below."""
    rows = db.session.execute(
        select(Case.origin, func.count()).where(Case.state == "accepted").group_by(Case.origin)
    )
    return dict(rows.tuples().all())
