"""Looking at private data: opened by a POST with its audit row, shown for a few minutes.

What was opened is noted in the signed session cookie by kind and id, never by content, so the
page itself stays a GET that writes nothing.
"""

from flask import session

from app.accounts.actor import Actor
from app.accounts.undertakings import bound_until
from app.audit import service as audit
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.messages import Fault
from tenants.rulebook import rulebook

OPEN_FOR_SECONDS = 600
MOST_AT_ONCE = 40
_KEY = "looks"


def open_look(kind: str, id_: int, actor: Actor, *, reason: str) -> None:
    """Let this person see one subject's, or one case's, data for ten minutes.

    Writes the audit row in this transaction; the caller has made sure that the row is in scope.
    Raises ``Fault("reason_missing")``.
    """
    if not reason.strip():
        raise Fault("reason_missing")
    _require_undertaking(actor)
    audit.record(
        actor.account_id,
        f"{kind}.unmask",
        kind=kind,
        subject_id=id_,
        unit_id=actor.unit_id,
        reason=reason.strip(),
    )
    until = int(instant().timestamp()) + OPEN_FOR_SECONDS
    kept = _open_now(actor)[1 - MOST_AT_ONCE :]
    session[_KEY] = [*kept, (actor.account_id, kind, id_, until)]


def _require_undertaking(actor: Actor) -> None:
    """Where the rulebook says so, somebody of the agency without a 保密承诺书 in force sees nothing
    unmasked (第十六条). ``Fault("undertaking_missing")``."""
    if actor.unit_id or not rulebook(agency(actor.agency_id).province).undertaking_to_unmask.value:
        return
    if not bound_until([actor.account_id], business_date()):
        raise Fault("undertaking_missing")


def looked_at(kind: str, actor: Actor) -> frozenset[int]:
    """Ids of this kind that the person may see now."""
    return frozenset(id_ for _account, named, id_, _until in _open_now(actor) if named == kind)


def _open_now(actor: Actor) -> list[tuple[int, str, int, int]]:
    now = instant().timestamp()
    return [
        (account, kind, id_, until)
        for account, kind, id_, until in session.get(_KEY, [])
        if account == actor.account_id and until > now
    ]
