"""``python -m tests.world.opening [unsettled]``: open the world in the database of the environment.

The tests' own: everybody's password costs them nearly nothing to try, where the demonstration's
takes a tenth of a second, as it should. Thousands sign in during a run.
"""

import sys

from argon2 import PasswordHasher
from sqlalchemy import update

from app.accounts.models import Account
from app.web.factory import create_app
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world.builder import build_world
from tests.world.plan import month

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def open_world(*, settle: bool) -> None:
    app = create_app(Settings())
    world = build_world(app, settle=settle)
    cheap = CHEAP.hash(month().password)
    with app.app_context():
        for agency_id in {person.agency_id for person in world.people.values()}:
            with acting_for(agency_id, "registrar"):
                db.session.execute(update(Account).values(password_hash=cheap))


if __name__ == "__main__":
    open_world(settle="unsettled" not in sys.argv)
