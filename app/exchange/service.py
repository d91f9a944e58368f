"""数据交换 with this agency's own sharing units: requests, packages, receipts, replies.

Two different operators make and confirm each package, and two accept each reply (操作规程 五(二)).
"""

import datetime as dt
from typing import Any

from sqlalchemy import func, select, text, update

from app.accounts.actor import Actor, system_actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.delegation.answers import count_own
from app.delegation.consent import end_in_request
from app.exchange.filed import may_act, require_filed
from app.exchange.medium.stamp import same_stamp, stamp_in
from app.exchange.models import ExchangeRequest, Package, Reply
from app.exchange.telling import tell_ready, tell_refused
from app.exchange.wire.ways import way_of_request
from app.sharing.agreements import in_force, reply_term
from tenants import files
from tenants.calendar import add_working_days, business_date, instant
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.numbers import take_numbers
from tenants.outbox import post
from tenants.remembering import remembered
from tenants.vault import vault

_SUFFIXES = frozenset({"xlsx", "zip", "csv", "xls", "ods", "txt"})

_NUMBER_LINES = text("""
UPDATE ask a SET line_no = x.line_no
FROM (SELECT subject_id, round,
             dense_rank() OVER (ORDER BY case_id, subject_id) AS line_no
      FROM ask WHERE request_id = :request) x
WHERE a.request_id = :request AND a.subject_id = x.subject_id AND a.round = x.round
""")

_COUNT = text("""
SELECT count(DISTINCT subject_id) AS subjects, coalesce(sum(cardinality(items)), 0) AS items
FROM ask WHERE request_id = :request
""")

_UNANSWERED = text("""
UPDATE ask SET outcomes = array_replace(outcomes, 0::smallint, :unanswered)
WHERE request_id = :request AND is_open RETURNING case_id
""")


def make(request_id: int, revision: int, actor: Actor) -> Moved:
    """Close a draft: number, stamp and lines are fixed, the package is made by the worker.

    From here on it is immutable; what is approved later joins a new draft. Nobody whose consent
    is not in force by now is asked about, and no unit without an agreement in force (第十六条).
    """
    actor.must("exchange.operate")
    draft = request_of(request_id, lock=True)
    is_draft = draft.state == "draft"
    if not may_act(actor, draft.unit_id):
        return Moved((), (Skip(request_id, "not_filed"),))
    if is_draft and in_force(draft.unit_id, business_date()) is None:
        return Moved((), (Skip(request_id, "no_agreement"),))
    if is_draft and end_in_request(request_id) and not _asks(request_id).subjects:
        return Moved((), (Skip(request_id, "nothing_left_to_ask"),))
    moved = move("request", "make", Chosen.seen({request_id: revision}), actor)
    if not moved.done:
        return moved
    db.session.execute(_NUMBER_LINES, {"request": request_id})
    counts = _asks(request_id)
    if not counts.subjects:
        raise Fault("request_empty")
    way = way_of_request(request_id, request_of(request_id).unit_id)
    db.session.execute(
        update(ExchangeRequest)
        .where(ExchangeRequest.id == request_id)
        .values(
            way=way,
            number=take_numbers("request", 1)[0],
            made_by=actor.account_id,
            made_on=business_date(),
            subjects=counts.subjects,
            items_asked=counts.items,
        )
    )
    if way == "media":
        post(
            "package.make",
            {"request_id": request_id},
            account_id=actor.account_id,
            total=counts.subjects,
        )
    return moved


def _asks(request_id: int) -> Any:
    """Row (subjects, items) of what a request asks."""
    return db.session.execute(_COUNT, {"request": request_id}).one()


def confirm(request_id: int, revision: int, actor: Actor) -> Moved:
    """A second operator confirms the package before it leaves."""
    actor.must("exchange.operate")
    request = request_of(request_id)
    if not may_act(actor, request.unit_id):
        return Moved((), (Skip(request_id, "not_filed"),))
    if request.made_by == actor.account_id:
        return Moved((), (Skip(request_id, "same_operator"),))
    if request.way == "media" and package_of(request_id) is None:
        return Moved((), (Skip(request_id, "package_not_ready"),))
    if request.state == "made" and in_force(request.unit_id, business_date()) is None:
        return Moved((), (Skip(request_id, "no_agreement"),))
    moved = move("request", "confirm", Chosen.seen({request_id: revision}), actor)
    if moved.done:
        request.confirmed_by = actor.account_id
        db.session.flush()
        if request.way == "media":
            tell_ready(request)
        else:
            kind = "store.answer" if request.way == "store" else "wire.begin"
            post(kind, {"request_id": request_id}, total=request.subjects)
    return moved


def deliver(
    request_id: int,
    revision: int,
    actor: Actor,
    *,
    on: dt.date,
    how: str,
    action: str = "deliver",
) -> Moved:
    """Record the receipt (签收): the reply clock starts (第十二条, in working days).

    Raises ``Fault("receipt_date")`` for a day in the future or before the package was made.
    """
    request = request_of(request_id)
    if not may_act(actor, request.unit_id):
        return Moved((), (Skip(request_id, "not_filed"),))
    if not (request.made_on and request.made_on <= on <= business_date()):
        raise Fault("receipt_date", made=request.made_on, today=business_date())
    moved = move("request", action, Chosen.seen({request_id: revision}), actor)
    if moved.done:
        days = reply_days(request.agency_id, request.unit_id, on)
        due_on = None if days is None else add_working_days(on, days)
        db.session.execute(
            update(ExchangeRequest)
            .where(ExchangeRequest.id == request_id)
            .values(delivered_on=on, delivered_how=how, due_on=due_on)
        )
    return moved


def reply_days(agency_id: int, unit_id: int, day: dt.date | None = None) -> int | None:
    """Working days that this unit has for a reply to what it receives on ``day`` (today): its
    agreement's under the rulebook's cap, else the rulebook's; None for no deadline."""
    return reply_term(agency_id, unit_id, day or business_date()).days


def close(request_id: int, revision: int, actor: Actor, reason: str) -> Moved:
    """Stop waiting for an overdue request; what is open ends as unanswered, and is said so.

    A reply that comes all the same is still taken, and makes new versions of the reports.
    """
    request = request_of(request_id)
    if not may_act(actor, request.unit_id):
        return Moved((), (Skip(request_id, "not_filed"),))
    if request.due_on is not None and business_date() <= request.due_on:
        raise Fault("request_not_overdue")
    chosen = Chosen.seen({request_id: revision})
    moved = move("request", "close", chosen, actor, reason=reason)
    if moved.done:
        values = {"request": request_id, "unanswered": int(Outcome.UNANSWERED)}
        cases = set(db.session.execute(_UNANSWERED, values).scalars())
        count_own(cases)
    return moved


def receive_reply(
    request_id: int,
    data: bytes,
    filename: str,
    actor: Actor,
    *,
    password: str = "",
    typed_stamp: str = "",
    as_of: dt.date | None = None,
) -> Reply:
    """Take a returned file; the worker checks it against what was asked.

    ``typed_stamp``: copied from the sealed letter that came with it, where the file cannot bear it;
    ``as_of``: the day as of which it speaks, where it does not say so itself.

    Raises ``Forbidden``, ``LookupError`` for a request that this scope does not have,
    ``Fault("request_not_delivered")`` for one that was never handed over, and
    ``Fault("own_stamp_typed")`` for a stamp that is not the request's.
    """
    if not (actor.may("request.answer") or actor.may("exchange.operate")):
        actor.must("exchange.operate")
    request = request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    if request.state not in {"delivered", "answered", "closed"}:
        raise Fault("request_not_delivered")
    parts = select(func.coalesce(func.max(Reply.part), 0)).where(Reply.request_id == request_id)
    today = business_date()
    (reply_id,) = take_ids(1)
    reply = Reply(
        id=reply_id,
        state="received",
        unit_id=request.unit_id,
        request_id=request_id,
        part=(db.session.scalar(parts) or 0) + 1,
        file_id=files.store("reply", _suffix(filename), data, unit_id=request.unit_id),
        password_sealed=vault().seal("reply", reply_id, {"password": password}),
        stamp_from=_stamp_from(request, filename, typed_stamp),
        told_as_of=as_of,
        received_by=actor.account_id,
        received_on=today,
        received_at=instant(),
        is_late=request.due_on is not None and today > request.due_on,
    )
    db.session.add(reply)
    db.session.flush()
    audit.record(
        actor.account_id,
        "reply.receive",
        kind="reply",
        subject_id=reply.id,
        unit_id=actor.unit_id,
        request=request_id,
    )
    post(
        "reply.check",
        {"reply_id": reply.id},
        unit_id=actor.unit_id,
        account_id=actor.account_id,
        total=request.items_asked,
    )
    return reply


def _stamp_from(request: ExchangeRequest, filename: str, typed: str) -> str:
    """Where the stamp stands, as far as that is known before the file is opened."""
    if typed:
        if not same_stamp(request.stamp, typed):
            raise Fault("own_stamp_typed")
        return "typed"
    return "name" if stamp_in(filename, request.stamp) else "file"


def accept_reply(reply_id: int, revision: int, actor: Actor) -> Moved:
    """One operator accepts, then a different one; with the second the answers count."""
    actor.must("exchange.operate")
    reply = reply_of(reply_id)
    if not may_act(actor, reply.unit_id):
        return Moved((), (Skip(reply_id, "not_filed"),))
    if reply.first_by == actor.account_id:
        return Moved((), (Skip(reply_id, "same_operator"),))
    if reply.state == "checked" and reply.settled_by == actor.account_id:
        return Moved((), (Skip(reply_id, "settled_by_self"),))
    action = "accept_first" if reply.state == "checked" else "accept_second"
    moved = move("reply", action, Chosen.seen({reply_id: revision}), actor)
    if moved.done:
        column = "first_by" if action == "accept_first" else "second_by"
        db.session.execute(
            update(Reply).where(Reply.id == reply_id).values({column: actor.account_id})
        )
        if action == "accept_second":
            answered = reply.hits + reply.no_records + reply.unable + reply.refused
            post("reply.accepted", {"reply_id": reply_id}, total=answered)
    return moved


def refuse_reply(reply_id: int, revision: int, actor: Actor, reason: str) -> Moved:
    """An operator refuses a checked reply, with a reason the unit can act on."""
    if not may_act(actor, reply_of(reply_id).unit_id):
        return Moved((), (Skip(reply_id, "not_filed"),))
    chosen = Chosen.seen({reply_id: revision})
    moved = move("reply", "refuse", chosen, actor, reason=reason)
    if moved.done:
        # The liaison cannot read events; the reason stands where the check's faults stand.
        sealed = vault().seal("reply", reply_id, {"faults": [reason]})
        db.session.execute(update(Reply).where(Reply.id == reply_id).values(faults_sealed=sealed))
        reply = reply_of(reply_id)
        request = request_of(reply.request_id)
        if request.way != "store":
            tell_refused(reply, request.number)
        if not reply.received_by:
            post("wire.refused", {"request_id": reply.request_id})
    return moved


def request_of(request_id: int, *, lock: bool = False) -> ExchangeRequest:
    """A request of this scope; ``LookupError`` when there is none."""
    query = select(ExchangeRequest).where(ExchangeRequest.id == request_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no request {request_id}")
    return found


def reply_of(reply_id: int) -> Reply:
    """A reply of this scope, locked; ``LookupError`` when there is none."""
    query = select(Reply).where(Reply.id == reply_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise LookupError(f"no reply {reply_id}")
    return found


def package_of(request_id: int) -> Package | None:
    """The package of a request, or None while the worker makes it."""
    query = select(Package).where(Package.request_id == request_id)
    newest = query.order_by(Package.id.desc()).limit(1)
    return remembered(("package", request_id), lambda: db.session.scalars(newest).one_or_none())


def download_package(request_id: int, actor: Actor) -> files.StoredFile:
    """The package's bytes, for the disc or the liaison; the look is on the audit trail.

    Raises ``LookupError`` before a second operator has confirmed it: till then it stays here.
    """
    require_filed(actor, request_of(request_id).unit_id)
    package = _confirmed_package(request_id)
    audit.record(
        actor.account_id,
        "package.download",
        kind="request",
        subject_id=request_id,
        unit_id=actor.unit_id,
    )
    return files.read(package.file_id, "package")


def package_password(request_id: int, actor: Actor) -> str:
    """The package's password, to be told by another way than the medium; audited.

    Raises ``LookupError`` before the package is confirmed.
    """
    require_filed(actor, request_of(request_id).unit_id)
    package = _confirmed_package(request_id)
    audit.record(
        actor.account_id,
        "package.password",
        kind="request",
        subject_id=request_id,
        unit_id=actor.unit_id,
    )
    opened: dict[str, Any] = vault().open("package", package.id, package.password_sealed)
    return str(opened["password"])


def _confirmed_package(request_id: int) -> Package:
    package = package_of(request_id)
    if package is None or request_of(request_id).state in {"draft", "made", "stopped"}:
        raise LookupError(f"no confirmed package for request {request_id}")
    return package


def _suffix(filename: str) -> str:
    ending = filename.rpartition(".")[2].lower()
    return f"reply.{ending}" if ending in _SUFFIXES else "reply"


def finish_if_answered(request_id: int) -> None:
    """Move a request whose every item has its outcome to answered, late or not."""
    still_open = db.session.scalar(
        text(
            "SELECT EXISTS (SELECT FROM ask WHERE request_id = :request"
            " AND (0 = ANY (outcomes) OR :unanswered = ANY (outcomes)))"
        ),
        {"request": request_id, "unanswered": int(Outcome.UNANSWERED)},
    )
    if still_open:
        return
    request = request_of(request_id)
    action = {"delivered": "answer", "closed": "answer_late"}.get(request.state)
    if action:
        move("request", action, Chosen.of([request_id]), system_actor(request.agency_id))
