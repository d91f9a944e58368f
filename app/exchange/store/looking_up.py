"""The worker answers a request from the store (desk): one join by keyed hash, and every asked pair
has its outcome: a hit, no record as of the load's day, or unable with the reason.

What comes of it is a reply like any other: two operators accept it before it counts.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select, text

from app.accounts.actor import Actor, system_actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move
from app.exchange.filed import require_filed
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.packing import items_of
from app.exchange.service import request_of
from app.exchange.store.held import usable_of
from app.exchange.store.messages import UNABLE, say
from app.exchange.store.rules import Usable
from app.exchange.telling import tell_arrived
from app.sharing.agreements import in_force
from tenants import files
from tenants.calendar import business_date, instant
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.outbox import post
from tenants.progress import tell_done
from tenants.vault import vault

MANIFEST = "store.json"
OPEN = [int(Outcome.PENDING), int(Outcome.UNANSWERED)]
LIVE = ("received", "unread", "checked", "accepted_once", "accepted")
TELL_EVERY = 2_000

_JOIN = text("""
SELECT a.line_no, asked.item, r.id, r.as_of, r.sealed
FROM ask a
CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS asked(item, outcome)
JOIN subject s ON s.agency_id = a.agency_id AND s.id = a.subject_id
LEFT JOIN unnest(CAST(:items AS smallint[]), CAST(:loads AS bigint[])) AS held(item, load_id)
  ON held.item = asked.item
LEFT JOIN returned_record r ON r.agency_id = a.agency_id AND r.load_id = held.load_id
  AND r.person_hash = s.id_hash
WHERE a.request_id = :request AND asked.outcome = ANY(CAST(:open AS smallint[]))
  AND a.line_no IS NOT NULL
ORDER BY a.line_no, asked.item, r.id
""")


def answer(request_id: int) -> None:
    """Answer what is open of a released request; once, and again after a refused answer.

    Without an agreement in force nothing is looked up: the request stays where it is (第十六条).
    """
    request = request_of(request_id, lock=True)
    if request.way != "store" or in_force(request.unit_id, business_date()) is None:
        return
    if request.state == "confirmed":
        move("request", "look_up", Chosen.of([request_id]), system_actor(request.agency_id))
        request = request_of(request_id, lock=True)
        request.delivered_on, request.delivered_how = business_date(), say("store.delivered_how")
        db.session.flush()
    if request.state not in ("delivered", "closed") or _has_live_reply(request_id):
        return
    usable = usable_of(items_of(request_id), request.unit_id)
    content = _content(request_id, usable)
    reply = _reply(request, content, usable)
    move("reply", "pass_check", Chosen.of([reply.id]), system_actor(request.agency_id))
    audit.record(
        *(0, "returned.look_up"),
        kind="request",
        subject_id=request_id,
        unit_id=request.unit_id,
        persons=request.subjects,
        hits=reply.hits,
        loads=sorted(one.load_id for found in usable.values() for one in found.loads),
    )
    tell_arrived(reply, request.number)


def look_again(request_id: int, actor: Actor) -> Moved:
    """Ask the store anew after its answer was refused, once there is a newer load, say.

    Raises ``Fault("store.not_again")`` while an answer of it waits or counts.
    """
    actor.must("exchange.operate")
    request = request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    is_out = request.state in ("confirmed", "delivered", "closed")
    if request.way != "store" or not is_out or _has_live_reply(request_id):
        raise Fault("store.not_again")
    if in_force(request.unit_id, business_date()) is None:
        raise Fault("store.no_agreement")
    post("store.answer", {"request_id": request_id}, total=request.subjects)
    return Moved((request_id,))


def _has_live_reply(request_id: int) -> bool:
    query = select(Reply.id).where(Reply.request_id == request_id, Reply.state.in_(LIVE))
    return db.session.scalar(query.limit(1)) is not None


def _content(request_id: int, usable: Mapping[int, Usable]) -> dict[str, list[dict[str, Any]]]:
    """Answers and records in the form in which a checked reply is kept."""
    pairs = [(item, one.load_id) for item, found in usable.items() for one in found.loads]
    rows = db.session.execute(
        _JOIN,
        {
            "request": request_id,
            "open": OPEN,
            "items": [item for item, _ in pairs],
            "loads": [load_id for _, load_id in pairs],
        },
    )
    answers: dict[tuple[int, int], dict[str, Any]] = {}
    records: list[dict[str, Any]] = []
    keys = vault()
    for row in rows:
        pair = (row.line_no, row.item)
        if row.id is None:
            answers.setdefault(pair, _without(pair, usable[row.item]))
            continue
        day = row.as_of.isoformat()
        latest = max(day, answers[pair]["as_of"] or "") if pair in answers else day
        answers[pair] = _told(pair, Outcome.HIT, latest)
        fields = keys.open("returned_record", row.id, row.sealed)
        records.append({"line": row.line_no, "item": row.item, "as_of": day, "fields": fields})
        if len(records) % TELL_EVERY == 0:
            tell_done(row.line_no)
    return {"answers": list(answers.values()), "records": records}


def _without(pair: tuple[int, int], found: Usable) -> dict[str, Any]:
    """Nobody was found: that is no record where the store may say so, and unable where not."""
    if found.as_of is None:
        return _told(pair, Outcome.UNABLE, None, UNABLE[found.why])
    return _told(pair, Outcome.NO_RECORD, found.as_of.isoformat())


def _told(
    pair: tuple[int, int], outcome: Outcome, as_of: str | None, remark: str = ""
) -> dict[str, Any]:
    line, item = pair
    told = {"line": line, "item": item, "outcome": int(outcome)}
    return told | {"as_of": as_of, "remark": remark}


def _reply(
    request: ExchangeRequest, content: Mapping[str, list[Any]], usable: Mapping[int, Usable]
) -> Reply:
    """The answers as a reply; its file says which loads were looked into."""
    parts = select(func.coalesce(func.max(Reply.part), 0)).where(Reply.request_id == request.id)
    loads = [
        {"item": item, "load": one.load_id, "as_of": one.as_of.isoformat()}
        for item, found in usable.items()
        for one in found.loads
    ]
    (reply_id,) = take_ids(1)
    reply = Reply(
        id=reply_id,
        state="received",
        unit_id=request.unit_id,
        request_id=request.id,
        part=(db.session.scalar(parts) or 0) + 1,
        file_id=files.store("reply", MANIFEST, json.dumps({"loads": loads}).encode()),
        rows_file_id=files.store("reply_rows", "rows.json", _dumped(content)),
        received_by=0,
        received_on=business_date(),
        received_at=instant(),
        **_counts(content["answers"]),
    )
    db.session.add(reply)
    db.session.flush()
    return reply


def _dumped(content: Mapping[str, list[Any]]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _counts(answers: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    outcomes = [answer["outcome"] for answer in answers]
    return {
        "hits": outcomes.count(Outcome.HIT),
        "no_records": outcomes.count(Outcome.NO_RECORD),
        "unable": outcomes.count(Outcome.UNABLE),
    }
