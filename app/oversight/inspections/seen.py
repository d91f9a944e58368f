"""What a list of looks says: each look, and each time that something was handed over."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """One look: when, from which place and post, by which person (a number on this agency's
    accounts, no name), what, and what for."""

    at: dt.datetime
    place: str
    post: str
    person: int
    what: str
    why: str


@dataclass(frozen=True)
class Given:
    """What was handed to a sharing unit, or sent up, about the person."""

    on: dt.date
    to: str
    number: str
    items: tuple[str, ...]
