"""A world in which every private place of every tenant holds that tenant's canary.

A canary names its owner: agency, unit and desk. Rows are planted as the owner of the database,
past the wall, in every state of every machine, and in every agency of the demonstration world,
with a second department and a second intake desk, so that there are strangers of each kind.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, LargeBinary, Table, Text, insert, select, text

from migrations.tables import metadata
from tenants import files
from tenants.agency.models import Unit
from tenants.database import db
from tenants.provisioning import add_unit
from tenants.scope import acting_for
from tenants.vault import vault
from tests.architecture.catalogue import as_owner
from tests.isolation.canaries.exchange import ExchangeRows
from tests.isolation.canaries.households import HouseholdRows
from tests.isolation.canaries.looking import look_rows
from tests.isolation.canaries.made import made_files
from tests.isolation.canaries.mails import mail_rows
from tests.isolation.canaries.outward import outward_rows
from tests.isolation.canaries.registered import register_rows
from tests.isolation.canaries.rows import AT, CHANGE, DAY, Place, Row
from tests.isolation.canaries.temporary import TemporaryRows
from tests.world.world import World

CANARY = re.compile(rb"CANARY(\d+)u(\d+)d(\d+)x")
_SESSIONS = text(
    "INSERT INTO sign_in_session (agency_id, id, account_id, token_hash, started_at, seen_at)"
    " SELECT agency_id, min(id), min(id), 'canary', :at, :at FROM account GROUP BY agency_id"
)
_STAND_INS = text(
    "INSERT INTO stand_in (agency_id, id, account_id, absent_id, role, valid_from, valid_to,"
    " reason, filed_by, filed_on) SELECT agency_id, min(id), min(id), max(id), 'reviewer', :day,"
    " :day, 'leave', 0, :day FROM account WHERE kind = 'staff' GROUP BY agency_id"
    " RETURNING agency_id, id"
)
_CHANGE = text(
    "INSERT INTO agency_change (id, kind, agency_id, before_id, after_id, since, document,"
    " document_on, by_agency_id, recorded_by, recorded_name, recorded_at) VALUES"
    " (:id, 'move', 220182, 220100, 220200, :since, '吉政函〔2026〕61号', :day, 220000, 0,"
    " '管理员', :at)"
)
OTHER_DEPARTMENT, OTHER_DESK = "市住房保障局救助科", "第二受理窗口"


@dataclass
class Planted:
    """Ids of what was planted, by table and place; files' contents are canaries too."""

    ids: dict[str, dict[Place, list[int]]] = field(default_factory=dict)
    codes: dict[Place, list[str]] = field(default_factory=dict)

    def of(self, table: str, agency_id: int) -> list[int]:
        """All ids of a table in an agency."""
        places = self.ids.get(table, {}).items()
        return [id_ for place, ids in places if place.agency_id == agency_id for id_ in ids]


def seen(data: bytes) -> set[Place]:
    """The owners of the canaries in what was sent to somebody."""
    return {Place(*(int(n) for n in found.groups())) for found in CANARY.finditer(data)}


def plant(app: Flask, owner_url: str, world: World) -> Planted:
    """Put canaries everywhere; returns what is where."""
    planted = Planted()
    whole: dict[str, list[dict[str, Any]]] = {}
    with app.app_context(), as_owner(owner_url) as connection:
        for agency in world.agencies.values():
            with acting_for(agency.id, "registrar"):
                other = add_unit("commissioning", OTHER_DEPARTMENT)
                add_unit("intake_desk", OTHER_DESK, department_id=other)
        for agency in world.agencies.values():
            with acting_for(agency.id):
                units = list(db.session.scalars(select(Unit)))
                kept = {place: _files(place) for place in _places(agency.id, units)}
                keys = vault()
            lists = planted.ids.setdefault("file", {})
            lists |= {place: [ids["list"]] for place, ids in kept.items()}
            tree = (agency.parent, [c.id for c in world.agencies.values() if c.parent == agency.id])
            rows = AgencyRows(agency.id, units, keys, kept, tree)
            mails = mail_rows(world, agency.id, keys)
            looks = look_rows(world, agency.id, keys, kept)
            for table, values in (*rows.planted(), *mails, *looks):
                row = _filled(metadata.tables[table], values, planted)
                whole.setdefault(table, []).append(row)
            for place, row in made_files(world, agency.id, kept):
                planted.ids.setdefault("made_file", {}).setdefault(place, []).append(row["id"])
                whole.setdefault("made_file", []).append(row)
        _insert(connection, whole)
        connection.execute(_SESSIONS, {"at": AT})
        since = DAY.replace(year=2098)
        connection.execute(_CHANGE, {"id": CHANGE, "since": since, "day": DAY, "at": AT})
        stood_in = connection.execute(_STAND_INS, {"day": DAY})
        planted.ids["stand_in"] = {Place(row.agency_id): [row.id] for row in stood_in}
    return planted


def _insert(connection: Connection, whole: dict[str, list[dict[str, Any]]]) -> None:
    """All rows, a table at a time, in an order that foreign keys allow."""
    for table in metadata.sorted_tables:
        if table.name in whole:
            connection.execute(insert(table).inline(), whole[table.name])


def _places(agency_id: int, units: list[Unit]) -> Iterator[Place]:
    yield Place(agency_id)
    for unit in units:
        if unit.department_id is None:
            yield Place(agency_id, unit.id)
        else:
            yield Place(agency_id, unit.department_id, unit.id)


def _files(place: Place) -> dict[str, int]:
    at = {"unit_id": place.unit_id, "desk_id": place.desk_id}
    return {
        kind: files.store(kind, f"{place.tag}.txt", _content(kind, place.tag), **at)
        for kind in files.KINDS
    }


def _content(kind: str, tag: str) -> bytes:
    """What the program itself reads has its shape: a reply of a unit's own columns, checked rows."""
    if kind in ("reply", "returned"):
        return f"A,B,C\n{tag},{tag},{tag}\n{tag},{tag},{tag}\n".encode()
    if kind == "reply_rows":
        return json.dumps({"answers": [], "records": [], "tag": tag}).encode()
    return tag.encode()


@dataclass
class AgencyRows(HouseholdRows, ExchangeRows, TemporaryRows):
    """All rows of one agency, in an order that foreign keys allow."""

    def planted(self) -> Iterator[Row]:
        """(table, values) of every row; the plain columns are filled in later."""
        places = list(_places(self.agency_id, self.units))
        subjects: list[tuple[int, int]] = []
        for place in places:
            kind = self._kind(place)
            if kind != "sharing":
                yield from self._unit_rows(place, subjects)
                file_id = self.files[place]["returned"]
                yield from register_rows(place, self._base, self.keys, file_id)
                if not place.desk_id:
                    package = self.files[place]["package"]
                    yield from outward_rows(place, self._base, self.keys, package)
            if place.desk_id:
                yield from self._temporaries(place)
            yield from self._anywhere(place)
        for place in places:
            if self._kind(place) == "sharing":
                yield from self._exchange(place, subjects)
                yield from self._before_bureau(place)
        yield from self._staff_rows(Place(self.agency_id))
        yield from self._letters(Place(self.agency_id))


def _filled(table: Table, values: dict[str, Any], planted: Planted) -> dict[str, Any]:
    """A whole row: what was given, and the canary in every column of text that was not."""
    place = values.pop("place")
    row = {name: value for name, value in values.items() if name in table.c}
    for name, there in (("unit_id", place.unit_id), ("desk_id", place.desk_id)):
        if name in table.c:
            row.setdefault(name, there)
    for column in table.c:
        if column.name in row or column.computed is not None:
            continue
        if isinstance(column.type, Text):
            row[column.name] = f"{place.tag}{values.get('id', '')}"
        elif isinstance(column.type, LargeBinary) and not column.nullable:
            row[column.name] = place.tag.encode()
    if "id" in table.c:
        planted.ids.setdefault(table.name, {}).setdefault(place, []).append(row["id"])
    if table.name == "report":
        planted.codes.setdefault(place, []).append(row["code"])
    return row
