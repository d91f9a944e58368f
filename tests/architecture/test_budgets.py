"""No page weighs more than 150 kB or asks the database more than 20 things (issue: the pages).

Pages are enumerated from the program, over an agency with more than a thousand cases.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tenants.database import db
from tests.architecture.catalogue import as_owner
from tests.architecture.counting import statements
from tests.architecture.every_page import every_page
from tests.architecture.test_query_plans import filled
from tests.isolation.conftest import Watched, watched
from tests.isolation.test_pages import MOST_STATES, OWN_CITY, OWN_COUNTY

__all__ = ["filled", "watched"]

pytestmark = pytest.mark.slow

MOST_BYTES = 150_000
MOST_STATEMENTS = 20
MANY = 1_000
STATES = {OWN_COUNTY: MOST_STATES, OWN_CITY: 3}
"""A city opens the pages of a county; of one page with other rows it needs no more than a few."""
CASES = text("SELECT count(*) FROM household_case WHERE agency_id = :agency")
ENTER = "SELECT set_config("


def over_budget(watched: Watched, region: str) -> Iterator[str]:
    """The pages of an agency that are too heavy or ask too much, each with its figures."""
    with watched.app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        for opened in every_page(watched, region, ("GET",), STATES[region], sent.clear):
            asked = [statement for statement, _ in sent if not statement.startswith(ENTER)]
            sent.clear()
            size = len(opened.answer.get_data())
            if opened.is_page and size > MOST_BYTES:
                yield f"{opened}: {size // 1000} kB"
            if len(asked) > MOST_STATEMENTS:
                yield f"{opened}: {len(asked)} statements"


@pytest.mark.parametrize("region", [OWN_COUNTY, OWN_CITY])
def test_no_page_is_over_its_budget(filled: tuple[Watched, set[str]], region: str) -> None:
    watched, _ = filled
    with as_owner(watched.urls.owner) as connection:
        agency = watched.world.agency(OWN_COUNTY).id
        assert connection.scalar(CASES, {"agency": agency}) > MANY
    assert list(over_budget(watched, region)) == []
