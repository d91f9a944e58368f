"""The enumerator of the wall: every way in which the database differs from what was declared.

Tables come from the database's own catalogue, so that one nobody declared is found too; what
is expected comes from the models' ``Wall``, written out here a second time and not by the code
that made the policies.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table

from migrations.tables import metadata
from tenants.isolation import ROLES, Grant, Wall, wall_of
from tests.architecture import catalogue as db

NOT_OURS = {"alembic_version": "Alembic's own: no grant to anybody, no row of a tenant"}

INDEXES_NOT_BY_AGENCY = {
    "ix_file_blob": "the sweeper asks whether any agency has a blob; a blob's name is random",
    "uq_temporary_claim_once": "nobody is paid twice in a province; its rows are hashes under a key"
    " of the province, and no role reads those of another agency",
    "ix_job_unfinished": "the relay looks for waiting jobs of all agencies; its rows hold ids only",
}

DIRECTORY_COLUMNS = {
    "agency": "id name short_name region_name tier box_public certificate",
    "agency_edge": "child_id parent_id valid_from valid_to",
    "agency_change": "id kind agency_id before_id after_id since document document_on by_agency_id"
    " recorded_by recorded_name recorded_at confirmed_by confirmed_name confirmed_at is_void"
    " voided_name old_code new_code old_name new_name new_short_name new_region_name",
}
"""Tables that everybody reads: public facts about agencies, column by column."""

REVIEWED_CODE = {
    "trigger letter_up_follows_edge": "a foreign key cannot compare a letter's day with an edge's",
    "trigger letter_down_follows_edge": "the same, for letters down; it reads the directory only",
}

_COMPARED = {
    "desk": ("agency_id",),
    "registrar": ("agency_id",),
    "public": ("agency_id",),
    "shredder": ("agency_id",),
    "commissioner": ("agency_id", "unit_id"),
    "liaison": ("agency_id", "unit_id"),
    "township": ("agency_id", "unit_id", "desk_id"),
}
_SETTING = {"from_agency_id": "agency_id"}
_FOLLOW = "follow_hash = current_setting'app.follow', true"
_COMMAND = {"SELECT": "r", "INSERT": "a", "UPDATE": "w", "DELETE": "d"}
_STAGING_CHECK = "agency_id = current_setting'app.agency_id'::integer"

Finder = Callable[[Connection], Iterator[str]]


def wall_faults(connection: Connection) -> list[str]:
    """Every difference between the declared wall and the database; empty when it stands."""
    return sorted(
        fault
        for find in (
            relation_faults,
            policy_faults,
            grant_faults,
            _index_faults,
            _key_faults,
            _role_faults,
            _code_faults,
        )
        for fault in find(connection)
    )


def tables() -> Mapping[str, Table]:
    return metadata.tables


def tenant_tables() -> dict[str, Table]:
    """The tables that hold rows of agencies."""
    return {name: table for name, table in tables().items() if not wall_of(table).directory}


def relation_faults(connection: Connection) -> Iterator[str]:
    """How tables and views differ from what was declared."""
    found = db.rows(connection, db.RELATIONS)
    for row in found:
        if row.kind == "m":
            yield f"{row.name} is a materialised view: policies do not reach it"
        if row.kind == "f":
            yield f"{row.name} is a foreign table: policies do not reach it"
        if row.kind == "v" and "security_invoker=true" not in row.options:
            yield f"view {row.name} runs with its owner's rights, not security_invoker"
        if row.kind in "rp" and row.name not in NOT_OURS:
            yield from _table_faults(connection, row)
    here = {row.name for row in found if row.kind in "rp"}
    yield from (f"table {name} is declared but missing" for name in tables().keys() - here)


def _table_faults(connection: Connection, row: Any) -> Iterator[str]:
    name = _parent(connection, row)
    if name not in tables():
        yield f"table {row.name} is not declared by any model"
        return
    wall = wall_of(tables()[name])
    if wall.directory:
        return
    if not row.enabled:
        yield f"{name}: row level security is not enabled"
    if wall.staging:
        if row.owner != "hedui_loader":
            yield f"{name}: staging belongs to the loader"
        checks = [c for c in db.rows(connection, db.CHECKS) if c.table == name]
        if not any(db.squeezed(c.definition) == f"CHECK {_STAGING_CHECK}" for c in checks):
            yield f"{name}: no CHECK holds the agency of a staged row"
        return
    if not row.forced:
        yield f"{name}: row level security is not forced"
    if str(row.owner) in {f"hedui_{role}" for role in ROLES}:
        yield f"{name}: belongs to a role that the program takes on"


def _parent(connection: Connection, row: Any) -> str:
    """The name of the table, or of the partitioned table that this is a part of."""
    if not row.relispartition:
        return str(row.name)
    root = db.rows(connection, f"SELECT pg_partition_root({row.oid})::regclass::text AS name")
    return str(root[0].name)


def _condition(role: str, grant: Grant) -> str:
    if role == "relay" and grant.compares is None:
        return "true"
    compared = grant.compares if grant.compares is not None else _COMPARED[role]
    return " AND ".join(
        _FOLLOW
        if column == "follow_hash"
        else f"{column} = current_setting'app.{_SETTING.get(column, column)}'::integer"
        for column in compared
    )


def _from_state(verb: str, grant: Grant) -> str:
    bound = verb == "UPDATE" and grant.update_states
    return f" AND state = '{grant.update_states[0]}'" if bound else ""


def _of_kinds(verb: str, grant: Grant) -> str:
    if verb != "DELETE" or not grant.delete_kinds:
        return ""
    listed = ", ".join(f"'{kind}'" for kind in grant.delete_kinds)
    return f" AND kind = ANY ARRAY[{listed}]"


def _to_states(verb: str, grant: Grant) -> str:
    if verb != "UPDATE" or not grant.update_states:
        return ""
    listed = ", ".join(f"'{state}'" for state in grant.update_states)
    return f" AND state = ANY ARRAY[{listed}]"


def expected_policies() -> set[tuple[str, str, str, str, str]]:
    """(table, command, role, USING, WITH CHECK) of every declared grant."""
    return {
        (
            name,
            _COMMAND[verb],
            f"hedui_{role}",
            ""
            if verb == "INSERT"
            else _condition(role, grant) + _from_state(verb, grant) + _of_kinds(verb, grant),
            _condition(role, grant) + _to_states(verb, grant)
            if verb in {"INSERT", "UPDATE"}
            else "",
        )
        for name, table in tenant_tables().items()
        for role, grant in wall_of(table).by_role()
        for verb in grant.verbs.upper().split()
    }


def policy_faults(connection: Connection) -> Iterator[str]:
    """Policies that are missing, and those that nobody declared."""
    found = set()
    for row in db.rows(connection, db.POLICIES):
        if not row.permissive:
            yield f"{row.table}: policy {row.name} is restrictive, none is declared"
        found |= {
            (row.table, row.command, role, db.squeezed(row.using), db.squeezed(row.checks))
            for role in row.roles
        }
    expected = expected_policies()
    yield from (f"policy nobody declared: {policy}" for policy in found - expected)
    yield from (f"policy missing: {policy}" for policy in expected - found)


def expected_grants() -> set[tuple[str, str, str, str]]:
    """(table, column or nothing, role, verb) of every declared grant."""
    grants = set()
    for name, table in tables().items():
        for role, grant in wall_of(table).by_role():
            for verb in grant.verbs.upper().split():
                columns = {"SELECT": grant.columns, "UPDATE": grant.update_columns}.get(verb)
                for column in columns or ("",):
                    grants.add((name, column, f"hedui_{role}", verb))
    sequences = {(s, "", f"hedui_{role}", "USAGE") for s in ("row_id", "unit_id") for role in ROLES}
    return grants | sequences


def grant_faults(connection: Connection) -> Iterator[str]:
    """Grants that are missing, and those that nobody declared."""
    rows = db.rows(connection, db.GRANTS)
    found = {(row.table, row.column, row.grantee, row.verb) for row in rows}
    yield from (
        f"{row.table}: {row.grantee} may pass its grant on" for row in rows if row.is_grantable
    )
    yield from (f"grant nobody declared: {grant}" for grant in found - expected_grants())
    yield from (f"grant missing: {grant}" for grant in expected_grants() - found)
    for row in db.rows(connection, db.SCHEMA_GRANTS):
        if row.verb != "USAGE" or row.grantee == "PUBLIC":
            yield f"schema {row.schema}: {row.grantee} has {row.verb}"


def _index_faults(connection: Connection) -> Iterator[str]:
    keyed = set()
    for row in db.rows(connection, db.INDEXES):
        if row.table not in tenant_tables():
            continue
        if row.is_primary:
            keyed.add(row.table)
        if row.first != "agency_id" and row.name not in INDEXES_NOT_BY_AGENCY:
            yield f"{row.table}: index {row.name} starts with {row.first}, not with agency_id"
    yield from (f"{name} has no primary key" for name in tenant_tables().keys() - keyed)


def _key_faults(connection: Connection) -> Iterator[str]:
    """A foreign key between tenant tables never leaves the agency."""
    for row in db.rows(connection, db.FOREIGN_KEYS):
        if row.table in tenant_tables() and row.target in tenant_tables():
            pairs = set(zip(row.columns, row.targets, strict=True))
            if ("agency_id", "agency_id") not in pairs:
                yield f"{row.table}: foreign key {row.name} may point into another agency"


def _role_faults(connection: Connection) -> Iterator[str]:
    roles = {row.name: row for row in db.rows(connection, db.ROLES)}
    expected = {f"hedui_{role}" for role in ROLES}
    yield from (f"role {name} is missing" for name in expected - roles.keys())
    for name, row in roles.items():
        if name == "hedui_owner":
            continue
        for attribute in (
            "rolsuper",
            "rolinherit",
            "rolcreaterole",
            "rolcreatedb",
            "rolreplication",
        ):
            if getattr(row, attribute):
                yield f"role {name} has {attribute}"
        if row.rolbypassrls:
            yield f"role {name} has rolbypassrls: no policy binds it"
        if row.admin:
            yield f"role {name} may hand its roles on"
        if row.may_create:
            yield f"role {name} may create tables, which no policy would wall in"
        if name == "hedui_login" and set(row.member_of) != expected:
            yield f"the login role takes on {sorted(set(row.member_of) ^ expected)} wrongly"
        if name != "hedui_login" and (row.rolcanlogin or row.member_of):
            yield f"role {name} signs in by itself or takes on {row.member_of}"


def _code_faults(connection: Connection) -> Iterator[str]:
    yield from (f"native type {row.name} ({row.kind})" for row in db.rows(connection, db.TYPES))
    code = {row.name for row in db.rows(connection, db.OTHER_CODE)}
    yield from (f"{name} in the database" for name in sorted(code - REVIEWED_CODE.keys()))
    yield from (f"{name} is missing" for name in sorted(REVIEWED_CODE.keys() - code))
    for row in db.rows(connection, db.FUNCTIONS):
        if row.is_definer:
            yield f"function {row.name} runs with its owner's rights"
        if tells_time(row.source):
            yield f"function {row.name} reads the database's clock"
    for row in db.rows(connection, db.COLUMNS):
        if tells_time(row.expression):
            yield f"{row.table}.{row.name} defaults to the database's clock"
    for row in db.rows(connection, db.CHECKS):
        if tells_time(row.definition):
            yield f"{row.table}: {row.name} reads the database's clock"
    for name, table in tables().items():
        if wall_of(table).directory and DIRECTORY_COLUMNS.get(name) != " ".join(table.c.keys()):
            yield f"directory table {name} has columns that nobody reviewed"


_CLOCKS = (
    "now(",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtime",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "timeofday",
)


def tells_time(sql: str) -> bool:
    """Whether SQL reads the database's clock (DESIGN §3.10: there are two clocks, both ours)."""
    return any(clock in sql.lower() for clock in _CLOCKS)


__all__ = [
    "Wall",
    "expected_grants",
    "expected_policies",
    "tells_time",
    "tenant_tables",
    "wall_faults",
]
