"""What people agreed to get by e-mail, and what was sent to them."""

from collections.abc import Iterator
from itertools import count

from tenants.vault import Vault
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row
from tests.world.world import World


def mail_rows(world: World, agency_id: int, keys: Vault) -> Iterator[Row]:
    """One person of each role at each place has an address, and was written to twice."""
    numbers, roles = count(PERIOD * 10**12 + agency_id * 10**5 + 8 * 10**4), set()
    for person in world.people.values():
        who = person.actor
        place = Place(who.agency_id, who.unit_id, who.desk_id)
        if who.agency_id != agency_id or (place, who.roles) in roles:
            continue
        roles.add((place, who.roles))
        whose = {"place": place, **vars(place), "account_id": who.account_id}
        wanted = whose | {"id": next(numbers), "wants": "all", "since": DAY}
        sealed = keys.seal("mail_preference", wanted["id"], {"address": f"{place.tag}@a.cn"})
        wanted |= {"code_nonce": b"canary", "code_at": AT, "confirmed_at": AT}
        yield "mail_preference", wanted | {"address_sealed": sealed}
        for kind, given_up_at in (("code", None), ("digest", AT)):
            mail = whose | {"id": next(numbers), "kind": kind, "day": DAY, "recorded_at": AT}
            ended = {"sent_at": None, "dropped_at": None, "given_up_at": given_up_at}
            yield "mail", mail | ended | {"failure": "busy", "answer": 451, "tried_at": AT}
    switch = {"place": Place(agency_id), "agency_id": agency_id, "is_on": True}
    yield "mail_switch", switch | {"changed_by": 0, "changed_at": AT}
