"""预演: what a change would do, counted in each agency's own scope by the deployment's operator."""

import datetime as dt

from sqlalchemy import func, or_, select, text

from app.accounts.models import Account
from app.cases.models import Case
from app.delegation.models import CoverageBelow, LetterOut
from app.map_changes.messages import say
from app.map_changes.rules import Called, Place
from tenants.agency.models import Capability, Coverage, Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import acting_for

OPEN = ("submitted", "returned", "accepted", "checking")

_HELD = text("""
SELECT count(DISTINCT a.case_id) FROM ask a
JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE l.parent_id = :parent AND l.state = 'sent' AND a.is_open
""")


def effects_of_move(child: Place, before: Place, after: Place, since: dt.date) -> list[str]:
    """Sentences: open households, letters, data items, copies of coverage, hosted accounts and
    counts. Needs no scope, enters the three agencies', and writes nothing."""
    names = {"name": child.name, "before": before.name, "after": after.name}
    with acting_for(child.id, read_only=True):
        above = _items_above(since)
        count = db.session.scalar(select(func.count()).where(Case.state.in_(OPEN))) or 0
        told = [say("map.effect.open", count=count, **names)]
        held = db.session.execute(_HELD, {"parent": before.id}).scalar_one()
        told.append(say("map.effect.held", count=held, **names))
        told.append(_prepared(names))
        query = select(func.count()).where(Account.hosted_by_agency_id == before.id)
        now = or_(Account.ends_on.is_(None), Account.ends_on >= business_date())
        hosted = db.session.scalar(query.where(now)) or 0
    with acting_for(after.id, read_only=True):
        then = _items_above(since) | _own_items(since)
    counts = {"more": len(then - above), "fewer": len(above - then)}
    told.append(say("map.effect.items", **{"before": len(above), "after": len(then)}, **counts))
    with acting_for(before.id, read_only=True):
        query = select(func.count()).where(CoverageBelow.child_id == child.id)
        told.append(say("map.effect.below", count=db.session.scalar(query) or 0, **names))
    if hosted:
        told.append(say("map.effect.hosted", count=hosted, **names))
    told.append(say("map.effect.counts", month=f"{since:%Y-%m}", **names))
    return told


def effects_of_rename(place: Place, old: Called, new: Called) -> list[str]:
    """Sentences about another name or code."""
    told = [say("map.effect.renamed", short_name=new.short_name)]
    if new.code and new.code != old.code:
        told.append(say("map.effect.coded", old=old.code, new=new.code))
    if new.name != place.name:
        told.append(say("map.effect.certificate"))
    return told


def effects_of_merge(place: Place, successor: Place) -> list[str]:
    """Sentences about an agency that goes on in another one, counted in its own scope."""
    names = {"name": place.name, "after": successor.name}
    with acting_for(place.id, read_only=True):
        count = db.session.scalar(select(func.count()).where(Case.state.in_(OPEN))) or 0
        units = db.session.scalar(select(func.count()).where(Unit.kind != "sharing")) or 0
    return [
        say("map.effect.open", count=count, **names),
        say("map.effect.closed", **names),
        say("map.effect.units", count=units, **names),
        say("map.effect.verify", **names),
    ]


def _prepared(names: dict[str, str]) -> str:
    query = select(func.count()).where(LetterOut.state == "prepared", LetterOut.kind == "entrust")
    count = db.session.scalar(query) or 0
    if not count:
        return say("map.effect.prepared_none")
    return say("map.effect.prepared", count=count, **names)


def _items_above(day: dt.date) -> set[int]:
    until = or_(Coverage.valid_to.is_(None), Coverage.valid_to >= day)
    return set(db.session.scalars(select(Coverage.item).where(Coverage.valid_from <= day, until)))


def _own_items(day: dt.date) -> set[int]:
    until = or_(Capability.valid_to.is_(None), Capability.valid_to >= day)
    query = select(Capability.item).where(Capability.valid_from <= day, until)
    return set(db.session.scalars(query))
