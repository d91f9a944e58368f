"""Administrative divisions (GB/T 2260) with their years of validity: for names, never for refusing.

The names come from python-stdnum; how short names are formed is in ``regions.toml``.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from stdnum import numdb

_SPAN = re.compile(r"(?:\[(\d*)-(\d*)\])?(.+)")


@dataclass(frozen=True)
class Region:
    """One name of one code; ``since`` and ``until`` are years, ``until`` None while in use."""

    code: int
    name: str
    since: int | None = None
    until: int | None = None

    @property
    def tier(self) -> str:
        """``province``, ``city`` or ``county``, by the zeros of the code."""
        if self.code % 10000 == 0:
            return "province"
        return "city" if self.code % 100 == 0 else "county"

    @property
    def province(self) -> int:
        """The two-digit code of the province, as rulebooks are keyed."""
        return self.code // 10000

    @property
    def parents(self) -> tuple[int, ...]:
        """Codes from the next tier upwards, the province last; they may not all be named."""
        city, province = self.code // 100 * 100, self.code // 10000 * 10000
        return tuple(dict.fromkeys(c for c in (city, province) if c != self.code))


def region(code: int | str, year: int | None = None) -> Region | None:
    """The region of a 6-digit code, abolished ones included; ``None`` when it never existed.

    ``year`` picks the name that was valid then; without it, the latest.
    """
    named = _names().get(int(code)) if _is_code(str(code)) else None
    if named is None or year is None:
        return named[-1] if named else None
    return next((r for r in named if _was_valid(r, year)), None)


def full_name(code: int) -> str:
    """The name with those of the tiers above it, e.g. province, city, county; ``""`` if unknown."""
    here = region(code)
    if here is None:
        return ""
    above = (region(parent) for parent in reversed(here.parents))
    return (
        "".join(r.name for r in above if r and r.name not in _words()["placeholders"]) + here.name
    )


def counties_of(province: int) -> list[str]:
    """Full names of the counties, districts and county-level cities in use, by code."""
    return [
        full_name(code)
        for code, named in sorted(_names().items())
        if code // 10000 == province and code % 100 and named[-1].until is None
    ]


def find_region(text: str, province: int | None = None) -> int | None:
    """The 6-digit code that ``text`` means, or ``None`` when nothing or more than one thing fits.

    ``text`` is a code (9- and 12-digit township codes count as their county), a full or short name,
    or names of several tiers run together. ``province`` (two digits) narrows names, not codes. A
    name in use wins over an abolished one, that over one abolished earlier, full over short.
    """
    wanted = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if wanted.isdecimal():
        known = region(wanted[:6]) if len(wanted) in (6, 9, 12) else None
        return known.code if known else None
    for spellings in _spellings():
        codes = {c for c in spellings.get(wanted, ()) if province in (None, c // 10000)}
        if codes:
            return _latest(codes)
    return None


def _latest(codes: set[int]) -> int | None:
    """The only code, or of abolished ones the one that lasted longest; ``None`` when undecided."""
    ends = {code: _names()[code][-1].until or 9999 for code in codes}
    last = [code for code, end in ends.items() if end == max(ends.values())]
    return last[0] if len(last) == 1 else None


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def _was_valid(named: Region, year: int) -> bool:
    return (named.since or 0) <= year <= (named.until or 9999)


@cache
def _names() -> Mapping[int, tuple[Region, ...]]:
    found: dict[int, tuple[Region, ...]] = {}
    for _, province, _, _, counties in numdb.get("cn/loc").prefixes:
        for _, rest, _, properties, _ in counties:
            code = int(province + rest)
            found[code] = tuple(_parse(code, part) for part in properties["county"].split(","))
    return found


def _parse(code: int, part: str) -> Region:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise ValueError(f"region {code}: {part!r}")
    since, until, name = match.groups()
    return Region(code, name, int(since) if since else None, int(until) if until else None)


@cache
def _spellings() -> tuple[Mapping[str, set[int]], ...]:
    tables: tuple[dict[str, set[int]], ...] = tuple(defaultdict(set) for _ in range(4))
    for here in (name for named in _names().values() for name in named):
        if here.name in _words()["placeholders"]:
            continue
        first = 2 if here.until else 0
        for above in product(*(("", *_names_of(p)) for p in reversed(here.parents))):
            tables[first]["".join(above) + here.name].add(here.code)
            for short in _short_names(here.name):
                tables[first + 1]["".join(above) + short].add(here.code)
    for alias, code in _words()["aliases"].items():
        tables[1][alias].add(code)
    return tables


def _names_of(code: int) -> tuple[str, ...]:
    here = region(code)
    if here is None or here.name in _words()["placeholders"]:
        return ()
    return (here.name, *_short_names(here.name))


def _short_names(name: str) -> Iterator[str]:
    words = _words()
    suffix = next((s for s in words["suffixes"] if name.endswith(s) and len(name) > len(s)), "")
    short = name.removesuffix(suffix)
    while people := next((p for p in words["peoples"] if short[2:].endswith(p)), ""):
        short = short.removesuffix(people)
    if len(short) > 1 and short != name:
        yield short
        if suffix in words["kept_suffixes"]:
            yield short + words["kept_suffixes"][suffix]


@cache
def _words() -> dict[str, Any]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)
