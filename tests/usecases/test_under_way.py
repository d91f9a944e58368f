"""The month that is under way when the portal opens: nobody with a desk finds it empty."""

from flask import Flask

from app.accounts.permissions import ADMINISTRATORS
from app.web.waiting import counts, kinds_of
from app.web.work import work
from tenants.calendar import business_date_set_to
from tenants.scope import DatabaseRole, acting_for
from tenants.settings import Settings
from tests.world.builder import build_world
from tests.world.demo import run_step
from tests.world.month import SCOPES
from tests.world.under_way import under_way
from tests.world.world import Person

# The desks prepare lists and have no queue; administrators are nobody's next step by design, and
# the head of the agency looks at the board.
WITHOUT_A_QUEUE = ADMINISTRATORS | {"desk_clerk", "director", "joint_determiner"}


def test_every_persons_home_has_something_to_do(app: Flask, settings: Settings) -> None:
    world = build_world(app)
    for place, step in enumerate(under_way().steps, start=1):
        run_step(app, world, step, place)
    idle, hidden = [], []
    with business_date_set_to(under_way().steps[-1].day, allow=True):
        for person in world.people.values():
            named = f"{person.name} {sorted(person.actor.roles)} {person.agency_id}"
            counted, shown = home_of(app, person)
            if not counted and not person.actor.roles & WITHOUT_A_QUEUE:
                idle.append(named)
            hidden += [f"{named}: {kind}" for kind in sorted(counted - shown)]
    assert idle == []
    assert hidden == [], "what is counted beside the menu stands among the lines as well"


def home_of(app: Flask, person: Person) -> tuple[set[str], set[str]]:
    """The kinds of work that somebody's home page counts, and those that it lists."""
    who, role = person.actor, SCOPES.get(person.kind)
    scope: DatabaseRole = role or "desk"
    with (
        app.test_request_context(),
        acting_for(who.agency_id, scope, unit_id=who.unit_id, desk_id=who.desk_id, read_only=True),
    ):
        counted = {kind for kind, number in counts(who).items() if number}
        return counted, {line.kind for line in work(who, kinds_of(who))}
