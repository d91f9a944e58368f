"""When one person may stand in for another (AB角), as pure decisions on dates and roles."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.accounts.permissions import ADMINISTRATORS, may_hold_together
from tenants.messages import Fault


@dataclass(frozen=True)
class Period:
    """From one business day to another, both included; without an end while ``last`` is None."""

    first: dt.date
    last: dt.date | None = None

    def meets(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (other.last is None or self.first <= other.last) and (
            self.last is None or other.first <= self.last
        )

    def holds(self, other: "Period") -> bool:
        """Whether every day of ``other`` is a day of this one."""
        if self.first > other.first:
            return False
        return self.last is None or (other.last is not None and other.last <= self.last)


@dataclass(frozen=True)
class RoleHeld:
    """A role that somebody holds for a time."""

    role: str
    during: Period


@dataclass(frozen=True)
class StandingIn:
    """``account_id`` does the work of ``absent_id`` in one role for a time."""

    account_id: int
    absent_id: int
    role: str
    during: Period


@dataclass(frozen=True)
class Candidate:
    """Somebody with an account: who they are, where they sit, what they hold and will hold."""

    account_id: int
    person_id: int
    place: tuple[str, int, int]
    is_active: bool
    roles: Sequence[RoleHeld]
    is_hosted: bool = False


def judge_stand_in(
    asked: StandingIn,
    who: Candidate,
    absent: Candidate,
    filed: Iterable[StandingIn],
    today: dt.date,
) -> None:
    """Raise the ``Fault`` that stands in the way of ``asked``, if one does.

    ``filed`` are the stand-ins of the agency that are not over. One person never gets, even for
    a day, roles that 三员分立 keeps apart; nobody stands in for somebody who stands in.
    """
    during = asked.during
    if who.person_id == absent.person_id:
        raise Fault("stand_in.oneself")
    if during.first < today or during.last is None or during.last < during.first:
        raise Fault("stand_in.dates", today=today)
    if not (who.is_active and absent.is_active):
        raise Fault("stand_in.inactive")
    if who.place != absent.place:
        raise Fault("stand_in.place")
    if not any(held.role == asked.role and held.during.holds(during) for held in absent.roles):
        raise Fault("stand_in.role_not_held")
    if who.is_hosted:
        raise Fault("hosted_role")
    theirs = [held.role for held in who.roles if held.during.meets(during)]
    if asked.role in theirs:
        raise Fault("stand_in.holds_role")
    meeting = [other for other in filed if other.during.meets(during)]
    theirs += [other.role for other in meeting if other.account_id == who.account_id]
    if not may_hold_together({*theirs, asked.role}):
        raise Fault("roles_conflict")
    _refuse_crossing(asked, meeting)


def judge_role(
    role: str,
    during: Period,
    held: Iterable[RoleHeld],
    *,
    today: dt.date,
    is_hosted: bool = False,
) -> None:
    """Raise the ``Fault`` that forbids a role within these days, if one does.

    ``held`` are the roles held or stood in for, with their days: what 三员分立 keeps apart may
    follow one upon the other, and never meet.
    """
    if during.first < today or (during.last is not None and during.last < during.first):
        raise Fault("role_dates", today=today)
    if is_hosted and role not in ADMINISTRATORS:
        raise Fault("hosted_role")
    meeting = {other.role for other in held if other.during.meets(during)}
    if not may_hold_together({*meeting, role}):
        raise Fault("roles_conflict")


def _refuse_crossing(asked: StandingIn, meeting: Iterable[StandingIn]) -> None:
    """Two for one desk, one for two people, and chains, within the same days."""
    for other in meeting:
        days = {"first": other.during.first, "last": other.during.last}
        if (other.absent_id, other.role) == (asked.absent_id, asked.role):
            raise Fault("stand_in.taken", **days)
        if other.account_id == asked.account_id and other.absent_id != asked.absent_id:
            raise Fault("stand_in.busy", **days)
        if other.account_id == asked.absent_id:
            raise Fault("stand_in.absent_stands_in", **days)
        if other.absent_id == asked.account_id:
            raise Fault("stand_in.is_absent", **days)
