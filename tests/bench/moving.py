"""Approve and route cases; beside the bare statements that leave the same rows."""

from functools import partial

from sqlalchemy import select, text

from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.delegation import routing
from app.intake import service as intake
from app.review import service as review
from tenants.database import db
from tests.bench.measure import Figure, seconds
from tests.bench.stage import Stage

CHUNK = 5_000

_MOVE_CASES = text("""
UPDATE household_case SET state = 'checking', rev = rev + 1
WHERE agency_id = :agency AND id = ANY(:ids)
""")
_SHAPES = text("""
CREATE TABLE bench_ask (LIKE ask INCLUDING ALL);
CREATE TABLE bench_event (LIKE event INCLUDING ALL);
""")
_ASKS = text("""
INSERT INTO bench_ask (agency_id, subject_id, source, round, case_id, items, outcomes, request_id,
                       letter_id)
SELECT agency_id, subject_id, source, round, case_id, items, outcomes, request_id, letter_id
FROM ask WHERE agency_id = :agency AND case_id = ANY(:ids)
""")
_EVENTS = text("""
INSERT INTO bench_event SELECT * FROM event
WHERE agency_id = :agency AND machine = 'case' AND action = 'approve' AND object_id = ANY(:ids)
""")
_COUNT_ASKS = text("SELECT count(*) FROM bench_ask")
_DROP = text("DROP TABLE bench_ask, bench_event")


def measure(stage: Stage, count: int) -> Figure:
    """``count`` cases of the county at most, in chunks as the pages and the worker cut them."""
    county = stage.tree.lowest
    with stage.tree.at(county):
        waiting = select(Case.id).where(Case.state == "submitted").order_by(Case.id).limit(count)
        ids = list(db.session.scalars(waiting))
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    for chunk in chunks:
        with stage.tree.at(county):
            intake.accept(Chosen.of(chunk), stage.tree.actor(county, 3))
    approving = sum(seconds(partial(_approve, stage, chunk)) for chunk in chunks)
    route = sum(seconds(partial(_route, stage, chunk)) for chunk in chunks)
    bare, asks = _bare(stage, county, ids)
    return Figure(
        name="approve_and_route",
        what=f"{len(ids):,} cases approved (duty, history) and routed into {asks:,} asks",
        against="UPDATE of the states and INSERT … SELECT of the same asks and events, superuser",
        ours=approving + route,
        bare=bare,
        details={"cases": len(ids), "asks": asks, "approve_s": approving, "route_s": route},
    )


def _approve(stage: Stage, ids: list[int]) -> None:
    with stage.tree.at(stage.tree.lowest):
        moved = review.approve(Chosen.of(ids), stage.tree.actor(stage.tree.lowest, 4))
    if len(moved.done) != len(ids):
        raise RuntimeError(f"{len(moved.skipped)} cases were skipped")


def _route(stage: Stage, ids: list[int]) -> None:
    with stage.tree.at(stage.tree.lowest):
        routing.route_cases(ids)


def _bare(stage: Stage, agency: int, ids: list[int]) -> tuple[float, int]:
    values = {"agency": agency, "ids": ids}
    with stage.owner.begin() as connection:
        connection.execute(_SHAPES)

    def work() -> None:
        with stage.owner.begin() as connection:
            for statement in (_MOVE_CASES, _ASKS, _EVENTS):
                connection.execute(statement, values)

    took = seconds(work)
    with stage.owner.begin() as connection:
        asks = connection.execute(_COUNT_ASKS).scalar_one()
        connection.execute(_DROP)
    return took, asks
