"""The case list and its counts under the policies; beside an explicit WHERE as superuser."""

from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from app.cases.filtering import Filter
from app.cases.models import Case
from tenants.database import db
from tenants.scope import acting_for
from tests.bench.measure import Figure, median_seconds
from tests.bench.stage import Stage

AGENCIES = 10
FIRST_AGENCY = 230100
MONTH = 202611
REPEATS = 40

_ENTRUSTMENTS = text("""
INSERT INTO entrustment (agency_id, id, origin, period, unit_id, number)
SELECT :first + a, :month * 1000000000000 + 900000000000, 'unit', :month, 101, 'x'
FROM generate_series(0, :agencies - 1) a
""")

_CASES = text("""
INSERT INTO household_case (agency_id, id, entrustment_id, origin, unit_id, desk_id, number,
                            household_no, scheme, application, region, size, head_sealed, state,
                            period, due_on)
SELECT :first + n % :agencies, :month * 1000000000000 + 900000000000 + n,
       :month * 1000000000000 + 900000000000, 'unit', 101, 102 + n % 7, 'x' || n, 'YS-' || n,
       'subsistence', 'new', 220182, 3, decode(repeat(md5(n::text), 4), 'hex'),
       (ARRAY['submitted', 'accepted', 'checking', 'checking', 'reported', 'returned'])
         [1 + n % 6], :month, DATE '2026-11-27'
FROM generate_series(1, :cases) n
""")


def measure(stage: Stage, cases: int) -> Figure:
    """Both statements of the page, for one agency among ``AGENCIES`` of equal size."""
    values = {"first": FIRST_AGENCY, "month": MONTH, "agencies": AGENCIES, "cases": cases}
    with stage.owner.begin() as connection:
        connection.execute(_ENTRUSTMENTS, values)
        connection.execute(_CASES, values)
    with stage.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE household_case"))
    details: dict[str, float | int | str] = {"cases": cases, "agencies": AGENCIES}
    ours = bare = 0.0
    for name, statement in {"list": the_list(), "counts": the_counts()}.items():
        under_policy, explicit = _time(stage, statement)
        details |= {f"{name}_ours_ms": under_policy * 1000, f"{name}_bare_ms": explicit * 1000}
        ours, bare = ours + under_policy, bare + explicit
    return Figure(
        name="wall",
        what=f"case list (51 rows) and counts by state, one of {AGENCIES} agencies, {cases:,} cases",
        against="the same SQL with agency_id = … in its WHERE, as superuser",
        ours=ours,
        bare=bare,
        details=details,
    )


def the_list() -> Select[Any]:
    """A page of the case list."""
    return select(Case).where(Filter().condition()).order_by(Case.id.desc()).limit(51)


def the_counts() -> Select[Any]:
    """The counts of the home page."""
    rows = select(Case.state, func.count()).where(Case.id >= MONTH * 10**12, Case.period == MONTH)
    return rows.group_by(Case.state)


def _time(stage: Stage, statement: Select[Any]) -> tuple[float, float]:
    agency = FIRST_AGENCY + 3
    with stage.app.app_context(), acting_for(agency, read_only=True):
        scoped = db.session.connection()
        found = len(scoped.execute(statement).all())
        under_policy = median_seconds(lambda: _run(scoped, statement), REPEATS)
    explicit = statement.where(Case.agency_id == agency)
    with stage.owner.connect() as connection:
        if len(connection.execute(explicit).all()) != found or not found:
            raise RuntimeError("the wall shows other rows than the explicit condition")
        return under_policy, median_seconds(lambda: _run(connection, explicit), REPEATS)


def _run(connection: Connection, statement: Select[Any]) -> None:
    connection.execute(statement).all()
