"""What the worker does for an exchange: make the package, check a returned file."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.actor import system_actor
from app.cases.identity import Identity
from app.cases.lifecycle import Chosen, move
from app.cases.models import Ask, Authorisation, Subject
from app.exchange import names
from app.exchange.layouts.own_file import open_own
from app.exchange.layouts.reading import Came, ColumnsUnknown, read_by_layouts
from app.exchange.medium.asked import AskedLine, AskedRequest, ListLine, PackageHead
from app.exchange.medium.package import make_package
from app.exchange.medium.password import make_password
from app.exchange.medium.replies import CheckedReply, ReplyLimits
from app.exchange.medium.reply_file import read_reply
from app.exchange.medium.stamp import make_stamp
from app.exchange.models import ExchangeRequest, Package, Reply
from app.exchange.paper.reading import read_typed
from app.exchange.service import package_of, reply_days, reply_of, request_of
from app.exchange.telling import tell_arrived, tell_columns, tell_refused
from app.exchange.wire import kept
from tenants import files
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.catalogue import DataItem, catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.progress import tell_done
from tenants.rulebook import rulebook
from tenants.vault import vault

TELL_EVERY = 500
"""Lines between two words about how far a package is."""


def make(request_id: int) -> None:
    """Make the encrypted package of a closed request, once."""
    request = request_of(request_id, lock=True)
    if request.state == "stopped" or package_of(request_id) is not None:
        return
    lines = list(_lines(request_id))
    head = _head(request)
    stamp = make_stamp(vault().stamp_key, head, lines)
    items = _items(lines)
    password = make_password()
    data = make_package(_stamped(head, stamp), lines, items, password)
    (package_id,) = take_ids(1)
    name = names.PACKAGE.format(number=request.number)
    db.session.execute(
        insert(Package)
        .values(
            id=package_id,
            unit_id=request.unit_id,
            request_id=request_id,
            file_id=files.store("package", name, data, unit_id=request.unit_id),
            password_sealed=vault().seal("package", package_id, {"password": password}),
            made_at=instant(),
        )
        .inline()
    )
    db.session.execute(
        update(ExchangeRequest).where(ExchangeRequest.id == request_id).values(stamp=stamp)
    )


def _head(request: ExchangeRequest) -> PackageHead:
    own = agency(request.agency_id)
    unit = db.session.scalars(select(Unit).where(Unit.id == request.unit_id)).one()
    return PackageHead(
        agency_code=str(own.id),
        agency_name=own.name,
        unit_id=unit.id,
        unit_name=unit.name,
        request_no=request.number,
        period=request.period,
        made_on=request.made_on or business_date(),
        due_in_working_days=reply_days(own.id, unit.id),
        legal_basis=rulebook(own.province).legal_basis,
    )


def _stamped(head: PackageHead, stamp: str) -> PackageHead:
    return PackageHead(**{**vars(head), "stamp": stamp})


def _lines(request_id: int) -> Any:
    """The request's list, a line per subject, its items of all rounds together."""
    keys = vault()
    rows = db.session.execute(
        select(Ask.line_no, Ask.items, Subject, Authorisation)
        .join(Subject, (Subject.agency_id == Ask.agency_id) & (Subject.id == Ask.subject_id))
        .join(
            Authorisation,
            (Authorisation.agency_id == Ask.agency_id)
            & (Authorisation.subject_id == Ask.subject_id),
        )
        .where(Ask.request_id == request_id)
        .order_by(
            Ask.line_no,
            Ask.round,
            Authorisation.withdrawn_on.is_(None),
            Authorisation.expires_on,
        )
    ).all()
    gathered: dict[int, tuple[set[int], Subject, Authorisation]] = {}
    for line_no, items, subject, consent in rows:
        known = gathered.get(line_no)
        gathered[line_no] = (set(items) | (known[0] if known else set()), subject, consent)
    for line_no, (items, subject, consent) in gathered.items():
        if line_no % TELL_EVERY == 0:
            tell_done(line_no)
        person = Identity.of(keys.open("subject", subject.id, subject.sealed))
        yield ListLine(
            line_no=line_no,
            name=person.name,
            id_type=names.ID_TYPES.get(person.id_type, person.id_type),
            id_number=person.id_number,
            items=tuple(sorted(items)),
            authorised_on=consent.signed_on,
            authorisation_expires_on=consent.expires_on,
        )


def _items(lines: list[ListLine]) -> dict[int, DataItem]:
    known = catalogue()
    return {item: known.item(item) for line in lines for item in line.items}


def check(reply_id: int) -> None:
    """Hold a returned file against what was asked; it passes whole or is refused with reasons."""
    reply = reply_of(reply_id)
    if reply.state != "received":
        return
    # Locked, so that two files that came together do not miss each other.
    request = request_of(reply.request_id, lock=True)
    actor = system_actor(reply.agency_id)
    checked: CheckedReply | ColumnsUnknown | None
    faults: list[str] = []
    try:
        checked = _read(reply, request)
    except Fault as fault:
        checked, faults = None, [str(fault)]
    if isinstance(checked, ColumnsUnknown):
        move("reply", "ask_columns", Chosen.of([reply_id]), actor)
        tell_columns(reply, request.number)
        return
    if checked is not None:
        tell_done(len(checked.answers))
        faults = [names.place(fault) for fault in checked.faults]
    if checked is None or faults:
        reply.faults_sealed = vault().seal("reply", reply_id, {"faults": faults})
        db.session.flush()
        move("reply", "fail_check", Chosen.of([reply_id]), actor)
        tell_refused(reply, request.number)
        return
    _keep(reply, checked)
    move("reply", "pass_check", Chosen.of([reply_id]), actor)
    tell_arrived(reply, request.number)


def _read(reply: Reply, request: ExchangeRequest) -> CheckedReply | ColumnsUnknown:
    """The file as our template, or in its unit's own layout."""
    stored = files.read(reply.file_id, "reply")
    asked, limits, password = asked_of(request, reply.id), ReplyLimits(), password_of(reply)
    if stored.name == kept.MANIFEST:
        return kept.read_kept(stored.data, asked)
    if reply.paper_id is not None:
        return read_typed(stored.data, asked, limits, today=business_date())
    own = open_own(stored.data, stored.name, password, limits)
    if own is not None:
        return read_by_layouts(own, reply.unit_id, asked, Came.of(reply))
    return read_reply(stored.data, stored.name, asked, password, limits, today=business_date())


def items_of(request_id: int) -> dict[int, DataItem]:
    """The data items that a request asks, by code."""
    asked = db.session.scalars(select(Ask.items).where(Ask.request_id == request_id)).all()
    return {code: catalogue().item(code) for code in sorted({i for items in asked for i in items})}


def password_of(reply: Reply) -> str | None:
    """The password that came with the file, else the one its package left with."""
    if reply.password_sealed is not None:
        given = str(vault().open("reply", reply.id, reply.password_sealed)["password"])
        if given:
            return given
    package = package_of(reply.request_id)
    if package is None:
        return None
    return str(vault().open("package", package.id, package.password_sealed)["password"])


def asked_of(request: ExchangeRequest, reply_id: int) -> AskedRequest:
    """What a returned file is held against: the list as it left, and what was answered before."""
    lines = list(_lines(request.id))
    unit = db.session.scalars(select(Unit).where(Unit.id == request.unit_id)).one()
    return AskedRequest(
        request_no=request.number,
        stamp=request.stamp,
        unit_name=unit.name,
        lines={ln.line_no: AskedLine(ln.name, ln.id_number, ln.items) for ln in lines},
        items=_items(lines),
        answered=_counted(request.id) | _waiting(request.id, reply_id),
    )


# An answer about somebody who took the consent back is taken like any other, and not used.
_MAY_STILL_COME = frozenset(
    {Outcome.PENDING, Outcome.UNANSWERED, Outcome.WITHDRAWN, Outcome.CEASED}
)


def _counted(request_id: int) -> dict[tuple[int, int], Outcome]:
    """What accepted replies answered: (line, item) → outcome."""
    return {
        (row.line_no, item): Outcome(outcome)
        for row in db.session.scalars(select(Ask).where(Ask.request_id == request_id))
        for item, outcome in zip(row.items, row.outcomes, strict=True)
        if outcome not in _MAY_STILL_COME and row.line_no is not None
    }


def _waiting(request_id: int, reply_id: int) -> dict[tuple[int, int], Outcome]:
    """What other returned files answer that passed the check and are not refused.

    Both could be accepted, and would count twice.
    """
    kept_files = db.session.scalars(
        select(Reply.rows_file_id).where(
            Reply.request_id == request_id,
            Reply.id != reply_id,
            Reply.state.in_(("checked", "accepted_once", "accepted")),
        )
    )
    return {
        (answer["line"], answer["item"]): Outcome(answer["outcome"])
        for file_id in list(kept_files)
        if file_id is not None
        for answer in json.loads(files.read(file_id, "reply_rows").data)["answers"]
    }


def _keep(reply: Reply, checked: CheckedReply) -> None:
    """Keep the checked rows encrypted until two people accepted them."""
    content = {
        "answers": [
            {
                "line": a.line_no,
                "item": a.item,
                "outcome": int(a.outcome),
                "as_of": as_json(a.as_of),
                "remark": a.remark,
            }
            for a in checked.answers
        ],
        "records": [
            {
                "line": r.line_no,
                "item": r.item,
                "as_of": as_json(r.as_of),
                "fields": {name: as_json(value) for name, value in r.fields.items()},
            }
            for r in checked.records
        ],
    }
    data = json.dumps(content, ensure_ascii=False).encode()
    reply.rows_file_id = files.store("reply_rows", "rows.json", data)
    found = checked.reconciliation
    reply.hits, reply.no_records = found.hit, found.no_record
    reply.unable, reply.refused = found.unable, found.refused
    reply.missing = len(found.missing)
    db.session.flush()


def as_json(value: Any) -> Any:
    """The JSON form of a typed value: dates and decimals as text, the rest as it is."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
