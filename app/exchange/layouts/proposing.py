"""A guess at a unit's layout: by headings, then by what stands in the cells. A person confirms."""

from collections.abc import Sequence

import polars as pl

from app.exchange.layouts.layout import (
    AS_OF,
    COMMON,
    FEN,
    FROM_COLUMN,
    FROM_TITLE,
    ID_NUMBER,
    OUTCOME,
    TEN_THOUSAND,
    UnitLayout,
    choices_of,
    keys_of,
    money_keys,
)
from app.exchange.layouts.messages import ALSO, AMOUNT_UNIT_TITLES
from app.exchange.medium.cells import plain
from app.exchange.medium.layout import layout as words
from app.intake.columns import narrow_heading, plain_heading
from app.intake.header import in_ten_thousand
from app.intake.proposing import likeness
from tenants.catalogue import DataItem

MOST_WORDS = 40
_LIKE_ENOUGH = 0.62
_LOOKED_AT = 200
_ID_NUMBER = r"^\s*'?\d{17}[\dXx]\s*$"
_MOSTLY = 0.8


def propose(headings: Sequence[str], rows: pl.DataFrame, item: DataItem) -> UnitLayout:
    """The layout that headings and cells suggest for this item; ``rows``: ``c0`` … as text."""
    places = _places(headings, item)
    if ID_NUMBER not in places and (found := _identity_column(rows)) is not None:
        places[ID_NUMBER] = found
    _add_coded(places, headings, rows, item)
    units = {key: unit for key in money_keys(item) if (unit := _unit(key, places, headings))}
    meanings = {
        key: _meanings(item, key, words_in(rows, place))
        for key, place in places.items()
        if choices_of(item, key)
    }
    return UnitLayout(
        item=item.code,
        places=places,
        units=units,
        meanings=meanings,
        day_from=FROM_COLUMN if AS_OF in places else FROM_TITLE,
    )


def words_in(rows: pl.DataFrame, place: int) -> list[str]:
    """The different words of a column, plain, as far as they are few."""
    if f"c{place}" not in rows.columns:
        return []
    cells = rows[f"c{place}"].drop_nulls().unique(maintain_order=True).head(MOST_WORDS * 5)
    found = dict.fromkeys(word for cell in cells if (word := plain(cell)))
    return list(found)[:MOST_WORDS]


def best_item(headings: Sequence[str], title: str, items: Sequence[DataItem]) -> DataItem:
    """The asked item that a sheet's headings and name resemble most."""

    def fit(item: DataItem) -> tuple[float, int]:
        named = likeness(plain(title), plain(item.title)) if title else 0.0
        places = _places(headings, item)
        return named if named >= _LIKE_ENOUGH else 0.0, len(places)

    return max(items, key=fit)


def _places(headings: Sequence[str], item: DataItem) -> dict[str, int]:
    known = {key: (*ALSO.get(key, ()), title) for key, title in keys_of(item)}
    order = [*COMMON, *(key for key in known if key not in COMMON)]
    places: dict[str, int] = {}
    for exactly in (True, False):
        for key in order:
            taken = set(places.values())
            free = [(p, h) for p, h in enumerate(headings) if h.strip() and p not in taken]
            if key in places or not free or (not exactly and key in COMMON):
                continue
            score, place = max((_best(h, known[key]), -p) for p, h in free)
            if score == 1 if exactly else score >= _LIKE_ENOUGH:
                places[key] = -place
    return places


def _best(heading: str, titles: Sequence[str]) -> float:
    text = plain_heading(heading)
    return max(
        1.0 if text == plain_heading(t) else likeness(text, plain_heading(t)) for t in titles
    )


def _identity_column(rows: pl.DataFrame) -> int | None:
    for name in rows.columns:
        if name.startswith("c"):
            cells = rows[name].drop_nulls().head(_LOOKED_AT)
            if len(cells) and cells.str.contains(_ID_NUMBER).sum() >= _MOSTLY * len(cells):
                return int(name[1:])
    return None


def _add_coded(
    places: dict[str, int], headings: Sequence[str], rows: pl.DataFrame, item: DataItem
) -> None:
    """A column whose words are mostly those of a code is that code, whatever it is called."""
    for key, _ in keys_of(item):
        if key in places or key in COMMON or not choices_of(item, key):
            continue
        for place, heading in enumerate(headings):
            found = words_in(rows, place) if heading.strip() else []
            alike = _meanings(item, key, found)
            if found and place not in places.values() and 2 * len(alike) >= len(found):
                places[key] = place
                break


def _unit(key: str, places: dict[str, int], headings: Sequence[str]) -> str:
    if key not in places:
        return ""
    heading = headings[places[key]]
    if in_ten_thousand(heading):
        return TEN_THOUSAND
    return FEN if f"({AMOUNT_UNIT_TITLES[FEN]})" in narrow_heading(heading) else ""


def _meanings(item: DataItem, key: str, found: Sequence[str]) -> dict[str, str]:
    """The unit's words that are ours, or nearly; the others are for the person to explain."""
    choices = choices_of(item, key)
    alike = words().outcome_of if key == OUTCOME else {}
    said: dict[str, str] = {}
    for word in found:
        if word in alike:
            said[word] = words().outcome_words[alike[word]]
            continue
        best = max(choices, key=lambda choice: likeness(word, plain(choice)))
        if likeness(word, plain(best)) >= _LIKE_ENOUGH:
            said[word] = best
    return said
