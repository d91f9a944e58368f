"""What a request of an agency does. Each is one transaction; a refusal writes nothing."""

import sqlite3
from collections.abc import Iterator, Sequence

from hedui_connector.server.once import Named, Post
from hedui_connector.store.answers import answers_after
from hedui_connector.store.database import Store
from hedui_connector.store.requests import Kept, erase, keep_head, keep_lines, lines_after
from hedui_connector.wire.faults import Fault, fault
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE
from hedui_connector.wire.models import End, Head, Line, State, Status, Taken
from hedui_connector.wire.pages import read_message, read_page, to_json, write_page
from hedui_connector.wire.problems import Refusal


def put_request(store: Store, unit: str, named: Named, body: bytes) -> Status:
    """Keep the head of a request, or find that the same is there already."""
    head = read_message(body, Head)
    wrong = []
    if head.id != named.request_id:
        wrong.append(fault("id_differs", "id"))
    if head.agency.code != named.agency:
        wrong.append(fault("party_differs", "agency.code"))
    if head.unit.code != unit:
        wrong.append(fault("unit_differs", "unit.code", expected=unit))
    if wrong:
        raise Refusal("bad_message", *wrong)
    with store.transaction() as db:
        if not keep_head(db, head):
            raise Refusal("conflict", fault("head_differs", "id"))
        return named.found(db).status


def post_lines(store: Store, named: Named, post: Post) -> Status:
    """Keep a page of lines that goes on where the last one ended; lines that are there already
    may come again as they were."""
    lines, end = read_page(post.body, Line)

    def keep(db: sqlite3.Connection, kept: Kept) -> None:
        if kept.status.state is State.TAKEN:
            raise Refusal("gone")
        wrong = list(_line_faults(kept, lines, end))
        if wrong:
            raise Refusal("bad_message", *wrong)
        if lines[0].line > kept.status.lines_received + 1:
            expected = kept.status.lines_received + 1
            gap = fault("out_of_order", "line", row=1, found=lines[0].line, expected=expected)
            raise Refusal("conflict", gap)
        there = lines_after(db, kept.key, lines[0].line - 1, len(lines))
        for row, (line, text) in enumerate(zip(lines, there, strict=False), start=1):
            if to_json(line) != text:
                raise Refusal("conflict", fault("line_differs", "line", row=row, line=line.line))
        if len(there) < len(lines):
            keep_lines(db, kept, lines[len(there) :])

    return post.once(store, named, keep)


def _line_faults(kept: Kept, lines: Sequence[Line], end: End) -> Iterator[Fault]:
    """What is wrong with a page by itself: its numbers, its items, its end."""
    if not lines:
        yield fault("no_rows", "end.count")
        return
    announced = {item.code for item in kept.head.items}
    for row, line in enumerate(lines, start=1):
        expected = lines[0].line + row - 1
        if line.line != expected:
            yield fault("out_of_order", "line", row=row, found=line.line, expected=expected)
            return
        for item in line.items:
            if item not in announced:
                yield fault("item_not_announced", "items", row=row, item=item)
    last, whole = lines[-1].line, kept.head.lines
    if last > whole:
        yield fault("too_many_lines", "line", row=len(lines), lines=whole)
    if end.next != str(last):
        yield fault("cursor_differs", "end.next", found=end.next, expected=last)
    if end.is_last != (last == whole):
        yield fault("last_differs", "end.is_last", lines=whole)


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
        texts = _that_fit(answers_after(db, kept.key, after, most))
    reached = after + len(texts)
    is_last = kept.status.state is State.ANSWERED and reached >= kept.status.answers
    return write_page(texts, End(count=len(texts), next=str(reached), is_last=is_last))


def _that_fit(texts: list[str]) -> list[str]:
    """As many as one body may hold."""
    room = BYTES_PER_BODY - BYTES_PER_LINE
    for number, text in enumerate(texts):
        room -= len(text.encode()) + 1
        if room < 0:
            return texts[:number]
    return texts


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
