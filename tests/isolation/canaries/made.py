"""Files that were made for one person."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place
from tests.world.world import World


def made_files(
    world: World, agency_id: int, kept: Mapping[Place, Mapping[str, int]]
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A file of the first person of each role at each place: it is theirs alone."""
    numbers, roles = count(PERIOD * 10**12 + agency_id * 10**5 + 9 * 10**4), set()
    for person in world.people.values():
        who = person.actor
        place = Place(who.agency_id, who.unit_id, who.desk_id)
        if who.agency_id != agency_id or (place, who.roles) in roles:
            continue
        roles.add((place, who.roles))
        yield (
            place,
            {
                **vars(place),
                **{"id": next(numbers), "account_id": who.account_id, "kind": "sheet"},
                **{"permission": "file.read", "name": f"{place.tag}.xlsx", "asked": {}},
                **{"file_id": kept[place]["made"], "asked_at": AT, "made_at": AT, "job_id": 0},
                "expires_on": DAY + dt.timedelta(days=3),
            },
        )
