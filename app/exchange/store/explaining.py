"""A load is read by the worker; where a heading row is new, an operator first says what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.actor import Actor
from app.cases.lifecycle import Moved
from app.exchange import names
from app.exchange.filed import require_filed
from app.exchange.layouts.explaining import Place, headings_at
from app.exchange.layouts.layout import UnitLayout
from app.exchange.layouts.own_file import Known, OwnFile, known_at
from app.exchange.layouts.remembering import known_of, remember
from app.exchange.store.keeping import keep_records
from app.exchange.store.loading import load_of, refuse
from app.exchange.store.models import ReturnedLoad
from app.exchange.store.reading import Returned, open_returned, read_returned, sheets_of
from app.intake.loads import FILE_KIND
from tenants import files
from tenants.calendar import instant
from tenants.catalogue import DataItem, catalogue
from tenants.database import db
from tenants.messages import Fault
from tenants.outbox import post
from tenants.vault import vault


@dataclass(frozen=True)
class WaitingLoad:
    """A load whose columns are to be explained, opened; ``known``: what was said before."""

    load: ReturnedLoad
    own: OwnFile
    known: Known
    items: Mapping[int, DataItem]


def read(load_id: int) -> None:
    """Read the file of a load, once: its rows are kept and wait to be confirmed; a fault anywhere
    and nothing is kept; a heading row that nobody explained waits for its explanation."""
    found = load_of(load_id, lock=True)
    if found.ended_why or found.read_at is not None or found.file_id is None:
        return
    faults: list[str] = []
    try:
        returned = _read(found)
    except Fault as fault:
        returned, faults = None, [str(fault)]
    if returned is not None and returned.faults_found:
        faults = [names.place(fault) for fault in returned.faults]
    if faults:
        refuse(found, vault().seal("returned_load", load_id, {"faults": faults}))
        return
    found.wants_columns = returned is None
    if returned is not None:
        keep_records(load_id, returned.records)
        found.records, found.persons = len(returned.records), returned.persons
        found.read_at = instant()
    db.session.flush()


def _read(found: ReturnedLoad) -> Returned | None:
    own = _opened(found)
    chosen = sheets_of(own, known_of(found.unit_id), found.item)
    if chosen is None:
        return None
    return read_returned(own, chosen, catalogue().item(found.item), found.as_of)


def _opened(found: ReturnedLoad) -> OwnFile:
    stored = files.read(found.file_id or 0, FILE_KIND)
    return open_returned(stored.data, stored.name)


def waiting_load(load_id: int) -> WaitingLoad:
    """A load that waits for its columns; ``LookupError`` for any other."""
    found = load_of(load_id)
    if found.ended_why or found.read_at is not None or not found.wants_columns:
        raise LookupError(f"load {load_id} does not wait for its columns")
    items = {found.item: catalogue().item(found.item)}
    return WaitingLoad(found, _opened(found), known_of(found.unit_id), items)


def preview(waiting: WaitingLoad, place: Place, layout: UnitLayout) -> Returned:
    """What the sheet would bring, read so; nothing is written. Raises the file's faults."""
    chosen = [(waiting.own.sheets[place.sheet], place.row, layout)]
    item = waiting.items[waiting.load.item]
    return read_returned(waiting.own, chosen, item, waiting.load.as_of)


def explain(waiting: WaitingLoad, place: Place, layout: UnitLayout, actor: Actor) -> Moved:
    """Keep what was said of one sheet; with the last one the file is read."""
    actor.must("exchange.operate")
    require_filed(actor, waiting.load.unit_id)
    found = load_of(waiting.load.id, lock=True)
    headings = headings_at(waiting.own.sheets[place.sheet], place.row)
    remember(found.unit_id, headings, layout, actor)
    known = known_of(found.unit_id)
    if all(known_at(grid, known) is not None for grid in waiting.own.sheets):
        found.wants_columns = False
        db.session.flush()
        post("store.read", {"load_id": found.id}, account_id=actor.account_id)
    return Moved((found.id,))


def faults_of(found: ReturnedLoad) -> list[str]:
    """Why a file was refused, as sentences without private data."""
    if found.faults_sealed is None:
        return []
    return list(vault().open("returned_load", found.id, found.faults_sealed)["faults"])
