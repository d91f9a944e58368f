"""栏目说明: an operator says what a unit's columns are; the file is read by it from then on."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.exchange import packing, queries
from app.exchange.filed import require_filed
from app.exchange.layouts.explaining import Place, headings_at
from app.exchange.layouts.layout import UnitLayout
from app.exchange.layouts.own_file import Known, OwnFile, known_at, open_own, read_own
from app.exchange.layouts.reading import Came
from app.exchange.layouts.remembering import known_of, remember
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.replies import CheckedReply
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.service import reply_of, request_of
from tenants import files
from tenants.calendar import business_date
from tenants.catalogue import DataItem
from tenants.outbox import post


@dataclass(frozen=True)
class Waiting:
    """A reply whose columns are to be explained, opened; ``known``: what was said before."""

    reply: Reply
    request: ExchangeRequest
    own: OwnFile
    known: Known
    items: Mapping[int, DataItem]

    @property
    def is_done(self) -> bool:
        """Whether all its sheets are explained."""
        return all(known_at(grid, self.known) is not None for grid in self.own.sheets)


def waiting_reply(reply_id: int) -> Waiting:
    """A reply that waits for its columns; ``LookupError`` for any other."""
    reply = queries.reply(reply_id)
    if reply.state != "unread":
        raise LookupError(f"reply {reply_id} does not wait for its columns")
    request = request_of(reply.request_id)
    stored = files.read(reply.file_id, "reply")
    came = Came.of(reply)
    own = open_own(stored.data, stored.name, packing.password_of(reply), came.limits)
    if own is None:
        raise LookupError(f"reply {reply_id} is no file of a unit's own layout")
    return Waiting(reply, request, own, known_of(reply.unit_id), packing.items_of(request.id))


def preview(waiting: Waiting, place: Place, layout: UnitLayout) -> CheckedReply:
    """What the sheet would answer, read so; nothing is written. Raises the file's faults."""
    asked: AskedRequest = packing.asked_of(waiting.request, waiting.reply.id)
    came = Came.of(waiting.reply)
    chosen = [(waiting.own.sheets[place.sheet], place.row, layout)]
    return read_own(waiting.own, chosen, asked, came.told_as_of, business_date(), came.limits)


def explain(
    waiting: Waiting, revision: int, place: Place, layout: UnitLayout, actor: Actor
) -> Moved:
    """Keep what was said of one sheet; with the last one the file is checked anew."""
    actor.must("exchange.operate")
    reply = reply_of(waiting.reply.id)
    require_filed(actor, reply.unit_id)
    if reply.state != "unread" or reply.rev != revision:
        return Moved((), (Skip(reply.id, "changed_meanwhile"),))
    headings = headings_at(waiting.own.sheets[place.sheet], place.row)
    remember(reply.unit_id, headings, layout, actor)
    known = known_of(reply.unit_id)
    if any(known_at(grid, known) is None for grid in waiting.own.sheets):
        return Moved((reply.id,))
    moved = move("reply", "explain_columns", Chosen.seen({reply.id: revision}), actor)
    if moved.done:
        post(
            "reply.check",
            {"reply_id": reply.id},
            account_id=actor.account_id,
            total=waiting.request.items_asked,
        )
    return moved
