"""The rows of a load: sealed and written in sets, removed in one statement (desk)."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from sqlalchemy import delete, select, text

from app.assistance.register.models import RegisterRow
from tenants.agency.models import Unit
from tenants.database import db, take_ids
from tenants.progress import tell_done
from tenants.vault import Vault, vault

CHUNK = 5_000
TABLE = "assisted_person"
"""A staged row is sealed for the row of the register that it will be, under the same id."""

_INSERT = text("""
INSERT INTO register_row (id, load_id, desk_id, person_hash, household_key, content_hash, is_head,
                          is_held, amount_fen, born_month, is_male, sealed)
SELECT r.id, :load, r.desk_id, r.person_hash, r.household_key, r.content_hash, r.is_head,
       r.is_held, r.amount_fen, r.born_month, r.is_male, r.sealed
FROM unnest(CAST(:ids AS bigint[]), CAST(:desks AS int[]), CAST(:persons AS bytea[]),
            CAST(:households AS bytea[]), CAST(:contents AS bytea[]), CAST(:heads AS boolean[]),
            CAST(:held AS boolean[]), CAST(:amounts AS bigint[]), CAST(:months AS int[]),
            CAST(:men AS boolean[]), CAST(:sealed AS bytea[]))
  AS r(id, desk_id, person_hash, household_key, content_hash, is_head, is_held, amount_fen,
       born_month, is_male, sealed)
""")


def household_key(keys: Vault, number: str) -> bytes:
    """Keyed hash of a source's number of a household."""
    return keys.look_up(f"household\x1f{number}")


def content_hash(keys: Vault, name: str, amount_fen: int | None) -> bytes:
    """Keyed hash of what is told outward of a person: equal contents are no change."""
    return keys.look_up(f"{name}\x1f{'' if amount_fen is None else amount_fen}")


def keep_rows(load_id: int, unit_id: int, rows: pl.DataFrame) -> None:
    """Stage the rows of a load; the number of statements is that of the chunks."""
    desks = desks_by_township(unit_id, rows["township"].unique().to_list())
    for start in range(0, rows.height, CHUNK):
        part = rows.slice(start, CHUNK)
        db.session.execute(_INSERT, {"load": load_id, **_columns(part, desks)})
        tell_done(start + part.height)


def _columns(part: pl.DataFrame, desks: Mapping[str, int]) -> dict[str, list[Any]]:
    ids, keys = take_ids(part.height), vault()
    households = [household_key(keys, number) for number in part["household_no"]]
    known = zip(part["id_number"], part["is_known"], households, strict=True)
    contents = zip(part["name"], part["amount"], strict=True)
    sealed = iter(keys.seal_many(TABLE, _sealed(part, ids)))
    return {
        "ids": ids,
        "desks": [desks.get(township, 0) for township in part["township"]],
        # Of a row whose person cannot be told, only the household counts.
        "persons": [keys.look_up(n) if is_known else home for n, is_known, home in known],
        "households": households,
        "contents": [content_hash(keys, name, amount) for name, amount in contents],
        "heads": part["is_head"].to_list(),
        "held": part["is_held"].to_list(),
        "amounts": part["amount"].to_list(),
        "months": [born.year * 100 + born.month if born else 0 for born in part["born"]],
        "men": part["is_male"].to_list(),
        "sealed": [None if held else next(sealed) for held in part["is_held"]],
    }


def _sealed(part: pl.DataFrame, ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    told = part.select("name", "id_number", "household_no", "township")
    for id_, held, row in zip(ids, part["is_held"], told.iter_rows(named=True), strict=True):
        if not held:
            yield id_, row


def desks_by_township(unit_id: int, townships: list[str]) -> dict[str, int]:
    """What stands in the file → the department's intake desk whose name holds it, if one does."""
    query = select(Unit.id, Unit.name).where(
        Unit.kind == "intake_desk", Unit.department_id == unit_id
    )
    desks = db.session.execute(query).tuples().all()
    found = {}
    for township in townships:
        fitting = [id_ for id_, name in desks if len(township) > 1 and township in name]
        if len(fitting) == 1:
            found[township] = fitting[0]
    return found


def remove_rows(load_id: int) -> None:
    """Remove the staged rows of a load that counts now, or that is over."""
    db.session.execute(delete(RegisterRow).where(RegisterRow.load_id == load_id))
