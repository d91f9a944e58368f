"""Verified pages of answers, kept as they came in sealed files, and a reply made of them.

Both directions end here: what the worker fetched and what a unit's system posted. The reply's file
is a manifest that names the pages; the same check as for a disc's file reads it.
"""

import json
from collections.abc import Iterator

from sqlalchemy import func, select, update

from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.replies import CheckedReply
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.wire.answers import read_answers
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import AnswerPage
from app.exchange.wire.sending import described
from hedui_connector.wire.models import Answer
from hedui_connector.wire.pages import read_page
from hedui_connector.wire.problems import Refusal
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post

MANIFEST = "answers.json"
PAGE = "answers.ndjson"


def keep_page(request: ExchangeRequest, body: bytes, after: int) -> AnswerPage:
    """Keep one whole page of answers that goes on after answer ``after``.

    ``WireFailure("bad_page")`` when it is not whole, not in order or does not fit its cursor; then
    nothing of it is kept. The page that is there already is given back.
    """
    earlier = page_after(request.id, after)
    if earlier is not None:
        return earlier
    try:
        answers, end = read_page(body, Answer)
    except Refusal as error:
        raise WireFailure("bad_page") from error
    numbers = [answer.answer for answer in answers]
    in_order = numbers == list(range(after + 1, after + 1 + len(numbers)))
    if not in_order or end.next != str(after + len(numbers)) or not (numbers or end.is_last):
        raise WireFailure("bad_page")
    page = AnswerPage(
        unit_id=request.unit_id,
        request_id=request.id,
        after=after,
        count=len(numbers),
        is_last=end.is_last,
        file_id=files.store("reply", PAGE, body, unit_id=request.unit_id),
        kept_at=instant(),
    )
    db.session.add(page)
    db.session.flush()
    return page


def page_after(request_id: int, after: int) -> AnswerPage | None:
    """The page that was kept at this cursor and is not part of a reply yet."""
    return db.session.scalars(
        select(AnswerPage).where(
            AnswerPage.request_id == request_id,
            AnswerPage.after == after,
            AnswerPage.reply_id.is_(None),
        )
    ).one_or_none()


def take_answers(request: ExchangeRequest) -> Reply:
    """Make one reply of all pages kept so far; the worker checks it as it checks a disc's file."""
    pages = db.session.scalars(
        select(AnswerPage)
        .where(AnswerPage.request_id == request.id, AnswerPage.reply_id.is_(None))
        .order_by(AnswerPage.after)
    ).all()
    manifest = json.dumps({"pages": [page.file_id for page in pages]}).encode()
    parts = select(func.coalesce(func.max(Reply.part), 0)).where(Reply.request_id == request.id)
    today, (reply_id,) = business_date(), take_ids(1)
    reply = Reply(
        id=reply_id,
        state="received",
        unit_id=request.unit_id,
        request_id=request.id,
        part=(db.session.scalar(parts) or 0) + 1,
        file_id=files.store("reply", MANIFEST, manifest, unit_id=request.unit_id),
        received_by=0,
        received_on=today,
        received_at=instant(),
        is_late=request.due_on is not None and today > request.due_on,
    )
    db.session.add(reply)
    db.session.flush()
    ids = [page.id for page in pages]
    db.session.execute(update(AnswerPage).where(AnswerPage.id.in_(ids)).values(reply_id=reply_id))
    post("reply.check", {"reply_id": reply_id}, total=request.items_asked)
    return reply


def state_of_reply(request_id: int) -> str:
    """The state of the newest reply that came over the wire."""
    query = select(Reply.state).where(Reply.request_id == request_id, Reply.received_by == 0)
    return db.session.scalars(query.order_by(Reply.part.desc()).limit(1)).one()


def read_kept(manifest: bytes, asked: AskedRequest) -> CheckedReply:
    """The kept pages of a reply, held against what was asked."""
    about = {code: described(item) for code, item in asked.items.items()}
    return read_answers(_answers(manifest), about, asked, today=business_date())


def _answers(manifest: bytes) -> Iterator[Answer]:
    for file_id in json.loads(manifest)["pages"]:
        yield from read_page(files.read(file_id, "reply").data, Answer)[0]
