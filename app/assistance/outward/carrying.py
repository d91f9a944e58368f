"""A list goes up the tree to its first agency; what became of it comes down the same way.

Those in between hand it on unopened and keep the counts, unless they pass it on to human resources
of their tier. Who keeps it takes it in only upon the list that it is a difference against; the
first agency says what it holds now: so a list that was lost makes the next one larger, no more.
"""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any

from sqlalchemy import or_, select, update

from app.assistance.outward.holding import (
    apply,
    held_counts,
    kept_key,
    note_held,
    note_kept,
    note_told,
)
from app.assistance.outward.models import OutwardList, TierCount
from app.assistance.outward.recipients import counted, keeps_told
from app.assistance.outward.rows import from_lines
from app.assistance.outward.rules import day_told
from app.assistance.outward.settling import acknowledge, is_begun, refuse, refuse_newer
from app.audit import service as audit
from app.delegation.letters import OpenLetter, send_down, send_up
from tenants import files
from tenants.agency.tree import agency, descendants_of, parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.files import SharedFile
from tenants.outbox import post
from tenants.scope import current_scope

KIND = "upload"
Content = dict[str, Any]
_NOTHING: Content = {"is_taken": False, "held": {"key": None, "as_of": None, "counts": {}}}


def send(row: OutwardList, base: OutwardList | None) -> None:
    """Put a list into the parent's box; the first agency of the tree takes its own in at once."""
    own = current_scope().agency_id
    content = {
        **{"by": own, "list": str(row.key), "base": str(base.key) if base else None},
        **{"number": row.number, "as_of": row.as_of.isoformat(), "counts": row.schemes},
        "file": asdict(files.share([row.rows_file_id])[row.rows_file_id]),
    }
    note_told(own, own, row.number, row.as_of, row.schemes)
    _pass_up(own, content)


def take_in(letter: OpenLetter) -> None:
    """Count what an agency below says of itself, and hand its list on; at the first agency take it
    in. What it says of an agency that is not below this one changes nothing."""
    told, day = letter.content, business_date()
    below = {agency.id for agency, _ in descendants_of(current_scope().agency_id, day)}
    if told["by"] not in below:
        return
    as_of = dt.date.fromisoformat(told["as_of"])
    note_told(told["by"], letter.from_agency_id, told["number"], as_of, told["counts"])
    _pass_up(letter.from_agency_id, told)


def _pass_up(child: int, told: Content) -> None:
    day = business_date()
    parent = parent_of(current_scope().agency_id, day)
    is_kept = not keeps_told(day) or _keep(told)
    if parent is None:
        _answer(child, told, is_taken=is_kept)
        if is_kept and is_begun("platform") and _all_told():
            post("outward.make", {"flow": "platform", "is_early": True})
    elif is_kept:
        period = day.year * 100 + day.month
        send_up(parent, KIND, uuid.UUID(told["list"]), told, period=period)
    else:
        # Only a list that names everybody serves two tiers that hold different ones.
        pass_down(child, {"by": told["by"], "list": told["list"], **_NOTHING})


def _keep(told: Content) -> bool:
    """Take a list in upon the one that it is against; whether that is the one that is kept."""
    by, last = told["by"], kept_key(told["by"])
    if told["base"] is not None and told["base"] != (str(last) if last else ""):
        return False
    (file_id,) = files.adopt([SharedFile(**told["file"])])
    rows = from_lines(files.read(file_id, "package").data)
    apply(by, rows, is_full=told["base"] is None)
    note_kept(by, uuid.UUID(told["list"]))
    audit.record(*(0, "outward.taken"), kind="held_person", subject_id=by, rows=len(rows), of=by)
    if parent_of(current_scope().agency_id, business_date()) is None:
        as_of = dt.date.fromisoformat(told["as_of"])
        note_held(by, uuid.UUID(told["list"]), as_of, held_counts(by, told["counts"]))
    return True


def _all_told() -> bool:
    """Whether nobody's list of yesterday is still on its way."""
    day = day_told(business_date())
    held_on = TierCount.held_as_of
    late = or_(TierCount.told_as_of < day, held_on.is_(None), held_on < day)
    waits = select(TierCount.by_agency_id).where(late, TierCount.by_agency_id.in_(counted()))
    return db.session.scalar(waits.limit(1)) is None


def _answer(child: int, told: Content, *, is_taken: bool) -> None:
    by = told["by"]
    found = db.session.scalars(select(TierCount).where(TierCount.by_agency_id == by)).all()
    key, as_of = found[0].held_key, found[0].held_as_of
    held = {
        "key": str(key) if key else None,
        "as_of": as_of.isoformat() if as_of else None,
        "counts": {
            row.scheme: {"households": row.held_households, "persons": row.held_persons}
            for row in found
        },
    }
    pass_down(child, {"by": by, "list": told["list"], "is_taken": is_taken, "held": held})


def ask_whole(by: int) -> None:
    """Hold what an agency told for doubtful: its next list is to name everybody again."""
    query = select(TierCount.child_id).where(TierCount.by_agency_id == by)
    child = db.session.scalars(query.limit(1)).one_or_none()
    if child is None:
        raise LookupError(f"nothing told by {by}")
    db.session.execute(update(TierCount).where(TierCount.by_agency_id == by).values(held_key=None))
    held: Content = {"key": None, "as_of": None, "counts": {}}
    pass_down(child, {"by": by, "list": None, "is_taken": False, "held": held})


def pass_down(child: int, content: Content) -> None:
    """What became of a list, one tier down towards who made it."""
    if child == current_scope().agency_id:
        _settle_own(content)
        return
    day = business_date()
    period = day.year * 100 + day.month
    send_down(agency(child), KIND, uuid.uuid4(), content, period=period)


def take_in_answer(letter: OpenLetter) -> None:
    """Count what is held above; of this agency's own list, settle it, else hand it on down."""
    told = letter.content
    if told["by"] == current_scope().agency_id:
        _note(told)
        _settle_own(told)
        return
    query = select(TierCount.child_id).where(TierCount.by_agency_id == told["by"])
    child = db.session.scalars(query.limit(1)).one_or_none()
    if child is not None:
        _note(told)
        pass_down(child, told)


def _note(told: Content) -> None:
    held = told["held"]
    key = uuid.UUID(held["key"]) if held["key"] else None
    as_of = dt.date.fromisoformat(held["as_of"]) if held["as_of"] else None
    note_held(told["by"], key, as_of, held["counts"])


def _settle_own(told: Content) -> None:
    held, named = told["held"]["key"], told["list"]
    row = _own(held) if held else None
    if row is None:
        # Nothing is held for sure: what was acknowledged is no base any more.
        refuse(KIND)
    else:
        acknowledge(row)
        refuse_newer(row)
    if named is not None and not told["is_taken"]:
        refuse(KIND, uuid.UUID(named))
    if not told["is_taken"]:
        post("outward.make", {"flow": KIND})


def _own(key: str) -> OutwardList | None:
    query = select(OutwardList).where(OutwardList.flow == KIND, OutwardList.key == uuid.UUID(key))
    return db.session.scalars(query.with_for_update()).one_or_none()
