"""``flask load-returned``: read a large file of a source into the store, a line a record; an
operator of the agency confirms it on its page before it answers anything."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.audit import service as audit
from app.cases.searching import clean_number
from app.exchange.store.keeping import NewRecord, keep_records
from app.exchange.store.loading import KIND, NewLoad, record
from app.exchange.store.messages import say
from app.exchange.wire.sending import described
from app.sharing.service import sharing_unit
from hedui_connector.wire.models import Answer, Item, Outcome
from hedui_connector.wire.values import answer_faults
from tenants.calendar import instant
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import digest


@click.command("load-returned")
@click.argument("agency", type=int)
@click.argument("unit", type=int)
@click.argument("item", type=int)
@click.argument("as_of", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--part", default="", help="data set of the item, such as employees")
@with_appcontext
def load_returned(
    agency: int, unit: int, item: int, as_of: dt.datetime, path: Path, part: str
) -> None:
    """Read what sharing unit UNIT gave AGENCY back about data item ITEM from PATH: one
    {"id_number", "record"} a line. An operator confirms it; then it replaces the one before."""
    if item not in catalogue().items:
        raise click.ClickException(say("returned.no_item", item=item))
    about, day = described(catalogue().item(item)), as_of.date()
    with acting_for(agency):
        try:
            name = sharing_unit(unit).name
        except LookupError as error:
            raise click.ClickException(say("returned.no_unit", agency=agency, unit=unit)) from error
        records = list(_records(about, day, path))
        new = NewLoad(unit, item, part, day, b"", "")
        count = _keep(new, digest(path.read_bytes()), records)
    told = {"agency": agency, "unit": name, "item": item, "as_of": day, "count": count}
    click.echo(say("returned.waits", **told))


def _keep(new: NewLoad, seal: bytes, records: list[NewRecord]) -> int:
    found = record(new, seal, 0, None)
    keep_records(found.id, records)
    found.records, found.read_at = len(records), instant()
    found.persons = len({one.id_number for one in records})
    db.session.flush()
    audit.record(
        *(0, "returned.load"),
        kind=KIND,
        subject_id=found.id,
        unit_id=new.unit_id,
        item=new.item,
        records=len(records),
    )
    return len(records)


def _records(about: Item, as_of: dt.date, path: Path) -> Iterator[NewRecord]:
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            try:
                found = json.loads(text)
                id_number, record = clean_number(found["id_number"]), found["record"]
                told = Answer(
                    answer=1,
                    line=1,
                    item=about.code,
                    outcome=Outcome.HIT,
                    as_of=as_of,
                    records=(record,),
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise click.ClickException(say("returned.form", row=number)) from error
            for fault in answer_faults(told, about):
                wrong = {"place": fault.place, "wrong": fault.wrong, "right": fault.right}
                raise click.ClickException(say("returned.row", row=number, **wrong))
            filled = {name: value for name, value in record.items() if value is not None}
            if not filled:
                raise click.ClickException(say("returned.empty", row=number))
            yield NewRecord(id_number, as_of, filled)
