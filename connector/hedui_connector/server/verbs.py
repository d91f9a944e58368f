"""What a request of an agency does. Each is one transaction; a refusal writes nothing."""

import sqlite3
from collections.abc import Sequence

from hedui_connector.server.once import Named, Post
from hedui_connector.store.answers import answers_after
from hedui_connector.store.database import Store
from hedui_connector.store.requests import Kept, erase, keep_head, keep_lines, lines_after
from hedui_connector.wire.faults import fault
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE
from hedui_connector.wire.models import End, Head, Line, State, Status, Taken
from hedui_connector.wire.pages import read_message, read_page, to_json, write_page
from hedui_connector.wire.problems import Early, Refusal
from hedui_connector.wire.rows import line_faults, that_fit


def put_request(store: Store, unit: str, named: Named, body: bytes) -> Status:
    """Keep the head of a request, or find that the same is there already."""
    head = read_message(body, Head)
    with store.transaction() as db:
        take_head(db, unit, named, head)
        return named.found(db).status


def take_head(db: sqlite3.Connection, unit: str, named: Named, head: Head) -> None:
    """Keep a head that is the request's, the agency's and this unit's; else ``Refusal``."""
    wrong = []
    if head.id != named.request_id:
        wrong.append(fault("id_differs", "id"))
    if head.agency.code != named.agency:
        wrong.append(fault("party_differs", "agency.code"))
    if head.unit.code != unit:
        wrong.append(fault("unit_differs", "unit.code", expected=unit))
    if wrong:
        raise Refusal("bad_message", *wrong)
    if not keep_head(db, head):
        raise Refusal("conflict", fault("head_differs", "id"))


def post_lines(store: Store, named: Named, post: Post) -> Status:
    """Keep a page of lines that goes on where the last one ended; lines that are there already
    may come again as they were."""
    lines, end = read_page(post.body, Line)

    def keep(db: sqlite3.Connection, kept: Kept) -> None:
        take_lines(db, kept, lines, end)

    return post.once(store, named, keep)


def take_lines(db: sqlite3.Connection, kept: Kept, lines: Sequence[Line], end: End) -> None:
    """Keep what of a page is new; ``Refusal`` when it does not fit what is there."""
    if kept.status.state is State.TAKEN:
        raise Refusal("gone")
    wrong = list(line_faults(kept.head, lines, end))
    if wrong:
        raise Refusal("bad_message", *wrong)
    if lines[0].line > kept.status.lines_received + 1:
        expected = kept.status.lines_received + 1
        gap = fault("out_of_order", "line", row=1, found=lines[0].line, expected=expected)
        raise Early("conflict", gap)
    there = lines_after(db, kept.key, lines[0].line - 1, len(lines))
    for row, (line, text) in enumerate(zip(lines, there, strict=False), start=1):
        if to_json(line) != text:
            raise Refusal("conflict", fault("line_differs", "line", row=row, line=line.line))
    if len(there) < len(lines):
        keep_lines(db, kept, lines[len(there) :])


def read_status(store: Store, named: Named) -> Status:
    """How far a request is."""
    with store.connection() as db:
        return named.found(db).status


def read_answers(store: Store, named: Named, after: int, most: int) -> bytes:
    """A page of the answers after a cursor; the same cursor gives the same answers again."""
    with store.connection() as db:
        kept = named.found(db)
        if kept.status.state is State.TAKEN:
            raise Refusal("gone")
        room = BYTES_PER_BODY - BYTES_PER_LINE
        texts = that_fit(answers_after(db, kept.key, after, most), room)
    reached = after + len(texts)
    is_last = kept.status.state is State.ANSWERED and reached >= kept.status.answers
    return write_page(texts, End(count=len(texts), next=str(reached), is_last=is_last))


def post_taken(store: Store, named: Named, post: Post) -> Status:
    """The agency has all answers: erase lines and answers."""
    taken = read_message(post.body, Taken)

    def take(db: sqlite3.Connection, kept: Kept) -> None:
        status = kept.status
        if status.state is State.TAKEN:
            return
        if status.state is not State.ANSWERED or taken.answers != status.answers:
            raise Refusal("not_answered")
        erase(db, kept)

    status = post.once(store, named, take)
    store.forget_erased()
    return status
