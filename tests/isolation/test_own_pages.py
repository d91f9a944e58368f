"""The control of the wall: what a stranger is denied is answered when it is one's own, and no
page of anybody shows a stranger's canary. Pages are enumerated from the program."""

from collections import defaultdict

import pytest

from app.accounts.permissions import PERMISSIONS
from tests.architecture.walk import Looked, Walk
from tests.isolation.test_pages import ONE_PERSONS, OWN_CITY, OWN_COUNTY, seats

pytestmark = pytest.mark.slow

# Every role with rows of its own sees its own canary; administrators see none by design.
MUST_SEE = PERMISSIONS.keys() - {"system_administrator", "security_administrator"}
LEAST_SHOWING = 15


@pytest.mark.parametrize("region", [OWN_COUNTY, OWN_CITY])
def test_own_rows_are_there(walk: Walk, region: str) -> None:
    sitting = {seat.role: seat for seat in seats(walk.watched, region)}
    by_route: defaultdict[tuple[str, str, str], list[Looked]] = defaultdict(list)
    for looked in walk.answers:
        if looked.region == region and looked.role in sitting:
            by_route[looked.role, looked.method, looked.endpoint].append(looked)
    wrong, shown = [], set()
    for (role, method, endpoint), answers in by_route.items():
        statuses = {looked.status for looked in answers}
        is_there = ONE_PERSONS.get(endpoint, role) == role
        if max(statuses) >= 500 or (min(statuses) >= 400 and method == "GET" and is_there):
            wrong.append(f"{role} {method} {endpoint}: {sorted(statuses)}")
        for looked in answers:
            strange = [place.tag for place in looked.shown if not sitting[role].owns(place)]
            wrong += [f"{looked} shows {tag}" for tag in strange]
            if len(strange) < len(looked.shown):
                shown.add((endpoint, role))
    assert not wrong, "\n".join(wrong)
    assert {role for _, role in shown} >= sitting.keys() & MUST_SEE
    assert len({endpoint for endpoint, _ in shown}) >= LEAST_SHOWING, shown
