"""Every query of every page finds its rows by an index, under the policies, on filled tables.

The statements are those that the pages really send, enumerated from ``app.url_map``; each is
explained in the scope that sent it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from app.accounts.current import ANYONE, DECLARED
from tenants.database import db
from tenants.scope import Scope, acting_for, current_scope
from tenants.vault import Vault, vault
from tests.architecture.catalogue import as_owner
from tests.architecture.filling import fill
from tests.isolation.browser import sign_in
from tests.isolation.conftest import Watched, watched
from tests.isolation.test_pages import (
    CODES,
    NAMES,
    OWN_COUNTY,
    codes_of,
    own_choices,
    routes,
    seats,
    url_for,
)

__all__ = ["watched"]

pytestmark = pytest.mark.slow
BIG = 5_000
ROWS = text("SELECT relname, reltuples::int FROM pg_class WHERE reltuples > :big AND relkind = 'r'")
Sent = dict[tuple[str, Scope], Any]


@pytest.fixture(scope="module")
def filled(watched: Watched) -> Iterator[tuple[Watched, set[str]]]:
    """The planted world, with tens of thousands of rows; and the tables that are big now."""
    own = watched.world.agency(OWN_COUNTY).id
    with pytest.MonkeyPatch.context() as patched:
        with as_owner(watched.urls.owner) as connection:
            unseal(watched, connection, patched)
            fill(connection, own, own=30, strangers=6)
        with as_owner(watched.urls.owner) as connection:
            big = {name for name, _ in connection.execute(ROWS, {"big": BIG})}
        yield watched, big


def unseal(watched: Watched, connection: Connection, patched: pytest.MonkeyPatch) -> None:
    """Sealed values do not open as copies; here they all read as the one they are copies of."""
    known: dict[bytes, bytes] = {}
    with watched.app.app_context(), acting_for(watched.world.agency(OWN_COUNTY).id, read_only=True):
        keys = vault()
    for table, column, key in SEALED:
        rows = connection.execute(
            text(
                f"SELECT {key}, {column} FROM {table} WHERE agency_id = :a AND {column} IS NOT NULL"
            ),
            {"a": keys.agency_id},
        )
        for id_, sealed in rows:
            known[bytes(sealed)] = keys._open(f"{table}:{id_}", bytes(sealed))
    real = Vault._open
    patched.setattr(
        Vault,
        "_open",
        lambda self, place, sealed: known.get(bytes(sealed)) or real(self, place, sealed),
    )


SEALED = (
    ("household_case", "head_sealed", "id"),
    ("subject", "sealed", "id"),
    ("subject_list", "faults_sealed", "id"),
    ("declaration", "sealed", "subject_id"),
    ("finding", "sealed", "id"),
    ("paper_batch", "sealed", "id"),
    ("matter", "sealed", "id"),
    ("explanation", "sealed", "id"),
    ("exclusion", "sealed", "id"),
    ("objection_word", "sealed", "id"),
    ("integrity_entry", "sealed", "id"),
    ("integrity_word", "sealed", "id"),
    ("inspection_word", "sealed", "id"),
    ("recusal", "sealed", "id"),
    ("reply", "faults_sealed", "id"),
    ("reply", "password_sealed", "id"),
    ("package", "password_sealed", "id"),
)


def sent_by_pages(watched: Watched) -> Sent:
    """Statements with parameters, by the scope that they were sent in."""
    sent: Sent = {}

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if (
            statement.lstrip().upper().startswith(("SELECT", "WITH"))
            and "set_config" not in statement
        ):
            sent.setdefault((statement, current_scope()), parameters)

    with watched.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for seat in seats(watched, OWN_COUNTY):
            browser = sign_in(watched.app, seat.person)
            for rule, method in routes(watched):
                permission = getattr(watched.app.view_functions[rule.endpoint], DECLARED)
                if method != "GET" or permission == ANYONE or not seat.person.actor.may(permission):
                    continue
                if rule.arguments - NAMES.keys() - CODES.keys():
                    continue
                named = sorted(rule.arguments & NAMES.keys())
                chosen = list(own_choices(watched, seat, named))[:3] if named else [{}]
                for ids in chosen:
                    status = browser.get(
                        url_for(watched, rule, {**codes_of(rule), **ids})
                    ).status_code
                    assert status < 500, f"{seat.role} {rule.rule}"
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def sequential(plan: dict) -> Iterator[str]:
    """The tables that a plan reads from one end to the other."""
    if plan["Node Type"] in {"Seq Scan", "Parallel Seq Scan"}:
        yield plan["Relation Name"]
    for below in plan.get("Plans", ()):
        yield from sequential(below)


def plan_of(statement: str, scope: Scope, parameters: Any) -> dict:
    place = {"unit_id": scope.unit_id, "desk_id": scope.desk_id}
    with acting_for(scope.agency_id, scope.role, read_only=True, **place):
        asked = f"EXPLAIN (FORMAT JSON) {statement.replace(' FOR UPDATE', '')}"
        found = db.session.connection().exec_driver_sql(asked, parameters).scalar_one()
    plans = found if isinstance(found, list) else json.loads(found)
    return dict(plans[0]["Plan"])


def test_no_page_reads_a_big_table_from_end_to_end(filled: tuple[Watched, set[str]]) -> None:
    watched, big = filled
    assert {"household_case", "subject", "ask", "event", "report"} <= big
    sent = sent_by_pages(watched)
    assert len(sent) > 40
    slow = set()
    with watched.app.app_context():
        for (statement, scope), parameters in sent.items():
            for table in set(sequential(plan_of(statement, scope, parameters))) & big:
                slow.add(f"{scope.role} reads all of {table}: {' '.join(statement.split())[:400]}")
    assert not slow, "\n".join(sorted(slow))


def test_the_control_a_policy_that_no_index_serves_is_seen(
    filled: tuple[Watched, set[str]],
) -> None:
    """Were the policy more than equality, pages would read the whole table, and this test say so."""
    watched, _ = filled
    lax = text(
        "ALTER POLICY desk_select ON subject USING"
        " (EXISTS (SELECT FROM agency a WHERE a.id = subject.agency_id"
        " AND a.id = current_setting('app.agency_id')::int))"
    )
    strict = text(
        "ALTER POLICY desk_select ON subject USING (agency_id = current_setting('app.agency_id')::int)"
    )
    scope = Scope("desk", watched.world.agency(OWN_COUNTY).id)
    query = "SELECT max(relation) FROM subject"
    with watched.app.app_context():
        assert list(sequential(plan_of(query, scope, {}))) == []
        with as_owner(watched.urls.owner) as connection:
            connection.execute(lax)
        try:
            assert "subject" in list(sequential(plan_of(query, scope, {})))
        finally:
            with as_owner(watched.urls.owner) as connection:
                connection.execute(strict)
