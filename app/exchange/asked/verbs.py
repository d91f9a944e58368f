"""What a message of somebody who asks us does; a refusal writes nothing."""

from app.exchange.asked.inquiries import Asked, asked_of, find_inquiry, keep_rows, rows_after
from app.exchange.asked.models import Inquiry
from app.exchange.asked.terms import due_on
from app.exchange.outbox.once import Post
from app.exchange.outbox.parties import Party
from app.exchange.wire.models import Connection
from hedui_connector.wire.faults import fault
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE
from hedui_connector.wire.models import End, Head, Line, State, Status, Taken
from hedui_connector.wire.pages import read_message, read_page, to_json, write_page
from hedui_connector.wire.problems import Early, Refusal
from hedui_connector.wire.rows import line_faults, that_fit
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.outbox import post as post_job

ROOM = BYTES_PER_BODY - BYTES_PER_LINE


def put_head(party: Party, wire_id: str, body: bytes) -> Status:
    """Keep the head of a request, or find that the same is there already."""
    head = read_message(body, Head)
    connection = db.session.get_one(Connection, (party.agency_id, party.connection_id))
    wrong = []
    if head.id != wire_id:
        wrong.append(fault("id_differs", "id"))
    if head.agency.code != connection.unit_code:
        wrong.append(fault("party_differs", "agency.code"))
    if head.unit.code != str(party.agency_id):
        wrong.append(fault("unit_differs", "unit.code", expected=party.agency_id))
    if wrong:
        raise Refusal("bad_message", *wrong)
    text = head.model_dump_json()
    earlier = find_inquiry(party, wire_id)
    if earlier is not None:
        if earlier.head != text:
            raise Refusal("conflict", fault("head_differs", "id"))
        return Asked(earlier).status
    found = Inquiry(
        unit_id=party.unit_id,
        connection_id=party.connection_id,
        wire_id=wire_id,
        head=text,
        received_at=instant(),
        lines=head.lines,
    )
    db.session.add(found)
    db.session.flush()
    return asked_of(party, wire_id).status


def post_lines(post: Post, wire_id: str) -> Status:
    """Keep a page of lines that goes on where the last ended; with the last, the worker begins."""
    lines, end = read_page(post.body, Line)

    def keep(asked: Asked) -> None:
        found = asked.inquiry
        if found.taken_at is not None:
            raise Refusal("gone")
        wrong = list(line_faults(asked.head, lines, end))
        if wrong:
            raise Refusal("bad_message", *wrong)
        first, expected = lines[0].line, found.lines_received + 1
        if first > expected:
            gap = fault("out_of_order", "line", row=1, found=first, expected=expected)
            raise Early("conflict", gap)
        if first < expected:
            _same(found, first, [to_json(line) for line in lines])
            return
        keep_rows(found, "lines", first, [to_json(line) for line in lines])
        found.lines_received = lines[-1].line
        db.session.flush()
        if found.lines_received == found.lines:
            found.received_on = business_date()
            found.due_on = due_on(found.agency_id, found.unit_id, found.received_on)
            db.session.flush()
            payload = {"inquiry_id": found.id}
            post_job("inquiry.answer", payload, unit_id=post.party.unit_id)

    return post.once(lambda: asked_of(post.party, wire_id, lock=True), keep)


def _same(found: Inquiry, first: int, texts: list[str]) -> None:
    """A page that is there already may come again as it was."""
    there = rows_after(found.id, "lines", first - 1, len(texts))
    if there != texts:
        changed = zip(texts, [*there, *[""] * len(texts)], strict=False)
        row = next(n for n, (new, old) in enumerate(changed, start=1) if new != old)
        wrong = fault("line_differs", "line", row=row, line=first + row - 1)
        raise Refusal("conflict", wrong)


def read_status(party: Party, wire_id: str) -> Status:
    """How far a request is."""
    return asked_of(party, wire_id).status


def read_answers(party: Party, wire_id: str, after: int, most: int) -> bytes:
    """A page of the answers after a cursor; the same cursor gives the same answers again."""
    asked = asked_of(party, wire_id)
    if asked.state is State.TAKEN:
        raise Refusal("gone")
    total = asked.inquiry.answers
    texts = rows_after(asked.inquiry.id, "answers", after, most) if after < total else []
    texts = that_fit(texts, ROOM)
    reached = after + len(texts)
    is_last = asked.state is State.ANSWERED and reached >= total
    return write_page(texts, End(count=len(texts), next=str(reached), is_last=is_last))


def post_taken(post: Post, wire_id: str) -> Status:
    """The asker has all answers: the worker erases lines and answers."""
    taken = read_message(post.body, Taken)

    def take(asked: Asked) -> None:
        if asked.state is State.TAKEN:
            return
        if asked.state is not State.ANSWERED or taken.answers != asked.inquiry.answers:
            raise Refusal("not_answered")
        asked.inquiry.taken_at = instant()
        db.session.flush()
        post_job("inquiry.erase", {"inquiry_id": asked.inquiry.id}, unit_id=post.party.unit_id)

    return post.once(lambda: asked_of(post.party, wire_id, lock=True), take)
