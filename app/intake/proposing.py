"""A guess at which column of a stranger's sheet is which of ours: by its heading, then by what
stands in it. A person confirms it; nothing is taken in on a guess alone."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import polars as pl

from app.intake.cells import read_column
from app.intake.columns import (
    APPLICANT_RELATIONS,
    BY_KEY,
    CITIZEN_DOCUMENTS,
    COLUMNS,
    KEY_OF_HEADING,
    WORDS,
    plain_heading,
)
from app.intake.header import in_ten_thousand, key_of
from app.intake.layout import Layout, own_places

LOOKED_AT = 200
_LIKE_ENOUGH = 0.62
_MOSTLY = 0.8
_ID_NUMBER = r"^\d{17}[\dXx]$"
_MOBILE = r"^1[3-9]\d{9}$"
_REGION = r"^\d{6}$"
_NAME = r"^\p{Han}{2,4}(?:\u00b7\p{Han}+)*$"
_PATTERNS = (
    ("id_number", _ID_NUMBER),
    ("phone", _MOBILE),
    ("registered_region", _REGION),
    ("actual_region", _REGION),
)
_DATE_KEYS = ("authorised_on", "authorisation_expires_on")


def propose(texts: Sequence[str], rows: pl.DataFrame) -> Layout:
    """The layout that the heading row ``texts`` and the cells below it suggest.

    ``rows`` has the columns ``c0`` …; its first ``LOOKED_AT`` are looked at.
    """
    own = own_places(texts)
    sample = rows.head(LOOKED_AT)
    found: dict[str, int] = {}
    for by in (_named, _alike):
        for place in own:
            key = by(texts[place])
            if key and key not in found and place not in found.values():
                found[key] = place
    _add_by_content(found, sample, own)
    _add_household(found, sample, own)
    thousands = {
        key
        for key, place in found.items()
        if BY_KEY[key].kind == "money" and in_ten_thousand(texts[place])
    }
    places = {key: own.index(place) for key, place in found.items()}
    return Layout(places, frozenset(thousands), _same_for_all(found, sample))


def _named(text: str) -> str | None:
    return key_of(text)


def _alike(text: str) -> str | None:
    """The column whose heading resembles ``text`` most, if any does enough."""
    plain = plain_heading(text)
    if not plain:
        return None
    best = max(KEY_OF_HEADING, key=lambda heading: likeness(plain, heading))
    return KEY_OF_HEADING[best] if likeness(plain, best) >= _LIKE_ENOUGH else None


def likeness(text: str, heading: str) -> float:
    """How much a heading resembles another, 0 to 1; one that holds the other nearly does."""
    if len(heading) > 1 and (heading in text or text in heading):
        return 0.9 - abs(len(text) - len(heading)) / 100
    return SequenceMatcher(None, text, heading, autojunk=False).ratio()


def _add_by_content(found: dict[str, int], rows: pl.DataFrame, own: Sequence[int]) -> None:
    """Add to ``found`` what the cells show of the columns that no heading told."""
    dates: list[tuple[str, int]] = []
    for place in own:
        cells = _cells(rows, place)
        if place in found.values() or cells.is_empty():
            continue
        if (latest := _latest_date(cells)) is not None:
            dates.append((latest, place))
        elif key := _kind_of(cells, found):
            found[key] = place
    # The consent is signed before it ends.
    for key, (_, place) in zip(_DATE_KEYS, sorted(dates), strict=False):
        found.setdefault(key, place)


def _add_household(found: dict[str, int], rows: pl.DataFrame, own: Sequence[int]) -> None:
    """The column with as many different texts as there are applicants tells the households."""
    if "household_no" in found or "relation" not in found:
        return
    relations = read_column(_cells(rows, found["relation"]), "relation")
    applicants = relations.is_in(APPLICANT_RELATIONS).sum()
    for place in own:
        cells = _cells(rows, place)
        is_full = place not in found.values() and len(cells) == rows.height
        if is_full and cells.n_unique() == applicants > 1:
            found["household_no"] = place
            return


def _same_for_all(found: Mapping[str, int], rows: pl.DataFrame) -> dict[str, str]:
    """Where every number is a citizen's, the documents are identity cards."""
    if "id_type" in found or "id_number" not in found:
        return {}
    numbers = _cells(rows, found["id_number"])
    if not len(numbers) or _share(numbers.str.contains(_ID_NUMBER)) < 1:
        return {}
    return {"id_type": next(w.word for w in WORDS["id_type"] if w.code in CITIZEN_DOCUMENTS)}


def _cells(rows: pl.DataFrame, place: int) -> pl.Series:
    """What is filled in a column."""
    if f"c{place}" not in rows.columns:
        return pl.Series(dtype=pl.String)
    return rows[f"c{place}"].str.strip_chars().replace("", None).drop_nulls()


def _kind_of(cells: pl.Series, found: Mapping[str, int]) -> str | None:
    for key, pattern in _PATTERNS:
        if key not in found and _share(cells.str.contains(pattern)) >= _MOSTLY:
            return key
    for key in WORDS:
        if key not in found and _share(read_column(cells, key).is_not_null()) >= _MOSTLY:
            return key
    is_name = _share(cells.str.contains(_NAME)) >= _MOSTLY
    return (
        "name"
        if "name" not in found and is_name and cells.n_unique() > len(cells) * _MOSTLY
        else None
    )


def _latest_date(cells: pl.Series) -> str | None:
    days = read_column(cells, "authorised_on")
    return str(days.max()) if _share(days.is_not_null()) >= _MOSTLY else None


def _share(fitting: pl.Series) -> float:
    return int(fitting.sum()) / len(fitting)


def needed(layout: Layout) -> list[str]:
    """The keys that a layout says nothing of and that every list must have."""
    return [
        column.key
        for column in COLUMNS
        if not (column.may_lack or column.kind == "number")
        and column.key not in layout.places
        and column.key not in layout.fixed
    ]


def fixable(key: str) -> Mapping[str, str]:
    """Word → word of the columns that may be the same for every row; empty for the others."""
    if BY_KEY[key].kind != "word" or BY_KEY[key].may_lack or key == "relation":
        return {}
    return {word.word: word.word for word in WORDS[key]}
