"""纸质反馈两遍录入: two people type, what differs is settled by looking at the paper, then it is a
reply like any other: checked by the machine, accepted by two."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.exchange import packing
from app.exchange import service as exchange
from app.exchange.filed import require_filed
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.stamp import same_stamp
from app.exchange.models import Reply
from app.exchange.paper import queries
from app.exchange.paper.messages import SCAN
from app.exchange.paper.models import FIRST, SECOND, SETTLED, PaperReply, TypedLine
from app.exchange.paper.typing import Entries, meaning
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.untrusted.kinds import FileKind, kind_of
from tenants.vault import vault

MOST_LINES = 500
_SCANS = {FileKind.PDF: ".pdf", FileKind.IMAGE: ".jpg"}


@dataclass(frozen=True)
class Came:
    """A sealed paper: the unit's letter number, the stamp on it, its as-of day, its scan."""

    letter_number: str
    stamp: str
    as_of: dt.date
    scan: bytes


def start(request_id: int, came: Came, actor: Actor) -> PaperReply:
    """Take a paper reply in; who does types first. Raises the ``paper.*`` faults."""
    actor.must("exchange.operate")
    request = exchange.request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    if request.state not in {"delivered", "closed"}:
        raise Fault("request_not_delivered")
    if request.subjects > MOST_LINES:
        raise Fault("paper.too_many", count=request.subjects, most=MOST_LINES)
    if any(_is_open(paper) for paper in queries.papers_of(request_id)):
        raise Fault("paper.open_already")
    if not same_stamp(request.stamp, came.stamp):
        raise Fault("paper.stamp")
    if came.as_of > business_date():
        raise Fault("paper.as_of", today=business_date())
    kind = kind_of(came.scan)
    if kind not in _SCANS:
        raise Fault("paper.scan")
    (paper_id,) = take_ids(1)
    paper = PaperReply(
        id=paper_id,
        unit_id=request.unit_id,
        request_id=request_id,
        scan_file_id=files.store(
            "reply", SCAN.format(suffix=_suffix(came.scan)), came.scan, unit_id=request.unit_id
        ),
        letter_number=came.letter_number.strip(),
        as_of=came.as_of,
        first_by=actor.account_id,
    )
    db.session.add(paper)
    db.session.flush()
    _record(paper, "paper.start", actor)
    return paper


def _suffix(scan: bytes) -> str:
    return ".png" if scan.startswith(b"\x89PNG") else _SCANS[kind_of(scan)]


def keep_line(
    paper_id: int, line_no: int, entries: Entries, actor: Actor, *, settling: bool = False
) -> Moved:
    """Keep what this person typed of a line, in place of what the same look typed before."""
    actor.must("exchange.operate")
    paper = _open(paper_id, actor)
    look = SETTLED if settling else _own_look(paper, actor)
    if settling and line_no not in differences(paper):
        raise Fault("paper.not_different", line=line_no)
    if look == SECOND and paper.second_by is None:
        paper.second_by = actor.account_id
        db.session.flush()
    (row_id,) = take_ids(1)
    known = select(TypedLine.id).where(
        TypedLine.paper_id == paper_id, TypedLine.look == look, TypedLine.line_no == line_no
    )
    row_id = db.session.scalar(known) or row_id
    sealed = vault().seal("typed_line", row_id, {"entries": entries})
    said = {"sealed": sealed, "account_id": actor.account_id}
    row = insert(TypedLine).values(
        id=row_id, unit_id=paper.unit_id, paper_id=paper_id, look=look, line_no=line_no, **said
    )
    keys = [TypedLine.agency_id, TypedLine.paper_id, TypedLine.look, TypedLine.line_no]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_=said))
    return Moved((paper_id,))


def finish(paper_id: int, actor: Actor) -> Moved:
    """This person's look is complete; after the second one, without differences, it is a reply."""
    actor.must("exchange.operate")
    paper = _open(paper_id, actor)
    look = _own_look(paper, actor)
    lines = packing.asked_of(exchange.request_of(paper.request_id), 0).lines
    left = lines.keys() - queries.typed(paper_id, look)
    if left:
        raise Fault("paper.not_done", count=len(left))
    if look == FIRST:
        paper.first_done_at = instant()
    else:
        paper.second_done_at = instant()
    db.session.flush()
    _record(paper, f"paper.finish_{look}", actor)
    if paper.first_done_at and paper.second_done_at and not differences(paper):
        _hand_in(paper, actor)
    return Moved((paper_id,))


def settle(paper_id: int, chosen: Mapping[int, int], why: str, actor: Actor) -> Moved:
    """What holds where the two looks differ, by looking at the paper: line → whose entries.

    A line for which neither is right was typed a third time before (``keep_line``). The one who
    settles may not be the first to accept (a check constraint of the reply holds it).
    """
    actor.must("exchange.operate")
    paper = _open(paper_id, actor)
    if len(why.strip()) < 2:
        raise Fault("paper.why")
    different = differences(paper)
    done = queries.typed(paper_id, SETTLED)
    left = different.keys() - chosen.keys() - done
    if left or paper.second_done_at is None:
        raise Fault("paper.unsettled", count=len(left))
    for line_no, look in chosen.items():
        if line_no in different and look in (FIRST, SECOND):
            keep_line(paper_id, line_no, different[line_no][look - 1], actor, settling=True)
    paper.settled_by, paper.settled_why = actor.account_id, why.strip()[:500]
    db.session.flush()
    _record(paper, "paper.settle", actor)
    _hand_in(paper, actor)
    return Moved((paper_id,))


def differences(paper: PaperReply) -> dict[int, tuple[Entries, Entries]]:
    """Line → both looks' entries, where they do not mean the same; none until both are done."""
    if paper.first_done_at is None or paper.second_done_at is None:
        return {}
    asked = packing.asked_of(exchange.request_of(paper.request_id), 0)
    first, second = (queries.entries_of(paper.id, look) for look in (FIRST, SECOND))
    return {
        line_no: (first.get(line_no, {}), second.get(line_no, {}))
        for line_no in asked.lines
        if _said(asked, line_no, first) != _said(asked, line_no, second)
    }


def _said(asked: AskedRequest, line_no: int, entries: Mapping[int, Entries]) -> object:
    line = asked.lines[line_no]
    return meaning(line_no, line, entries.get(line_no, {}), asked, business_date())


def discard(paper_id: int, actor: Actor) -> Moved:
    """作废: nothing of it is used; the scan stays."""
    actor.must("exchange.operate")
    paper = _open(paper_id, actor)
    paper.discarded_on = business_date()
    db.session.flush()
    _record(paper, "paper.discard", actor)
    return Moved((paper_id,))


def download_scan(paper_id: int, actor: Actor) -> files.StoredFile:
    """The scan, after its audit row."""
    paper = queries.paper(paper_id)
    require_filed(actor, paper.unit_id)
    _record(paper, "paper.scan", actor)
    return files.read(paper.scan_file_id, "reply")


def _hand_in(paper: PaperReply, actor: Actor) -> None:
    """The settled entries become a reply, which goes the way of a file."""
    typed = {**queries.entries_of(paper.id, FIRST), **queries.entries_of(paper.id, SETTLED)}
    if not any(typed.values()):
        raise Fault("paper.nothing")
    content = json.dumps({"lines": typed}, ensure_ascii=False).encode()
    stamp = exchange.request_of(paper.request_id).stamp
    reply = exchange.receive_reply(
        paper.request_id, content, "typed.json", actor, typed_stamp=stamp
    )
    here = Reply.id == reply.id
    values = {"paper_id": paper.id, "settled_by": paper.settled_by}
    db.session.execute(update(Reply).where(here).values(**values))
    paper.reply_id = reply.id
    db.session.flush()


def _open(paper_id: int, actor: Actor) -> PaperReply:
    paper = queries.paper(paper_id, lock=True)
    require_filed(actor, paper.unit_id)
    if not _is_open(paper):
        raise Fault("paper.ended")
    return paper


def _is_open(paper: PaperReply) -> bool:
    return paper.reply_id is None and paper.discarded_on is None


def _own_look(paper: PaperReply, actor: Actor) -> int:
    """The look that this person types; raises ``paper.not_yours`` when it is done or another's."""
    look = queries.look_of(paper, actor.account_id)
    if not queries.is_typing(paper, look):
        raise Fault("paper.not_yours")
    return look


def _record(paper: PaperReply, verb: str, actor: Actor) -> None:
    audit.record(
        actor.account_id, verb, kind="paper_reply", subject_id=paper.id, request=paper.request_id
    )
