"""The wall, made with the tables: row-level-security policies and grants.

Every tenant table names, per database role, the verbs it grants and the columns its policy
compares. Policies are equality only: anything else costs ten to a thousand times as much.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Table

ROLES = (
    "desk",
    "commissioner",
    "township",
    "liaison",
    "relay",
    "public",
    "registrar",
    "loader",
    "shredder",
)

_SETTING = {
    "agency_id": "agency_id = current_setting('app.agency_id')::int",
    "from_agency_id": "from_agency_id = current_setting('app.agency_id')::int",
    "unit_id": "unit_id = current_setting('app.unit_id')::int",
    "desk_id": "desk_id = current_setting('app.desk_id')::int",
    # Whoever tells something without a name holds a code; its hash is the scope (ADR 24).
    "follow_hash": "follow_hash = current_setting('app.follow', true)",
}

_COMPARED = {
    "desk": ("agency_id",),
    "registrar": ("agency_id",),
    "public": ("agency_id",),
    "loader": ("agency_id",),
    "shredder": ("agency_id",),
    "commissioner": ("agency_id", "unit_id"),
    "liaison": ("agency_id", "unit_id"),
    "township": ("agency_id", "unit_id", "desk_id"),
}


@dataclass(frozen=True)
class Grant:
    """Verbs for one role on one table; ``columns`` narrows SELECT to them.

    ``update_states``: a row is changed only in the first of these states, and only into these.
    ``delete_kinds``: only rows of these kinds can be deleted.
    """

    verbs: str
    columns: tuple[str, ...] = ()
    compares: tuple[str, ...] | None = None
    update_columns: tuple[str, ...] = ()
    update_states: tuple[str, ...] = ()
    delete_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wall:
    """Who may do what with a table's rows. ``directory`` tables hold public facts, no policy.

    A role maps to verbs ("select insert"), to one ``Grant``, or to several where its verbs are
    judged by different columns, as for letters. A ``staging`` table belongs to the loader, whom
    its policies do not bind (COPY needs that); a CHECK holds the agency instead.
    """

    grants: Mapping[str, str | Grant | tuple[Grant, ...]] = field(default_factory=dict)
    directory: bool = False
    staging: bool = False

    def by_role(self) -> Iterator[tuple[str, Grant]]:
        """Each role with each of its grants."""
        for role, entry in self.grants.items():
            if role not in ROLES:
                raise LookupError(f"unknown role {role}")
            if isinstance(entry, str):
                yield role, Grant(entry)
            elif isinstance(entry, Grant):
                yield role, entry
            else:
                yield from ((role, grant) for grant in entry)


def wall_of(table: Table) -> Wall:
    """The declared wall of a table; a table without one is a mistake in the program."""
    wall = table.info.get("wall")
    if not isinstance(wall, Wall):
        raise LookupError(f"table {table.name} declares no wall")
    return wall


def predicate(role: str, grant: Grant) -> str:
    """The row condition of a role: ``true`` only for the relay, which sees no personal data."""
    if role == "relay" and grant.compares is None:
        return "true"
    columns = grant.compares if grant.compares is not None else _COMPARED[role]
    return " AND ".join(_SETTING[column] for column in columns)


def statements(table: Table) -> Iterator[str]:
    """SQL that walls one table in: forced policies for tenant tables, then the grants."""
    wall = wall_of(table)
    name = f'"{table.name}"'
    if not wall.directory:
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        if not wall.staging:
            yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    if wall.staging:
        own = predicate("loader", Grant(""))
        yield f"ALTER TABLE {name} ADD CONSTRAINT ck_{table.name}_own_agency CHECK ({own})"
        yield f"ALTER TABLE {name} OWNER TO hedui_loader"
    for role, grant in wall.by_role():
        for verb in grant.verbs.upper().split():
            yield f"GRANT {_narrowed(verb, grant)} ON {name} TO hedui_{role}"
            if not wall.directory:
                yield _policy(name, role, verb, grant)


def _narrowed(verb: str, grant: Grant) -> str:
    columns = {"SELECT": grant.columns, "UPDATE": grant.update_columns}.get(verb)
    return f"{verb} ({', '.join(columns)})" if columns else verb


_CLAUSES = {
    "SELECT": "USING ({0})",
    "INSERT": "WITH CHECK ({0})",
    "UPDATE": "USING ({0}) WITH CHECK ({1})",
    "DELETE": "USING ({0})",
}


def _policy(name: str, role: str, verb: str, grant: Grant) -> str:
    using = check = predicate(role, grant)
    if verb == "UPDATE" and grant.update_states:
        listed = ", ".join(f"'{state}'" for state in grant.update_states)
        using += f" AND state = '{grant.update_states[0]}'"
        check += f" AND state IN ({listed})"
    if verb == "DELETE" and grant.delete_kinds:
        kinds = ", ".join(f"'{kind}'" for kind in grant.delete_kinds)
        using += f" AND kind IN ({kinds})"
    clause = _CLAUSES[verb].format(using, check)
    return f"CREATE POLICY {role}_{verb.lower()} ON {name} FOR {verb} TO hedui_{role} {clause}"
