"""Invented names, one after the other and never twice, with how they are typed to sign in."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.world.plan import DATA, read

WIDER = DATA / "wider.toml"


class Name(NamedTuple):
    """A whole name, its sound without tones, and whether it is a man's."""

    whole: str
    login: str
    male: bool


def names(taken: frozenset[str] = frozenset()) -> Iterator[Name]:
    """Every combination of surname and given name, well mixed, without those that are ``taken``."""
    surnames, given = _parts()
    for place in range(len(surnames) * len(given)):
        first = place % len(surnames)
        second = (place // len(surnames) + place) % len(given)
        (surname, sound), (called, called_sound) = surnames[first], given[second]
        if surname + called not in taken:
            # The given names alternate between women's and men's.
            yield Name(surname + called, sound + called_sound, second % 2 == 1)


def called(place: int, *, male: bool) -> tuple[str, str]:
    """Surname and given name number ``place``; they come again after some thousand."""
    surnames, given = _parts()
    surname, _ = surnames[place % len(surnames)]
    pairs = len(given) // 2
    return surname, given[(place * 7 + place // len(surnames)) % pairs * 2 + male][0]


@cache
def _parts() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    table = read(WIDER)
    return tuple(table["surnames"].items()), tuple(table["given"].items())
