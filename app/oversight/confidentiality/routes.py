"""保密一览; the pages of its registers register themselves with it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.paging import place_asked
from app.oversight.confidentiality import (
    device_routes,
    queries,
    training_routes,
    undertaking_routes,
)
from app.oversight.confidentiality.blueprint import blueprint, unmasking_law
from app.oversight.confidentiality.messages import STANDING

__all__ = ["blueprint", "device_routes", "training_routes", "undertaking_routes"]

FIRST_ONES = 8


@blueprint.get("")
@permitted("confidentiality.read")
def show() -> ResponseReturnValue:
    """保密一览: the four registers on one page, what runs out first on top."""
    trained = queries.trainings(place_asked()).rows[:FIRST_ONES]
    people = queries.staff()
    return render_template(
        "oversight/confidentiality/show.html",
        bound=queries.bound(),
        most=FIRST_ONES,
        trainings=trained,
        attendance=queries.attendance([row.id for row in trained]),
        missing=[people[id_] for id_ in queries.missing_now() if id_ in people],
        devices=queries.device_counts(),
        agreements=queries.agreements(),
        law=unmasking_law(),
        standing=STANDING,
        me=actor(),
    )
