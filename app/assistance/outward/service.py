"""Verbs of a list: one operator confirms it, another sends it, the answer to it is entered."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.outward import carrying
from app.assistance.outward.cover import as_cover
from app.assistance.outward.holding import held_of, told_of
from app.assistance.outward.making import FILE_KIND, head_of
from app.assistance.outward.messages import Fault
from app.assistance.outward.models import OutwardList, TierCount
from app.assistance.outward.rules import gap
from app.assistance.outward.settling import acknowledge
from app.assistance.register.loading import law
from app.audit import service as audit
from app.exchange.filed import require_filed
from app.sharing.agreements import in_force
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.outbox import post
from tenants.vault import vault

KIND = "outward_list"


def ask_due(actor: Actor) -> None:
    """Have the lists that are due made now, without waiting for the daily job."""
    actor.must("outward.operate")
    for code in law().outward_flows:
        post("outward.make", {"flow": code, "by": actor.account_id}, account_id=actor.account_id)


def confirm(list_id: int, actor: Actor) -> None:
    """An operator confirms a list that the daily job made; ``Fault`` for one that does not wait."""
    row = _locked(list_id, actor)
    if row.standing != "made":
        raise Fault("outward.not_made")
    row.confirmed_by, row.confirmed_at = actor.account_id, instant()
    _trace("confirm", row, actor)


def send(list_id: int, how: str, on: dt.date, actor: Actor) -> None:
    """Record how and when a list left, by another operator than the one who confirmed it.

    Raises ``Fault`` for the same operator, a day outside, and a unit without an agreement in force
    (第十六条).
    """
    row = _locked(list_id, actor)
    if row.standing != "confirmed":
        raise Fault("outward.not_confirmed")
    if row.confirmed_by == actor.account_id:
        raise Fault("outward.same_operator")
    _check_day(row, on)
    if row.unit_id and in_force(row.unit_id, business_date()) is None:
        raise Fault("outward.no_agreement")
    row.sent_by, row.sent_on, row.sent_how = actor.account_id, on, how.strip()
    _trace("send", row, actor)


def receive(list_id: int, receipt: str, persons: int, actor: Actor) -> None:
    """Enter its recipient's answer: a number, and how many people they hold after it."""
    row = _locked(list_id, actor)
    if row.standing != "sent" or law().outward_flows[row.flow].value.way == "letter":
        raise Fault("outward.not_sent")
    acknowledge(row, persons, actor.account_id, receipt.strip())
    _trace("receive", row, actor, received=persons)


def explain(list_id: int, words: str, actor: Actor) -> None:
    """Say why a recipient holds another number of people than were told."""
    row = _locked(list_id, actor)
    if row.standing != "differs":
        raise Fault("outward.nothing_to_explain")
    row.explanation, row.explained_by = words.strip(), actor.account_id
    _trace("explain", row, actor, reason=words)


def give_up(list_id: int, reason: str, actor: Actor) -> None:
    """Take a list out before it leaves; the next one says the same from the same base."""
    row = _locked(list_id, actor)
    if row.standing not in ("made", "confirmed"):
        raise Fault("outward.not_open")
    row.ended_why, row.ended_at, row.ended_by = "void", instant(), actor.account_id
    row.reason = reason.strip()
    _trace("void", row, actor, reason=reason)


def explain_tier(by: int, scheme: str, words: str, actor: Actor) -> None:
    """Say why an agency's own count and what is held above differ; it holds for these figures."""
    actor.must("outward.operate")
    row = db.session.get(TierCount, (actor.agency_id, by, scheme), with_for_update=True)
    if row is None:
        raise LookupError(f"nothing told by {by}")
    if not gap(told_of(row), held_of(row)) or row.explanation:
        raise Fault("outward.nothing_to_explain")
    row.explanation, row.explained_by = words.strip(), actor.account_id
    row.explained_on = business_date()
    _record("explain_tier", by, actor, reason=words, scheme=scheme)


def ask_whole(by: int, actor: Actor) -> None:
    """Ask an agency below to name everybody again, since figures do not fit."""
    actor.must("outward.operate")
    carrying.ask_whole(by)
    _record("ask_whole", by, actor)


def package_file(list_id: int, actor: Actor) -> files.StoredFile:
    """The encrypted package of a list; the download is on the trail."""
    row = _locked(list_id, actor)
    if row.package_file_id is None:
        raise Fault("outward.no_package")
    _trace("download", row, actor)
    return files.read(row.package_file_id, FILE_KIND)


def password(list_id: int, actor: Actor) -> str:
    """The password of a package, told apart from it; the look is on the trail."""
    row = _locked(list_id, actor)
    if row.password_sealed is None:
        raise Fault("outward.no_package")
    _trace("password", row, actor)
    return str(vault().open("outward_list", row.id, row.password_sealed)["password"])


def cover(list_id: int, actor: Actor) -> tuple[bytes, OutwardList]:
    """The cover of a list as PDF, with its purpose, its basis and whether consent is needed."""
    actor.must("outward.read")
    row = list_of(list_id)
    _trace("cover", row, actor)
    return as_cover(head_of(row)), row


def list_of(list_id: int, *, lock: bool = False) -> OutwardList:
    """A list of this scope; ``LookupError`` when there is none."""
    query = select(OutwardList).where(OutwardList.id == list_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no outward list {list_id}")
    return found


def _locked(list_id: int, actor: Actor) -> OutwardList:
    """The list for a verb; whoever acts on one for a unit is filed with it (操作规程 五(三))."""
    actor.must("outward.operate")
    row = list_of(list_id, lock=True)
    if row.unit_id:
        require_filed(actor, row.unit_id)
    return row


def _check_day(row: OutwardList, on: dt.date) -> None:
    if not row.made_on <= on <= business_date():
        raise Fault("outward.day", made=row.made_on)


def _trace(verb: str, row: OutwardList, actor: Actor, **detail: Any) -> None:
    db.session.flush()
    _record(verb, row.id, actor, unit_id=row.unit_id, flow=row.flow, **detail)


def _record(verb: str, subject_id: int, actor: Actor, **detail: Any) -> None:
    audit.record(*(actor.account_id, f"outward.{verb}"), kind=KIND, subject_id=subject_id, **detail)
