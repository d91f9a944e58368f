"""Who receives aid: people of the register, and the loads that it is built of, in every state."""

from collections.abc import Callable, Iterator
from typing import Any

from tenants.vault import Vault
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row

Base = Callable[..., dict[str, Any]]


def register_rows(place: Place, base: Base, keys: Vault, file_id: int) -> Iterator[Row]:
    """One person of the place, and, for each department, loads with a staged row and a layout."""
    told = {"name": place.tag, "id_number": place.tag, "household_no": place.tag, "township": ""}
    mark = place.tag.encode()
    hashed = {"person_hash": mark, "household_key": mark, "content_hash": mark}
    person = base(place, scheme="subsistence", source="load", as_of=DAY, valid_from=DAY, **hashed)
    person |= {"is_head": True, "amount_fen": 56_000, "ended_why": ""}
    yield "assisted_person", person | {"sealed": keys.seal("assisted_person", person["id"], told)}
    yield from insurance_rows(place, base, keys, person["id"])
    if place.desk_id or not place.unit_id:
        return
    confirmed = {"read_at": AT, "confirmed_by": 2, "confirmed_at": AT}
    over = {"ended_why": "void", "ended_at": AT}
    states: tuple[dict[str, Any], ...] = (
        {"file_id": file_id},
        {"file_id": file_id, "wants_columns": True},
        {"read_at": AT},
        confirmed,
        over,
        confirmed | {"applied_at": AT},
    )
    unset = dict.fromkeys(
        ("file_id", "read_at", "confirmed_by", "confirmed_at", "applied_at", "ended_at")
    )
    schemes = ("subsistence", "extreme_hardship", "low_income", "medical", "housing", "education")
    for scheme, state in zip(schemes, states, strict=True):
        load = base(place, scheme=scheme, source=place.tag, exported_at=AT, digest=b"canary")
        load |= unset | {"told_households": 1, "told_persons": 1, "loaded_by": 1, "loaded_at": AT}
        load |= {"ended_why": "", "wants_columns": False, "reason": place.tag}
        yield "register_load", load | state
    row = base(Place(place.agency_id), load_id=load["id"], is_head=True, is_held=False, **hashed)
    yield "register_row", row | {"sealed": keys.seal("assisted_person", row["id"], told)}
    said = {"layout": {"places": {}, "amount_per": "household"}, "said_by": 1, "said_at": AT}
    yield "register_layout", base(Place(place.agency_id), fingerprint=mark, **said)


def periodic_rows(place: Place, base: Base, case_id: int) -> Iterator[Row]:
    """A household that is checked again, in a batch of its own."""
    made = {"made_by": 1, "made_on": DAY, "made_at": AT, "checked_before": None}
    batch = base(place, scheme="subsistence", period=PERIOD, households=1, **made)
    # No two batches read alike: a list tells a table that goes on by rows that differ.
    batch |= {"sample_percent": 10, "sample_size": case_id % 1_000, "seed": place.tag}
    yield "periodic_batch", batch
    checked = {"place": place, "agency_id": place.agency_id, "case_id": case_id}
    checked |= {"batch_id": batch["id"], "former_case": case_id, "is_sampled": True}
    yield "periodic_case", checked


def insurance_rows(place: Place, base: Base, keys: Vault, assisted_id: int) -> Iterator[Row]:
    """Somebody of the place who is not insured, with what was done; and the agency's round."""
    told = {"note": place.tag, "proof": place.tag}
    who = {"person_hash": place.tag.encode(), "assisted_id": assisted_id}
    if not place.unit_id:
        made = base(place, insurance="pension", period=PERIOD, from_age=16, fresh_days=62)
        made |= {"asked_by": 1, "asked_on": DAY, "asked_at": AT, "done_at": AT, "sources": []}
        yield "insurance_round", made
        result = base(place, round_id=made["id"], as_of=DAY, **who)
        yield "insurance_result", result | {"result": "not_insured", "why": "nothing"}
    task = base(place, insurance="pension", opened_on=DAY, **who)
    task |= {"opened_as_of": DAY, "step": "visited", "next_due": DAY, "closed_on": None}
    yield "insurance_task", task | {"closed_why": "", "reason_until": None, "has_reason": False}
    entry = base(place, task_id=task["id"], kind="visited", happened_on=DAY, written_at=AT)
    entry |= {"account_id": 1, "next_due": DAY}
    yield "insurance_entry", entry | {"sealed": keys.seal("insurance_entry", entry["id"], told)}
    count = {"place": place, "agency_id": place.agency_id, "unit_id": place.unit_id}
    count |= {"desk_id": place.desk_id, "insurance": "pension", "period": PERIOD, "persons": 1}
    yield "insurance_count", count | {"result": "not_insured", "as_of": DAY}
