"""Reads of paper replies: whose turn it is, and how far each typist is."""

from collections.abc import Sequence

from sqlalchemy import select

from app.exchange.paper.models import FIRST, SECOND, PaperReply, TypedLine
from app.exchange.paper.typing import Entries
from tenants.database import db
from tenants.vault import vault


def paper(paper_id: int, *, lock: bool = False) -> PaperReply:
    """One paper reply of this scope; ``LookupError`` when there is none."""
    query = select(PaperReply).where(PaperReply.id == paper_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no paper reply {paper_id}")
    return found


def papers_of(request_id: int) -> Sequence[PaperReply]:
    """The paper replies to a request, oldest first."""
    query = select(PaperReply).where(PaperReply.request_id == request_id)
    return db.session.scalars(query.order_by(PaperReply.id)).all()


def look_of(found: PaperReply, account_id: int) -> int:
    """Which look is this person's: the first typist's, else the second's if it is free or theirs;
    0 for a third person."""
    if found.first_by == account_id:
        return FIRST
    return SECOND if found.second_by in (None, account_id) else 0


def is_typing(found: PaperReply, look: int) -> bool:
    """Whether this look is still being typed."""
    done = {FIRST: found.first_done_at, SECOND: found.second_done_at}
    return look in done and done[look] is None and not (found.reply_id or found.discarded_on)


def typed(paper_id: int, look: int) -> set[int]:
    """The lines that one look has entries of."""
    query = select(TypedLine.line_no).where(TypedLine.paper_id == paper_id, TypedLine.look == look)
    return set(db.session.scalars(query))


def entries_of(paper_id: int, look: int, line_no: int | None = None) -> dict[int, Entries]:
    """Line → what one look typed. Nobody's page asks for another person's look."""
    query = select(TypedLine).where(TypedLine.paper_id == paper_id, TypedLine.look == look)
    if line_no is not None:
        query = query.where(TypedLine.line_no == line_no)
    keys = vault()
    query = query.execution_options(populate_existing=True)
    return {
        row.line_no: keys.open("typed_line", row.id, row.sealed)["entries"]
        for row in db.session.scalars(query)
    }
