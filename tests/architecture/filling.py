"""A database as it is after years: everything that is there, many times over, in many agencies.

Copies of rows keep their sealed values, which are bound to their own row and do not open
elsewhere; the test that uses them reads without the vault's seals.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, Uuid, text
from sqlalchemy.types import TypeEngine

from migrations.tables import metadata
from tenants.isolation import wall_of

SHIFTED = {
    "id",
    "archive_id",
    "case_id",
    "entrustment_id",
    "entry_id",
    "finding_id",
    "list_id",
    "letter_id",
    "matter_id",
    "object_id",
    "objection_id",
    "inspection_id",
    "item_id",
    "part_id",
    "reply_id",
    "report_id",
    "request_id",
    "subject_id",
    "tip_off_id",
}
"""Columns that name rows: a copy's rows name each other."""

OWN_COPIES = [
    "entrustment",
    "subject_list",
    "household_case",
    "case_duty",
    "subject",
    "authorisation",
    "declaration",
    "ask",
    "event",
    "exchange_request",
    "package",
    "reply",
    "finding",
    "matter",
    "explanation",
    "exclusion",
    "finding_replaced",
    "objection",
    "objection_word",
    "objection_duty",
    "tip_off",
    "tip_off_word",
    "tip_off_duty",
    "tip_off_case",
    "integrity_entry",
    "integrity_word",
    "integrity_duty",
    "integrity_dispatch",
    "inspection",
    "inspection_item",
    "inspection_word",
    "look_list",
    "report",
    "report_part",
    "letter_out",
    "archive_file",
    "archive_hold",
    "audit",
]
"""Tables that the agency itself holds many rows of."""

ONE_AT_A_TIME = {"exchange_request": "draft", "letter_out": "prepared", "report": "drafted"}
"""Rows in these states are unique, and are not copied within the agency."""

FEW = {
    "entrustment": "entrustment_id",
    "subject_list": "list_id",
    "exchange_request": "request_id",
    "letter_out": "letter_id",
    "reply": "reply_id",
    "package": "package_id",
}
"""Tables of which an agency has few rows, each with many cases or asks; and what names them."""

STEP = 10**8


def fill(
    connection: Connection, agency_id: int, own: int, strangers: int, few: int | None = None
) -> None:
    """Copy what every agency holds ``own`` times within ``agency_id``, then that agency's rows
    into ``strangers`` agencies that nobody knows.

    ``few``: how often the tables in ``FEW`` are copied; the copies of other rows share theirs.
    """
    few = own if few is None else few
    connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
    for name in OWN_COPIES:
        times = {"times": few if name in FEW else own, "few": few}
        _copy_own(connection, metadata.tables[name], agency_id, times)
    for table in metadata.tables.values():
        wall = wall_of(table)
        if table.name == "temporary_claim":
            # Nobody is in it twice, whichever agency.
            continue
        if not wall.directory and not wall.staging and "agency_id" in table.c:
            _copy_away(connection, table, agency_id, strangers)
    connection.execute(text("ANALYZE"))


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.c if column.computed is None]


def _copy_own(
    connection: Connection, table: Table, agency_id: int, times: Mapping[str, int]
) -> None:
    names = _columns(table)
    values = ", ".join(_shifted(name, table.c[name].type) for name in names)
    unique = ONE_AT_A_TIME.get(table.name)
    condition = f" AND t.state <> '{unique}'" if unique else ""
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values}"
            f" FROM {table.name} t, generate_series(1, :times) g"
            f" WHERE t.agency_id = :agency AND :few >= 0{condition} ON CONFLICT DO NOTHING"
        ),
        {**times, "agency": agency_id},
    )


def _shifted(name: str, kind: TypeEngine[Any]) -> str:
    if name in FEW.values():
        return f"t.{name} + (g % (:few + 1))::bigint * {STEP}"
    if name in SHIFTED:
        return f"t.{name} + g::bigint * {STEP}"
    if name in {"number", "code"}:
        return f"CASE WHEN t.{name} = '' THEN '' ELSE t.{name} || '-' || g END"
    if name in {"follow_hash", "once"}:
        return f"t.{name} || '-' || g"
    return "gen_random_uuid()" if isinstance(kind, Uuid) else f"t.{name}"


def _copy_away(connection: Connection, table: Table, agency_id: int, times: int) -> None:
    names = _columns(table)
    values = ", ".join("900000 + g" if name == "agency_id" else f"t.{name}" for name in names)
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values}"
            f" FROM {table.name} t, generate_series(1, :times) g"
            f" WHERE t.agency_id = :agency ON CONFLICT DO NOTHING"
        ),
        {"times": times, "agency": agency_id},
    )
