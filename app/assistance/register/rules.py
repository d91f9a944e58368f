"""What the register takes from whom: pure decisions (粤民发〔2020〕143号 一)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tenants.rulebook import AmountKind, Rulebook


@dataclass(frozen=True)
class Totals:
    """Households, persons, and what all households get together in a month (fen)."""

    households: int
    persons: int
    amount_fen: int


@dataclass(frozen=True)
class Layout:
    """Our key → column from 0 of a heading row; ``amount_per``: whether an amount is that of the
    household, or one of several that are added up."""

    places: Mapping[str, int] = field(default_factory=dict)
    amount_per: str = "household"


def kept_schemes(law: Rulebook) -> tuple[str, ...]:
    """The schemes under which people receive aid for more than once; a single payment makes
    nobody a recipient."""
    amounts = law.decision_amounts.value
    return tuple(str(scheme) for scheme, kind in amounts.items() if kind is not AmountKind.ONCE)


def has_amount(law: Rulebook, scheme: str) -> bool:
    """Whether a month's amount belongs to this scheme."""
    found = {str(code): kind for code, kind in law.decision_amounts.value.items()}
    return found[scheme] is AmountKind.MONTHLY


def differences(told: Totals, read: Totals, *, counts_amount: bool) -> list[tuple[str, int, int]]:
    """(message, told, read) for each total that is not what was told. ``counts_amount``: whether
    every amount of the file could be read, so that their sum can be held against what was told."""
    pairs = [
        ("register.households_differ", told.households, read.households),
        ("register.persons_differ", told.persons, read.persons),
    ]
    if counts_amount:
        pairs.append(("register.amount_differs", told.amount_fen, read.amount_fen))
    return [pair for pair in pairs if pair[1] != pair[2]]


def stands_against(known: dt.date, source: str, told: dt.date) -> bool:
    """Whether what is known of a day stands against a decision of the day ``told``: the system's
    export of a later day knew better; of the same day the decision is the newer word."""
    return known > told if source == "load" else False


def wanted_places(said: Mapping[str, str], width: int) -> dict[str, int]:
    """What a form says of the columns: key → place; a place outside the table is none."""
    return {
        key: int(place)
        for key, place in said.items()
        if place.isascii() and place.isdigit() and int(place[:4]) < width
    }


def doubled(places: Mapping[str, int], keys: Iterable[str]) -> dict[str, str]:
    """Key → an earlier key that names the same column."""
    first: dict[int, str] = {}
    found = {}
    for key in keys:
        if key in places:
            other = first.setdefault(places[key], key)
            if other != key:
                found[key] = other
    return found
