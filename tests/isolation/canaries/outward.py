"""Lists that leave, in every state; who is held of an agency below, and each tier's counts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from tenants.vault import Vault
from tests.isolation.canaries.rows import AT, DAY, Place, Row

Base = Callable[..., dict[str, Any]]
KEYS = UUID("0e2f7c52-8f0f-4b9f-9a7a-6f8a4f6f7b11")
DESKS = 9


def outward_rows(place: Place, base: Base, keys: Vault, package: int) -> Iterator[Row]:
    """Lists of each flow in every state; of the agency itself a person held, and its figures."""
    confirmed = {"confirmed_by": 1, "confirmed_at": AT}
    sent = confirmed | {"sent_by": 2, "sent_on": DAY}
    acknowledged = sent | {"acknowledged_on": DAY, "received": 7}
    unset = dict.fromkeys(("confirmed_by", "confirmed_at", "sent_by", "sent_on", "received"))
    unset |= {"acknowledged_on": None, "ended_at": None, "ended_why": ""}
    over = {"ended_why": "void", "ended_at": AT}
    states: tuple[dict[str, Any], ...] = (
        {},
        confirmed,
        sent,
        acknowledged,
        acknowledged | {"received": 6},
        over,
    )
    # An agency has one list of a flow for a day.
    last = DAY - timedelta(days=len(states) * (place.unit_id * DESKS + place.desk_id % DESKS))
    for flow in ("upload", "platform", "working_age"):
        for n, state in enumerate(states):
            row = base(place, flow=flow, as_of=last - timedelta(days=n), total=7, made_on=DAY)
            row |= {"key": uuid5(KEYS, f"{row['id']}"), "made_at": AT, "base_as_of": None}
            row |= {"schemes": {}, "rows_file_id": package, "package_file_id": package}
            row["password_sealed"] = keys.seal("outward_list", row["id"], {"password": place.tag})
            row |= {"explanation": ""} if state.get("received") == 6 else {}
            yield "outward_list", row | unset | state
    yield from _letters(place, base, keys, package)
    if place.unit_id:
        return
    mark = place.tag.encode()
    told = {"name": place.tag, "id_number": place.tag, "household_no": place.tag, "township": ""}
    hashed = {"person_hash": mark, "household_key": mark, "content_hash": mark}
    held = base(place, by_agency_id=place.agency_id, scheme="subsistence", is_head=True, **hashed)
    held |= {"as_of": DAY, "valid_from": DAY, "ended_why": "", "valid_to": None}
    yield "held_person", held | {"sealed": keys.seal("held_person", held["id"], told)}
    count = {"place": place, "agency_id": place.agency_id, "by_agency_id": place.agency_id}
    count |= {"scheme": "subsistence", "child_id": place.agency_id, "told_as_of": DAY}
    yield "tier_count", count | {"told_households": 1, "told_persons": 1, "held_key": None}


def _letters(place: Place, base: Base, keys: Vault, package: int) -> Iterator[Row]:
    """Letters that ask, in every state, each with a person and an answer."""
    drafted = {"drafted_by": 1, "drafted_at": AT}
    confirmed = drafted | {"confirmed_by": 2, "confirmed_at": AT}
    over = {"void_on": DAY}
    states: tuple[dict[str, Any], ...] = (
        *({"void_reason": ""}, drafted | {"void_reason": ""}, confirmed | {"void_reason": ""}),
        *(confirmed | {"handed_on": DAY, "void_reason": ""}, over),
    )
    unset = dict.fromkeys(("drafted_by", "drafted_at", "confirmed_by", "confirmed_at"))
    unset |= {"handed_on": None, "void_on": None}
    if not place.unit_id:
        return
    for state in states:
        row = base(place, letter_on=DAY, received_on=DAY, due_on=DAY, items=[105], lines=1)
        row |= {"entered_by": 1, "entered_at": AT, "package_file_id": package}
        row |= {"scan_file_id": package}
        row["password_sealed"] = keys.seal("letter_inquiry", row["id"], {"password": place.tag})
        yield "letter_inquiry", row | unset | state
        here = {"inquiry_id": row["id"], "line": 1}
        person = base(place, **here, person_hash=place.tag.encode(), authorised_on=DAY)
        told = {"name": place.tag, "id_number": place.tag}
        yield (
            "letter_inquiry_person",
            person | {"sealed": keys.seal("letter_inquiry_person", person["id"], told)},
        )
        said = base(place, **here, item=105, outcome="hit", source="hand", as_of=DAY)
        sealed = keys.seal("letter_inquiry_answer", said["id"], {"words": place.tag})
        yield "letter_inquiry_answer", said | {"sealed": sealed}
