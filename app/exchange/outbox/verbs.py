"""What a message of a unit's system does, whatever carried it; a refusal writes nothing."""

from sqlalchemy import insert

from app.cases.lifecycle import Moved
from app.exchange.outbox import models
from app.exchange.outbox.offers import (
    Offer,
    answers_due,
    any_offer,
    asked_in,
    lines_from,
    offer_of,
    waiting,
)
from app.exchange.outbox.once import Post
from app.exchange.outbox.parties import Party
from app.exchange.service import deliver
from app.exchange.wire.kept import keep_page
from app.exchange.wire.messages import say
from hedui_connector.wire.faults import fault
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE
from hedui_connector.wire.models import Answer, End, Head, Listing, NotTaken, Receipt, Status
from hedui_connector.wire.pages import read_message, read_page, write_page
from hedui_connector.wire.problems import Early, Refusal
from hedui_connector.wire.rows import answer_page_faults, that_fit
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.outbox import post as post_job

ROOM = BYTES_PER_BODY - BYTES_PER_LINE


def read_listing(party: Party) -> Listing:
    """The requests that wait for the unit."""
    return Listing(requests=tuple(offer.status for offer in waiting(party)))


def read_head(party: Party, wire_id: str) -> Head:
    """The head of one."""
    return offer_of(party, wire_id).head


def read_lines(party: Party, wire_id: str, after: int, most: int) -> bytes:
    """A page of its lines; the same cursor gives the same lines again."""
    offer = offer_of(party, wire_id)
    texts = that_fit(lines_from(offer, after, most), ROOM)
    reached = after + len(texts)
    end = End(count=len(texts), next=str(reached), is_last=reached >= offer.dispatch.lines)
    return write_page(texts, end)


def post_receipt(post: Post, wire_id: str) -> Status:
    """签收: the unit has every line, and its reply clock starts (第十二条)."""
    receipt = read_message(post.body, Receipt)

    def sign(offer: Offer) -> None:
        found, request = offer.dispatch, offer.request
        if receipt.lines != found.lines:
            wrong = fault("lines_differ", "lines", found=receipt.lines, lines=found.lines)
            raise Refusal("bad_message", wrong)
        if found.received_at is not None:
            return
        found.received_at = instant()
        db.session.flush()
        if request.state == "confirmed":
            _signed_for(post.party, offer)

    return post.once(lambda: offer_of(post.party, wire_id, lock=True), sign)


def post_refusal(post: Post, wire_id: str) -> Status:
    """The unit did not take a file of ours: kept with its reason; before its receipt the request
    stops there, and an operator decides."""
    told = read_message(post.body, NotTaken)

    def keep(offer: Offer) -> None:
        found = offer.dispatch
        row = told.model_dump(include={"part", "code"}) | {"said": told.words, "said_at": told.at}
        row |= {"unit_id": found.unit_id, "request_id": found.request_id}
        db.session.execute(insert(models.NotTaken).values(**row, received_at=instant()).inline())
        if found.received_at is None:
            payload = {"request_id": found.request_id}
            post_job("wire.not_taken", payload, unit_id=post.party.unit_id)

    return post.once(lambda: any_offer(post.party, wire_id), keep)


def _signed_for(party: Party, offer: Offer) -> Moved:
    request = offer.request
    how = say("wire.delivered_how", lines=offer.dispatch.lines)
    on, by = business_date(), "deliver_by_wire"
    return deliver(request.id, request.rev, party.actor, on=on, how=how, action=by)


def post_answers(post: Post, wire_id: str) -> Status:
    """Keep a page of answers that goes on where the last ended; with the last page the worker
    makes a reply of them all, which two operators accept as any other."""
    answers, end = read_page(post.body, Answer)

    def keep(offer: Offer) -> None:
        found = offer.dispatch
        asked = asked_in(offer, {answer.line for answer in answers})
        wrong = list(answer_page_faults(offer.head, answers, end, asked))
        if wrong:
            raise Refusal("bad_message", *wrong)
        first, last = answers[0].answer, answers[-1].answer
        if found.received_at is None or first > found.answers_kept + 1:
            expected = found.answers_kept + 1
            gap = fault("answer_order", "answer", row=1, found=first, expected=expected)
            raise Early("conflict", gap)
        if first <= found.answers_kept or found.kept_at is not None:
            raise Refusal("conflict", fault("answer_differs", "answer", row=1, answer=first))
        due = answers_due(offer)
        if end.is_last != (last == due):
            wrong_end = fault("answers_missing", "end.is_last", found=last, expected=due)
            raise Refusal("bad_message", wrong_end)
        keep_page(offer.request, post.body, found.answers_kept)
        found.answers_kept = last
        found.lines_answered = max(found.lines_answered, answers[-1].line - 1)
        if end.is_last:
            found.kept_at = instant()
            payload = {"request_id": found.request_id}
            post_job("wire.take", payload, unit_id=post.party.unit_id)
        db.session.flush()

    return post.once(lambda: offer_of(post.party, wire_id, lock=True), keep)
