"""What a source says that may tell no amounts: whether one lies above a limit. Pure.

It stands in a finding under ``LIMIT``, which is no field of any data item, so that no sum sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LIMIT = "_limits"


@dataclass(frozen=True)
class Limited:
    """A money field, a limit (fen), and whether the source's amount lies above it."""

    field: str
    limit_fen: int
    is_above: bool


def as_limit(field: str, limit_fen: int, is_above: bool) -> dict[str, Any]:
    """As it is kept with a finding's fields."""
    return {"field": field, "limit_fen": limit_fen, "is_above": is_above}


def limits_in(fields: Mapping[str, Any]) -> tuple[Limited, ...]:
    """What a finding says about limits; empty for one with amounts."""
    return tuple(Limited(**said) for said in fields.get(LIMIT, ()))
