"""The wall stands as declared, and the enumerator sees every stone that is missing (DESIGN §3.1)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from tests.architecture.catalogue import as_owner
from tests.architecture.wall_faults import (
    Finder,
    expected_grants,
    expected_policies,
    grant_faults,
    policy_faults,
    relation_faults,
    tenant_tables,
    wall_faults,
)
from tests.servers import TestServers


@pytest.fixture(scope="module")
def owner(servers: TestServers) -> Iterator[Connection]:
    """A migrated database's owner; whatever a test of this file breaks, it takes back."""
    with servers.database() as urls, as_owner(urls.owner) as connection:
        yield connection


@pytest.fixture
def walled(owner: Connection) -> Iterator[Connection]:
    with owner.begin_nested() as savepoint:
        yield owner
        savepoint.rollback()


def test_the_database_is_walled_in_as_the_models_declare(walled: Connection) -> None:
    assert wall_faults(walled) == []


# Each breaks the wall in one place, and one fault at least must name it.
BREACHES = [
    (
        "ALTER TABLE subject DISABLE ROW LEVEL SECURITY",
        "subject: row level security is not enabled",
    ),
    (
        "ALTER TABLE finding NO FORCE ROW LEVEL SECURITY",
        "finding: row level security is not forced",
    ),
    ("ALTER TABLE staged_subject DISABLE ROW LEVEL SECURITY", "staged_subject: row level security"),
    ("ALTER TABLE staged_subject DROP CONSTRAINT ck_staged_subject_own_agency", "no CHECK holds"),
    ("ALTER TABLE staged_subject OWNER TO hedui_owner", "staging belongs to the loader"),
    ("DROP POLICY desk_select ON subject", "policy missing: ('subject', 'r', 'hedui_desk'"),
    (
        "CREATE POLICY all_of_it ON subject FOR SELECT TO hedui_liaison USING (true)",
        "policy nobody declared: ('subject', 'r', 'hedui_liaison'",
    ),
    (
        "ALTER POLICY commissioner_select ON subject USING "
        "(agency_id = current_setting('app.agency_id')::int)",
        "policy nobody declared: ('subject', 'r', 'hedui_commissioner'",
    ),
    (
        "GRANT SELECT ON subject TO hedui_liaison",
        "grant nobody declared: ('subject', '', 'hedui_liaison'",
    ),
    (
        "GRANT SELECT (sealed) ON subject TO PUBLIC",
        "grant nobody declared: ('subject', 'sealed', 'PUBLIC'",
    ),
    (
        "GRANT UPDATE ON audit TO hedui_desk",
        "grant nobody declared: ('audit', '', 'hedui_desk', 'UPDATE'",
    ),
    ("GRANT SELECT ON job TO hedui_login", "grant nobody declared: ('job', '', 'hedui_login'"),
    ("REVOKE INSERT ON audit FROM hedui_liaison", "grant missing: ('audit', '', 'hedui_liaison'"),
    ("GRANT CREATE ON SCHEMA public TO hedui_desk", "role hedui_desk may create tables"),
    ("GRANT USAGE ON SCHEMA public TO PUBLIC", "schema public: PUBLIC has USAGE"),
    ("CREATE INDEX ON subject (id_hash)", "starts with id_hash"),
    ("CREATE TABLE forgotten (id int)", "table forgotten is not declared"),
    ("CREATE MATERIALIZED VIEW copied AS SELECT * FROM subject", "copied is a materialised view"),
    ("CREATE VIEW seen AS SELECT * FROM subject", "view seen runs with its owner's rights"),
    ("CREATE TYPE colour AS ENUM ('red')", "native type colour"),
    ("ALTER TABLE event ALTER at SET DEFAULT now()", "event.at defaults to the database's clock"),
    (
        "CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS "
        "$$ SELECT count(*) FROM subject $$",
        "function peep runs with its owner's rights",
    ),
    (
        "ALTER TABLE authorisation DROP CONSTRAINT fk_authorisation_agency_id_subject_id;"
        "ALTER TABLE subject ADD UNIQUE (id);"
        "ALTER TABLE authorisation ADD FOREIGN KEY (subject_id) REFERENCES subject (id)",
        "may point into another agency",
    ),
]


@pytest.mark.parametrize(("breach", "named"), BREACHES, ids=[breach[:50] for breach, _ in BREACHES])
def test_a_breach_is_seen(walled: Connection, breach: str, named: str) -> None:
    walled.execute(text(breach))
    assert [fault for fault in wall_faults(walled) if named in fault]


ROLE_BREACHES = [
    ("ALTER ROLE hedui_desk BYPASSRLS", "role hedui_desk has rolbypassrls"),
    ("ALTER ROLE hedui_login INHERIT", "role hedui_login has rolinherit"),
    ("ALTER ROLE hedui_liaison LOGIN", "role hedui_liaison signs in by itself"),
    ("GRANT hedui_desk TO hedui_liaison", "role hedui_liaison signs in by itself"),
]


@pytest.mark.parametrize(("breach", "named"), ROLE_BREACHES)
def test_a_breach_of_a_role_is_seen(walled: Connection, breach: str, named: str) -> None:
    """Roles are the cluster's, shared by tests side by side: the change is never committed."""
    walled.execute(text(breach))
    assert [fault for fault in wall_faults(walled) if named in fault]


def mutations() -> Iterator[tuple[str, Finder]]:
    """Every declared policy dropped, every declared grant revoked, one at a time, and one given
    to a role that has none; each with the part of the enumerator that has to see it."""
    names = {"r": "select", "a": "insert", "w": "update", "d": "delete"}
    for table, command, role, *_ in sorted(expected_policies()):
        dropped = f"{role.removeprefix('hedui_')}_{names[command]}"
        yield f"DROP POLICY {dropped} ON {table}", policy_faults
    for table, column, role, verb in sorted(expected_grants()):
        if verb != "USAGE":
            right = f"{verb} ({column})" if column else verb
            yield f"REVOKE {right} ON {table} FROM {role}", grant_faults
    for table in sorted(tenant_tables()):
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", relation_faults
        yield f"GRANT TRUNCATE ON {table} TO hedui_desk", grant_faults


@pytest.mark.slow
def test_no_stone_can_be_taken_out_unseen(owner: Connection) -> None:
    unseen = []
    for mutation, finder in mutations():
        with owner.begin_nested() as savepoint:
            owner.execute(text(mutation))
            if not list(finder(owner)):
                unseen.append(mutation)
            savepoint.rollback()
    assert unseen == []
