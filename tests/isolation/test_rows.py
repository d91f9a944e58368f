"""The wall at the database: every table × every role × every verb, each denial with its control."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Table, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from migrations.tables import metadata
from tenants.isolation import ROLES, Grant, wall_of
from tests.architecture.catalogue import as_owner
from tests.isolation.canaries.rows import Place
from tests.isolation.canaries.tip_offs import followed
from tests.isolation.conftest import Watched

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")
DENIED = "42501"  # insufficient_privilege: no grant, or a policy's check refused the row
TABLES = sorted(metadata.tables)
TENANT_TABLES = [name for name in TABLES if not wall_of(metadata.tables[name]).directory]
OWN = "榆树市"
ENTER = text(
    "SELECT set_config('role', :role, true), set_config('app.agency_id', :agency, true),"
    " set_config('app.unit_id', :unit, true), set_config('app.desk_id', :desk, true),"
    " set_config('app.month', '202611', true), set_config('app.follow', :follow, true)"
)


@dataclass(frozen=True)
class Seat:
    """A database role in a place of the own agency."""

    role: str
    place: Place

    def owning(self, row: dict, grant: Grant) -> dict:
        """A row like ``row`` that would be this seat's."""
        mine: dict[str, int | str] = {**vars(self.place)}
        mine["follow_hash"] = followed(self.place.agency_id)
        if grant.compares == ("from_agency_id",):
            mine = {"from_agency_id": self.place.agency_id}
        return {name: mine.get(name, value) for name, value in row.items()}

    def sees(self, row: dict, grant: Grant | None) -> bool:
        """Whether a row is this seat's, by what the role is for and not by its policy."""
        column = (
            "from_agency_id" if grant and grant.compares == ("from_agency_id",) else "agency_id"
        )
        if self.role == "relay":
            return True
        if row[column] != self.place.agency_id:
            return False
        if grant and grant.compares is not None:
            own: dict[str, int | str] = {
                "unit_id": self.place.unit_id,
                "desk_id": self.place.desk_id,
            }
            own["follow_hash"] = followed(self.place.agency_id)
            return all(row[c] == own[c] for c in grant.compares if c in own)
        own_unit = (
            self.role not in {"commissioner", "liaison", "township"}
            or row["unit_id"] == self.place.unit_id
        )
        return own_unit and (self.role != "township" or row["desk_id"] == self.place.desk_id)


@pytest.fixture(scope="module")
def login(watched: Watched) -> Iterator[Connection]:
    """The login role's connection, without rights until it takes on a scope."""
    engine = create_engine(watched.urls.login)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def seat(watched: Watched, role: str) -> Seat:
    """Where a role sits in the own agency: with the first unit or desk that it is made for."""
    places = [
        p for p in watched.planted.ids["action"] if p.agency_id == watched.world.agency(OWN).id
    ]
    units = {unit.id: unit.kind for unit in watched.world.units.values()}
    wanted = {
        "commissioner": lambda p: units.get(p.unit_id) == "commissioning" and not p.desk_id,
        "township": lambda p: bool(p.desk_id),
        "liaison": lambda p: units.get(p.unit_id) == "sharing",
    }
    chosen = next(filter(wanted.get(role, lambda p: not p.unit_id), places))
    return Seat(role, chosen)


def grants(table: Table, role: str) -> dict[str, Grant]:
    return {
        verb: grant
        for named, grant in wall_of(table).by_role()
        if named == role
        for verb in grant.verbs.upper().split()
    }


def entered(connection: Connection, at: Seat) -> None:
    place = at.place
    values = {"role": f"hedui_{at.role}", "agency": str(place.agency_id)}
    values["follow"] = followed(place.agency_id)
    connection.execute(ENTER, values | {"unit": str(place.unit_id), "desk": str(place.desk_id)})


def denied(connection: Connection, sql: str, values: dict | None = None) -> bool:
    """Whether the database answers "permission denied" (or a policy refuses the row)."""
    with connection.begin_nested() as savepoint:
        try:
            connection.execute(text(sql), values or {})
        except DBAPIError as error:
            return getattr(error.orig, "sqlstate", "") == DENIED
        finally:
            savepoint.rollback()
    return False


def owners_rows(watched: Watched, table: str) -> list[dict]:
    with as_owner(watched.urls.owner) as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def test_every_table_holds_rows_of_every_kind_of_stranger(watched: Watched) -> None:
    """What is not planted guards nothing: a new table must be planted (canaries)."""
    empty_by_design = {"staged_subject": "rows stay for one transaction only"}
    not_everywhere = {"letter_up": "a county gets none", "letter_down": "a province gets none"}
    for table in TENANT_TABLES:
        if table in empty_by_design:
            continue
        agencies = {row["agency_id"] for row in owners_rows(watched, table)}
        expected = (
            set() if table in not_everywhere else {a.id for a in watched.world.agencies.values()}
        )
        assert agencies, table
        assert agencies >= expected, table


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scope_everything_is_denied(login: Connection, table: str) -> None:
    with login.begin():
        assert denied(login, f"SELECT 1 FROM {table}")
        assert denied(login, f"INSERT INTO {table} DEFAULT VALUES")
        assert denied(login, f"DELETE FROM {table}")
        login.rollback()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "loader"])
@pytest.mark.parametrize("table", TENANT_TABLES)
def test_a_role_sees_its_own_rows_only(
    watched: Watched, login: Connection, table: str, role: str
) -> None:
    at, granted = seat(watched, role), grants(metadata.tables[table], role)
    key = [column.name for column in metadata.tables[table].primary_key]
    everything = owners_rows(watched, table)
    with login.begin():
        entered(login, at)
        for verb in VERBS:
            if verb not in granted:
                assert denied(login, _attempt(metadata.tables[table], verb, granted)), verb
        if "SELECT" in granted:
            visible = [c for c in key if c in (granted["SELECT"].columns or key)]
            rows = login.execute(text(f"SELECT {', '.join(visible)} FROM {table}"))
            seen = {tuple(row) for row in rows}
            own = {
                tuple(row[name] for name in visible)
                for row in everything
                if at.sees(row, granted["SELECT"])
            }
            assert seen == own
        login.rollback()


def _attempt(table: Table, verb: str, _granted: dict[str, Grant]) -> str:
    column = next(c.name for c in table.c if c.computed is None)
    return {
        "SELECT": f"SELECT {column} FROM {table.name} LIMIT 1",
        "INSERT": f"INSERT INTO {table.name} DEFAULT VALUES",
        "UPDATE": f"UPDATE {table.name} SET {column} = {column}",
        "DELETE": f"DELETE FROM {table.name}",
    }[verb]


WRITERS = [
    (table, role)
    for table in TENANT_TABLES
    if not wall_of(metadata.tables[table]).staging
    for role in ROLES
    if role not in {"loader", "relay"} and grants(metadata.tables[table], role).keys() - {"SELECT"}
]


@pytest.mark.parametrize(("table", "role"), WRITERS)
def test_a_role_writes_its_own_rows_only(
    watched: Watched, login: Connection, table: str, role: str
) -> None:
    at, granted = seat(watched, role), grants(metadata.tables[table], role)
    rows = owners_rows(watched, table)
    assert rows, table
    with login.begin():
        entered(login, at)
        for verb, grant in granted.items():
            own = [row for row in rows if at.sees(row, grant)]
            foreign = [row for row in rows if not at.sees(row, grant)]
            if verb == "INSERT":
                own = own or [at.owning(rows[0], grant)]
                _inserts(login, metadata.tables[table], at, own, foreign)
            elif verb in {"UPDATE", "DELETE"}:
                _changes(login, metadata.tables[table], verb, grant, own, foreign)
        login.rollback()


def _inserts(
    login: Connection, table: Table, at: Seat, own: list[dict], foreign: list[dict]
) -> None:
    """A copy of a foreign row is refused by the policy; one of an own row is not (its key may
    exist already, which is another matter)."""
    names = [column.name for column in table.c if column.computed is None]
    values = ", ".join(_value(table, name) for name in names)
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"
    for row in _one_per_owner(foreign):
        assert denied(login, sql, _plain(row)), f"{at} wrote into {row['agency_id']}"
    assert not denied(login, sql, _plain(own[0])), f"the control: {at} writes its own"


def _changes(
    login: Connection, table: Table, verb: str, grant: Grant, own: list[dict], foreign: list[dict]
) -> None:
    """Foreign rows are not there to be changed; own ones are, and cannot be given away."""
    key = [column.name for column in table.primary_key]
    column = (grant.update_columns or tuple(c.name for c in table.c if c.computed is None))[-1]
    where = " AND ".join(f"{name} = {_value(table, name)}" for name in key)
    act = (
        f"UPDATE {table.name} SET {column} = {column}"
        if verb == "UPDATE"
        else f"DELETE FROM {table.name}"
    )
    for row in _one_per_owner(foreign):
        assert _count(login, f"{act} WHERE {where}", _plain(row)) == 0
    if own and verb == "UPDATE":
        assert _count(login, f"{act} WHERE {where}", _plain(own[0])) == 1
        away = f"UPDATE {table.name} SET agency_id = agency_id + 1 WHERE {where}"
        assert denied(login, away, _plain(own[0]))


def _value(table: Table, name: str) -> str:
    kind = str(table.c[name].type.compile(dialect=postgresql.dialect())).lower()
    return f"CAST(:{name} AS {kind})"


def _plain(row: dict) -> dict:
    """Values as a plain statement takes them: JSON as text."""
    return {k: json.dumps(v) if isinstance(v, dict) else v for k, v in row.items()}


def _count(login: Connection, sql: str, values: dict) -> int:
    with login.begin_nested() as savepoint:
        changed = login.execute(text(sql), values).rowcount
        savepoint.rollback()
    return changed


def _one_per_owner(rows: list[dict]) -> list[dict]:
    """A row of each stranger: agency, unit and desk."""
    who = ("unit_id", "desk_id", "follow_hash")
    owners = {(r["agency_id"], *(r.get(name, 0) for name in who)): r for r in rows}
    return list(owners.values())[:12]
