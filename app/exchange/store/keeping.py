"""The rows of a load: written in sets, sealed one by one, and removed in one statement (desk)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, text

from app.exchange.store.models import ReturnedRecord
from tenants.database import db, take_ids
from tenants.progress import tell_done
from tenants.vault import vault

CHUNK = 5_000

_INSERT = text("""
INSERT INTO returned_record (id, load_id, person_hash, as_of, sealed)
SELECT r.id, :load, r.person_hash, r.as_of, r.sealed
FROM unnest(CAST(:ids AS bigint[]), CAST(:hashes AS bytea[]), CAST(:days AS date[]),
            CAST(:sealed AS bytea[])) AS r(id, person_hash, as_of, sealed)
""")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record in the clear: ``fields`` in JSON form, as a finding's."""

    id_number: str
    as_of: date
    fields: Mapping[str, Any]


def keep_records(load_id: int, records: Sequence[NewRecord]) -> None:
    """Seal and write the records of a load; the number of statements is that of the chunks."""
    for first in range(0, len(records), CHUNK):
        _keep(load_id, records[first : first + CHUNK])
        tell_done(min(first + CHUNK, len(records)))


def _keep(load_id: int, records: Sequence[NewRecord]) -> None:
    ids, keys = take_ids(len(records)), vault()
    pairs = zip(ids, (record.fields for record in records), strict=True)
    values = {
        "load": load_id,
        "ids": ids,
        "hashes": [keys.look_up(record.id_number) for record in records],
        "days": [record.as_of for record in records],
        "sealed": keys.seal_many("returned_record", pairs),
    }
    db.session.execute(_INSERT, values)


def remove_records(load_id: int) -> None:
    """Remove the rows of a load that is over; the load itself stays in the register."""
    db.session.execute(delete(ReturnedRecord).where(ReturnedRecord.load_id == load_id))
