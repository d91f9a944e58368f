"""An export read into rows of people: by columns at a time, faults by row, held back by household.

Pure: it knows no row of the database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from app.assistance.register import names
from app.assistance.register.layouts import Found
from app.assistance.register.messages import Fault, RowFault
from app.assistance.register.rules import Layout, Totals
from app.intake.cells import read_column
from app.intake.grids import Opened
from app.intake.id_numbers import birth_date, id_number_verdicts

_TOTAL = rf"^(?:{'|'.join(names.TOTALS)})"


@dataclass(frozen=True)
class Read:
    """``rows``: a row for each person with ``line household_no name id_number township amount
    is_head born is_male is_held``; ``amount`` is the household's, in fen. ``counts_amount``: every
    amount could be read."""

    rows: pl.DataFrame
    totals: Totals
    counts_amount: bool
    faults: tuple[RowFault, ...]

    @property
    def held(self) -> pl.DataFrame:
        """The rows of the households that are held back."""
        return self.rows.filter("is_held")


def read_rows(opened: Opened, found: Found, today: dt.date, *, has_amount: bool) -> Read:
    """What the sheet says. Raises ``register.no_rows`` and ``register.hopeless``, for a row of
    which neither the person nor the household can be told."""
    cells = _cells(found)
    if cells.is_empty():
        raise Fault("register.no_rows")
    wants = has_amount and "amount" in found.layout.places
    judged = _judged(cells, today).with_columns(
        formula=pl.col("line").is_in(_formula_rows(opened, found))
    )
    rows = _households(judged, found.layout)
    faults = sorted(_faults(rows, today, has_amount=has_amount), key=lambda fault: fault.row)
    wrong = [fault.row for fault in faults]
    is_wrong = pl.col("line").is_in(wrong)
    hopeless = rows.filter(is_wrong & (pl.col("household_no") == "") & ~pl.col("is_known"))
    if not hopeless.is_empty():
        raise Fault("register.hopeless", row=hopeless["line"][0])
    held = rows.filter(is_wrong)["household_no"].unique()
    rows = rows.with_columns(is_held=pl.col("household_no").is_in(held.implode()) | is_wrong)
    counts = wants and not rows["amount_wrong"].any()
    return Read(rows, _totals(rows), counts, tuple(faults))


def _cells(found: Found) -> pl.DataFrame:
    """Texts by our keys, without totals and notes; ``line`` as the spreadsheet shows it."""
    frame = found.grid.frame.slice(found.row + 1)
    places = found.layout.places
    columns = [_clean(frame, places.get(key)).alias(key) for key in names.KEYS]
    texts = [name for name in frame.columns if name != "sheet_row"]
    totals = frame.select(
        pl.any_horizontal(pl.col(texts).str.strip_chars().str.contains(_TOTAL)).fill_null(
            value=False
        )
    ).to_series()
    cells = pl.DataFrame(columns).with_columns(line=frame["sheet_row"].cast(pl.Int32))
    filled = pl.sum_horizontal(pl.col(key) != "" for key in names.NEEDED)
    return cells.filter((filled > 0) & ~((filled < len(names.NEEDED)) & totals))


def _clean(frame: pl.DataFrame, place: int | None) -> pl.Series:
    if place is None or f"c{place}" not in frame.columns:
        return pl.Series([""] * frame.height, dtype=pl.String)
    return frame[f"c{place}"].fill_null("").str.normalize("NFKC").str.strip_chars()


def _judged(cells: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """With the typed values, and whether the person can be told by the number."""
    number = read_column(cells["id_number"], "id_number").fill_null("")
    amount = read_column(cells["amount"], "deposits")
    typed = cells.with_columns(
        id_number=number,
        name=read_column(cells["name"], "name").fill_null(""),
        household_no=cells["household_no"].str.replace_all(r"\s", ""),
        own_amount=amount,
        amount_wrong=(cells["amount"] != "") & amount.is_null(),
    )
    broken = pl.any_horizontal(
        one.broken.fill_null(value=False) for one in id_number_verdicts(pl.col("id_number"), today)
    )
    return typed.with_columns(
        is_known=(pl.col("id_number") != "") & ~broken,
        born=birth_date(pl.col("id_number")),
        is_male=pl.col("id_number").str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1,
    )


def _households(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """With the household's amount, whether its rows disagree, and who is its head: whom the
    relation names, else the first row."""
    own = pl.col("own_amount")
    amount = own.sum() if layout.amount_per == "person" else own.max()
    said = pl.col("relation").is_in(list(names.HEAD_WORDS))
    said = said | (pl.col("household_no") == pl.col("id_number"))
    place = pl.int_range(pl.len())
    first = pl.when(said.any()).then(place == said.arg_max()).otherwise(place == 0)
    varies = (own.drop_nulls().n_unique() > 1) & pl.lit(layout.amount_per == "household")
    return rows.with_columns(
        amount=pl.when(own.is_not_null().any().over("household_no")).then(
            amount.over("household_no")
        ),
        varies=varies.over("household_no"),
        is_head=first.over("household_no"),
        earlier=pl.col("line").first().over("id_number"),
    )


def _faults(rows: pl.DataFrame, today: dt.date, *, has_amount: bool) -> Iterator[RowFault]:
    yield from _id_faults(rows, today)
    twice = pl.col("is_known") & (pl.col("earlier") != pl.col("line"))
    for row in rows.filter(twice).iter_rows(named=True):
        yield _fault(row, "id_number", "register.person_twice", row=row["earlier"])
    for condition, key, code in (
        (pl.col("household_no") == "", "household_no", "register.no_household"),
        (pl.col("name") == "", "name", "register.no_name"),
        (pl.col("formula"), "id_number", "register.formula"),
    ):
        yield from (_fault(row, key, code) for row in rows.filter(condition).iter_rows(named=True))
    if has_amount:
        head = pl.col("is_head")
        for condition, code in (
            (pl.col("amount_wrong"), "register.amount_unread"),
            (pl.col("varies") & head, "register.amounts_vary"),
            (pl.col("amount").is_null() & ~pl.col("amount_wrong") & head, "register.no_amount"),
        ):
            wrong = rows.filter(condition)
            yield from (_fault(row, "amount", code) for row in wrong.iter_rows(named=True))


def _id_faults(rows: pl.DataFrame, today: dt.date) -> Iterator[RowFault]:
    wrong = rows.filter(~pl.col("is_known"))
    for row in wrong.filter(pl.col("id_number") == "").iter_rows(named=True):
        yield _fault(row, "id_number", "id_number_missing")
    filled = wrong.filter(pl.col("id_number") != "")
    verdicts = id_number_verdicts(pl.col("id_number"), today)
    told: set[int] = set()
    for verdict in verdicts:
        values = {f"v.{name}": value for name, value in verdict.values.items()}
        found = filled.filter(verdict.broken.fill_null(value=False)).with_columns(**values)
        for row in found.iter_rows(named=True):
            if row["line"] not in told:
                told.add(row["line"])
                said = {name: row[f"v.{name}"] for name in verdict.values}
                yield _fault(row, "id_number", verdict.code, **said)


def _fault(found: dict[str, object], key: str, code: str, /, **values: object) -> RowFault:
    line = found["line"]
    return RowFault(line if isinstance(line, int) else 0, names.HEADINGS[key], code, values)


def _formula_rows(opened: Opened, found: Found) -> list[int]:
    places = found.layout.places
    raw = opened.look(found.grid, places.get("id_number"))
    return [row for row, place in raw.formulas if place in places.values() and row > found.row + 1]


def _totals(rows: pl.DataFrame) -> Totals:
    amounts = rows.filter("is_head")["amount"].sum()
    return Totals(rows["household_no"].n_unique(), rows.height, int(amounts or 0))
