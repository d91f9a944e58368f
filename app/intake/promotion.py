"""A checked list becomes cases: sealed rows by COPY into staging, then one set-based promotion."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from psycopg import Connection
from sqlalchemy import text

from app.accounts.actor import Actor
from app.cases.identity import Identity
from tenants.database import db, take_ids
from tenants.scope import current_scope
from tenants.vault import Vault, vault

_COLUMNS = (
    ("agency_id", "int4"),
    ("list_id", "int8"),
    ("row_no", "int4"),
    ("unit_id", "int4"),
    ("desk_id", "int4"),
    ("case_id", "int8"),
    ("subject_id", "int8"),
    ("household_no", "text"),
    ("scheme", "text"),
    ("application", "text"),
    ("region", "int4"),
    ("size", "int2"),
    ("role", "text"),
    ("relation", "text"),
    ("id_hash", "bytea"),
    ("name_hash", "bytea"),
    ("sealed", "bytea"),
    ("head_sealed", "bytea"),
    ("declared", "bytea"),
    ("authorised_on", "date"),
    ("expires_on", "date"),
)

_COPY = (
    f"COPY staged_subject ({', '.join(name for name, _ in _COLUMNS)}) FROM STDIN (FORMAT BINARY)"
)

# The applicant's row stands for the household; every household has exactly one (checked).
_PROMOTE = (
    text("""
INSERT INTO household_case (id, list_id, origin, unit_id, desk_id, household_no, scheme,
                            application, region, size, head_sealed, state, period)
SELECT case_id, list_id, 'unit', unit_id, desk_id, household_no, scheme,
       application, region, size, head_sealed, 'prepared', :period
FROM staged_subject WHERE list_id = :list_id AND role = 'applicant'
"""),
    text("""
INSERT INTO subject (id, case_id, unit_id, desk_id, row_no, role, relation,
                     id_hash, name_hash, sealed)
SELECT subject_id, case_id, unit_id, desk_id, row_no, role, relation,
       id_hash, name_hash, sealed
FROM staged_subject WHERE list_id = :list_id
"""),
    text("""
INSERT INTO authorisation (subject_id, unit_id, desk_id, signed_on, expires_on)
SELECT subject_id, unit_id, desk_id, authorised_on, expires_on
FROM staged_subject WHERE list_id = :list_id
"""),
    text("""
INSERT INTO declaration (subject_id, unit_id, desk_id, sealed)
SELECT subject_id, unit_id, desk_id, declared
FROM staged_subject WHERE list_id = :list_id
"""),
    text("DELETE FROM staged_subject WHERE list_id = :list_id"),
)

DECLARED = ("monthly_income_fen", "deposits_fen", "houses", "vehicles", "businesses")
"""What a household declares about each subject; money in fen, null where nothing was declared."""


def promote(good: pl.DataFrame, list_id: int, actor: Actor, period: int) -> None:
    """Bring the good households of a list (columns of ``GOOD_COLUMNS``) in, as prepared cases."""
    if good.is_empty():
        return
    _copy(_staged(good, list_id, actor))
    for statement in _PROMOTE:
        values = {"list_id": list_id, "period": period}
        known = statement.compile().params
        db.session.execute(statement, {key: values[key] for key in known})


def _copy(rows: Iterator[tuple[Any, ...]]) -> None:
    """COPY does not work under forced policies, so the ``loader`` role owns the staging table."""
    scope = current_scope()
    set_role = text("SELECT set_config('role', :role, true)")
    db.session.execute(set_role, {"role": "hedui_loader"})
    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, Connection)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types([kind for _, kind in _COLUMNS])
        for row in rows:
            copy.write_row(row)
    db.session.execute(set_role, {"role": f"hedui_{scope.role}"})


def _staged(good: pl.DataFrame, list_id: int, actor: Actor) -> Iterator[tuple[Any, ...]]:
    households = good.select(
        pl.col("household_no").rank("dense").cast(pl.Int32).alias("place"),
        pl.len().over("household_no").alias("size"),
    )
    numbered = good.with_columns(households)
    case_ids = take_ids(int(households["place"].n_unique()))
    subject_ids = take_ids(len(good))
    keys = vault()
    for subject_id, row in zip(subject_ids, numbered.iter_rows(named=True), strict=True):
        case_id = case_ids[row["place"] - 1]
        yield (
            actor.agency_id,
            list_id,
            row["sheet_row"],
            actor.unit_id,
            actor.desk_id,
            case_id,
            subject_id,
            row["household_no"],
            row["scheme"],
            row["application"],
            row["actual_region"] or row["registered_region"] or 0,
            row["size"],
            row["role"],
            row["relation"],
            *_sealed(keys, case_id, subject_id, row),
            row["authorised_on"],
            row["authorisation_expires_on"],
        )


def _sealed(
    keys: Vault, case_id: int, subject_id: int, row: dict[str, Any]
) -> tuple[bytes, bytes, bytes, bytes | None, bytes]:
    identity = Identity(
        name=row["name"],
        id_type=row["id_type"],
        id_number=row["id_number"],
        phone=row["phone"] or "",
        registered_region=str(row["registered_region"] or ""),
        actual_region=str(row["actual_region"] or ""),
    )
    is_head = row["role"] == "applicant"
    return (
        keys.look_up(identity.id_number),
        keys.look_up(identity.name),
        keys.seal("subject", subject_id, identity.as_json()),
        keys.seal("household_case", case_id, {"name": identity.name}) if is_head else None,
        keys.seal("declaration", subject_id, {name: row[name] for name in DECLARED}),
    )
