"""Who is at work, for the database: one role and one agency for each transaction.

The login role has no rights of its own. ``acting_for`` is the only way to get some: it opens a
session whose every transaction starts by taking on the scope. Without a scope the database
answers "permission denied".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from flask import current_app, g
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from tenants.calendar import business_date
from tenants.database import db

DatabaseRole = Literal[
    "desk", "commissioner", "township", "liaison", "relay", "public", "registrar", "shredder"
]


@dataclass(frozen=True)
class Scope:
    """Database role, agency, unit and intake desk of one session.

    ``unit_id`` and ``desk_id`` matter only to the roles whose policies name them (commissioner,
    township, liaison); 0 matches nothing there. ``follow``: the hash of the code by which somebody
    without a name follows up what they told (public); empty matches nothing.
    """

    role: DatabaseRole
    agency_id: int
    unit_id: int = 0
    desk_id: int = 0
    read_only: bool = False
    follow: str = ""


_ENTER = text(
    "SELECT set_config('role', :role, true),"
    " set_config('app.agency_id', :agency_id, true),"
    " set_config('app.unit_id', :unit_id, true),"
    " set_config('app.desk_id', :desk_id, true),"
    " set_config('app.follow', :follow, true),"
    " set_config('app.month', :month, true),"
    " set_config('transaction_read_only', :read_only, true)"
)


@event.listens_for(Session, "after_begin")
def _enter_scope(_session: Session, _tx: SessionTransaction, connection: Connection) -> None:
    scope: Scope | None = g.get("scope")
    if scope is None:
        return
    connection.execute(
        _ENTER,
        {
            "role": f"hedui_{scope.role}",
            "agency_id": str(scope.agency_id),
            "unit_id": str(scope.unit_id),
            "desk_id": str(scope.desk_id),
            "follow": scope.follow,
            "month": business_date().strftime("%Y%m"),
            "read_only": "on" if scope.read_only else "off",
        },
    )


def bind(scope: Scope) -> None:
    """Give the current app context its scope, once, before its first statement."""
    if g.get("scope") is not None or db.session().in_transaction():
        raise RuntimeError("a scope is bound once per session; open another with acting_for")
    g.scope = scope


def current_scope() -> Scope:
    """The scope of this context; ``RuntimeError`` when there is none."""
    scope: Scope | None = g.get("scope")
    if scope is None:
        raise RuntimeError("no scope: enter one with acting_for")
    return scope


@contextmanager
def acting_for(
    agency_id: int,
    role: DatabaseRole = "desk",
    *,
    unit_id: int = 0,
    desk_id: int = 0,
    read_only: bool = False,
    follow: str = "",
) -> Iterator[Scope]:
    """A session of its own for one scope, and its one transaction.

    Commits when the block ends, rolls back when it raises. It may be entered while another scope
    is at work: each has its own session, so neither sees the other's uncommitted rows.
    """
    scope = Scope(role, agency_id, unit_id, desk_id, read_only, follow)
    with current_app.app_context():
        bind(scope)
        try:
            yield scope
        except BaseException:
            db.session.rollback()
            raise
        db.session.commit()
