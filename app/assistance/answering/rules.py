"""Who is asked about, as a list is pasted; what may be told of whom: pure decisions."""

import datetime as dt
import re
from dataclasses import dataclass

from tenants.identity import id_number_fault, normalise_id_number

MOST_PEOPLE = 200
_NAME = range(2, 51)
_BETWEEN = re.compile("[\t,\uff0c]")


@dataclass(frozen=True)
class Asked:
    """One person of a letter's list; no day: no authorisation came with it."""

    name: str
    id_number: str
    authorised_on: dt.date | None


@dataclass(frozen=True)
class Wrong:
    """A line that cannot be taken: its place from 1, the code of what is wrong, the values."""

    line: int
    code: str


def read_people(pasted: str, today: dt.date) -> tuple[list[Asked], list[Wrong]]:
    """The people of a pasted table (name, number, day of the authorisation or nothing), and every
    line that cannot be taken."""
    people: list[Asked] = []
    wrong: list[Wrong] = []
    seen = set[str]()
    for place, line in enumerate(pasted.splitlines(), start=1):
        cells = [cell.strip() for cell in _BETWEEN.split(line)]
        if not any(cells):
            continue
        found = _read_line(cells, today)
        if isinstance(found, str):
            wrong.append(Wrong(place, found))
        elif found.id_number in seen:
            wrong.append(Wrong(place, "twice"))
        else:
            seen.add(found.id_number)
            people.append(found)
    return people, wrong


def _read_line(cells: list[str], today: dt.date) -> Asked | str:
    if len(cells) not in (2, 3):
        return "columns"
    name, number = cells[0], normalise_id_number(cells[1])
    if len(name) not in _NAME:
        return "name"
    if id_number_fault(number, today) is not None:
        return "number"
    signed = cells[2] if len(cells) > 2 else ""
    if not signed:
        return Asked(name, number, None)
    try:
        day = dt.date.fromisoformat(signed.replace("/", "-"))
    except ValueError:
        return "day"
    return Asked(name, number, day) if day <= today else "day"


def has_consent(authorised_on: dt.date | None, on: dt.date, most_months: int) -> bool:
    """Whether an authorisation of this day holds on another one (民发〔2020〕95号 二(四))."""
    if authorised_on is None or authorised_on > on:
        return False
    months = (on.year - authorised_on.year) * 12 + on.month - authorised_on.month
    return months < most_months or (months == most_months and on.day <= authorised_on.day)
