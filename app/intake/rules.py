"""Checking a subject list: which households go on, and what is wrong with the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import polars as pl
from polars.datatypes import DataTypeClass

from app.intake.cell_rules import Rule, Terms, cell_rules
from app.intake.cells import KnownRegions, is_applicant, read_cells, value
from app.intake.columns import KEYS
from app.intake.household_rules import household_rules, person_rules, repeated_persons
from app.intake.sheet import Sheet
from tenants.messages import RowFault

# The typed columns of the households that go on; money in whole fen, null when not declared.
GOOD_COLUMNS: dict[str, DataTypeClass | pl.DataType] = {
    "sheet_row": pl.Int32,
    "row_no": pl.Int32,
    "household_no": pl.String,
    "relation": pl.String,
    "role": pl.String,
    "name": pl.String,
    "id_type": pl.String,
    "id_number": pl.String,
    "phone": pl.String,
    "registered_region": pl.Int32,
    "actual_region": pl.Int32,
    "scheme": pl.String,
    "application": pl.String,
    "authorised_on": pl.Date,
    "authorisation_expires_on": pl.Date,
    "monthly_income_fen": pl.Int64,
    "deposits_fen": pl.Int64,
    "houses": pl.Int32,
    "vehicles": pl.Int32,
    "businesses": pl.Int32,
    "consent": pl.String,
    "authorisation_scope": pl.List(pl.Int16),
    "guardian_name": pl.String,
    "guardian_relation": pl.String,
    "guardian_id_number": pl.String,
}
_FEN_SUFFIX = "_fen"


@dataclass(frozen=True)
class HouseholdCounts:
    """Households of a list; a row without a household number counts with the one above it."""

    sent: int
    good: int
    held_back: int


@dataclass(frozen=True)
class CheckedList:
    """``good``: the columns of ``GOOD_COLUMNS``, rows in the sheet's order.

    ``faults``: by row, then by column. ``held_back``: ``sheet_row`` and ``household`` (a number
    within this list) of every row that does not go on.
    """

    good: pl.DataFrame
    faults: list[RowFault]
    held_back: pl.DataFrame
    households: HouseholdCounts


def check_list(
    sheet: Sheet,
    *,
    schemes: Collection[str],
    today: date,
    authorisation_max_days: int | None,
    known_regions: KnownRegions,
    guardian_below_age: int = 0,
) -> CheckedList:
    """Check every row; a household with any fault is held back whole, the others go on.

    ``schemes``: codes that this agency takes. ``known_regions``: given the distinct places as
    written (6-digit codes or names), those it knows, each with its code. ``today`` is the
    business date. Below ``guardian_below_age`` a guardian consents.
    """
    terms = Terms(today, schemes, authorisation_max_days, guardian_below_age)
    cells = read_cells(sheet.frame, known_regions)
    faults = [
        *_faults_of(cells, cell_rules(sheet, terms)),
        *_faults_of(cells, household_rules()),
        *_faults_of(repeated_persons(cells), person_rules()),
    ]
    faults.sort(key=lambda fault: (fault.row, KEYS.index(fault.column)))
    rows = _with_household(cells)
    faulty = pl.Series([fault.row for fault in faults], dtype=pl.Int32).unique()
    broken = rows.filter(pl.col("sheet_row").is_in(faulty.implode()))["household"].unique()
    is_held = pl.col("household").is_in(broken.implode())
    sent = rows["household"].n_unique()
    return CheckedList(
        good=_good(rows.filter(~is_held)),
        faults=faults,
        held_back=rows.filter(is_held).select("sheet_row", "household"),
        households=HouseholdCounts(sent, sent - broken.len(), broken.len()),
    )


def _faults_of(cells: pl.DataFrame, rules: Sequence[Rule]) -> list[RowFault]:
    """The first broken rule of each column in each row."""
    by_column = {
        column: list(of_column)
        for column, of_column in groupby(
            sorted(rules, key=lambda rule: KEYS.index(rule.column)), key=lambda rule: rule.column
        )
    }
    verdicts = cells.select(
        _first_broken(of_column).alias(column) for column, of_column in by_column.items()
    )
    return [
        fault
        for column, of_column in by_column.items()
        for place in verdicts[column].drop_nulls().unique().sort()
        for fault in _worded(cells, verdicts[column] == place, of_column[place])
    ]


def _first_broken(rules: Sequence[Rule]) -> pl.Expr:
    return pl.coalesce(
        pl.when(rule.broken).then(pl.lit(place, pl.UInt8)) for place, rule in enumerate(rules)
    )


def _worded(cells: pl.DataFrame, broken: pl.Series, rule: Rule) -> list[RowFault]:
    # Values may look at a whole household, so they are taken before the rows are picked.
    values = [expression.alias(name) for name, expression in rule.values.items()]
    found = cells.select("sheet_row", *values).filter(broken)
    return [
        RowFault(row.pop("sheet_row"), rule.column, rule.code, row)
        for row in found.iter_rows(named=True)
    ]


def _with_household(cells: pl.DataFrame) -> pl.DataFrame:
    """Number the households; a row without a number is held back with the household above it.

    Otherwise that household would go on without one of its members.
    """
    number = value("household_no").fill_null(strategy="forward").fill_null("")
    return cells.with_columns(number.rank("dense").cast(pl.Int32).alias("household"))


def _good(rows: pl.DataFrame) -> pl.DataFrame:
    role = pl.when(is_applicant()).then(pl.lit("applicant")).otherwise(value("subject_role"))
    columns = rows.with_columns(role.alias("role"))
    return columns.select(
        pl.col(name.removesuffix(_FEN_SUFFIX)).cast(kind).alias(name)
        for name, kind in GOOD_COLUMNS.items()
    )
