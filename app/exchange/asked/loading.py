"""``flask load-returned``: put what a source gave back into an agency's store of returned data."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, insert

from app.audit import service as audit
from app.cases.searching import clean_number
from app.exchange.asked.messages import say
from app.exchange.asked.models import ReturnedRecord
from app.exchange.wire.sending import described
from hedui_connector.wire.models import Answer, Item, Outcome
from hedui_connector.wire.values import answer_faults
from tenants.catalogue import catalogue
from tenants.database import db, take_ids
from tenants.scope import acting_for
from tenants.vault import vault

BATCH = 5_000


@click.command("load-returned")
@click.argument("agency", type=int)
@click.argument("item", type=int)
@click.argument("as_of", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def load_returned(agency: int, item: int, as_of: dt.datetime, path: Path) -> None:
    """Replace what AGENCY holds of data item ITEM by PATH: one {"id_number", "record"} a line."""
    if item not in catalogue().items:
        raise click.ClickException(say("returned.no_item", item=item))
    about = described(catalogue().item(item))
    with acting_for(agency):
        db.session.execute(delete(ReturnedRecord).where(ReturnedRecord.item == item))
        count = load(about, as_of.date(), path)
        audit.record(0, "returned.load", kind="item", subject_id=item, count=count)
    told = {"agency": agency, "item": item, "as_of": as_of.date(), "count": count}
    click.echo(say("returned.loaded", **told))


def load(about: Item, as_of: dt.date, path: Path) -> int:
    """Add the records of a file (desk); how many. ``click.ClickException``: a row is wrong."""
    rows: list[tuple[str, dict[str, Any]]] = []
    count = 0
    for row in _rows(about, as_of, path):
        rows.append(row)
        count += 1
        if len(rows) == BATCH:
            _keep(about.code, as_of, rows)
            rows = []
    if rows:
        _keep(about.code, as_of, rows)
    return count


def _rows(about: Item, as_of: dt.date, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
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
            if all(value is None for value in record.values()):
                raise click.ClickException(say("returned.empty", row=number))
            yield id_number, record


def _keep(item: int, as_of: dt.date, rows: list[tuple[str, dict[str, Any]]]) -> None:
    ids, keys = take_ids(len(rows)), vault()
    pairs = zip(ids, (record for _, record in rows), strict=True)
    sealed = keys.seal_many("returned_record", pairs)
    values = [
        {
            "id": id_,
            "item": item,
            "person_hash": keys.look_up(id_number),
            "as_of": as_of,
            "sealed": content,
        }
        for id_, (id_number, _), content in zip(ids, rows, sealed, strict=True)
    ]
    db.session.execute(insert(ReturnedRecord).inline(), values)
