"""The rows of a list as they leave: each person opened, with what changed and why."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.assistance.outward.models import HeldPerson
from app.assistance.outward.rules import services
from app.assistance.outward.states import Asked, Difference, Person, Who, who
from app.assistance.register.keeping import TABLE
from tenants.vault import Vault, vault

Row = dict[str, Any]
REFERENCES = ("by", "ref", "household_ref", "content", "born_month", "is_male")
"""What tells rows apart between two agencies; a file for others has none of it."""


def told(asked: Asked, found: Iterable[Difference], why: Mapping[Who, str]) -> Iterator[Row]:
    """Each row as a mapping of plain values. A change of something that a unit is not told of is
    none to it."""
    keys = vault()
    for one in found:
        row = {
            "change": "present" if asked.base_as_of is None else one.change,
            **_person(asked, keys, one.row, asked.as_of),
            "why": why.get(who(one.row), "") if one.new is None else "",
            **_references(one.row),
        }
        if asked.flow.way == "unit" and one.new and one.old and asked.base_as_of:
            before = _person(asked, keys, one.old, asked.base_as_of)
            if all(row[name] == before[name] for name in _shown(asked)):
                continue
        if one.new is None:
            row["services"] = []
        yield row


def _shown(asked: Asked) -> list[str]:
    return [name for name in asked.flow.columns if name not in ("change", "as_of", "why")]


def _person(asked: Asked, keys: Vault, row: Person, day: dt.date) -> Row:
    named_for = services(asked.law, row.born_month, day) if asked.flow.working_age_only else ()
    return {
        "scheme": row.scheme,
        **opened(keys, row),
        "head": row.is_head,
        "amount": row.amount_fen,
        "region": row.by_agency_id if isinstance(row, HeldPerson) else row.agency_id,
        "services": list(named_for),
        "as_of": row.as_of.isoformat(),
    }


def opened(keys: Vault, row: Person) -> Row:
    """Name, number, household and township."""
    table = "held_person" if isinstance(row, HeldPerson) else TABLE
    said = keys.open(table, row.id, row.sealed)
    return {name: said[name] for name in ("name", "id_number", "household_no", "township")}


def _references(row: Person) -> Row:
    return {
        "ref": bytes(row.person_hash).hex(),
        "household_ref": bytes(row.household_key).hex(),
        "content": bytes(row.content_hash).hex(),
        "born_month": row.born_month,
        "is_male": row.is_male,
    }


def to_lines(rows: Iterable[Row]) -> bytes:
    """One JSON object a line."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def from_lines(data: bytes) -> list[Row]:
    """The rows of a file of ours."""
    return [json.loads(line) for line in data.decode().splitlines()]
