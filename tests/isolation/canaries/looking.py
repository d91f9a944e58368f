"""Inspections and what people said in them, whom they stand aside from, and what is kept secret."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from app.cases.transitions import states_of
from tenants.vault import Vault
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row
from tests.world.world import Person, World


def look_rows(
    world: World, agency_id: int, keys: Vault, files: Mapping[Place, Mapping[str, int]]
) -> Iterator[Row]:
    """An inspection in every state, an item of every person in every state with what was said
    about it; an undertaking, a training and devices of the staff."""
    numbers = count(PERIOD * 10**12 + agency_id * 10**5 + 9 * 10**4)
    own = Place(agency_id)
    for state in states_of("inspection"):
        row = _of(own, numbers, state=state, about="looks", number=f"{own.tag}{state}")
        row |= {"first_on": DAY, "last_on": DAY, "opened_on": DAY, "sample_size": 0, "seed": 1}
        ended = {"ended_by": 1, "ended_on": DAY} if state == "ended" else {}
        yield "inspection", row | {"opened_by": 1, "ended_by": None, "ended_on": None} | ended
        if state == "judging":
            inspection_id = row["id"]
    staff: list[Person] = []
    for person in world.people.values():
        if person.agency_id == agency_id:
            staff += [] if person.actor.unit_id else [person]
            yield from _about(person, inspection_id, numbers, keys)
    yield from _registers(own, staff, numbers, files[own])


def _about(
    person: Person, inspection_id: int, numbers: Iterator[int], keys: Vault
) -> Iterator[Row]:
    who = person.actor
    place = Place(who.agency_id, who.unit_id, who.desk_id)
    # The first one is one that its own person may change.
    for state in sorted(states_of("look"), key=lambda name: name != "asked"):
        item = _of(place, numbers, state=state, what="look", account_id=who.account_id, at=AT)
        item |= {"inspection_id": inspection_id, "object_id": item["id"], "due_on": DAY}
        item |= {"verb": "subject.unmask", "flags": ["night"], "case_id": 0, "source_unit_id": 0}
        judged = {"verdict": "proper", "judged_by": 1, "judged_on": DAY}
        item |= judged if state == "judged" else dict.fromkeys(judged) | {"verdict": ""}
        yield "inspection_item", item
        word = _of(place, numbers, item_id=item["id"], kind="asked", account_id=1)
        word |= {"said_on": DAY, "at": AT}
        word["sealed"] = keys.seal("inspection_word", word["id"], {"words": place.tag})
        yield "inspection_word", word
    kin = _of(place, numbers, account_id=who.account_id, relation="kin", recorded_on=DAY)
    kin |= {"id_hash": keys.look_up(f"kin of {who.account_id}"), "ended_on": None}
    kin["sealed"] = keys.seal("recusal", kin["id"], {"number": place.tag})
    yield "recusal", kin


def _registers(
    own: Place, staff: list[Person], numbers: Iterator[int], files: Mapping[str, int]
) -> Iterator[Row]:
    recorded = {"recorded_by": 0, "recorded_at": AT}
    held = _of(own, numbers, held_on=DAY, minutes=90, **recorded)
    yield "training", held
    first, second = (person.account_id for person in staff[:2])
    for account_id in (first, second):
        part = {"place": own, "agency_id": own.agency_id, "training_id": held["id"]}
        yield "training_part", part | {"account_id": account_id, "is_missing": True}
        signed = {"signed_on": DAY, "valid_from": DAY, "valid_to": DAY, "is_void": False}
        undertaking = _of(own, numbers, account_id=account_id, **signed, **recorded)
        yield "undertaking", undertaking | {"scan_file_id": files["undertaking"]}
    for number, end in ((1, ""), (2, "destroyed")):
        device = _of(own, numbers, number=f"{own.tag}{number}", kind="laptop", keeper_id=first)
        device |= {"is_encrypted": False, "in_use_from": DAY, "disposal": end, **recorded}
        ended = {"disposed_on": DAY, "disposed_by": first, "witness_id": second}
        yield "device", device | (ended if end else dict.fromkeys(ended))


def _of(place: Place, numbers: Iterator[int], **given: Any) -> dict[str, Any]:
    return {"place": place, **vars(place), "id": next(numbers), **given}
